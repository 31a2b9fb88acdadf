"""What is counted is what the records say, each person once, and nothing that was cancelled."""

from __future__ import annotations

from datetime import date

import pytest

from mexile.ground.errors import Invalid, NotHere
from mexile.reports.definition import load, read
from mexile.reports.run import run

FROM, TO = date(2026, 1, 1), date(2026, 6, 30)


def _report(body: str):
    words = '{ en = "Words", es = "Palabras" }'
    head = f'name = "x"\ntitle = {words}\nabout = {words}\nsentence = {words}\n'
    return read((head + body.replace("WORDS", words)).encode(), "x.toml")


def _figure(measure: str, more: str = "") -> str:
    return f'[[figures]]\nname = "{measure}"\nlabel = WORDS\nmeasure = "{measure}"\n{more}\n'


def _table(by: str, more: str = "") -> str:
    return f'[[tables]]\nname = "{by}"\ntitle = WORDS\nby = "{by}"\nmeasures = ["people"]\n{more}\n'


def _rows(table) -> dict:
    return {row.code: row.values[0] for row in table.rows if row.values[0]}


def test_people_once_acts_once_and_no_cancelled_act(make):
    ana, luz = make.member(gender="woman"), make.member(gender="woman")
    beto = make.member(gender="man")
    make.household(ana, beto)
    make.act(ana, beto, type_code="acc_court", minutes=120, unit="hours")
    make.act(ana, type_code="food", quantity=3)
    make.act(luz, type_code="food", on=date(2026, 7, 1))
    make.cancelled(make.act(luz, type_code="food"))
    figures = "".join(map(_figure, ("people", "households", "acts", "minutes")))
    report = _report(figures + _figure("units", 'type = "food"') + _table("gender"))
    numbers = make.read(lambda: run(report, FROM, TO))
    assert {f.spec.name: f.value for f in numbers.figures} == {
        "people": 2,
        "households": 1,
        "acts": 2,
        "units": 3,
        "minutes": 135,
    }
    assert _rows(numbers.table("gender")) == {"woman": 1, "man": 1}


def test_a_person_stands_in_several_types_and_once_in_the_total(make):
    ana, beto = make.member(), make.member()
    make.act(ana, beto, type_code="food")
    make.act(ana, type_code="therapy", unit="hours")
    make.act(ana, type_code="therapy", unit="hours")
    numbers = make.read(lambda: run(_report(_table("type") + _table("category")), FROM, TO))
    assert _rows(numbers.table("type")) == {"food": 2, "therapy": 1}
    assert _rows(numbers.table("category")) == {"social": 2, "health": 1}
    assert numbers.table("type").total == (2,)


def test_age_is_that_of_the_first_act_of_the_period(make):
    make.act(make.member(birth_year=2013), on=date(2026, 2, 1))
    make.act(make.member(birth_year=2014), on=date(2026, 2, 1))
    make.act(make.member(birth_year=None))
    make.act(make.member(birth_year=1940))
    numbers = make.read(lambda: run(_report(_table("age")), FROM, TO))
    assert _rows(numbers.table("age")) == {"0-12": 1, "13-17": 1, "65+": 1, "unknown": 1}


def test_new_is_once_a_fiscal_year_and_continuing_afterwards(make):
    before, known, fresh = make.member(), make.member(), make.member()
    make.act(before, on=date(2025, 9, 30))
    make.act(known, on=date(2025, 10, 1))
    for one in (before, known, fresh):
        make.act(one, on=date(2026, 2, 2))
    body = "fiscal_year_month = 10\n" + _figure("people", 'cohort = "new"') + _table("cohort")
    numbers = make.read(lambda: run(_report(body), date(2026, 1, 1), date(2026, 3, 31)))
    assert numbers.figure("people").value == 2
    assert _rows(numbers.table("cohort")) == {"new": 2, "continuing": 1}
    with pytest.raises(Invalid):
        make.read(lambda: run(_report(body), date(2026, 7, 1), date(2026, 12, 31)))


def test_months_without_anybody_stand_in_the_table(make):
    make.act(make.member(), on=date(2026, 3, 31))
    numbers = make.read(lambda: run(_report(_table("month")), FROM, TO))
    assert [row.code for row in numbers.table("month").rows] == [f"2026-{m:02d}" for m in range(1, 7)]
    assert numbers.table("month").rows[2].values == (1,)


