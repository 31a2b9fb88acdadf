"""A service's page, its correction, the list, the next date; and for whom they exist."""

from datetime import date, timedelta

import pytest
from sqlalchemy import event, select

from mexile.cases.event.models import Event, EventPerson
from mexile.ground import clock
from mexile.ground.db import db
from mexile.ground.trail import TrailRow
from mexile.services.service.models import Service, ServicePerson

WRONG = "ME-9999"


def test_a_service_shows_its_people_and_hides_those_one_may_not_know(house, make, lucia):
    make.service(people=[house.ana, house.berta], by=house.lucia)
    page = lucia.get("/services/S-00001").text
    assert "Ana Reyes Luna" in page
    assert "1 person more" in page
    assert "Canaria" not in page
    assert house.berta.code not in page


def test_another_persons_service_does_not_exist(house, make, lucia):
    make.service(people=[house.berta])
    for path in ("", "/correction", "/void", "/next-date"):
        assert lucia.get(f"/services/S-00001{path}").status_code == 404
    for path in ("/correction", "/void", "/undo", "/again", "/next-date"):
        assert lucia.post(f"/services/S-00001{path}", data={"on": "today", "reason": "why"}).status_code in (404, 422)


def test_a_service_ends_with_the_assignment_even_for_the_one_who_logged_it(house, make, client_as):
    make.service(people=[house.berta], by=house.lucia)
    assert client_as(user=house.lucia).get("/services/S-00001").status_code == 404
    assert client_as("director").get("/services/S-00001").status_code == 200


@pytest.mark.parametrize("role", ["administrator", "development", "auditor", "volunteer"])
def test_services_do_not_exist_for_those_who_do_not_work_with_members(house, make, client_as, role):
    make.service(people=[house.ana])
    client = client_as(role)
    assert client.get("/services").status_code == 404
    assert client.get("/services/S-00001").status_code == 404
    assert client.post("/services/log", data={"line": "ana ice"}).status_code == 404


def test_a_correction_changes_the_act_and_its_people_follow(app, house, make, lucia):
    make.service(people=[house.ana], by=house.lucia, on=date(2026, 3, 2))
    data = {"version": "1", "on": "2026-03-03", "minutes": "1.5h", "place": "office", "mode": "phone"}
    assert lucia.post("/services/S-00001/correction", data=data).status_code == 302
    with app.app_context():
        service = db.session.scalars(select(Service)).one()
        assert (service.on, service.minutes, service.mode, service.version) == (date(2026, 3, 3), 90, "phone", 2)
        assert db.session.scalars(select(ServicePerson.on)).all() == [date(2026, 3, 3)]


@pytest.mark.once
def test_a_plan_moved_to_another_day_counts_the_households_of_that_day(app, house, make, lucia):
    """Ana and Luis share a household since 15 January 2025; before it each was one."""
    make.service(people=[house.ana, house.luis, house.mario], by=house.lucia, type_code="safety_plan", quantity=2)
    data = {"version": "1", "minutes": "45", "place": "office", "mode": "in_person", "before_intake": "yes"}

    def quantity():
        with app.app_context():
            return db.session.scalar(select(Service.quantity))

    assert (
        lucia.post("/services/S-00001/correction", data={**data, "on": "2026-03-02", "minutes": "60"}).status_code
        == 302
    )
    assert quantity() == 2
    assert (
        lucia.post("/services/S-00001/correction", data={**data, "version": "2", "on": "2025-01-10"}).status_code == 302
    )
    assert quantity() == 3


@pytest.mark.once
@pytest.mark.parametrize(
    "version", ["9" * 20, "9" * 5000, "²", "-1", "x"], ids=["20", "5000", "raised", "minus", "letter"]
)
def test_a_version_that_no_page_sends_is_refused_in_words_and_keeps_what_was_typed(app, house, make, lucia, version):
    make.service(people=[house.ana], by=house.lucia)
    data = {"version": version, "on": "hoy", "minutes": "77", "place": "office", "mode": "phone"}
    answer = lucia.post("/services/S-00001/correction", data=data)
    assert answer.status_code in (409, 422) and 'value="77"' in answer.text


