"""What is wrong with a mapping: every mistake at once, each with its place and line."""

import re
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

from rapidfuzz import process

from mexile.ground.dates import day_of
from mexile.ground.errors import Problem
from mexile.ground.phone import COUNTRIES
from mexile.sheets.cell.rules import ORDERS, folded, shortened
from mexile.sheets.file.rules import MAX_ROWS
from mexile.sheets.layout.rules import LEAVE_OUT, SEPARATORS
from mexile.sheets.target.rules import TARGETS, Field, targets
from mexile.sheets.value.rules import known_codes

_TABLES = ("columns", "days", "countries", "values")
_KEY = re.compile(r"""(?:"([^"]+)"|'([^']+)'|([\w.-]+))\s*=""")
_TEXTS = ("name", "into", "sheet", "separator", "hidden", "consent")


class _Places:
    """Where a key stands in the text, for a person to find: `values.country "Contact_" (line 12)`."""

    def __init__(self, text: str):
        self.lines: dict[tuple[str, str], int] = {}
        inside = ""
        for number, line in enumerate(text.splitlines(), 1):
            bare = line.strip()
            if bare.startswith("["):
                inside = bare.strip("[] ").replace('"', "")
                self.lines.setdefault((inside, ""), number)
            elif key := _KEY.match(bare):
                self.lines.setdefault((inside, key[1] or key[2] or key[3]), number)

    def __call__(self, table: str, key: str = "") -> str:
        place = f"{table} “{shortened(key)}”" if key and table else table or shortened(key)
        line = self.lines.get((table, key))
        return f"{place} (line {line})" if line else place


def mapping_problems(body: dict[str, Any], text: str) -> Iterator[Problem]:
    where = _Places(text)
    for key in body:
        if key not in (*_TEXTS, *_TABLES, "heading"):
            yield Problem(where("", key), "A mapping has no such key.", "Una plantilla no tiene esa clave.")
    for key in _TEXTS:
        required = key in ("name", "into")
        if (required or key in body) and (not isinstance(body.get(key), str) or not body[key].strip()):
            yield Problem(where("", key), "Write some text here.", "Escriba aquí un texto.")
    for table in _TABLES:
        if not isinstance(body.get(table, {}), dict):
            yield Problem(where("", table), f"Write it as a table: [{table}].", f"Escríbalo como tabla: [{table}].")
            return
    into = body.get("into")
    if not isinstance(into, str) or into not in TARGETS:
        yield Problem(
            where("", "into"),
            "Rows go into " + " or into ".join(f"“{target.name}”" for target in targets()) + ".",
            "Las filas van a "
            + " o a ".join(f"«{target.name}» ({target.title.es.lower()})" for target in targets())
            + ".",
        )
        return
    yield from _layout_problems(body, where)
    yield from _consent_problems(body, where)
    yield from _column_problems(body.get("columns", {}), TARGETS[into].fields, where)
    yield from _day_problems(body.get("days", {}), body.get("columns", {}), TARGETS[into].fields, where)
    yield from _country_problems(body.get("countries", {}), TARGETS[into].fields, where)
    yield from _value_problems(body.get("values", {}), TARGETS[into].fields, where)


def _no_field(place: str, name: str, fields: dict[str, Field]) -> Problem:
    near = process.extractOne(name, list(fields), score_cutoff=60)
    en, es = (f" Did you mean {near[0]}?", f" ¿Quiso decir {near[0]}?") if near else ("", "")
    return Problem(place, f"There is no such field.{en}", f"No hay tal campo.{es}")


def _column_problems(columns: dict[str, Any], fields: dict[str, Field], where: _Places) -> Iterator[Problem]:
    taken: dict[str, str] = {}
    for name, heading in columns.items():
        if name not in fields:
            yield _no_field(where("columns", name), name, fields)
        elif not isinstance(heading, str) or not heading.strip():
            yield Problem(
                where("columns", name), "Write the heading of a column.", "Escriba el encabezado de una columna."
            )
        elif (first := taken.setdefault(heading, name)) != name:
            yield Problem(
                where("columns", name),
                f"The same column is already {first}.",
                f"La misma columna ya es {first}.",
            )
    for name, known in fields.items():
        if known.required and name not in columns:
            yield Problem(
                where("columns") if columns else "columns",
                f"Say which column is {name} ({known.en}).",
                f"Diga qué columna es {name} ({known.es}).",
            )
    if "people" not in fields and not columns.keys() & {"alias", "name", "given_names", "code"}:
        yield Problem(
            where("columns") if columns else "columns",
            "Say which column holds an alias, a name or a code.",
            "Diga qué columna tiene un alias, un nombre o un código.",
        )