def test_a_service_counts_for_a_grant_by_its_type(make):
    ana, beto = make.member(), make.member()
    make.act(ana, type_code="food")
    make.act(beto, type_code="therapy", unit="hours")
    grant = make.grant(types=["therapy"])
    numbers = make.read(lambda: run(_report(_figure("people") + _figure("acts")), FROM, TO, grant.code))
    assert [figure.value for figure in numbers.figures] == [1, 1]
    with pytest.raises(NotHere):
        make.read(lambda: run(_report(_figure("people")), FROM, TO, "GR-99"))


def test_days_the_wrong_way_round_are_told(make):
    with pytest.raises(Invalid):
        make.read(lambda: run(_report(_figure("people")), TO, FROM))


def test_arrivals_by_every_attribute_add_up(make):
    monday, sunday = date(2021, 3, 1), date(2021, 3, 7)
    make.arrivals(
        [
            (monday, 1, "MX", "spa", "TX"),
            (monday, 3, "MX", "mam", None),
            (sunday, 2, None, None, "TX"),
            (date(2021, 3, 8), 1, "HT", "hat", "FL"),
        ]
    )
    report = load("shelter-arrivals")
    numbers = make.read(lambda: run(report, monday, date(2021, 3, 8)))
    assert [figure.value for figure in numbers.figures] == [4, 7]
    for table in numbers.tables:
        assert table.total == (4, 7)
        assert tuple(sum(column) for column in zip(*(row.values for row in table.rows), strict=True)) == (4, 7)
        assert table.rows[-1].code == "unknown"
    weeks = {row.code: row.values for row in numbers.table("week").rows}
    assert weeks == {"2021-03-01": (3, 6), "2021-03-08": (1, 1), "unknown": (0, 0)}
    assert len(numbers.table("day").rows) == 9


def test_every_shipped_report_runs_on_nothing(make):
    from mexile.reports.definition import names
    from mexile.reports.release import release

    make.read(lambda: make.app)
    for name in names():
        numbers = make.read(lambda name=name: run(load(name), date(2026, 1, 1), date(2026, 3, 31)))
        for lang in ("en", "es"):
            assert numbers.sentence(lang)
            assert release(numbers).sentence(lang)


def test_what_to_mend_comes_first(make):
    make.act(make.member(gender=None))
    numbers = make.read(lambda: run(_report(_table("gender")), FROM, TO))
    assert [(fix.count, fix.words.en) for fix in numbers.fixes] == [(1, "person without gender")]


def test_units_of_different_kinds_are_never_added(make):
    nights = make.act(make.member(), type_code="housing", unit="nights", quantity=12)
    make.act(make.member(), type_code="translate", unit="pages", quantity=30)
    make.act(make.member(), type_code="orient", unit="people", quantity=5)
    make.act(make.member(), type_code="event", unit="people", quantity=4)
    for only, value in (
        ('type = "housing"', 12),
        ('type = ["orient", "event", "group"]', 9),
        ('type = "translate"', 30),
    ):
        assert (
            make.read(lambda only=only: run(_report(_figure("units", only)), FROM, TO)).figure("units").value == value
        )
    mixed = (
        "",
        'type = ["housing", "translate"]',
        'category = "social"',
        'type = ["food", "clothing"]',
        'type = "acc_court"',
    )
    for only in mixed:
        with pytest.raises(Invalid, match="can't be added"):
            _report(_figure("units", only))
        with pytest.raises(Invalid, match="can't be added"):
            _report(_table("type", only).replace('["people"]', '["people", "units"]'))
    assert nights.quantity == 12


def test_numbers_say_from_which_day_a_rule_of_counting_holds(make):
    make.rule_change("age", "hours", "quantity", "award", since=date(2026, 11, 30))
    grant = make.grant()
    report = _report(_table("age") + _figure("minutes"))
    assert make.read(lambda: run(report, FROM, TO)).changes == (
        ("age", date(2026, 11, 30)),
        ("hours", date(2026, 11, 30)),
    )
    assert [code for code, _ in make.read(lambda: run(report, FROM, TO, grant.code)).changes] == [
        "age",
        "award",
        "hours",
    ]
    assert make.read(lambda: run(_report(_figure("people")), FROM, TO)).changes == ()


def test_the_page_says_the_day(make, client_as):
    make.rule_change("age", since=date(2026, 11, 30))
    page = client_as("director").get("/reports/advocacy?from=2026-01-01&to=2026-12-31").text
    assert "Counted this way since 30 Nov 2026: Age is that of the first day served" in page.replace("\n", " ")
