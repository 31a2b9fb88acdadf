"""A report file says everything that is wrong with it at once, with file, line and place."""

from __future__ import annotations

import pytest

from mexile.ground.errors import Invalid, NotHere
from mexile.reports.definition import load, names, read

GOOD = """name = "ours"
title = { en = "Ours", es = "El nuestro" }
about = { en = "A.", es = "A." }
sentence = { en = "{people:person|people} came.", es = "Llegaron {people:persona|personas}." }

[[figures]]
name = "people"
label = { en = "People", es = "Personas" }
measure = "people"

[[tables]]
name = "gender"
title = { en = "Gender", es = "Género" }
by = "gender"
measures = ["people"]
"""


def _mistakes(body: str) -> list[tuple[str, str]]:
    with pytest.raises(Invalid) as caught:
        read(body.encode(), "ours.toml")
    for problem in caught.value.problems:
        assert problem.en and problem.es and problem.en != problem.es
    return [(problem.place, problem.en) for problem in caught.value.problems]


def test_every_shipped_report_can_be_read():
    assert names() == ["advocacy", "foundation-semiannual", "quarterly-new-continuing", "shelter-arrivals"]
    for name in names():
        assert load(name).name == name


def test_a_good_file_is_read():
    assert read(GOOD.encode(), "ours.toml").tables[0].by == "gender"


def test_three_mistakes_are_told_together_each_with_its_line():
    body = GOOD.replace('measure = "people"', 'measure = "souls"').replace('es = "Género"', 'fr = "Genre"')
    body = body.replace('by = "gender"', 'by = "zodiac"')
    found = _mistakes(body)
    assert [place for place, _ in found] == [
        "ours.toml:9 figures[1].measure",
        "ours.toml:13 tables[1].title",
        "ours.toml:14 tables[1].by",
    ]
    assert '"souls" is not known here. It may be: people, households, acts' in found[0][1]


@pytest.mark.parametrize(
    ("old", "new", "place", "said"),
    [
        ("{people:person|people} came", "{persons} came", "ours.toml:4 sentence", '"persons" is not known here'),
        ("{people:person|people} came", "{people came", "ours.toml:4 sentence", "A brace is left open"),
        ('name = "ours"', 'name = "theirs"', "ours.toml:1 name", "must be the file's own"),
        ('name = "ours"', 'name = "ours"\nfunder = "x"', "ours.toml:2 funder", '"funder" is not known here'),
        ('measure = "people"', 'measure = "people"\ntype = "foood"', "ours.toml:10 figures[1].type", '"foood"'),
        ('measures = ["people"]', 'measures = ["minutes"]', "ours.toml:15 tables[1].measures", "can't be broken down"),
        ('measures = ["people"]', "measures = []", "ours.toml:15 tables[1].measures", "at least one"),
        ('measure = "people"', 'measure = "acts"\ncohort = "new"', "ours.toml:10 figures[1].cohort", "Only people"),
        ('measures = ["people"]', 'measures = ["people"]\nbands = [5, 3]', "ours.toml:16 tables[1].bands", "Age bands"),
        ('name = "ours"', 'name = "ours"\nfiscal_year_month = 13', "ours.toml:2 fiscal_year_month", "from 1 to 12"),
        ('name = "ours"', 'name = "ours"\nreaders = "all"', "ours.toml:2 readers", "funder, public"),
    ],
)
def test_each_mistake_has_its_place_and_words(old, new, place, said):
    found = _mistakes(GOOD.replace(old, new))
    assert found[0][0] == place and said in found[0][1]


def test_what_is_no_toml_says_its_line():
    assert _mistakes(GOOD.replace("[[tables]]", "[[tables"))[0][0] == "ours.toml:11"
    with pytest.raises(Invalid):
        read(b"\xff\xfe", "ours.toml")


def _with(*tables: tuple[str, str]) -> str:
    more = "".join(
        f'[[tables]]\nname = "t{number}"\ntitle = {{ en = "T", es = "T" }}\nby = "{by}"\nmeasures = {measures}\n'
        for number, (by, measures) in enumerate(tables)
    )
    return GOOD + more


def test_tables_whose_difference_would_tell_are_refused():
    assert "A second table" in _mistakes(_with(("gender", '["people"]')))[0][1]
    assert (
        "states and nationalities"
        in _mistakes(_with(("state", '["people"]'), ("nationality", '["people"]')))[0][1].lower()
    )
    alike = _mistakes(_with(("type", '["people"]'), ("category", '["people", "acts"]')))
    assert "Give it the measures and filters" in alike[0][1]


def test_an_outside_figure_needs_its_source_day_and_caveat():
    body = GOOD + '[[outside]]\nlabel = { en = "L", es = "L" }\nvalue = { en = "1%", es = "1 %" }\n'
    places = [place for place, _ in _mistakes(body)]
    assert places == [f"ours.toml:16 outside[1].{key}" for key in ("source", "read", "period", "caveat")]


def test_a_report_that_is_not_there_is_not_here():
    for name in ("nothing", "../pyproject", "README"):
        with pytest.raises(NotHere):
            load(name)
