"""Mappings: columns, then values, kept as TOML; what is wrong with one is told all at once."""

import pytest

from mexile.ground.errors import Invalid
from mexile.members.rules.mapping import find_columns, fits, parse_mapping, write_mapping
from mexile.members.rules.sheet import read_sheet

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
