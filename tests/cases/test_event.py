"""A date is set, changed, verified; its hours are asked about where clocks change; nothing is lost."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from sqlalchemy import select

from mexile.cases.event.models import Event, EventCompanion, EventPerson
from mexile.cases.verification.models import EventCheck
from mexile.ground import clock
from mexile.ground.db import db
from tests.counting import counted


@pytest.fixture
def lucia(make):
    return make.user(role="caseworker", name="Lucía Ejemplo")


@pytest.fixture
def ana(make, lucia):
    return make.member(legal_name="Ana Reyes", assigned=lucia)


def read(app, *what):
    with app.app_context():
        return db.session.execute(select(*what)).all()


def typed(**more):
    on = clock.today() + timedelta(days=30)
    return {"kind": "hearing", "known": "day", "on": on.isoformat(), "mode": "in_person", "stale_days": "7", **more}


def test_a_date_is_set_for_a_member_at_a_place_with_its_own_zone(app, make, lucia, ana, client_as):
    place = make.place(name="Sala Ejemplo", zone="America/Ciudad_Juarez", kind="office", country="MX")
    answer = client_as(user=lucia).post(
        f"/events/new?member={ana.code}",
        data=typed(at="9:30", place_id=place.id, source="notice", hearing_type="MR", people=[ana.code], room="3"),
    )
    assert answer.location == "/events/E-0001"
    (row,) = read(app, Event.zone, Event.place, Event.precision, Event.source, Event.verified_by_user_id, Event.at)
    assert tuple(row) == ("America/Ciudad_Juarez", "Sala Ejemplo", "exact", "notice", lucia.id, time(9, 30))
    assert [row.member_id for row in read(app, EventPerson.member_id)] == [ana.id]
    page = client_as(user=lucia).get("/events/E-0001").text
    assert "Juárez time" in page and "checked today" in page and "Master calendar · rescheduled" in page


@pytest.mark.parametrize(("language", "name"), [("en", "Example Court"), ("es", "Corte de Ejemplo")])
def test_a_place_of_the_list_is_named_in_the_readers_language(make, client_as, language, name):
    make.place(name="Example Court", name_es="Corte de Ejemplo")
    owner = make.user(role="caseworker", language=language)
    ana, today = make.member(legal_name="Ana Reyes", assigned=owner), clock.today()
    event = make.event(people=[ana], owner=owner, on=today + timedelta(days=1), at=time(9), place="Example Court")
    client = client_as(user=owner)
    for path in (f"/events/{event.code}", f"/members/{ana.code}", "/events/verification"):
        assert name in client.get(path).text, path


@pytest.mark.parametrize("zone", ["America/Denver", "America/Ciudad_Juarez"])
def test_the_night_on_which_clocks_change_is_asked_about_never_guessed(app, make, lucia, ana, client_as, zone):
    place, client = make.place(zone=zone), client_as(user=lucia)
    where = {"place_id": place.id, "people": [ana.code]}
    gone = client.post(f"/events/new?member={ana.code}", data=typed(on="2027-03-14", at="2:30 am", **where))
    assert gone.status_code == 422 and "2:30 a.m. does not exist" in gone.text
    twice = client.post(f"/events/new?member={ana.code}", data=typed(on="2027-11-07", at="1:30 a.m.", **where))
    assert twice.status_code == 422 and "comes twice" in twice.text
    assert read(app, Event.id) == []
    said = client.post(f"/events/new?member={ana.code}", data=typed(on="2027-11-07", at="1:30 a.m.", fold="1", **where))
    assert said.status_code == 302
    assert read(app, Event.fold, Event.zone) == [(1, zone)]
    assert "1:30 a.m. (the second, after the clocks went back)" in client.get("/events/E-0001").text


@pytest.mark.parametrize("zone", ["America/Denver", "America/Ciudad_Juarez"])
@pytest.mark.parametrize(
    ("fold", "words", "moment"), [(0, "the first of the two", "0730"), (1, "the second, after", "0830")]
)
def test_every_page_that_says_an_hour_says_which_of_two_equal_ones(make, client_as, zone, fold, words, moment):
    with clock.at(datetime(2027, 11, 6, 18, tzinfo=UTC)):
        lucia = make.user(role="caseworker")
        ana = make.member(assigned=lucia)
        make.event(on=date(2027, 11, 7), at=time(1, 30), fold=fold, zone=zone, owner=lucia, people=[ana])
        client = client_as(user=lucia)
        for path in ("/today", "/docket", "/events/E-0001/ready", "/events/E-0001/outcome", f"/members/{ana.code}"):
            assert f"1:30 a.m. ({words}" in client.get(path).text, path
        assert "1:30 a. m. (la " in client.get(f"/members/{ana.code}/pocket-card").text
        assert f"DTSTART:20271107T{moment}00Z" in client.post("/docket/calendar", data={}).text


@pytest.mark.parametrize(("on", "words"), [("2019-03-04", "has passed already"), ("2034-03-06", "years ahead")])
def test_a_hearing_in_2019_or_2034_is_asked_about_and_then_taken(app, lucia, ana, client_as, on, words):
    client = client_as(user=lucia)
    asked = client.post(f"/events/new?member={ana.code}", data=typed(on=on, people=[ana.code]))
    assert asked.status_code == 422 and words in asked.text
    assert 'name="sure"' in asked.text and read(app, Event.id) == []
    assert (
        client.post(f"/events/new?member={ana.code}", data=typed(on=on, sure="y", people=[ana.code])).status_code == 302
    )


def test_a_case_is_not_blocked_because_a_day_is_unknown(app, make, lucia, ana, client_as):
    client = client_as(user=lucia)
    for known, on, expected in (
        ("to_be_set", "", ("to_be_set", None)),
        ("unknown", "", ("unknown", None)),
        ("month", "2027-03-19", ("month", date(2027, 3, 1))),
    ):
        assert client.post(f"/events/new?member={ana.code}", data=typed(known=known, on=on)).status_code == 302
        with app.app_context():
            row = db.session.scalars(select(Event).order_by(Event.id.desc())).first()
            assert (row.precision, row.on) == expected
    assert "March 2027" in client.get("/events/E-0003").text
    assert client.post(f"/events/new?member={ana.code}", data=typed(on="")).status_code == 422


def test_a_changed_date_keeps_what_it_said_before(app, make, lucia, ana, client_as):
    old, new = clock.today() + timedelta(days=9), clock.today() + timedelta(days=12)
    make.event(on=old, at=time(9), owner=lucia, people=[ana], place="Corte Vieja")
    client = client_as(user=lucia)
    answer = client.post(
        "/events/E-0001/edit",
        data=typed(on=new.isoformat(), at="10:00", place="Corte Nueva", version="1", people=[ana.code], source="phone"),
    )
    assert answer.status_code == 302
    assert read(app, EventCheck.answer, EventCheck.was_on, EventCheck.was_at, EventCheck.was_place) == [
        ("edited", old, time(9), "Corte Vieja")
    ]
    assert read(app, Event.on, Event.place, Event.source) == [(new, "Corte Nueva", "phone")]
    assert "before:" in client.get("/events/E-0001").text


def test_two_people_changing_one_date_lose_nothing(app, make, lucia, ana, client_as):
    make.event(on=clock.today() + timedelta(days=9), owner=lucia, people=[ana])
    ximena = make.user(role="attorney")
    first, second = clock.today() + timedelta(days=20), clock.today() + timedelta(days=25)
    data = typed(version="1", people=[ana.code])
    assert client_as(user=lucia).post("/events/E-0001/edit", data={**data, "on": first.isoformat()}).status_code == 302
    late = client_as(user=ximena).post("/events/E-0001/edit", data={**data, "on": second.isoformat()})
    assert late.status_code == 409 and "Stands now" in late.text
    assert read(app, Event.on) == [(first,)]


def test_unticking_people_leaves_those_one_may_not_know_of(app, make, lucia, ana, client_as):
    hidden = make.member()
    make.event(on=clock.today() + timedelta(days=9), owner=lucia, people=[ana, hidden])
    on = (clock.today() + timedelta(days=9)).isoformat()
    assert client_as(user=lucia).post("/events/E-0001/edit", data=typed(version="1", on=on)).status_code == 302
    assert [row.member_id for row in read(app, EventPerson.member_id)] == [hidden.id]


def test_who_walks_along_is_asked_and_answers_herself(app, make, lucia, ana, client_as):
    beto = make.user(role="volunteer", name="Beto Ramos")
    make.assign(ana, beto)
    make.event(on=clock.today() + timedelta(days=9), owner=lucia, people=[ana])
    asked = client_as(user=lucia).post("/events/E-0001/companions", data={"user_id": beto.id, "role": "driver"})
    assert asked.status_code == 302
    assert "has not said yes" in client_as(user=lucia).get("/events/E-0001").text
    his = client_as(user=beto)
    assert "Reyes" not in his.get("/events/E-0001").text
    assert his.post("/events/E-0001/companions/answer", data={"user": beto.id, "answer": "yes"}).status_code == 302
    assert read(app, EventCompanion.confirmed_at) != [(None,)]
    other = make.user(role="volunteer")
    make.assign(ana, other)
    assert (
        client_as(user=other)
        .post("/events/E-0001/companions/answer", data={"user": beto.id, "answer": "no"})
        .status_code
        == 404
    )
    assert his.post("/events/E-0001/companions/answer", data={"user": beto.id, "answer": "no"}).status_code == 302
    assert read(app, EventCompanion.user_id) == []


def _coming(make, lucia, ana, days, seen=None, **values):
    at = None if seen is None else clock.now() - timedelta(days=seen)
    on = clock.today() + timedelta(days=days)
    return make.event(on=on, at=time(9), owner=lucia, people=[ana], verified_at=at, **values)


def test_dates_are_verified_one_at_a_time_the_nearest_first(app, make, lucia, ana, client_as):
    _coming(make, lucia, ana, 12, seen=19)
    _coming(make, lucia, ana, 5, seen=8)
    _coming(make, lucia, ana, 3, seen=2)
    _coming(make, lucia, ana, 2, kind="food_table")
    client = client_as(user=lucia)
    page = client.get("/events/verification").text
    assert "2 dates wait." in page and "checked 8 days ago" in page and "E-0002" in page
    assert 'data-key="s"' in page and 'data-key="c"' in page
    silent = client.post("/events/verification", data={"code": "E-0002", "answer": "same", "source": ""})
    assert silent.status_code == 422 and "Where did you see it?" in silent.text
    answer = client.post("/events/verification", data={"code": "E-0002", "answer": "same", "source": "portal"})
    assert answer.location == "/events/verification?source=portal"
    assert read(app, EventCheck.answer, EventCheck.source, EventCheck.was_on) == [("same", "portal", None)]
    after = client.get(answer.location).text
    assert "One date waits." in after and "checked 19 days ago" in after
    put_off = client.get("/events/verification?later=E-0001").text
    assert "put off" in put_off


def test_a_date_that_changed_is_moved_and_its_past_stays(app, make, lucia, ana, client_as):
    event = _coming(make, lucia, ana, 5, seen=30)
    client, new = client_as(user=lucia), clock.today() + timedelta(days=40)
    shown = client.post("/events/verification", data={"code": event.code, "answer": "changing", "source": "phone"})
    assert shown.status_code == 200 and "Save the new date" in shown.text
    data = {"code": event.code, "answer": "changed", "source": "phone", "version": "1", "known": "day"}
    wrong = client.post("/events/verification", data={**data, "on": "2034-01-02", "at": "9:00"})
    assert wrong.status_code == 422 and "years ahead" in wrong.text
    assert client.post("/events/verification", data={**data, "on": new.isoformat(), "at": "9:00"}).status_code == 302
    assert read(app, Event.on, Event.source) == [(new, "phone")]
    assert read(app, EventCheck.answer, EventCheck.was_on) == [("changed", event.on)]


def test_another_persons_date_can_not_be_verified(make, client_as):
    make.event(on=clock.today() + timedelta(days=3), people=[make.member()])
    client = client_as("caseworker")
    assert "Every date" in client.get("/events/verification").text
    assert (
        client.post("/events/verification", data={"code": "E-0001", "answer": "same", "source": "phone"}).status_code
        == 404
    )


@pytest.mark.parametrize("count", [2, 15])
def test_the_queue_is_a_fixed_number_of_queries(app, make, lucia, ana, count):
    from mexile.access.viewer import Viewer
    from mexile.cases.verification.queries import to_verify

    for days in range(count):
        _coming(make, lucia, ana, days + 1)
    viewer = Viewer(lucia.id, lucia.code, lucia.name, "en", frozenset({"caseworker"}))
    with app.app_context(), counted() as statements:
        assert to_verify(viewer, clock.today()).waiting == count
    assert len(statements) == 4


@pytest.mark.parametrize(("language", "shown"), [("en", "1:30 p.m."), ("es", "1:30 p. m.")])
def test_an_hour_is_read_as_notices_write_it_and_shown_as_people_say_it(app, make, client_as, language, shown):
    owner = make.user(role="caseworker", language=language)
    ana = make.member(assigned=owner)
    client = client_as(user=owner)
    asked = client.post(f"/events/new?member={ana.code}", data=typed(on="2027-03-16", at="1:30", people=[ana.code]))
    assert asked.status_code == 422 and 'value="1:30"' in asked.text and shown in asked.text
    said = client.post(
        f"/events/new?member={ana.code}", data=typed(on="2027-03-16", at="1:30 p. m.", people=[ana.code])
    )
    assert said.status_code == 302 and read(app, Event.at) == [(time(13, 30),)]
    assert shown in client.get("/events/E-0001").text
    assert f'value="{shown}"' in client.get("/events/E-0001/edit").text


def test_a_next_date_without_its_year_is_the_next_one(app, lucia, ana, client_as):
    with clock.at(datetime(2026, 11, 24, 18, tzinfo=UTC)):
        client_as(user=lucia).post(
            f"/events/new?member={ana.code}", data=typed(on="15 ene", at="8:30 AM", people=[ana.code])
        )
        assert read(app, Event.on, Event.at) == [(date(2027, 1, 15), time(8, 30))]
