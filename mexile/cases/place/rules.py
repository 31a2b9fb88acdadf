"""Places pasted as lines of a sheet: name, kind, time zone, state, circuit, address."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from typing import Any
from zoneinfo import available_timezones

from mexile.ground.errors import Problem

KINDS = ("court", "detention", "ice", "uscis", "biometrics", "bridge", "office", "consulate", "other")
COLUMNS = ("name", "kind", "zone", "state", "circuit", "address")


def read_places(text: str) -> tuple[list[dict[str, Any]], list[Problem]]:
    """The rows as the actions take them, and all that is wrong with them, each with its line.

    Cells are parted by tabs, as a spreadsheet copies them, or by commas. Kind and zone are the
    codes of this program; a line whose first cell is "name" is a heading.
    """
    delimiter = "\t" if "\t" in text else ","
    rows, problems = [], []
    for number, cells in enumerate(csv.reader(io.StringIO(text), delimiter=delimiter), start=1):
        filled = [cell.strip() for cell in cells]
        if not any(filled) or filled[0].lower() == "name":
            continue
        row = dict(zip(COLUMNS, filled + [""] * len(COLUMNS), strict=False))
        wrong = list(_wrong(row, number))
        problems += wrong
        if not wrong:
            rows.append(_row(row))
    if not rows and not problems:
        problems.append(Problem("lines", "There is no row in it.", "No contiene ninguna fila."))
    return rows, problems


def _row(row: Mapping[str, str]) -> dict[str, Any]:
    state = row["state"].upper() or None
    return {
        "name": row["name"],
        "kind": row["kind"].lower(),
        "zone": row["zone"],
        "country": "US" if state else "MX",
        "state": state,
        "circuit": int(row["circuit"]) if row["circuit"] else None,
        "address": row["address"] or None,
    }


def _wrong(row: Mapping[str, str], number: int) -> Any:
    if not row["name"]:
        yield _problem(number, "the name is missing", "falta el nombre")
    if row["kind"].lower() not in KINDS:
        kinds = ", ".join(KINDS)
        yield _problem(number, f"the kind is one of {kinds}", f"el tipo es uno de estos: {kinds}")
    if row["zone"] not in available_timezones():
        yield _problem(
            number,
            "this is no time zone; El Paso is America/Denver",
            "no es una zona horaria; El Paso es America/Denver",
        )
    if row["state"] and len(row["state"]) != 2:
        yield _problem(number, "a state has two letters", "un estado tiene dos letras")
    if row["circuit"] and not (row["circuit"].isdecimal() and 1 <= int(row["circuit"]) <= 12):
        yield _problem(number, "a circuit is a number from 1 to 12", "un circuito es un número del 1 al 12")


def _problem(number: int, en: str, es: str) -> Problem:
    return Problem("lines", f"Line {number}: {en}.", f"Línea {number}: {es}.")
