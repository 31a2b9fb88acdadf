"""Today shows one person's day and nobody else's."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import event

from mexile.ground import clock
from mexile.ground.db import db

EL_PASO = ZoneInfo("America/Denver")
MORNING = datetime(2026, 3, 3, 8, 0, tzinfo=EL_PASO)
"""A Tuesday at eight."""


@pytest.fixture
def morning():
    with clock.at(MORNING):
        yield MORNING.date()


@pytest.fixture
def lucia(make):
    make.service_types()
    return make.user(role="caseworker")


def test_the_next_thing_is_a_sentence(morning, make, lucia, client_as):
    beto = make.user(role="volunteer", name="Beto Salas")
    ana = make.member(legal_name="Ana Reyes", birth_year=1984, assigned=lucia)
    children = [make.member(legal_name=f"Luz{n} Reyes", birth_year=2016, assigned=lucia) for n in range(2)]
    make.event(on=morning, at=time(8, 30), owner=lucia, people=[ana, *children], companions=[(beto, "driver", True)])
    page = client_as(user=lucia).get("/today").text
    assert "8:30 a.m., court, with Ana\u00a0R. and two children; Beto drives." in page


def test_what_has_passed_is_to_close_in_two_words(morning, make, lucia, client_as):
    ana = make.member(legal_name="Ana Reyes", assigned=lucia)
    make.event(kind="ice_checkin", on=morning - timedelta(days=1), at=time(9), owner=lucia, people=[ana])
    page = client_as(user=lucia).get("/today").text
    assert "To close" in page
    assert ">Done<" in page
    assert "Not yet" in page
    assert "yesterday, Mon 2 Mar 2026, 9:00 a.m." in page


def test_an_event_without_an_hour_is_to_close_only_when_its_day_is_over(morning, make, lucia, client_as):
    make.event(kind="visit", on=morning, owner=lucia, people=[make.member(assigned=lucia)])
    assert "To close" not in client_as(user=lucia).get("/today").text
    with clock.at(MORNING + timedelta(days=1)):
        assert "To close" in client_as(user=lucia).get("/today").text


def test_an_unconfirmed_companion_is_a_gap_that_one_sees(morning, make, lucia, client_as):
    beto = make.user(role="volunteer", name="Beto Salas")
    make.event(
        on=morning,
        at=time(11),
        owner=lucia,
        people=[make.member(assigned=lucia)],
        companions=[(beto, "accompanier", False)],
    )
    page = client_as(user=lucia).get("/today").text
    assert "Beto Salas has not confirmed" in page
    assert 'class="hour"' in page


def test_an_empty_day_is_restful_and_says_what_is_next(morning, make, lucia, client_as):
    make.event(kind="hearing", on=morning + timedelta(days=2), at=time(9), owner=lucia)
    page = client_as(user=lucia).get("/today").text
    assert "Nothing today. Next: Thu 5 Mar 2026, 9:00 a.m., court." in page


def test_only_a_fatal_deadline_that_passed_is_red_and_each_says_why(morning, make, lucia, client_as):
    ana = make.member(legal_name="Ana Reyes", assigned=lucia)
    make.deadline(member=ana, due_on=morning - timedelta(days=1), owner=lucia, fatal=True)
    make.deadline(member=ana, due_on=morning - timedelta(days=1), owner=lucia, rule_code="AR_11")
    make.deadline(member=ana, due_on=morning + timedelta(days=3), owner=lucia, rule_code="BIA_APPEAL", fatal=True)
    closed = make.deadline(member=ana, due_on=morning, owner=lucia, rule_code="FOIA_RESPONSE")
    make.deadline_closure(closed)
    page = client_as(user=lucia).get("/today").text
    assert page.count('class="tag now"') == 1
    assert page.count("Why this date?") == 3
    assert "entry 9 Mar 2025 + 1 year" in page
    assert "FOIA" not in page


def test_a_deadline_of_somebody_no_longer_accompanied_is_gone(morning, make, lucia, client_as):
    make.deadline(member=make.member(legal_name="Berta Canaria"), owner=lucia, due_on=morning)
    page = client_as(user=lucia).get("/today").text
    assert "Canaria" not in page
    assert "My deadlines" not in page


def test_other_caseloads_stay_out(morning, make, lucia, client_as):
    other = make.user(role="caseworker")
    ana = make.member(legal_name="Ana Canaria", assigned=[lucia, other])
    make.event(on=morning, at=time(10), owner=other, people=[ana])
    assert "Canaria" not in client_as(user=lucia).get("/today").text
    page = client_as("director").get("/today").text
    assert "Canaria" not in page and "10:00" not in page


def test_people_of_my_event_whom_i_may_not_know_are_a_number(morning, make, lucia, client_as):
    make.event(on=morning, at=time(10), owner=lucia, people=[make.member(legal_name="Berta Canaria")])
    page = client_as(user=lucia).get("/today").text
    assert "with one person" in page
    assert "Canaria" not in page


def test_what_i_logged_today_stays_with_its_undo(morning, make, lucia, client_as):
    ana = make.member(legal_name="Ana Reyes", assigned=lucia)
    client = client_as(user=lucia)
    client.post("/services/log", data={"line": "ana terapia"})
    page = client.get("/today").text
    assert "Logged today" in page
    assert "/services/S-00001/undo" in page
    client.post("/services/S-00001/undo", data={"back": "/today"})
    assert "taken back" in client.get("/today").text
    assert ana.code


def test_today_speaks_spanish(morning, make, client_as):
    make.service_types()
    who = make.user(role="caseworker", language="es")
    ana = make.member(legal_name="Ana Reyes", birth_year=1984, assigned=who)
    inés = make.member(legal_name="Inés Reyes", birth_year=1980, assigned=who)
    make.event(on=morning, at=time(8, 30), owner=who, people=[inés, ana])
    page = client_as(user=who).get("/today").text
    assert "martes 3 mar 2026" in page
    assert "8:30 a. m., corte, con Inés\u00a0R. y Ana\u00a0R." in page


@pytest.mark.once
def test_a_full_day_takes_as_many_queries_as_an_empty_one(app, morning, make, lucia, client_as):
    counted = []
    client = client_as(user=lucia)
    with app.app_context():
        event.listen(db.engine, "before_cursor_execute", lambda *words: counted.append(1))

    def queries():
        counted.clear()
        client.get("/today")
        return len(counted)

    people = [make.member(legal_name=f"Ana{n} Reyes", assigned=lucia) for n in range(6)]
    for n in range(3):
        make.event(on=morning, at=time(9 + n), owner=lucia, people=people[:2])
        make.deadline(member=people[n], owner=lucia, due_on=morning)
        make.service(people=people, by=lucia, on=morning)
    queries()
    few = queries()
    for _ in range(9):
        make.event(on=morning, at=time(12), owner=lucia, people=people)
        make.service(people=people, by=lucia, on=morning)
    assert queries() == few <= 25


def test_a_day_is_read_in_the_zone_of_the_place(make, lucia, client_as):
    """Nine in the evening in El Paso is the next day in UTC: it is still today."""
    with clock.at(datetime(2026, 3, 3, 21, 0, tzinfo=EL_PASO)):
        page = client_as(user=lucia).get("/today").text
    assert "Tue 3 Mar 2026" in page


def test_what_is_past_due_is_the_headline_and_comes_before_what_is_to_come(morning, make, lucia, client_as):
    ana = make.member(legal_name="Ana Reyes", assigned=lucia)
    make.deadline(member=ana, due_on=morning - timedelta(days=9), owner=lucia, rule_code="AR_11")
    make.deadline(member=ana, due_on=morning - timedelta(days=3), owner=lucia, fatal=True)
    make.deadline(member=ana, due_on=morning + timedelta(days=3), owner=lucia, rule_code="BIA_APPEAL", fatal=True)
    page = client_as(user=lucia).get("/today").text
    assert "othing" not in page and "dates today" not in page
    assert page.index("2 things are past due.") < page.index("passed 3 days ago") < page.index("passed 9 days ago")
    assert page.index("passed 9 days ago") < page.index("My deadlines") < page.index("3 days left")
    make.event(on=morning, at=time(10), owner=lucia, people=[ana])
    page = client_as(user=lucia).get("/today").text
    assert page.index("2 things are past due.") < page.index("10:00 a.m., court, with Ana\u00a0R.")


def test_nothing_today_is_said_only_of_a_day_without_anything(morning, make, lucia, client_as):
    ana = make.member(legal_name="Ana Reyes", assigned=lucia)
    make.deadline(member=ana, due_on=morning, owner=lucia)
    page = client_as(user=lucia).get("/today").text
    assert "Nothing" not in page and "No dates today." in page
    nora = make.user(role="intake")
    make.inquiry(answers=nora, ago=0, answer_due_on=morning)
    page = client_as(user=nora).get("/today").text
    assert "Nothing" not in page and "Waiting for my answer" in page


def test_a_fatal_deadline_is_never_left_out_for_older_ones(morning, make, lucia, client_as):
    ana = make.member(legal_name="Ana Reyes", assigned=lucia)
    for _ in range(51):
        make.deadline(member=ana, due_on=morning - timedelta(days=30), owner=lucia, rule_code="AR_11")
    make.deadline(member=ana, due_on=morning + timedelta(days=1), owner=lucia, fatal=True)
    assert "1 day left" in client_as(user=lucia).get("/today").text