def test_a_stale_correction_is_refused_and_keeps_what_was_typed(app, house, make, lucia):
    make.service(people=[house.ana], by=house.lucia)
    data = {"version": "7", "on": "2026-03-03", "minutes": "33", "place": "office", "mode": "phone"}
    answer = lucia.post("/services/S-00001/correction", data=data)
    assert answer.status_code == 409
    assert 'value="33"' in answer.text
    assert "Somebody else changed this entry" in answer.text and "Version:" not in answer.text
    with app.app_context():
        assert db.session.scalar(select(Service.mode)) == "in_person"


def test_the_list_is_newest_first_and_filters_by_day_kind_and_person(house, make, lucia):
    make.service(people=[house.ana], by=house.lucia, type_code="food", on=date(2026, 3, 1))
    make.service(people=[house.mario], by=house.lucia, type_code="therapy", on=date(2026, 3, 5))
    make.service(people=[house.berta], type_code="food", on=date(2026, 3, 6))
    page = lucia.get("/services").text
    assert page.index("S-00002") < page.index("S-00001")
    assert "S-00003" not in page
    assert "S-00001" not in lucia.get("/services?type_code=therapy").text
    assert "S-00002" not in lucia.get(f"/services?person={house.ana.code}").text
    assert "S-00001" not in lucia.get("/services?from_on=2026-03-02").text
    assert lucia.get("/services?from_on=31/02").status_code == 422
    assert "No service fits" in lucia.get(f"/services?person={house.berta.code}").text


@pytest.mark.once
def test_the_list_goes_on_page_by_page_in_a_fixed_number_of_queries(app, house, make, client_as):
    for number in range(60):
        make.service(people=[house.ana, house.mario], by=house.lucia, on=date(2026, 1, 1) + timedelta(days=number // 3))
    client, counted = client_as("director"), []

    def note(*words):
        counted[-1] += 1

    with app.app_context():
        event.listen(db.engine, "before_cursor_execute", note)
    seen = []
    for path in ("/services?mine=", "/services?after=S-00011"):
        counted.append(0)
        page = client.get(path).text
        seen += [code for number in range(60, 0, -1) if f">{(code := f'S-{number:05d}')}<" in page]
    assert seen == [f"S-{number:05d}" for number in range(60, 0, -1)]
    assert max(counted) <= 16


def test_a_next_date_becomes_an_event_of_its_kind_for_the_same_people(app, house, make, lucia):
    make.service(people=[house.ana, house.berta], by=house.lucia, type_code="acc_ice")
    day = clock.today() + timedelta(days=90)
    data = {"on": day.isoformat(), "at": "8:30", "place": "ICE", "back": "/today"}
    assert lucia.post("/services/S-00001/next-date", data=data).location == "/today"
    with app.app_context():
        made = db.session.scalars(select(Event)).one()
        assert (made.kind, made.on, made.at.hour, made.owner_user_id) == ("ice_checkin", day, 8, house.lucia.id)
        assert db.session.scalars(select(EventPerson.member_id)).all() == [house.ana.id]


def test_a_next_date_in_the_past_is_refused(house, make, lucia):
    make.service(people=[house.ana], by=house.lucia)
    answer = lucia.post("/services/S-00001/next-date", data={"on": "2020-01-01"})
    assert answer.status_code == 422
    assert "lies in the past" in answer.text


def test_a_note_is_opened_only_by_those_who_see_the_service(house, make, lucia, client_as):
    lucia.post("/services/log", data={"line": "ana ice", "note": "canary note"})
    assert "canary note" in lucia.get("/services/S-00001").text
    assert "canary note" not in lucia.get("/services").text
    assert "canary note" not in client_as("caseworker").get("/services/S-00001").text


def test_the_member_list_knows_the_day_of_the_last_service_that_counts(house, make, lucia):
    make.service(people=[house.ana], by=house.lucia, on=date(2026, 3, 1))
    make.service_void(make.service(people=[house.ana], by=house.lucia, on=date(2026, 3, 9)))
    page = lucia.get("/members").text
    assert "1 Mar 2026" in page
    assert "9 Mar 2026" not in page


def test_a_list_names_five_of_many_and_opens_no_more(app, house, make, lucia):
    people = [make.member(legal_name=f"Person{n} Vela", assigned=house.lucia) for n in range(9)]
    make.service(people=people, by=house.lucia, type_code="food")
    page = lucia.get("/services").text
    assert page.count("Vela") == 0
    assert "4 people more" in page
    with app.app_context():
        last = db.session.scalars(select(TrailRow).where(TrailRow.act == "read").order_by(TrailRow.seq.desc())).first()
    assert len(last.rids) == 5 * 16
