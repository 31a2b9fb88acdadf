"""Money is parsed, never guessed, and splits to the cent."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mexile.ground.errors import Invalid
from mexile.ground.money import format_cents, format_short, parse_cents, split


@pytest.mark.parametrize(
    ("text", "cents"),
    [
        ("50", 5000),
        ("$50", 5000),
        ("US$ 50.25", 5025),
        ("50,25", 5025),
        ("50,5", 5050),
        ("1,000.50", 100050),
        ("1.000,50", 100050),
        ("1,000", 100000),
        ("1,234,567", 123456700),
        ("12.345.678,90", 1234567890),
        (" 20 USD ", 2000),
        ("0", 0),
    ],
)
def test_an_amount_is_read_as_people_of_both_languages_write_it(text, cents):
    assert parse_cents(text) == cents


@pytest.mark.parametrize(
    "text",
    [
        "-5",
        "1e9",
        "",
        "$",
        "abc",
        "0.001",
        "1.00.50",
        "1,00,50",
        "5 0",
        "٥٠",
        "１００",
        "50.",
        ".5",
        "1,000,50",
        "1.000.50",
        "9" * 20,
        pytest.param("9" * 5000, id="5000 digits"),
    ],
)
def test_what_is_no_amount_is_refused_in_words_of_both_languages(text):
    with pytest.raises(Invalid) as refused:
        parse_cents(text)
    problem = refused.value.problems[0]
    assert problem.en != problem.es and problem.place == "amount"


def test_a_point_before_three_digits_is_asked_about():
    with pytest.raises(Invalid) as asked:
        parse_cents("1.000")
    assert "1,000 dollars or 1?" in asked.value.problems[0].en


@given(st.integers(0, 10**9))
def test_what_is_written_is_read_back(cents):
    assert parse_cents(format_cents(cents, "en")) == cents
    assert parse_cents(format_short(cents, "es")) == cents


@given(st.integers(-(10**9), 10**9), st.lists(st.integers(0, 1000), min_size=1, max_size=9).filter(any))
def test_a_split_sums_to_the_cent_and_no_part_is_a_cent_off_its_share(cents, weights):
    parts = split(cents, weights)
    assert sum(parts) == cents
    for part, weight in zip(parts, weights, strict=True):
        assert abs(part - cents * weight / sum(weights)) <= 1
