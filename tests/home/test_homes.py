"""Each role is met by what waits for it, and by nothing that is not its own."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import event

from mexile.access.roles import ADMINISTRATOR, AUDITOR, DEVELOPMENT, DIRECTOR
from mexile.ground import clock
from mexile.ground.db import db

EL_PASO = ZoneInfo("America/Denver")
MORNING = datetime(2026, 3, 3, 8, 0, tzinfo=EL_PASO)


@pytest.fixture
def morning():
    with clock.at(MORNING):
        yield MORNING.date()


@pytest.mark.parametrize("role", [DIRECTOR, DEVELOPMENT, ADMINISTRATOR, AUDITOR])
def test_who_has_a_home_lands_there(client_as, role):
    assert client_as(role).get("/").headers["Location"] == "/today"


def test_a_director_meets_the_next_report_with_how_far_its_grant_is(morning, make, client_as):
    make.service_types()
    grant = make.grant(funder=make.funder(name="Ejemplo Foundation"))
    make.due_report(grant, on=morning + timedelta(days=12))
    make.indicator(grant, target=40)
    for _ in range(3):
        make.service(people=[make.member()], on=morning - timedelta(days=1))
    page = client_as(DIRECTOR).get("/today").text
    assert "due in 12 days, on Sun 15 Mar 2026, for Ejemplo Foundation" in page
    assert "1 of its targets is behind its time" in page
    assert ">3</a> of 40 reached with 17% of the time gone" in page
    assert f'/grants/{grant.code}"' in page and "Open the report" in page
    assert ">3</span> people served this quarter so far; 0 in all of the last one." in page


def test_money_stands_beside_the_same_days_of_last_year(morning, make, client_as):
    make.gift(cents=30_000, on=morning)
    make.gift(cents=20_000, on=morning.replace(year=2025))
    make.gift(cents=90_000, on=morning.replace(year=2025) + timedelta(days=1))
    page = client_as(DIRECTOR).get("/today").text
    assert "$300</a> received this year; $200 by this day last year." in page


def test_what_is_not_right_is_a_line_each_with_the_way_to_it(app, morning, make, client_as):
    make.unmatched()
    make.inquiry(ago=9, answer_due_on=morning - timedelta(days=2))
    gone = make.user(role="caseworker", name="Beto Salas")
    for _ in range(2):
        make.deadline(member=make.member(), owner=gone, due_on=morning)
    make.ended_access(gone)
    page = client_as(DIRECTOR).get("/today").text
    assert "One payment at Stripe fits no gift." in page and "/gifts#needs" in page
    assert "One person still waits for an answer that was due." in page
    assert "One person left 2 things: hand over" in page and f"/people/{gone.code}#held" in page


def test_development_is_met_by_whom_to_thank_and_never_by_a_member(morning, make, client_as):
    donor = make.donor(name="Luis Ejemplo")
    make.gift(donor=donor, cents=7_500, on=morning)
    make.gift(donor=make.donor(name="Ana Vieja"), on=morning - timedelta(days=9))
    make.unmatched()
    make.inquiry(ago=9, answer_due_on=morning - timedelta(days=2))
    page = client_as(DEVELOPMENT).get("/today").text
    assert "One new gift since" in page and "Luis Ejemplo</a> $75" in page and "Ana Vieja" not in page
    assert "its receipt goes by post" in page and "One payment at Stripe fits no gift." in page
    assert "still waits for an answer" not in page and "people served" not in page


def test_an_administrator_is_met_by_the_system_alone(morning, make, client_as):
    make.member(legal_name="Berta Canaria")
    make.unmatched()
    page = client_as(ADMINISTRATOR).get("/today").text
    assert "people work here" in page or "One person works here" in page
    assert "Stripe" not in page and "Canaria" not in page and "people served" not in page


def test_an_auditor_is_met_by_who_looked_and_when(app, make, client_as):
    make.service_types()
    looker = make.user(role=DIRECTOR, name="Elena Vargas")
    member = make.member(legal_name="Berta Canaria")
    with clock.at(MORNING.replace(hour=3)):
        client_as(user=looker).get(f"/members/{member.code}")
    with clock.at(MORNING):
        page = client_as(AUDITOR).get("/today").text
    assert page.count("Elena Vargas") == 2 and "Canaria" not in page and member.code not in page
    with clock.at(MORNING + timedelta(days=8)):
        assert "Elena Vargas" not in client_as(AUDITOR).get("/today").text


@pytest.mark.once
@pytest.mark.parametrize("role", [DIRECTOR, DEVELOPMENT, AUDITOR])
def test_a_full_home_takes_as_many_queries_as_an_empty_one(app, morning, make, client_as, role):
    client, counted = client_as(role), []
    with app.app_context():
        event.listen(db.engine, "before_cursor_execute", lambda *words: counted.append(1))

    def queries():
        counted.clear()
        assert client.get("/today").status_code == 200
        return len(counted)

    def fill(times):
        for _ in range(times):
            make.gift(donor=make.donor(), on=morning)
            make.unmatched()
            make.inquiry(ago=9, answer_due_on=morning - timedelta(days=2))
            make.due_report(make.grant(), on=morning + timedelta(days=12))

    fill(1)
    queries()
    few = queries()
    fill(6)
    assert queries() == few <= 55
