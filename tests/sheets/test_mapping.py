"""Mappings: columns, then values, kept as TOML; what is wrong with one is told all at once."""

import time

import pytest

from mexile.ground.errors import Invalid
from mexile.sheets.file.rules import read_sheet
from mexile.sheets.mapping.rules import find_columns, fits, parse_mapping, write_mapping

GOOD = """
name = "Door list"
into = "arrivals"

[columns]
day = "Arrived"
people = "No."
country = "From"

[days]
day = "day/month/year"

[values.country]
"Contact_" = ""
"D.F. \\"capital\\"" = "MX"
"""


def problems(text):
    with pytest.raises(Invalid) as wrong:
        parse_mapping(text)
    return [str(problem) for problem in wrong.value.problems]


def test_a_mapping_is_read_and_written_back_unchanged():
    mapping = parse_mapping(GOOD)
    assert mapping.columns["people"] == "No."
    assert mapping.values["country"] == {"Contact_": "", 'D.F. "capital"': "MX"}
    assert parse_mapping(write_mapping(mapping)) == mapping


def test_every_mistake_is_told_at_once_with_its_place():
    told = problems(
        """
nam = "x"
into = "arrivals"
name = "Door list"
[columns]
dya = "Arrived"
people = "No."
country = "No."
[days]
people = "day first"
[values.country]
"Contact_" = "XX"
"contact_" = "MX"
[values.people]
"one" = "1"
"""
    )
    text = "\n".join(told)
    for expected in (
        "nam (line 2): A mapping has no such key.",
        "columns “dya” (line 6): There is no such field. Did you mean day?",
        "columns “country” (line 8): The same column is already people.",
        "columns (line 5): Say which column is day (Day of arrival).",
        "days “people” (line 10): This field is not a day.",
        "days “people” (line 10): Write one of: year-month-day, day/month/year, month/day/year.",
        'values.country “Contact_” (line 12): “XX” is not a code of ISO 3166, such as MX; write "" for unknown.',
        "values.country “contact_” (line 13): The same words have another code above.",
        "values.people (line 14): The values of this field are read as they are.",
    ):
        assert expected in text
    assert len(told) == 9


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("name = 'x\n", "not TOML"),
        ("", "Write some text here"),
        ("name = 'x'\ninto = 'gifts'\n", "“arrivals” or into “members”"),
        ("name = 'x'\ninto = 'arrivals'\n", "Say which column is day"),
        ("name = 'x'\ninto = 'arrivals'\ncolumns = 3\n", "Write it as a table"),
        ("name = 'x'\ninto = 'members'\n[columns]\nphone = 'Tel'\n", "an alias, a name or a code"),
        ("name = 'x'\ninto = 'arrivals'\n[columns]\nday = 3\npeople = ''\n", "Write the heading"),
        (
            "name = 'x'\ninto = 'members'\n[columns]\nalias = 'A'\n[values.gender]\n'f' = 'zzz'\n",
            "not a code of Gender",
        ),
    ],
)
def test_a_mistake_is_told_in_words(text, word):
    assert word in "\n".join(problems(text))


def test_columns_are_found_by_their_heading():
    mapping, sheet = parse_mapping(GOOD), read_sheet(b"No.,Arrived,x,From\n1,2,3,4\n")
    assert find_columns(mapping, sheet) == {"day": 1, "people": 0, "country": 3}
    assert fits(mapping, sheet)


def test_columns_that_are_missing_or_doubled_are_told_together():
    sheet = read_sheet(b"Arived,No.,From,From\n1,2,3,4\n")
    with pytest.raises(Invalid) as wrong:
        find_columns(parse_mapping(GOOD), sheet)
    told = [str(problem) for problem in wrong.value.problems]
    assert "Did you mean “Arived”?" in told[0]
    assert "Columns C and D are both called “From”" in told[1]
    assert not fits(parse_mapping(GOOD), sheet)


ODD = {
    "a key of forty thousand parts": "a." * 40_000 + "a = 1",
    "such a key behind odd quotes": 't = {k = """\n\'""", ' + '"\\"".' * 10_000 + "a = 1} #'",
    "eight thousand keys": "\n".join(f"k{number} = 1" for number in range(8_000)),
    "brackets within brackets": "a = " + "[" * 40_000,
    "tables within tables": "a = " + "{a=" * 20_000,
    "a number of eighty thousand digits": "a = " + "9" * 80_000,
    "lists instead of words": 'name = "x"\ninto = ["members"]\nseparator = [1]\nconsent = [2]\n[countries]\nx = [3]',
    "eighty thousand spaces": " " * 80_000 + "a",
    "one long word": "a" * 80_000,
    "quotes": '"' * 80_000,
}


@pytest.mark.parametrize("text", ODD.values(), ids=ODD)
def test_a_text_that_is_no_mapping_is_refused_in_words_and_at_once(text):
    begun = time.process_time()
    told = problems(text)
    assert time.process_time() - begun < 2
    assert 0 < len(told) <= 61


def test_a_name_of_a_mapping_holds_nothing_that_cannot_be_seen_and_is_short():
    mapping = parse_mapping(
        'name = "Door\\u0000 list' + "x" * 5_000 + '"\ninto = "members"\nsheet = "S\\u0000"\n[columns]\nalias = "A"\n'
    )
    assert (mapping.name[:10], len(mapping.name), mapping.sheet) == ("Door listx", 80, "S")
    assert parse_mapping(write_mapping(mapping)) == mapping
