"""Hours of the night on which clocks change, and days that are more likely a slip."""

from datetime import date, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mexile.cases.event.rules import doubts, is_left_out, is_stale, is_twice, moment_problems, precision_of, starts_at
from mexile.ground import clock

EL_PASO, JUAREZ = "America/Denver", "America/Ciudad_Juarez"
TODAY = date(2026, 11, 24)


def problems(on, at, zone, fold=None, known="day"):
    return [(one.place, one.en) for one in moment_problems(known=known, on=on, at=at, zone=zone, fold=fold)]


@pytest.mark.parametrize("zone", [EL_PASO, JUAREZ])
def test_an_hour_that_the_clocks_leave_out_is_asked_about(zone):
    (problem,) = problems(date(2027, 3, 14), time(2, 30), zone)
    assert problem[0] == "at" and "does not exist" in problem[1]
    assert problems(date(2027, 3, 14), time(2, 30), zone, fold=1) == [problem]
    assert problems(date(2027, 3, 14), time(3, 0), zone) == []


@pytest.mark.parametrize("zone", [EL_PASO, JUAREZ])
def test_an_hour_that_comes_twice_is_asked_about_until_somebody_says_which(zone):
    (problem,) = problems(date(2027, 11, 7), time(1, 30), zone)
    assert problem[0] == "fold" and "comes twice" in problem[1]
    assert problems(date(2027, 11, 7), time(1, 30), zone, fold=0) == []
    first, second = (starts_at(date(2027, 11, 7), time(1, 30), zone, fold) for fold in (0, 1))
    assert second.astimezone().timestamp() - first.astimezone().timestamp() == 3600


def test_juarez_has_its_own_night():
    """In the autumn of 2022 Mexico had just given clock changes up: El Paso set its clocks back, Juárez did not."""
    night = date(2022, 11, 6)
    assert (is_twice(night, time(1, 30), EL_PASO), is_twice(night, time(1, 30), JUAREZ)) == (True, False)


@given(
    st.dates(date(2020, 1, 1), date(2035, 12, 31)), st.times(), st.sampled_from([EL_PASO, JUAREZ, "America/Chicago"])
)
def test_an_hour_is_left_out_or_comes_twice_never_both(on, at, zone):
    at = at.replace(microsecond=0)
    assert not (is_left_out(on, at, zone) and is_twice(on, at, zone))


@pytest.mark.parametrize(
    ("on", "words"),
    [
        (date(2019, 3, 4), "has passed already"),
        (date(2034, 3, 6), "8 years ahead"),
        (TODAY - timedelta(days=1), "has passed already"),
        (TODAY, None),
        (date(2029, 6, 1), None),
    ],
)
def test_a_hearing_in_2019_or_2034_is_asked_about(on, words):
    found = doubts(on, TODAY)
    assert [words in one.en for one in found] == ([True] if words else [])
    assert all(one.es and one.place == "sure" for one in found)


def test_what_is_known_of_a_day_decides_what_may_be_written():
    assert problems(None, None, EL_PASO) == [("on", "Which day? If nobody knows yet, say so.")]
    assert [place for place, _ in problems(TODAY, None, EL_PASO, known="unknown")] == ["on"]
    assert [place for place, _ in problems(TODAY, time(9), EL_PASO, known="month")] == ["at"]
    assert problems(None, None, EL_PASO, known="to_be_set") == []
    assert precision_of("day", TODAY, time(9)) == "exact"
    assert precision_of("day", TODAY, None) == "day"
    assert precision_of("month", TODAY, None) == "month"
    assert precision_of("to_be_set", None, None) == "to_be_set"


def test_a_date_grows_stale_on_its_last_day():
    now = clock.now()
    assert is_stale(None, 7, now)
    assert not is_stale(now - timedelta(days=6, hours=23), 7, now)
    assert is_stale(now - timedelta(days=7), 7, now)
