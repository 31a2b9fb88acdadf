"""The file of rules, read and checked as a whole: all that is wrong is said at once, with its line.

Of a file with one wrong rule none is added: half a calendar is worse than yesterday's.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from mexile.deadlines.rule.rules import (
    DIRECTIONS,
    SEVERITIES,
    SIDES,
    STATUSES,
    UNITS,
    WEEKENDS,
    WORKING,
    Rule,
    overlap,
    parse_target,
)
from mexile.ground.errors import Invalid, Problem
from mexile.ground.vocabulary import vocabulary

FILE = Path(__file__).parent / "deadline_rules.json"
MEMORY = "memory"
"""The source of a rule that somebody knows by heart: allowed as long as it waits for review."""

_CODE = re.compile(r"[A-Z][A-Z0-9_]{2,40}")
_ADDRESS = re.compile(r"https?://\S+\.\S+")
_TEXTS = tuple(
    "code label_en label_es trigger unit direction weekend side severity internal_target citation law source from to "
    "status notes_en notes_es marker_en marker_es".split()
)
_NEEDED = ("label_en", "label_es", "notes_en", "notes_es")
_KNOWN = frozenset(
    "code version label_en label_es trigger length unit direction weekend side severity internal_target "
    "citation law source from to status verify notes_en notes_es marker marker_en marker_es".split()
)


def read_rules(text: str, name: str = FILE.name, beside: Sequence[Rule] = ()) -> list[Rule]:
    """The rules of the file `text`. Raises Invalid with every problem, each as `name:line`.

    `beside`: rules that stand already; what the file tells again of them is left alone, and
    nothing new may lie on their periods.
    """
    rows, problems = _rows(text, name)
    for row, start in rows:
        problems += [
            Problem(
                f"{name}:{start + _line_in(text, start, field)}",
                f"{row.get('code', '?')}: {en}",
                f"{row.get('code', '?')}: {es}",
            )
            for field, en, es in problems_of(row)
        ]
    placed = [(rule, start) for row, start in rows if (rule := _placed(row)) is not None]
    problems += [
        Problem(f"{name}:{line}", f"{code}: {en}", f"{code}: {es}")
        for line, code, en, es in (*_together(placed), *_on_others(placed, beside))
    ]
    if problems:
        raise Invalid(sorted(problems, key=lambda problem: int(problem.place.rpartition(":")[2])))
    return [_rule(row) for row, _ in rows]


def own_rules() -> list[Rule]:
    """The rules that come with the program."""
    return read_rules(FILE.read_text(encoding="utf-8"))


# ---- lines -----------------------------------------------------------------------


def _rows(text: str, name: str) -> tuple[list[tuple[dict[str, Any], int]], list[Problem]]:
    """Each rule as it stands, with the line on which it begins."""
    opening = re.search(r'"rules"\s*:\s*\[', text)
    if opening is None:
        return [], [Problem(f"{name}:1", 'There is no list "rules".', 'No hay una lista "rules".')]
    decoder, at = json.JSONDecoder(), opening.end()
    rows: list[tuple[dict[str, Any], int]] = []
    while beginning := re.compile(r"[\s,]*(?=\{)").match(text, at):
        line = text.count("\n", 0, beginning.end()) + 1
        try:
            row, at = decoder.raw_decode(text, beginning.end())
        except json.JSONDecodeError as wrong:
            return rows, [
                Problem(f"{name}:{wrong.lineno}", f"This is no JSON: {wrong.msg}.", f"Esto no es JSON: {wrong.msg}.")
            ]
        rows.append((row, line))
    if not re.compile(r"\s*\]\s*\}\s*$").match(text, at):
        line = text.count("\n", 0, at) + 1
        return rows, [
            Problem(f"{name}:{line}", "The list of rules is not closed here.", "La lista de reglas no se cierra aquí.")
        ]
    return rows, []


def _line_in(text: str, start: int, field: str) -> int:
    """How many lines below the rule's first the field stands; 0 where it is missing."""
    lines = text.splitlines()[start - 1 :]
    for number, line in enumerate(lines):
        if f'"{field}"' in line:
            return number
        if number and line.strip().startswith("{"):
            return 0
    return 0


