"""Days that are known only so well: never made more exact than they were said."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mexile.ground.errors import Invalid
from mexile.ground.rough import PRECISIONS, Rough, parse_rough, parts, rough

TODAY = date(2026, 11, 24)


@pytest.mark.parametrize(
    ("text", "on", "precision"),
    [
        ("12 mar 2021", date(2021, 3, 12), "day"),
        ("2021-03-12", date(2021, 3, 12), "day"),
        ("mar 2021", date(2021, 3, 1), "month"),
        ("marzo de 2021", date(2021, 3, 1), "month"),
        ("2021-03", date(2021, 3, 1), "month"),
        ("3/2021", date(2021, 3, 1), "month"),
        ("03-2021", date(2021, 3, 1), "month"),
        ("marzo/2021", date(2021, 3, 1), "month"),
        ("marzo del año 2021", date(2021, 3, 1), "month"),
        ("2021 marzo", date(2021, 3, 1), "month"),
        ("2019?", date(2019, 7, 1), "about"),
        ("2019 (aprox.)", date(2019, 7, 1), "about"),
        ("2021", date(2021, 1, 1), "year"),
        ("about 2019", date(2019, 7, 1), "about"),
        ("como en 2019", date(2019, 7, 1), "about"),
        ("hacia marzo de 2021", date(2021, 3, 1), "about"),
        ("alrededor de 12 mar 2021", date(2021, 3, 12), "about"),
        ("ayer", date(2026, 11, 23), "day"),
    ],
)
def test_a_day_is_read_as_it_was_said(text: str, on: date, precision: str) -> None:
    assert parse_rough(text, TODAY) == Rough(on, precision)


@pytest.mark.parametrize(
    "text",
    [
        "Dec '20",
        "13-2021",
        "dia 2021",
        "martes 2021",
        "31 feb 2021",
        "2021-13",
        "0000",
        "soon",
        "3/4/2021",
        "about",
        "99/2021",
    ],
)
def test_what_is_no_day_or_could_be_two_is_refused_in_words(text: str) -> None:
    with pytest.raises(Invalid) as wrong:
        parse_rough(text, TODAY)
    assert wrong.value.problems[0].en and wrong.value.problems[0].es


def test_the_last_day_of_a_month_and_of_a_year() -> None:
    assert Rough(date(2024, 2, 1), "month").last == date(2024, 2, 29)
    assert Rough(date(2024, 1, 1), "year").last == date(2024, 12, 31)
    assert Rough(date(2024, 2, 10), "day").last == date(2024, 2, 10)


@given(
    st.dates(date(1900, 1, 1), date(2099, 12, 31)),
    st.sampled_from(["day", "month", "year", "about"]),
    st.sampled_from(["en", "es"]),
)
def test_what_is_shown_can_be_typed_again(on: date, precision: str, lang: str) -> None:
    first = {"month": on.replace(day=1), "year": date(on.year, 1, 1)}.get(precision, on)
    known = Rough(first, precision)
    assert parse_rough(known.text(lang), TODAY) == known
    assert known.first <= known.last


def test_nothing_known_is_two_columns_that_say_so() -> None:
    assert parts(None) == (None, "unknown") and rough(None, "unknown") is None
    assert set(PRECISIONS) > {"unknown"} and rough(date(2021, 3, 1), "month") == Rough(date(2021, 3, 1), "month")
