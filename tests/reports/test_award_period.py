"""What counts for an award is of its own period, wherever it is counted: page, report, drill-down, detail."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import select

from mexile.grants.award.queries import get_award
from mexile.grants.indicator.queries import progress_of
from mexile.ground import seal
from mexile.ground.db import db
from mexile.reports.definition import load
from mexile.reports.queries import acts_behind
from mexile.reports.run import run
from mexile.reports.workbook.service_detail import services
from mexile.services.service.models import Service, ServicePerson

YEAR = (date(2026, 1, 1), date(2026, 12, 31))
NAMES = ("foundation-semiannual", "quarterly-new-continuing")


@pytest.fixture
def may(make):
    """An award from 1 May to 31 August 2026 for two types, among acts of three years."""
    people = [make.member(birth_year=1990 + n) for n in range(6)]
    days = ["2025-06-01", "2026-04-30", "2026-05-01", "2026-07-15", "2026-08-31", "2026-09-01", "2027-06-01"]
    for n, day in enumerate(days):
        for kind in ("acc_court", "therapy", "food"):
            make.act(people[n % 6], people[(n + 1) % 6], type_code=kind, on=date.fromisoformat(day), minutes=20)
    return make.grant(types=["acc_court", "therapy"], from_on=date(2026, 5, 1), to_on=date(2026, 8, 31))


def _by_hand(first, last):
    """Counted from the rows, without the program's own counting."""
    rows = db.session.execute(
        select(Service.id, Service.on, Service.type_code, Service.minutes, ServicePerson.member_id).join(
            ServicePerson, ServicePerson.service_id == Service.id
        )
    ).all()
    inside = [row for row in rows if first <= row.on <= last and row.type_code in ("acc_court", "therapy")]
    return len({row.member_id for row in inside}), len({row.id for row in inside})


@pytest.mark.parametrize("days", [YEAR, (date(2025, 1, 1), date(2025, 12, 31)), (date(2026, 6, 1), date(2026, 7, 31)),
                                  (date(2026, 8, 31), date(2027, 3, 31))])  # fmt: skip
def test_every_way_to_count_for_an_award_clips_to_its_period(make, may, days):
    first, last = max(days[0], may.from_on), min(days[1], may.to_on)
    definition, viewer = load("foundation-semiannual"), make.viewer(role="director")

    def look():
        numbers = run(definition, *days, may.code)
        opened = acts_behind(viewer, numbers, "services", None, None)[1]
        rows = services(numbers, b"0" * 16).rows
        age = [
            acts_behind(viewer, numbers, None, "age", row.code)[1] for row in numbers.table("age").rows if row.values[0]
        ]
        return numbers, opened, len({row[0] for row in rows}), age, _by_hand(first, last)

    numbers, opened, detailed, age, (people, acts) = make.read(look)
    assert (numbers.figure("people").value, numbers.figure("services").value) == (people, acts)
    assert (opened, detailed) == (acts, acts) and all(age)
    assert numbers.table("types").total[:2] == (people, acts)


def test_the_grant_s_page_says_what_its_report_says(make, may):
    make.indicator(may, target=10)
    make.indicator(may, target=10, measure="acts")
    director = make.viewer(role="director")
    reached = make.read(
        lambda: [one.value for one in progress_of(director, get_award(director, may.code), date(2026, 12, 1))]
    )
    numbers = make.read(lambda: run(load("foundation-semiannual"), *YEAR, may.code))
    assert reached == [numbers.figure("people").value, numbers.figure("services").value]


def test_who_was_served_before_the_award_began_is_new_to_it(make, may):
    numbers = make.read(lambda: run(load("quarterly-new-continuing"), date(2026, 5, 1), date(2026, 6, 30), may.code))
    assert (numbers.figure("new").value, numbers.figure("continuing").value) == (2, 0)


def test_the_page_and_the_file_say_the_award_s_own_days(make, may, client_as):
    director = client_as("director")
    page = director.get(f"/reports/foundation-semiannual?from=2026-01-01&to=2026-12-31&grant={may.code}").text
    assert "Only services from 1 May 2026 to 31 Aug 2026 count: those are the days of the grant." in page
    inside = director.get(f"/reports/foundation-semiannual?from=2026-06-01&to=2026-06-30&grant={may.code}").text
    assert "those are the days of the grant" not in inside


# ---- ages ---------------------------------------------------------------------------


def _born(make, text: str | None, year: int | None = None, **more):
    made = make.member(birth_year=int(text[:4]) if text else year, **more)
    if text:

        def write():
            held = db.session.merge(made)
            held.birth_date = text

        make.write(write)
    return made


def _ages(make, days=YEAR, name="advocacy"):
    numbers = make.read(lambda: run(load(name), *days))
    return {row.code: row.values[0] for row in numbers.table("age").rows if row.values[0]}, numbers


@pytest.mark.parametrize(
    ("born", "served", "band"),
    [
        ("2008-12-20", "2026-01-15", "0-17"),
        ("2008-12-20", "2026-12-19", "0-17"),
        ("2008-12-20", "2026-12-20", "18-64"),
        ("2008-01-15", "2026-01-15", "18-64"),
        ("2008-02-29", "2026-02-28", "0-17"),
        ("2008-02-29", "2026-03-01", "18-64"),
        ("1961-06-02", "2026-06-01", "18-64"),
        ("1961-06-01", "2026-06-01", "65+"),
        ("2009-01-01", "2026-12-31", "0-17"),
    ],
)
def test_age_turns_on_the_birthday_and_counts_on_the_first_day_served(make, born, served, band):
    one = _born(make, born)
    make.act(one, on=date.fromisoformat(served))
    make.act(one, on=date(2026, 12, 31))
    seal.begin_reads()
    found, numbers = _ages(make)
    assert found == {band: 1}
    behind = make.read(lambda: [row[12] for row in services(numbers, b"0" * 16).rows])
    assert set(behind) == {int(band.rstrip("+").split("-")[0])}
    viewer = make.viewer(role="director")
    assert make.read(lambda: acts_behind(viewer, numbers, None, "age", band))[1] == 2
    assert not seal.reads().fields, "what decides a band is shown to nobody"


def test_with_the_year_alone_the_band_says_that_it_is_the_age_turned(make):
    make.act(_born(make, None, 2008), on=date(2026, 1, 15))
    numbers = _ages(make)[1]
    titles = {row.code: (row.name.en, row.name.es) for row in numbers.table("age").rows}
    assert titles["18-64"] == ("turning 18–64 that year", "cumplen 18–64 años ese año")
    assert titles["65+"][0] == "turning 65 or more that year"
    make.act(_born(make, "2008-12-20"), on=date(2026, 1, 15))
    found, numbers = _ages(make)
    assert found == {"0-17": 1, "18-64": 1}
    assert numbers.table("age").rows[0].name.en == "0–17, or turning 0–17 that year"


def test_a_day_that_is_not_known_to_the_day_counts_as_its_year(make):
    one = _born(make, "2008-12-31")
    make.member_detail(one, born_precision="year")
    make.act(one, on=date(2026, 1, 15))
    found, numbers = _ages(make)
    assert found == {"18-64": 1} and numbers.table("age").rows[1].name.en.startswith("turning")