# ---- one rule --------------------------------------------------------------------


def problems_of(row: dict[str, Any]) -> list[tuple[str, str, str]]:
    """Everything that is wrong with one rule: (field, in English, in Spanish)."""
    problems: list[tuple[str, str, str]] = []
    say: Callable[[str, str, str], None] = lambda field, en, es: problems.append((field, en, es))
    for field in _TEXTS:
        if row.get(field) is not None and not isinstance(row[field], str):
            say(field, f"{field} has to be text.", f"{field} debe ser texto.")
    row = {field: value for field, value in row.items() if field not in _TEXTS or isinstance(value, str)}
    for field in sorted(set(row) - _KNOWN):
        say(field, f"“{field}” is no field of a rule.", f"“{field}” no es un campo de una regla.")
    code = row.get("code")
    if not isinstance(code, str) or not _CODE.fullmatch(code):
        say("code", "A rule needs a code in capitals.", "Una regla necesita un código en mayúsculas.")
    for field, words in _WORDS:
        if (word := row.get(field)) not in words:
            say(field, f"“{word}” is no {field} that we know.", f"“{word}” no se conoce en {field}.")
    if (trigger := row.get("trigger")) not in vocabulary("deadline_trigger"):
        say("trigger", f"“{trigger}” is no trigger that we know.", f"“{trigger}” no es un hecho que conozcamos.")
    for field in _NEEDED:
        if not str(row.get(field) or "").strip():
            say(field, f"{field} is missing.", f"Falta {field}.")
    if not str(row.get("citation") or "").strip():
        say("citation", "The citation is missing.", "Falta la cita legal.")
    return [*problems, *_source(row), *_numbers(row), *_period(row), *_sense(row)]


_WORDS: Sequence[tuple[str, tuple[str, ...]]] = (
    ("unit", UNITS),
    ("direction", DIRECTIONS),
    ("weekend", WEEKENDS),
    ("status", STATUSES),
    ("severity", SEVERITIES),
    ("side", SIDES),
)


def _source(row: dict[str, Any]) -> Iterator[tuple[str, str, str]]:
    source = str(row.get("source") or "").strip()
    if not isinstance(row.get("verify"), bool):
        yield "verify", "verify is true or false.", "verify es true o false."
    if not source:
        yield "source", "The source is missing.", "Falta la fuente."
    elif source == MEMORY:
        if row.get("verify") is False:
            yield (
                "verify",
                "A rule from memory has to wait for an attorney: verify is true.",
                "Una regla de memoria espera a una abogada: verify es true.",
            )
    elif not _ADDRESS.match(source) and len(source) < 8:
        yield (
            "source",
            "The source is neither an address nor a document.",
            "La fuente no es una dirección ni un documento.",
        )


def _numbers(row: dict[str, Any]) -> Iterator[tuple[str, str, str]]:
    length, version = row.get("length"), row.get("version", 1)
    if not isinstance(length, int) or isinstance(length, bool) or not 0 <= length <= 3660:
        yield "length", f"“{length}” is no length.", f"“{length}” no es una duración."
    elif length == 0 and row.get("direction") != "on":
        yield (
            "length",
            "Only a rule in the direction “on” has the length 0.",
            "Solo una regla con dirección “on” dura 0.",
        )
    if not isinstance(version, int) or isinstance(version, bool) or not 1 <= version < 10_000:
        yield "version", f"“{version}” is no version.", f"“{version}” no es una versión."
    try:
        parse_target(row.get("internal_target"))
    except (TypeError, ValueError):
        yield "internal_target", "Write “-60d” or “5 calendar days”.", "Escriba “-60d” o “5 calendar days”."
    marker = row.get("marker")
    if marker is not None and (not isinstance(marker, int) or isinstance(marker, bool) or not 0 < marker < 3660):
        yield "marker", f"“{marker}” is no number of days.", f"“{marker}” no es un número de días."


