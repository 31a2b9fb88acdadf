"""How a deadline is reckoned: a rule, the day of its trigger and the days on which offices are
closed make a last day, a day of our own before it, and the sentence that says why.

8 CFR 1001.1(h): Saturdays, Sundays and holidays count, but where the last day falls on one, the
period runs to the next day that is none. Whatever the rule lets in doubt is read to the
earlier day for what we must do, and to the later day for what we may do.
"""

from __future__ import annotations

import calendar
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from mexile.deadlines.clock.rules import Segment, read_clock
from mexile.deadlines.closing.rules import WEEKDAYS, Closed, OpenDays
from mexile.deadlines.rule.rules import WORKING, Rule, Target, parse_target
from mexile.ground.dates import MONTHS
from mexile.ground.errors import Invalid, Problem
from mexile.ground.vocabulary import vocabulary

FIRST = date(1990, 1, 1)
LAST = date(2090, 12, 31)
"""Between these days the engine reckons; anything else is a slip of the pen."""


@dataclass(frozen=True)
class Step:
    """One step of the reckoning: the day it came to, and in words how."""

    on: date
    en: str
    es: str


@dataclass(frozen=True)
class Reckoning:
    """What came of it. `raw_on` is the day before weekends and holidays moved it, `computed_on`
    the rule's own day, `due_on` the day that holds (a court's order goes before the rule).
    `closed` are the days that mattered. `inputs` is all that is needed to reckon it again."""

    rule: Rule
    trigger_on: date
    raw_on: date
    computed_on: date
    due_on: date
    internal_on: date | None
    marker_on: date | None
    steps: Sequence[Step]
    closed: Sequence[Closed]
    en: str
    es: str
    inputs: dict[str, Any] = field(compare=False, default_factory=dict)

    def why(self, lang: str) -> str:
        return self.es if lang == "es" else self.en


def reckon(
    rule: Rule,
    trigger_on: date,
    open_days: OpenDays,
    *,
    segments: Sequence[Segment] = (),
    ordered_on: date | None = None,
) -> Reckoning:
    """The day that `rule` gives for something that happened on `trigger_on`.

    `segments`: the work-permit clock, for rules in clock days, whose trigger is its start.
    `ordered_on`: the date that a judge set, which holds whatever the rule says.
    Raises Invalid where no day can be given.
    """
    if not FIRST <= trigger_on <= LAST:
        raise Invalid(
            Problem(
                "trigger_on",
                f"{trigger_on.year} can't be right. Look at the year again.",
                f"{trigger_on.year} no puede ser. Revise el año.",
            )
        )
    steps = [Step(trigger_on, _trigger(rule, "en"), _trigger(rule, "es"))]
    raw, lost = _raw(rule, trigger_on, open_days, segments, steps)
    computed, skipped = _moved(rule, raw, open_days)
    if computed != raw:
        steps.append(Step(computed, f"moved: {_names(skipped, 'en')}", f"se mueve: {_names(skipped, 'es')}"))
    if rule.unit in WORKING:
        skipped = _closed_between(trigger_on, computed, open_days)
    due = ordered_on or computed
    if ordered_on is not None:
        steps.append(Step(ordered_on, "date set by the court", "fecha fijada por la corte"))
    internal = _internal(rule, trigger_on, raw, due, open_days)
    en, es = (_sentence(rule, trigger_on, raw, computed, lost, skipped, lang) for lang in ("en", "es"))
    if ordered_on is not None:
        en = f"set by the court: {_long(due, 'en')}. The rule alone: {en}"
        es = f"fijada por la corte: {_long(due, 'es')}. Solo por la regla: {es}"
    marker = open_days.on_or_before(trigger_on + timedelta(days=rule.marker)) if rule.marker else None
    if marker is not None and rule.marker_en:
        en += f". {rule.marker_en} ({_long(marker, 'en')})"
        es += f". {rule.marker_es} ({_long(marker, 'es')})"
    inputs = _inputs(trigger_on, skipped, segments if rule.unit == "clock_day" else (), ordered_on)
    return Reckoning(
        rule, trigger_on, raw, computed, due, internal, marker, tuple(steps), tuple(skipped), en, es, inputs
    )


