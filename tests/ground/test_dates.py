"""A day is never guessed."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mexile.ground.dates import format_day, format_short_day, parse_day
from mexile.ground.errors import Invalid

TODAY = date(2026, 11, 24)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("hoy", TODAY),
        ("Ayer", TODAY - timedelta(1)),
        ("yesterday", TODAY - timedelta(1)),
        ("mañana", TODAY + timedelta(1)),
        ("martes", TODAY),
        ("lunes", TODAY - timedelta(1)),
        ("Wednesday", date(2026, 11, 18)),
        ("2026-03-12", date(2026, 3, 12)),
        ("12 mar 2026", date(2026, 3, 12)),
        ("12 de marzo de 2026", date(2026, 3, 12)),
        ("March 12, 2026", date(2026, 3, 12)),
        ("13/03/2026", date(2026, 3, 13)),
        ("03/13/2026", date(2026, 3, 13)),
        ("5/5/26", date(2026, 5, 5)),
        ("29 feb 2024", date(2024, 2, 29)),
        ("12 mar", date(2026, 3, 12)),
    ],
)
def test_a_day_is_read_in_both_languages(text, day):
    assert parse_day(text, TODAY) == day


@pytest.mark.parametrize("text", ["31/02/2026", "29 feb 2026", "2026-13-01", "mar", "abril", "12", "", "12/3", "0/0/2026", "32 mar"])
def test_what_is_no_day_is_refused(text):
    with pytest.raises(Invalid):
        parse_day(text, TODAY)


def test_where_a_day_can_be_read_two_ways_both_are_shown():
    with pytest.raises(Invalid) as asked:
        parse_day("3/12/2026", TODAY)
    problem = asked.value.problems[0]
    assert "3 Dec 2026" in problem.en and "12 Mar 2026" in problem.en
    assert "3 dic 2026" in problem.es and "12 mar 2026" in problem.es


@given(st.dates(date(1920, 1, 1), date(2099, 12, 31)), st.sampled_from(["en", "es"]))
def test_what_the_pages_show_can_be_typed(day, lang):
    assert parse_day(format_day(day, lang), TODAY) == day
    assert parse_day(format_short_day(day, lang), TODAY) == day


@given(st.text(max_size=30))
def test_nothing_typed_breaks_it(text):
    try:
        assert isinstance(parse_day(text, TODAY), date)
    except Invalid as refused:
        assert refused.problems
