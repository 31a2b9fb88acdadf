"""A day is never guessed."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mexile.ground.date_reading import DAY_FIRST, MONTH_FIRST, parse_day, readings, without_hour
from mexile.ground.dates import format_day, format_short_day
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
        ("12 mzo. 2026", date(2026, 3, 12)),
        ("12-agto-2026", date(2026, 8, 12)),
        ("uno de enero de 2026", date(2026, 1, 1)),
        ("12 mar ’26", date(2026, 3, 12)),
    ],
)
def test_a_day_is_read_in_both_languages(text, day):
    assert parse_day(text, TODAY) == day


@pytest.mark.parametrize(
    "text",
    [
        "Dec '26",
        "dic ’26",
        "ene/21",
        "Jan. '21",
        "12/13 mar",
        "12, 13 marzo",
        "mar 12-13",
        "marzo 12/13",
        "31/02/2026",
        "29 feb 2026",
        "2026-13-01",
        "mar",
        "abril",
        "12",
        "",
        "12/3",
        "0/0/2026",
        "32 mar",
    ],
)
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


MONTHS = [
    "enero|ene|january|jan",
    "febrero|feb|february|feb",
    "marzo|mar|march|mar",
    "abril|abr|april|apr",
    "mayo|may|may|may",
    "junio|jun|june|jun",
    "julio|jul|july|jul",
    "agosto|ago|august|aug",
    "septiembre|setiembre|sept|sep|september",
    "octubre|oct|october|oct",
    "noviembre|nov|november|nov",
    "diciembre|dic|december|dec",
]
FORMS = [
    "{d}-{m}-{y}",
    "{d:02}-{m}-{yy}",
    "{d} {m} {y}",
    "{d} {m}. {y}",
    "{d} de {m} de {y}",
    "{d} de {m} del {y}",
    "{d}º de {m} de {y}",
    "{d}° {m} {y}",
    "{d}th of {m} {y}",
    "{m} {d}, {y}",
    "{m}. {d}, {y}",
    "{m} {d}th, {y}",
    "{m}-{d}-{y}",
    "{d}/{m}/{y}",
    "{d}{m}{y}",
    "{y}-{m}-{d:02}",
    "el {d} de {m}, {y}",
    "{d} {m} {y} 00:00:00",
    "{M} {d} {y}",
    "{d}\u00a0{m}\u00a0{y}",
    "{d} – {m} – {y}",
]  # noqa: RUF001


@given(st.dates(date(1960, 1, 1), date(2026, 11, 24)), st.sampled_from(FORMS), st.integers(0, 3))
def test_every_usual_way_to_write_a_day_is_read(day, form, which):
    name = MONTHS[day.month - 1].split("|")[which]
    if "{yy}" in form and day.year < 1990:
        day = day.replace(year=2020)
    text = form.format(d=day.day, m=name, M=name.upper(), y=day.year, yy=f"{day.year % 100:02}")
    assert parse_day(text, TODAY) == day


@given(st.dates(date(1900, 1, 1), date(2099, 12, 31)))
def test_a_day_in_numbers_is_read_where_it_is_only_one(day):
    for form in ("%Y-%m-%d", "%Y/%m/%d", "%Y.%m.%d", "%Y%m%d", "%Y-%m-%dT00:00:00Z", "%Y-%m-%d 00:00:00"):
        assert parse_day(day.strftime(form), TODAY) == day
    for sign in "/.- ":
        first, second = f"{day.day}{sign}{day.month}{sign}{day.year}", f"{day.month}{sign}{day.day}{sign}{day.year}"
        assert parse_day(first, TODAY, order=DAY_FIRST) == day == parse_day(second, TODAY, order=MONTH_FIRST)
        assert day in readings(first, TODAY) and len(readings(first, TODAY)) == (
            2 if day.day <= 12 and day.day != day.month else 1
        )


@pytest.mark.parametrize(
    ("text", "last", "following"),
    [
        ("15 ene", date(2026, 1, 15), date(2027, 1, 15)),
        ("24 nov", TODAY, TODAY),
        ("December 1", date(2025, 12, 1), date(2026, 12, 1)),
        ("29 feb", date(2024, 2, 29), date(2028, 2, 29)),
        ("13/3", date(2026, 3, 13), date(2027, 3, 13)),
        ("viernes", date(2026, 11, 20), date(2026, 11, 27)),
    ],
)
def test_a_day_without_its_year_is_the_last_or_the_next_one_or_is_asked_about(text, last, following):
    assert parse_day(text, TODAY) == last
    assert parse_day(text, TODAY, year="next") == following
    with pytest.raises(Invalid) as asked:
        parse_day(text, TODAY, year="asked")
    assert str(last.year) in asked.value.problems[0].en and str(following.year) in asked.value.problems[0].es


def test_a_day_said_of_the_next_one_on_that_very_weekday_is_asked_about():
    with pytest.raises(Invalid) as asked:
        parse_day("martes", TODAY, year="next")
    assert "24 nov 2026" in asked.value.problems[0].es and "1 dic 2026" in asked.value.problems[0].es


def test_a_weekday_that_does_not_fit_its_day_is_asked_about():
    assert parse_day("mar 3 mar 2026", TODAY) == parse_day("Tuesday, March 3rd 2026", TODAY) == date(2026, 3, 3)
    with pytest.raises(Invalid) as asked:
        parse_day("lunes 3 mar 2026", TODAY)
    assert "martes 3 mar 2026" in asked.value.problems[0].es


def test_two_digits_of_a_year_name_one_that_has_been_where_only_that_is_meant():
    assert parse_day("12-mar-85", TODAY) == date(1985, 3, 12)
    assert parse_day("13/3/31", TODAY, year="next") == date(2031, 3, 13)


@pytest.mark.parametrize(
    "text",
    [
        "12 mar 2026 8:30",
        "Jan-21",
        "mar 2021",
        "2021",
        "12² mar 2021",
        "12 mars 2021",
        "3 de",
        "1² mar 2021",
        "12 13 mar 2021",
    ],
)
def test_what_says_more_or_less_than_a_day_is_refused(text):
    with pytest.raises(Invalid):
        parse_day(text, TODAY)


def test_a_sheets_hour_is_taken_off():
    assert without_hour("1/5/2021 14:33") == without_hour("1/5/2021 2:33 PM") == "1/5/2021"
    assert without_hour("2021-01-05T03:04:05.678Z") == "2021-01-05"


@pytest.mark.parametrize("text", ["12 mar 91", "12/03/91", "2091-03-12"])
def test_a_next_date_in_a_lifetime_is_a_slip(text):
    with pytest.raises(Invalid, match="2091 can't be right"):
        parse_day(text, TODAY, year="next", order=DAY_FIRST)


@pytest.mark.parametrize("text", ["marzo 12, 13", "March 12th, 13th", "mar 30 31"])
def test_two_days_behind_a_month_are_no_day_and_its_year(text):
    assert readings(text, TODAY) == []
    assert readings("mar 12, 91", TODAY) == [date(1991, 3, 12)]
    assert readings("12 mar 13", TODAY) == [date(2013, 3, 12)]
