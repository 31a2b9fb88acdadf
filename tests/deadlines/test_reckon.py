"""The engine: every computed vector, every rule at its boundary days, and what must always hold."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mexile.deadlines.clock.rules import Segment
from mexile.deadlines.closing.rules import OpenDays
from mexile.deadlines.deadline.rules import reckon
from mexile.deadlines.rule.file import own_rules
from mexile.deadlines.rule.rules import WORKING, Rule
from mexile.ground.errors import Invalid

OFFICES = OpenDays()
RULES = own_rules()
BINDING = [rule for rule in RULES if rule.is_binding(date(2027, 6, 1)) or rule.is_binding(date(2019, 6, 3))]


def rule(code: str, on: date) -> Rule:
    (found,) = [one for one in RULES if one.code == code and one.is_binding(on)]
    return found


def due(code: str, on: date, **more) -> date:
    return reckon(rule(code, on), on, OFFICES, **more).due_on


@pytest.mark.parametrize(
    ("code", "trigger", "expected"),
    [
        ("ASYLUM_ONE_YEAR", "2024-11-23", "2025-11-24"),
        ("ASYLUM_ONE_YEAR", "2025-07-04", "2026-07-06"),
        ("ASYLUM_ONE_YEAR", "2024-02-29", "2025-02-28"),
        ("BIA_APPEAL", "2026-10-27", "2026-11-27"),
        ("BIA_APPEAL", "2026-11-12", "2026-12-14"),
        ("EOIR_33_IC", "2026-11-25", "2026-12-03"),
        ("IND_HEARING_FILINGS", "2027-02-16", "2027-01-15"),
        ("EAD_C8_FILE", "2026-03-02", "2026-07-30"),
        ("EAD_C8_GRANT", "2026-03-02", "2026-08-29"),
        ("MTR_IN_ABSENTIA", "2026-06-15", "2026-12-14"),
    ],
)
def test_the_computed_days_come_out(code, trigger, expected):
    assert due(code, date.fromisoformat(trigger)) == date.fromisoformat(expected)


def test_a_move_has_two_days():
    found = reckon(rule("EOIR_33_IC", date(2026, 11, 25)), date(2026, 11, 25), OFFICES)
    assert (found.internal_on, found.due_on) == (date(2026, 11, 30), date(2026, 12, 3))


def test_the_next_business_day_behind_a_hearing_s_month_would_be_too_late():
    assert OFFICES.on_or_after(date(2027, 1, 17)) == date(2027, 1, 19)
    assert due("IND_HEARING_FILINGS", date(2027, 2, 16)) < date(2027, 1, 17)


@pytest.mark.parametrize("start", [date(2026, 3, 20), date(2026, 7, 1), date(2026, 7, 29)])
def test_41_days_that_the_applicant_caused_move_the_permit_by_41_days(start):
    stop = [Segment("applicant", start, start + timedelta(days=41))]
    assert due("EAD_C8_FILE", date(2026, 3, 2), segments=stop) == date(2026, 9, 9)
    assert due("EAD_C8_GRANT", date(2026, 3, 2), segments=stop) == date(2026, 10, 9)


def test_delays_of_others_stop_nothing():
    for cause in ("government", "court", "neutral"):
        stop = [Segment(cause, date(2026, 4, 1), date(2026, 8, 1))]
        assert due("EAD_C8_FILE", date(2026, 3, 2), segments=stop) == date(2026, 7, 30)


def test_while_the_clock_stands_still_there_is_no_day_and_it_says_at_how_many():
    with pytest.raises(Invalid) as wrong:
        due("EAD_C8_FILE", date(2026, 3, 2), segments=[Segment("applicant", date(2026, 4, 1))])
    assert "30 days" in wrong.value.problems[0].en
    assert "30 días" in wrong.value.problems[0].es


def test_the_sentence_is_the_one_of_the_field_in_both_languages():
    found = reckon(rule("ASYLUM_ONE_YEAR", date(2024, 11, 23)), date(2024, 11, 23), OFFICES)
    assert found.en == "entry 23 Nov 2024 + 1 year = Sunday → Monday 24 Nov 2025, 8 CFR 208.4(a)(2)(ii)"
    assert found.es == "entrada 23 nov 2024 + 1 año = domingo → lunes 24 nov 2025, 8 CFR 208.4(a)(2)(ii)"


def test_the_sentence_names_the_holiday_and_the_year_without_a_leap_day():
    thanksgiving = reckon(rule("BIA_APPEAL", date(2026, 10, 27)), date(2026, 10, 27), OFFICES)
    assert "Thanksgiving Day, Thursday 26 Nov → Friday 27 Nov 2026" in thanksgiving.en
    assert "Acción de Gracias, jueves 26 nov → viernes 27 nov 2026" in thanksgiving.es
    leap = reckon(rule("ASYLUM_ONE_YEAR", date(2024, 2, 29)), date(2024, 2, 29), OFFICES)
    assert "2025 has no 29 February" in leap.en and "2025 no tiene 29 de febrero" in leap.es


def test_a_judge_s_date_goes_before_the_rule_and_both_are_said():
    on = date(2026, 10, 27)
    found = reckon(rule("BIA_APPEAL", on), on, OFFICES, ordered_on=date(2026, 11, 20))
    assert found.due_on == date(2026, 11, 20) and found.computed_on == date(2026, 11, 27)
    assert found.internal_on == date(2026, 11, 10)
    assert "set by the court: Friday 20 Nov 2026" in found.en and "Friday 27 Nov 2026" in found.en


def test_the_vacated_ten_days_are_marked_and_decide_nothing():
    on = date(2026, 10, 27)
    found = reckon(rule("BIA_APPEAL", on), on, OFFICES)
    assert found.rule.length == 30 and found.marker_on == date(2026, 11, 6)


def test_no_proposed_vacated_or_enjoined_rule_ever_binds():
    never = [one for one in RULES if one.status in ("proposed", "vacated", "enjoined")]
    assert len(never) >= 3
    for one in never:
        assert not any(one.is_binding(date(year, month, 1)) for year in range(1994, 2040) for month in range(1, 13))


def test_one_rule_at_most_binds_on_any_day():
    for code in {one.code for one in RULES}:
        for year in range(1994, 2031):
            for month in range(1, 13):
                on = date(year, month, 15)
                assert sum(one.is_binding(on) for one in RULES if one.code == code) <= 1


def test_the_rule_of_the_trigger_s_day_is_taken():
    assert rule("EAD_C8_FILE", date(2020, 8, 24)).version == 1
    assert rule("EAD_C8_FILE", date(2020, 8, 25)).version == 3
    assert rule("EAD_C8_FILE", date(2022, 2, 6)).version == 3
    assert rule("EAD_C8_FILE", date(2022, 2, 7)).version == 4


def test_a_closing_moves_a_last_day_and_is_named():
    closed = OpenDays({date(2026, 11, 27): ("Snow", "Nieve")})
    on = date(2026, 10, 27)
    found = reckon(rule("BIA_APPEAL", on), on, closed)
    assert found.due_on == date(2026, 11, 30)
    assert ("2026-11-27", "closing") in [tuple(one) for one in found.inputs["closed"]]


@pytest.mark.parametrize("year", [1200, 1989, 2091, 9999])
def test_a_year_that_can_t_be_right_is_refused_in_words(year):
    with pytest.raises(Invalid) as wrong:
        reckon(rule("ASYLUM_ONE_YEAR", date(2026, 1, 1)), date(year, 1, 1), OFFICES)
    assert str(year) in wrong.value.problems[0].en


def test_a_rule_has_no_hours_so_the_night_on_which_clocks_change_is_a_night_like_others():
    for night in (date(2026, 3, 8), date(2026, 11, 1)):
        for one in BINDING:
            if one.unit == "calendar_day" and one.direction == "after":
                trigger = night - timedelta(days=one.length)
                assert reckon(one, trigger, OFFICES).raw_on == night


# ---- every rule, at the days at which things go wrong ------------------------------

BOUNDARIES = [
    date(2024, 2, 28),
    date(2024, 2, 29),
    date(2024, 3, 1),
    date(2023, 2, 28),
    date(2021, 12, 31),
    date(2022, 1, 1),
    date(2026, 7, 3),
    date(2026, 7, 4),
    date(2026, 11, 25),
    date(2026, 11, 26),
    date(2026, 12, 24),
    date(2026, 12, 25),
    date(2026, 12, 31),
    date(2027, 1, 1),
    date(2026, 3, 8),
    date(2026, 11, 1),
    date(2027, 12, 31),
    date(2028, 2, 29),
]


@pytest.mark.parametrize("one", BINDING, ids=lambda one: f"{one.code}-{one.version}")
def test_every_rule_holds_at_every_boundary_and_on_every_day_of_four_years(one):
    before = None
    day = date(2023, 12, 1)
    while day < date(2028, 3, 5):
        found = reckon(one, day, OFFICES)
        _holds(one, day, found)
        if before is not None:
            assert found.due_on >= before, f"{day} gives an earlier day than the day before"
        before, day = found.due_on, day + timedelta(days=1)
    assert all(date(2023, 12, 1) <= on < date(2028, 3, 5) for on in BOUNDARIES if on.year >= 2024)
    for on in BOUNDARIES:
        _holds(one, on, reckon(one, on, OFFICES))


def _holds(one: Rule, trigger: date, found) -> None:
    """What must be true of any reckoning, whatever the rule."""
    plain = _plainly(one, trigger)
    if one.weekend == "next_business_day":
        assert plain <= found.due_on and (found.due_on - plain).days <= 5
        assert all(not OFFICES.is_open(plain + timedelta(days=n)) for n in range((found.due_on - plain).days))
    elif one.weekend == "prev_business_day":
        assert found.due_on <= plain
        assert all(not OFFICES.is_open(plain - timedelta(days=n)) for n in range((plain - found.due_on).days))
    else:
        assert found.due_on == plain
    if one.weekend != "none":
        assert OFFICES.is_open(found.due_on), "a day on which nothing is open"
    if one.side == "last_day" and one.direction != "on" and not OFFICES.is_open(found.due_on):
        assert found.internal_on is not None
    if found.internal_on is not None:
        assert OFFICES.is_open(found.internal_on) and found.internal_on <= found.due_on
        assert one.direction == "before" or found.internal_on >= trigger
    if one.side == "first_day":
        assert found.internal_on is None and found.due_on >= plain
    assert found.en.endswith(")") or one.short_law in found.en
    for lang, year in (("en", found.due_on.year), ("es", found.due_on.year)):
        assert str(year) in found.why(lang) and str(trigger.year) in found.why(lang)


def _plainly(one: Rule, trigger: date) -> date:
    """The day before weekends, reckoned another way than the engine does."""
    step = -1 if one.direction == "before" else 1
    if one.direction == "on":
        return trigger
    if one.unit in WORKING:
        day, left = trigger, one.length
        while left:
            day += timedelta(days=step)
            left -= OFFICES.closed(day) is None
        return day
    if one.unit in ("year", "month"):
        months = one.length * (12 if one.unit == "year" else 1)
        year, month = divmod(trigger.year * 12 + trigger.month - 1 + step * months, 12)
        for day in (trigger.day, 30, 29, 28):
            if day <= trigger.day:
                try:
                    return date(year, month + 1, day)
                except ValueError:
                    continue
    return trigger + step * timedelta(days=one.length)


# ---- any rule that may be written --------------------------------------------------

DAYS = st.dates(date(2000, 1, 1), date(2060, 12, 31))
LENGTHS = st.integers(1, 400)


def _any_rule(length: int, unit: str, direction: str, weekend: str, target: str | None = None) -> Rule:
    return Rule(
        "ANY", "move_date", length, unit, direction, weekend, "law", "source", None, None, "in_force", False,
        "a", "a", internal_target=target,
    )  # fmt: skip


@given(DAYS, LENGTHS, st.sampled_from(["next_business_day", "prev_business_day"]), st.sampled_from(["after", "before"]))
def test_a_moved_day_is_open_and_no_open_day_lies_between(trigger, length, weekend, direction):
    found = reckon(_any_rule(length, "calendar_day", direction, weekend), trigger, OFFICES)
    assert OFFICES.is_open(found.due_on)
    low, high = sorted((found.raw_on, found.due_on))
    between = [low + timedelta(days=n) for n in range((high - low).days + 1)]
    assert [day for day in between if OFFICES.is_open(day)] == [found.due_on]


@given(DAYS, st.integers(1, 90), st.integers(0, 400))
def test_a_later_trigger_never_gives_an_earlier_day(trigger, length, later):
    for unit, weekend in (
        ("calendar_day", "next_business_day"),
        ("working_day", "working_days_only"),
        ("month", "prev_business_day"),
    ):
        one = _any_rule(length, unit, "after", weekend)
        first = reckon(one, trigger, OFFICES)
        second = reckon(one, min(trigger + timedelta(days=later), date(2080, 1, 1)), OFFICES)
        assert second.due_on >= first.due_on


@given(DAYS, st.integers(1, 120), st.sampled_from(["-60d", "-10d", "5 calendar days", "3 working days", "-2wd"]))
def test_our_own_day_is_open_not_behind_the_limit_and_not_before_the_trigger(trigger, length, target):
    found = reckon(_any_rule(length, "calendar_day", "after", "next_business_day", target), trigger, OFFICES)
    if found.internal_on is not None:
        assert OFFICES.is_open(found.internal_on)
        assert trigger <= found.internal_on <= found.due_on


@given(DAYS, st.sets(st.integers(-40, 40), max_size=20), st.integers(1, 60))
def test_a_closing_never_brings_a_last_day_forward(trigger, closed, length):
    shut = OpenDays({trigger + timedelta(days=length + n): ("x", "x") for n in closed})
    one = _any_rule(length, "calendar_day", "after", "next_business_day")
    found = reckon(one, trigger, shut)
    assert found.due_on >= reckon(one, trigger, OFFICES).due_on
    assert shut.is_open(found.due_on)
