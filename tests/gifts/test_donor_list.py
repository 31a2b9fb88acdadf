"""The list of donors: sorted, narrowed, found, fifty at a time, with what each gave and nothing of a member."""

from datetime import date

import pytest
from sqlalchemy import event

from mexile.access.roles import DEVELOPMENT
from mexile.donors.queries import one_donor
from mexile.gifts.donor.queries import Wanted, donors_page, plans_of, years_of
from mexile.gifts.ledger.queries import received_by_month
from mexile.gifts.month.page import year_of_gifts
from mexile.ground import clock
from mexile.ground.db import db

TODAY = date(2026, 11, 20)


def asked(make, **wanted):
    lines, total = donors_page(make.viewer(DEVELOPMENT), Wanted(**wanted), TODAY)
    return [line.code for line in lines], total


@pytest.fixture
def three(make):
    """Ana gives often and little, Zoë once and much and got part of it back, Bruno long ago."""
    ana, zoe, bruno = (make.donor(name=name) for name in ("Ánimas Ejemplo", "Zoë Ejemplo", "Bruno Ejemplo"))
    for month in (3, 9, 11):
        make.gift(donor=ana, cents=1000, on=date(2026, month, 2))
    make.gift(donor=zoe, cents=90_000, back=40_000, on=date(2025, 5, 5))
    make.gift(donor=bruno, cents=2_000, on=date(2020, 5, 5))
    return [donor.code for donor in (ana, zoe, bruno)]


def test_each_column_sorts_both_ways(in_app, make, three):
    ana, zoe, bruno = three
    for by, order in (
        ("name", [ana, bruno, zoe]),
        ("total", [bruno, ana, zoe]),
        ("last", [bruno, zoe, ana]),
    ):
        assert asked(make, by=by, is_down=False) == (order, 3), by
        assert asked(make, by=by, is_down=True) == (order[::-1], 3), by


def test_what_went_back_is_taken_off_and_years_add_up_to_the_total(in_app, make, three):
    lines, _ = donors_page(make.viewer(DEVELOPMENT), Wanted(by="total"), TODAY)
    assert [(line.total, line.gifts) for line in lines] == [(50_000, 1), (3_000, 3), (2_000, 1)]
    for line in lines:
        years = years_of(one_donor(make.viewer(DEVELOPMENT), line.code))
        assert sum(year.cents for year in years) == line.total
        assert sum(year.gifts for year in years) == line.gifts


def test_who_gave_last_year_and_not_yet_this_one_and_who_gave_before(in_app, make, three):
    ana, zoe, bruno = three
    assert asked(make, show="last_year") == ([zoe], 1)
    assert asked(make, show="before") == ([zoe, bruno], 2)
    assert asked(make, show="monthly") == ([], 0)


@pytest.mark.parametrize("typed", ["zoe", "ejem zoe", "D-{zoe}"])
def test_a_donor_is_found_and_the_name_is_in_no_address(app, client_as, make, three, typed):
    code = three[1]
    client = client_as(DEVELOPMENT)
    page = client.post("/donors", data={"q": typed.replace("D-{zoe}", code.lower())}).text
    assert code in page and three[0] not in page
    assert "Zoë" not in client.get("/donors?q=zoe&sort=name").text.split("<tbody>")[0]


def test_fifty_a_page_and_a_fixed_number_of_queries(app, client_as, make):
    client, counted = client_as(DEVELOPMENT), []
    with app.app_context():
        event.listen(db.engine, "before_cursor_execute", lambda *words: counted.append(1))

    def queries(address):
        counted.clear()
        page = client.get(address).text
        return page.count('<th scope="row">'), len(counted)

    make.gift(donor=make.donor())
    queries("/donors")
    few = queries("/donors")[1]
    for _ in range(52):
        make.donor()
    assert queries("/donors") == (50, few)
    assert queries("/donors?page=2")[0] == 3
    assert "51–53 of 53" in client.get("/donors?page=9&sort=name").text


def test_the_twelve_months_are_those_of_the_months_pages(in_app, make, three):
    with clock.at(clock.now().replace(year=2026, month=11, day=20)):
        year = year_of_gifts(make.viewer(DEVELOPMENT), date(2026, 11, 1))
    assert [month.first.month for month in year] == [12, *range(1, 12)]
    assert {month.first: month.received for month in year if month.received} == {
        date(2026, month, 1): 1000 for month in (3, 9, 11)
    }
    assert [month.before for month in year if month.before] == [90_000]
    assert sum(received_by_month(date(2020, 1, 1), TODAY).values()) == 95_000


def test_a_month_has_its_pages_and_sorts_by_every_column(client_as, make):
    for number in range(60):
        make.gift(donor=make.donor(name=f"Ana {number:02d}"), cents=1000 + number, on=date(2026, 11, 3))
    client = client_as(DEVELOPMENT)
    page = client.get("/gifts?month=2026-11&sort=-net").text
    assert page.count('class="lead"') >= 50 and "1–50 of 60" in page
    assert page.index("Ana 59") < page.index("Ana 58") and "Ana 09<" not in page
    assert "Ana 09<" in client.get("/gifts?month=2026-11&sort=-net&page=2").text
    for column in ("on", "donor", "fund", "received", "fee", "back", "net", "state"):
        assert client.get(f"/gifts?month=2026-11&sort={column}").status_code == 200
    assert client.get("/gifts?month=2026-11&sort=;drop").status_code == 200


def test_a_plan_that_ended_says_until_when(in_app, make):
    donor = make.donor()
    assert plans_of(donor) == []
