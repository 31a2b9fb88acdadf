"""The engine against a second reckoning that shares nothing with it: not its rules, not its calendar,
not its arithmetic. The table below was written from the text of the laws, the holidays from
5 U.S.C. 6103 and Executive Order 11582; every rule is tried on every day of thirty-two years.
"""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache

import pytest

from mexile.deadlines.clock.rules import Segment
from mexile.deadlines.closing.rules import OpenDays
from mexile.deadlines.deadline.rules import reckon
from mexile.deadlines.rule.file import own_rules
from mexile.deadlines.rule.queries import binding

DAY = timedelta(1)


def _nth(year: int, month: int, weekday: int, number: int) -> date:
    """The `number`th Monday (0) to Sunday (6) of a month."""
    first = date(year, month, 1)
    return first + timedelta((weekday - first.weekday()) % 7 + 7 * (number - 1))


def _last_monday_of_may(year: int) -> date:
    return max(date(year, 5, day) for day in range(25, 32) if date(year, 5, day).weekday() == 0)


@lru_cache
def shut(year: int) -> frozenset[date]:
    """The federal holidays of a year, on the days on which they are kept."""
    fixed = [date(year, 1, 1), date(year, 7, 4), date(year, 11, 11), date(year, 12, 25), date(year + 1, 1, 1)]
    if year >= 2021:
        fixed.append(date(year, 6, 19))
    kept = {
        _nth(year, 2, 0, 3),
        _last_monday_of_may(year),
        _nth(year, 9, 0, 1),
        _nth(year, 10, 0, 2),
        _nth(year, 11, 3, 4),
    }
    if year >= 1986:
        kept.add(_nth(year, 1, 0, 3))
    for day in fixed:
        kept.add(day - DAY if day.weekday() == 5 else day + DAY if day.weekday() == 6 else day)
    return frozenset(kept)


def works(day: date) -> bool:
    return day.weekday() < 5 and day not in shut(day.year)


def later(day: date) -> date:
    return day if works(day) else later(day + DAY)


def earlier(day: date) -> date:
    return day if works(day) else earlier(day - DAY)


def same_day_of(day: date, year: int, month: int) -> date:
    """29 February of a year without one is the 28th, the earlier reading."""
    while True:
        try:
            return date(year, month, day.day)
        except ValueError:
            day -= DAY


def working(day: date, number: int) -> date:
    while number:
        day += DAY
        number -= works(day)
    return day


def years(number: int):
    return lambda day: same_day_of(day, day.year + number, day.month)