def example(rule: Rule, today: date, open_days: OpenDays) -> Reckoning | None:
    """What the rule makes of a day in its period near today: one on which a closed day moves it, where there is one.
    None where its period holds no day that can be reckoned."""
    first, last = max(rule.from_on or FIRST, FIRST), min(rule.to_on or LAST, LAST)
    start = min(max(today, first), last)
    days = [start + timedelta(days=number) for number in (*range(8), *range(-1, -8, -1))]
    shown = [reckon(rule, day, open_days) for day in days if first <= day <= last]
    return next((one for one in shown if one.computed_on != one.raw_on), shown[0] if shown else None)


# ---- the day ---------------------------------------------------------------------


def _raw(
    rule: Rule,
    trigger_on: date,
    open_days: OpenDays,
    segments: Sequence[Segment],
    steps: list[Step],
) -> tuple[date, int]:
    """The day before weekends and holidays move it, and for how many days the clock stood still."""
    sign = -1 if rule.direction == "before" else 1
    length, lost = (0 if rule.direction == "on" else sign * rule.length), 0
    if rule.unit == "clock_day":
        clock = read_clock([Segment("filing", trigger_on), *(s for s in segments if s.cause != "filing")])
        reached = clock.reaches(rule.length)
        if reached is None:
            raise Invalid(_clock_stands_still(clock.accrued(LAST)))
        raw, lost = reached, (reached - trigger_on).days - rule.length
    elif rule.unit in WORKING:
        raw = open_days.add(trigger_on, length)
    elif rule.unit == "calendar_day":
        raw = trigger_on + timedelta(days=length)
    else:
        raw = months_later(trigger_on, length * (12 if rule.unit == "year" else 1))
    if length:
        steps.append(Step(raw, _length(rule, lost, "en"), _length(rule, lost, "es")))
    return raw, lost