def _period(row: dict[str, Any]) -> Iterator[tuple[str, str, str]]:
    days = {}
    for field in ("from", "to"):
        text = row.get(field)
        try:
            days[field] = None if text is None else date.fromisoformat(text)
        except (TypeError, ValueError):
            yield field, f"“{text}” is no day: write 2026-03-09.", f"“{text}” no es un día: escriba 2026-03-09."
    since, until = days.get("from"), days.get("to")
    if since and until and until < since:
        yield "to", f"It ends on {until} before it begins.", f"Termina el {until}, antes de empezar."


def _sense(row: dict[str, Any]) -> Iterator[tuple[str, str, str]]:
    """Rules that are well formed and would still send somebody too early or too late."""
    unit, direction, weekend = row.get("unit"), row.get("direction"), row.get("weekend")
    if direction == "earliest" and weekend == "prev_business_day":
        yield "weekend", "A first day can't move to an earlier one.", "Un primer día no se mueve a uno anterior."
    if direction == "before" and weekend == "next_business_day" and row.get("side") != "first_day":
        yield (
            "weekend",
            "A last day before something can't move to a later one.",
            "Un último día antes de algo no se mueve a uno posterior.",
        )
    if (
        (unit in WORKING) != (weekend in ("working_days_only", "business_days_only"))
        and unit in UNITS
        and weekend in WEEKENDS
    ):
        yield (
            "weekend",
            "Working days go with working_days_only, and nothing else does.",
            "Los días hábiles van con working_days_only, y nada más.",
        )
    if unit == "clock_day" and direction != "earliest":
        yield "direction", "Clock days tell a first day only.", "Los días del reloj solo dan un primer día."
    if direction == "earliest" and row.get("side") == "last_day":
        yield "side", "The direction “earliest” gives a first day.", "La dirección “earliest” da un primer día."


def _placed(row: dict[str, Any]) -> Rule | None:
    """The rule as far as it can be compared with others: whatever else is wrong with it, its period
    may lie on another's, and that is said as well. None where code or period can't be read."""
    unread = {field for field, *_ in problems_of(row)} & {"code", "version", "from", "to", "status"}
    if unread:
        return None
    blank = {"trigger": "", "length": 0, "unit": "", "direction": "", "weekend": "", "citation": "", "source": ""}
    return _rule(
        {**blank, "verify": True, "label_en": "", "label_es": "", **{f: v for f, v in row.items() if f in _KNOWN}}
    )


def _rule(row: dict[str, Any]) -> Rule:
    """The rule as a value; a text that is told as null is an empty one."""
    values = {field: row[field] for field in row if field not in ("from", "to")}
    values |= {field: "" for field in ("law", "marker_en", "marker_es") if field in row and row[field] is None}
    day = lambda text: date.fromisoformat(text) if text else None
    return Rule(**values, from_on=day(row.get("from")), to_on=day(row.get("to")))


# ---- the rules together ----------------------------------------------------------


def _together(rules: Sequence[tuple[Rule, int]]) -> Iterator[tuple[int, str, str, str]]:
    """Versions told twice, and periods that lie on one another: (line, code, en, es)."""
    for number, (rule, line) in enumerate(rules):
        for other, at in rules[:number]:
            if other.code != rule.code:
                continue
            if other.version == rule.version:
                yield (
                    line,
                    rule.code,
                    f"version {rule.version} stands on line {at} already.",
                    f"la versión {rule.version} ya está en la línea {at}.",
                )
            if overlap(rule, other):
                yield (
                    line,
                    rule.code,
                    f"its period overlaps the one on line {at}.",
                    f"su periodo se encima con el de la línea {at}.",
                )


def _on_others(rules: Sequence[tuple[Rule, int]], beside: Sequence[Rule]) -> Iterator[tuple[int, str, str, str]]:
    """Periods of new rules that lie on one that stands already."""
    known = {(other.code, other.version) for other in beside}
    for rule, line in rules:
        if (rule.code, rule.version) not in known and (other := overlaps(rule, beside)):
            yield (
                line,
                rule.code,
                f"its period overlaps version {other.version}, which stands already.",
                f"su periodo se encima con la versión {other.version}, que ya está.",
            )


def overlaps(rule: Rule, others: Sequence[Rule]) -> Rule | None:
    """The first of `others` that would bind on one and the same day as `rule`."""
    return next((other for other in others if overlap(rule, other)), None)