def _day_problems(
    days: dict[str, Any], columns: dict[str, Any], fields: dict[str, Field], where: _Places
) -> Iterator[Problem]:
    for name, order in days.items():
        if name not in fields or not fields[name].is_day:
            yield Problem(where("days", name), "This field is not a day.", "Este campo no es un día.")
        elif name not in columns:
            yield Problem(where("days", name), "No column is this field.", "Ninguna columna es este campo.")
        if order not in ORDERS:
            yield Problem(
                where("days", name),
                f"Write one of: {', '.join(ORDERS)}.",
                f"Escriba uno de estos: {', '.join(ORDERS)}.",
            )


def _layout_problems(body: dict[str, Any], where: _Places) -> Iterator[Problem]:
    heading = body.get("heading", 1)
    if not isinstance(heading, int) or isinstance(heading, bool) or not 1 <= heading <= MAX_ROWS:
        yield Problem(where("", "heading"), "Write the number of a row.", "Escriba el número de una fila.")
    if str(body.get("separator", "tab")) not in SEPARATORS:
        known = ", ".join(SEPARATORS)
        yield Problem(where("", "separator"), f"Write one of: {known}.", f"Escriba uno de estos: {known}.")
    if body.get("hidden", LEAVE_OUT) != LEAVE_OUT:
        yield Problem(
            where("", "hidden"), f"Write “{LEAVE_OUT}”, or leave it away.", f"Escriba «{LEAVE_OUT}», o quítelo."
        )


def _consent_problems(body: dict[str, Any], where: _Places) -> Iterator[Problem]:
    """One day of consent for everybody: only for people, and only where no column says it of each."""
    day = body.get("consent")
    if day is None:
        return
    if not TARGETS[body["into"]].is_of_people or "consented_on" in body.get("columns", {}):
        yield Problem(
            where("", "consent"),
            "One day of consent is for people, and for a sheet without a column of it.",
            "Un solo día de consentimiento es para personas, y para una hoja que no tiene columna de ello.",
        )
    elif not isinstance(day, str) or not re.fullmatch(r"\d{4}-\d{2}-\d{2}", day) or day_of(day) is None:
        yield Problem(
            where("", "consent"),
            "Write the day of consent as 2026-03-12.",
            "Escriba el día del consentimiento como 2026-03-12.",
        )


def _country_problems(countries: dict[str, Any], fields: dict[str, Field], where: _Places) -> Iterator[Problem]:
    for name, country in countries.items():
        if name not in fields or fields[name].kind != "phone":
            yield Problem(where("countries", name), "This field is no telephone.", "Este campo no es un teléfono.")
        if str(country) not in COUNTRIES:
            yield Problem(where("countries", name), "Write “US” or “MX”.", "Escriba «US» o «MX».")


def _value_problems(values: dict[str, Any], fields: dict[str, Field], where: _Places) -> Iterator[Problem]:
    for name, table in values.items():
        place = f"values.{name}"
        if name not in fields:
            yield _no_field(where(place), name, fields)
        elif not fields[name].has_values:
            yield Problem(
                where(place),
                "The values of this field are read as they are.",
                "Los valores de este campo se leen tal cual.",
            )
        elif not isinstance(table, dict):
            yield Problem(where("values", name), "Write it as a table.", "Escríbalo como tabla.")
        else:
            yield from _codes(table, fields[name], partial(where, place))


def _codes(table: dict[str, Any], known: Field, where: Callable[[str], str]) -> Iterator[Problem]:
    codes = known_codes(known)
    seen: dict[str, str] = {}
    for text, code in table.items():
        if not isinstance(code, str) or (code and code not in codes):
            yield Problem(
                where(text),
                f'“{shortened(str(code))}” is not a code of {_kind(known, "en")}; write "" for unknown.',
                f'«{shortened(str(code))}» no es un código de {_kind(known, "es")}; escriba "" si se desconoce.',
            )
        if seen.setdefault(folded(text), str(code)) != code:
            yield Problem(
                where(text),
                "The same words have another code above.",
                "Las mismas palabras tienen otro código arriba.",
            )


def _kind(known: Field, lang: str) -> str:
    names = {
        "country": ("ISO 3166, such as MX", "ISO 3166, como MX"),
        "language": ("ISO 639-3, such as spa", "ISO 639-3, como spa"),
        "state": ("a US state, such as TX", "un estado de EE. UU., como TX"),
    }
    en, es = names.get(known.kind, (known.en, known.es))
    return es if lang == "es" else en
