"""The work-permit clock: what counts, what stops it, when it gets there."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from mexile.deadlines.clock.rules import Segment, read_clock

START = date(2026, 3, 2)
DAY = timedelta(days=1)


def clock(*segments: Segment):
    return read_clock([Segment("filing", START), *segments])


def test_without_an_application_there_is_no_clock():
    none = read_clock([Segment("applicant", START)])
    assert none.started_on is None and none.accrued(date(2030, 1, 1)) == 0 and none.reaches(150) is None


def test_the_day_of_filing_is_day_0():
    assert clock().accrued(START) == 0
    assert clock().accrued(START + DAY) == 1
    assert clock().reaches(150) == date(2026, 7, 30)
    assert clock().accrued(date(2026, 7, 30)) == 150


def test_an_open_stop_freezes_the_clock_where_it_is():
    stopped = clock(Segment("applicant", date(2026, 4, 1)))
    assert stopped.accrued(date(2026, 4, 1)) == stopped.accrued(date(2027, 4, 1)) == 30
    assert stopped.is_stopped(date(2026, 12, 1)) and stopped.reaches(150) is None
    assert stopped.reaches(30) == date(2026, 4, 1)


def test_stops_that_overlap_are_taken_away_once():
    found = clock(
        Segment("applicant", date(2026, 4, 1), date(2026, 5, 12)),
        Segment("applicant", date(2026, 4, 10), date(2026, 4, 20)),
        Segment("applicant", date(2026, 5, 1), date(2026, 5, 12)),
    )
    assert found.reaches(150) == date(2026, 9, 9)


def test_a_denial_before_day_180_freezes_and_a_remand_lets_it_go_on():
    denied = clock(Segment("denial", date(2026, 6, 10)))
    assert denied.accrued(date(2027, 1, 1)) == 100 and denied.reaches(150) is None
    remanded = clock(Segment("denial", date(2026, 6, 10), date(2026, 9, 18)))
    assert remanded.accrued(date(2026, 9, 19)) == 101
    assert remanded.reaches(150) == date(2026, 7, 30) + timedelta(days=100)


def test_a_denial_on_day_180_or_later_takes_nothing_away():
    on = START + timedelta(days=180)
    assert clock(Segment("denial", on)).accrued(on + timedelta(days=50)) == 230
    assert clock(Segment("denial", on - DAY)).accrued(on + timedelta(days=50)) == 179


def test_days_before_the_filing_stop_nothing():
    assert clock(Segment("applicant", date(2026, 1, 1), date(2026, 2, 1))).reaches(150) == date(2026, 7, 30)
    assert clock(Segment("applicant", date(2026, 2, 20), date(2026, 3, 5))).reaches(150) == date(2026, 8, 2)


STOPS = st.lists(st.tuples(st.integers(-30, 400), st.integers(0, 90)), max_size=8)


@given(STOPS)
def test_the_day_it_reaches_is_the_first_on_which_so_many_have_counted(stops):
    found = clock(
        *(
            Segment("applicant", START + timedelta(days=since), START + timedelta(days=since + length))
            for since, length in stops
        )
    )
    for number in (1, 150, 180):
        day = found.reaches(number)
        assert day is not None and found.accrued(day) == number
        assert found.accrued(day - DAY) < number, "never earlier than the rule allows"
        assert day >= START + timedelta(days=number)


@given(STOPS, st.integers(0, 900))
def test_no_day_counts_twice_and_none_is_taken_back(stops, on):
    found = clock(
        *(
            Segment("applicant", START + timedelta(days=since), START + timedelta(days=since + length))
            for since, length in stops
        )
    )
    today = START + timedelta(days=on)
    assert 0 <= found.accrued(today + DAY) - found.accrued(today) <= 1
    assert found.accrued(today) + found.stopped_days(today) == on