def months(number: int):
    def found(day: date) -> date:
        count = day.month + number
        return same_day_of(day, day.year + (count - 1) // 12, (count - 1) % 12 + 1)

    return found


def days(number: int):
    return lambda day: date.fromordinal(day.toordinal() + number)


def office(number: int):
    return lambda day: working(day, number)


AS_IT_IS = lambda day: day  # noqa: E731

LAW = {
    "ASYLUM_ONE_YEAR": (years(1), later, "1998-04-01", None),
    "EAD_RENEWAL_WINDOW": (days(-180), AS_IT_IS, None, None),
    "EAD_MAX_VALIDITY": (months(18), AS_IT_IS, "2025-12-05", None),
    "ANNUAL_ASYLUM_FEE": (days(30), earlier, "2026-05-29", None),
    "BIA_APPEAL": (days(30), later, "1996-07-01", None),
    "PETITION_FOR_REVIEW": (days(30), later, "1996-09-30", None),
    "MTR_REOPEN": (days(90), later, "1996-09-30", None),
    "MTR_RECONSIDER": (days(30), later, "1996-09-30", None),
    "MTR_IN_ABSENTIA": (days(180), later, "1996-09-30", None),
    "EOIR_33_IC": (office(5), AS_IT_IS, None, None),
    "EOIR_33_BIA": (office(5), AS_IT_IS, None, None),
    "AR_11": (days(10), AS_IT_IS, None, None),
    "IND_HEARING_FILINGS": (days(-30), earlier, None, None),
    "MASTER_FILINGS": (days(-15), earlier, "2008-07-01", None),
    "MOTION_RESPONSE": (days(10), later, "2008-07-01", None),
    "CREDIBLE_FEAR_IJ_REVIEW": (days(7), AS_IT_IS, "1997-04-01", None),
    "REASONABLE_FEAR_IJ_REVIEW": (days(10), AS_IT_IS, "1999-03-22", None),
    "BOND_APPEAL": (days(30), later, None, None),
    "BOND_DHS_AUTO_STAY": (office(1), AS_IT_IS, None, None),
    "NTA_FIRST_HEARING": (days(10), AS_IT_IS, None, None),
    "AFFIRMATIVE_RESCHEDULE": (days(15), AS_IT_IS, None, None),
    "I730_FOLLOW_TO_JOIN": (years(2), later, None, None),
    "ASYLEE_ADJUSTMENT": (years(1), AS_IT_IS, None, None),
    "REMOVAL_PERIOD": (days(90), AS_IT_IS, None, None),
    "POCR_90": (days(90), AS_IT_IS, None, None),
    "POCR_180": (days(180), AS_IT_IS, None, None),
    "VOLUNTARY_DEPARTURE": (days(60), AS_IT_IS, None, None),
    "FOIA_RESPONSE": (office(20), AS_IT_IS, None, None),
    "I94_EXPIRY": (days(0), AS_IT_IS, None, None),
    "ICE_CHECK_IN": (days(0), AS_IT_IS, None, None),
}
"""code -> the day before weekends, what weekends do to it, from when the law is, until when."""

RULES = own_rules()
OFFICES = OpenDays()
FIRST, LAST = date(2004, 1, 1), date(2036, 1, 1)


def every_day(first: date = FIRST, last: date = LAST):
    return (date.fromordinal(number) for number in range(first.toordinal(), last.toordinal()))


def test_the_second_calendar_agrees_on_every_day_of_forty_years():
    wrong = [day for day in every_day(date(1997, 1, 1), date(2037, 12, 31)) if works(day) != OFFICES.is_open(day)]
    assert wrong == []


def test_every_rule_of_the_file_is_in_the_table_or_is_tried_below():
    clocks = {"EAD_C8_FILE", "EAD_C8_GRANT"}
    assert {rule.code for rule in RULES} - clocks - LAW.keys() == set()
    assert LAW.keys() - {rule.code for rule in RULES} == set()


@pytest.mark.parametrize("code", LAW)
def test_both_reckonings_come_to_the_same_day_on_every_day(code):
    raw, moved, since, until = LAW[code]
    since, until = date.fromisoformat(since or "1990-01-01"), date.fromisoformat(until or "2090-01-01")
    wrong = []
    for day in every_day():
        rule = binding(RULES, code, day)
        if rule is None or not since <= day <= until:
            if rule is not None or since <= day <= until:
                wrong.append(f"{day}: in force by one of the two only")
            continue
        found, expected = reckon(rule, day, OFFICES), moved(raw(day))
        if found.due_on != expected:
            wrong.append(f"{day}: {found.due_on} and not {expected}")
    assert wrong == [], wrong[:5]


# ---- the clock of the work permit, a day at a time ---------------------------------


def _walked(start: date, stops: list[tuple[date, date | None]], number: int) -> date | None:
    """The day on which `number` days have counted, by walking: a day counts unless somebody of ours
    stopped the clock on it."""
    day, counted = start, 0
    while counted < number:
        if day - start > timedelta(4000):
            return None
        if not any(since <= day and (to is None or day < to) for since, to in stops):
            counted += 1
        day += DAY
    # A stop that begins on the very day on which the last day counts changes nothing: that day is reached.
    return day


STOPS = [
    [],
    [(0, 41)],
    [(149, 190)],
    [(150, 191)],
    [(10, 51), (40, 60)],
    [(10, 20), (20, 30), (100, 101)],
    [(30, 30)],
    [(170, 300)],
    [(-10, 5)],
    [(149, 150), (179, 180)],
]


@pytest.mark.parametrize("stops", STOPS, ids=str)
@pytest.mark.parametrize(("code", "number"), [("EAD_C8_FILE", 150), ("EAD_C8_GRANT", 180)])
def test_the_clock_comes_to_the_day_that_walking_comes_to(code, number, stops):
    for start in [date(2026, 3, 2), date(2023, 12, 31), date(2024, 2, 29), date(2025, 3, 9), date(2026, 11, 1)]:
        away = [(start + timedelta(since), start + timedelta(to)) for since, to in stops]
        rule = binding(RULES, code, start)
        segments = [Segment("applicant", since, to) for since, to in away]
        expected = _walked(start, [(max(since, start), to) for since, to in away], number)
        assert reckon(rule, start, OFFICES, segments=segments).due_on == expected


def test_the_wait_of_365_days_decides_nothing_though_it_stood_for_seventeen_months():
    """85 FR 38532 was vacated in 2022: what was filed under it has the old 150 days, and waits for an
    attorney who confirms it for the person."""
    for day in every_day(date(2020, 8, 1), date(2022, 3, 1)):
        rule = binding(RULES, "EAD_C8_FILE", day)
        assert (rule.length, rule.unit) == (150, "clock_day"), day
        assert rule.verify == (date(2020, 8, 25) <= day <= date(2022, 2, 6)), day
