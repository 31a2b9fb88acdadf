"""A list of municipalities as INEGI's catalogue says it: code, state, name. None comes with the program."""

import csv
import io
import re
from collections.abc import Sequence

from mexile.ground.errors import Invalid, Problem
from mexile.ground.vocabulary import vocabulary

COLUMNS = ("inegi5", "iso_3166_2", "municipio")
_CODE = re.compile(r"\d{5}")


def read_municipalities(text: str) -> list[tuple[str, str, str]]:
    """(code, state, name) of every row. Raises Invalid with all that is wrong, each with its line."""
    rows = csv.DictReader(io.StringIO(text))
    if missing := [name for name in COLUMNS if name not in (rows.fieldnames or ())]:
        raise Invalid(Problem("1", f"The column {missing[0]} is missing.", f"Falta la columna {missing[0]}."))
    found: list[tuple[str, str, str]] = []
    problems: list[Problem] = []
    for line, row in enumerate(rows, start=2):
        code, state, name = ((row[column] or "").strip() for column in COLUMNS)
        problems += _problems(str(line), code, state, name, found)
        found.append((code, state, name))
    if problems:
        raise Invalid(problems)
    return found


def _problems(line: str, code: str, state: str, name: str, before: Sequence[tuple[str, str, str]]) -> list[Problem]:
    known = vocabulary("mx_state")
    if not _CODE.fullmatch(code) or not name:
        return [Problem(line, "No code of five digits and a name.", "Sin clave de cinco cifras y nombre.")]
    if state not in known or known[state].more["inegi"] != code[:2]:
        return [Problem(line, "The state is not the one of the code.", "El estado no es el de la clave.")]
    if before and any(code == other for other, _, _ in before[-1:]):
        return [Problem(line, "This code stands twice.", "Esta clave está dos veces.")]
    return []