def months_later(day: date, months: int) -> date:
    """The same day of another month, or its last where it has no such day: 29 Feb and a
    year is 28 Feb, the earlier reading."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def _moved(rule: Rule, raw: date, open_days: OpenDays) -> tuple[date, list[Closed]]:
    """The day after weekend and holiday, and which closed days it went over."""
    if rule.weekend == "next_business_day":
        day = open_days.on_or_after(raw)
    elif rule.weekend == "prev_business_day":
        day = open_days.on_or_before(raw)
    else:
        return raw, []
    step = 1 if day > raw else -1
    passed = [raw + timedelta(days=step * number) for number in range(abs((day - raw).days))]
    return day, [closed for on in passed if (closed := open_days.closed(on))]


def _closed_between(start: date, end: date, open_days: OpenDays) -> list[Closed]:
    """The holidays and closings, without the weekends, between two days."""
    first, last = min(start, end), max(start, end)
    days = (first + timedelta(days=number) for number in range(1, (last - first).days))
    return [closed for day in days if (closed := open_days.closed(day)) and closed.kind != "weekend"]


def _internal(rule: Rule, trigger_on: date, raw: date, due: date, open_days: OpenDays) -> date | None:
    """The day of our own: never behind the limit, never on a closed day, never before the trigger.

    Where nothing sets one and the limit itself is a closed day, it is the last open day before.
    """
    if rule.direction == "earliest" or rule.side != "last_day":
        return None
    target = parse_target(rule.internal_target)
    if target is None:
        if rule.direction == "on" or open_days.is_open(due):
            return None
        day = due
    else:
        day = _aimed(target, trigger_on, due, open_days)
    day = open_days.on_or_before(min(day, due))
    if rule.direction != "before" and day < trigger_on:
        day = open_days.on_or_after(trigger_on)
    return day if day <= due else None


def _aimed(target: Target, trigger_on: date, due: date, open_days: OpenDays) -> date:
    start, number = (due, -target.number) if target.before_limit else (trigger_on, target.number)
    return open_days.add(start, number) if target.working else start + timedelta(days=number)


def _clock_stands_still(accrued: int) -> Problem:
    return Problem(
        "trigger_on",
        f"The clock stands still at {accrued} days: there is no date until it goes on.",
        f"El reloj está detenido en {accrued} días: no hay fecha hasta que siga.",
    )


# ---- the words -------------------------------------------------------------------

_UNIT_WORDS = {
    "en": {
        "year": ("year", "years"),
        "month": ("month", "months"),
        "calendar_day": ("day", "days"),
        "working_day": ("working day", "working days"),
        "business_day": ("business day", "business days"),
        "clock_day": ("counted day", "counted days"),
    },
    "es": {
        "year": ("año", "años"),
        "month": ("mes", "meses"),
        "calendar_day": ("día", "días"),
        "working_day": ("día hábil", "días hábiles"),
        "business_day": ("día hábil", "días hábiles"),
        "clock_day": ("día contado", "días contados"),
    },
}


def _sentence(
    rule: Rule, trigger_on: date, raw: date, due: date, lost: int, skipped: Sequence[Closed], lang: str
) -> str:
    """ "entry 23 Nov 2024 + 1 year = Sunday → Monday 24 Nov 2025, 8 CFR 208.4(a)(2)(ii)"."""
    words = f"{_trigger(rule, lang)} {_short(trigger_on, lang)}"
    if rule.direction != "on" and rule.length:
        words += f" {_length(rule, lost, lang)}"
    if raw != due and skipped:
        words += f" = {_fell_on(skipped[0], raw, lang)} → {_long(due, lang)}"
    else:
        words += f" = {_long(due, lang)}"
    if rule.unit in WORKING and skipped:
        left_out = ", ".join(f"{closed.name(lang)} {_short(closed.on, lang, year=False)}" for closed in skipped)
        words += f" (cerrado: {left_out})" if lang == "es" else f" (closed: {left_out})"
    if _lost_leap_day(rule, trigger_on, raw):
        words += f" ({raw.year} no tiene 29 de febrero)" if lang == "es" else f" ({raw.year} has no 29 February)"
    return f"{words}, {rule.short_law}"


def _fell_on(closed: Closed, raw: date, lang: str) -> str:
    if closed.kind == "weekend":
        return closed.name(lang)
    return f"{closed.name(lang)}, {WEEKDAYS[lang][raw.weekday()]} {_short(raw, lang, year=False)}"


def _length(rule: Rule, lost: int, lang: str) -> str:
    sign = "−" if rule.direction == "before" else "+"
    singular, plural = _UNIT_WORDS[lang][rule.unit]
    words = f"{sign} {rule.length} {singular if rule.length == 1 else plural}"
    if lost:
        days = ("day" if lost == 1 else "days") if lang == "en" else ("día" if lost == 1 else "días")
        stopped = f"{lost} {days} not counted" if lang == "en" else f"{lost} {days} sin contar"
        words += f" + {stopped}"
    return words


def _trigger(rule: Rule, lang: str) -> str:
    term = vocabulary("deadline_trigger").get(rule.trigger)
    return term.more[f"short_{lang}"] if term else rule.trigger


def _names(closed: Sequence[Closed], lang: str) -> str:
    return ", ".join(day.name(lang) for day in closed)


def _lost_leap_day(rule: Rule, trigger_on: date, raw: date) -> bool:
    return (
        rule.unit in ("year", "month")
        and (trigger_on.month, trigger_on.day) == (2, 29)
        and (raw.month, raw.day) == (2, 28)
    )


def _short(day: date, lang: str, year: bool = True) -> str:
    words = f"{day.day} {MONTHS[lang][day.month - 1]}"
    return f"{words} {day.year}" if year else words


def _long(day: date, lang: str) -> str:
    return f"{WEEKDAYS[lang][day.weekday()]} {_short(day, lang)}"


def _inputs(
    trigger_on: date,
    skipped: Sequence[Closed],
    segments: Sequence[Segment],
    ordered_on: date | None,
) -> dict[str, Any]:
    inputs: dict[str, Any] = {"trigger_on": trigger_on.isoformat()}
    if skipped:
        inputs["closed"] = [[closed.on.isoformat(), closed.kind] for closed in skipped]
    if segments:
        inputs["segments"] = [
            [segment.cause, segment.from_on.isoformat(), segment.to_on and segment.to_on.isoformat(), segment.code]
            for segment in segments
        ]
    if ordered_on is not None:
        inputs["ordered_on"] = ordered_on.isoformat()
    return inputs
