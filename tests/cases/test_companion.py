"""Who walks along at a date: nothing before the yes, first names and the meeting point after it, nothing when its
time is over; and everybody on a date is told when it moves."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta

import pytest
from sqlalchemy import select

from mexile.access.policy import POLICY
from mexile.cases.companion.models import CompanionRefusal, EventNeed
from mexile.cases.event.actions import CHANGE_LETTER, render_changed
from mexile.cases.event.models import Event, EventCompanion, EventOutcome
from mexile.custody.presence.models import Presence, Readiness
from mexile.ground import clock, queue
from mexile.ground.db import db

NOON = datetime(2026, 11, 30, 19, tzinfo=UTC)
IN_NINE = timedelta(days=9)


@pytest.fixture(autouse=True)
def noon():
    with clock.at(NOON):
        yield


@pytest.fixture
def ximena(make):
    return make.user(role="attorney", name="Ximena Ejemplo")


@pytest.fixture
def ana(make):
    return make.member(legal_name="Ana Reyes", profile="journalist", origin_state="MX-GRO")


def hearing(make, ximena, ana, companions, on=IN_NINE, **values):
    values = {"place": "Corte Ejemplo", "room": "Piso 7", "at": time(9), **values}
    made = make.event(on=clock.today() + on, owner=ximena, people=[ana], companions=companions, **values)
    make.event_note(made, key_id=ana.key_id)
    return made


def facts(app):
    """All that a write on a date could change."""
    with app.app_context():
        kinds = (Event, EventCompanion, EventNeed, CompanionRefusal, EventOutcome, Presence, Readiness)
        return {kind.__name__: [tuple(row) for row in db.session.execute(select(kind.__table__))] for kind in kinds}


def writes(code, user):
    """Every address under which a date is written, with a form that would be taken."""
    on = (clock.today() + timedelta(days=20)).isoformat()
    moved = {"kind": "hearing", "known": "day", "on": on, "mode": "in_person", "stale_days": "7", "version": "1"}
    yield "cases.edit_event", f"/events/{code}/edit", moved
    for outcome in ("cancelled", "done", "no_show"):
        yield "accompaniment.outcome", f"/events/{code}/outcome", {"outcome": outcome, "step": "save"}
    yield (
        "accompaniment.outcome",
        f"/events/{code}/outcome",
        {"outcome": "continued", "clock_cause": "court", "on": on, "step": "save"},
    )
    yield "accompaniment.reopen", f"/events/{code}/outcome/void", {}
    yield "cases.companions", f"/events/{code}/companions", {"user_id": user.id, "role": "driver"}
    yield "cases.needs", f"/events/{code}/needs", {"driver": "2"}
    yield "cases.verification", "/events/verification", {"code": code, "answer": "same", "source": "phone"}
    yield "cases.verification", "/events/verification", {**moved, "code": code, "answer": "changed", "source": "phone"}
    yield "custody.readiness", f"/events/{code}/readiness", {"item": "documents", "answer-yes": "1"}
    yield "custody.entry", f"/events/{code}/entry", {"minutes": "60"}
    yield "custody.exit", f"/events/{code}/exit", {}
    yield "documents.event_documents", f"/events/{code}/documents", {"document": "DC-0001"}


@pytest.mark.parametrize("on", [timedelta(0), IN_NINE, timedelta(days=-1)])
@pytest.mark.parametrize("role", ["volunteer", "caseworker", "intake"])
def test_who_has_not_said_yes_changes_nothing(app, make, ximena, ana, client_as, role, on):
    beto = make.user(role=role)
    event = hearing(make, ximena, ana, [(beto, "driver", False)], on)
    before, client = facts(app), client_as(user=beto)
    for endpoint, address, data in writes(event.code, beto):
        answer = client.post(address, data=data)
        assert answer.status_code == 404, endpoint
        assert facts(app) == before, endpoint
    other = make.user(role="volunteer")
    make.companion(event, other, confirmed=False)
    for answer in ("yes", "no"):
        sent = client.post(f"/events/{event.code}/companions/answer", data={"user": other.id, "answer": answer})
        assert sent.status_code == 404


def test_every_write_on_a_date_is_tried_above():
    tried = {"cases.companion_answer", "cases.new_event"} | {
        one[0] for one in writes("E-0001", type("U", (), {"id": 1}))
    }
    on_dates = {
        endpoint
        for endpoint, methods in POLICY.items()
        if "POST" in methods and (methods["POST"].scope or "").startswith(("event_", "my_events"))
    }
    assert on_dates <= tried


@pytest.mark.parametrize("role", ["volunteer", "caseworker"])
def test_to_have_said_yes_is_no_right_to_move_or_call_off(app, make, ximena, ana, client_as, role):
    beto = make.user(role=role)
    event = hearing(make, ximena, ana, [beto])
    before, client = facts(app), client_as(user=beto)
    changing = (
        "cases.edit_event",
        "cases.needs",
        "cases.companions",
        "cases.verification",
        "documents.event_documents",
    )
    for endpoint, address, data in writes(event.code, beto):
        if endpoint in changing or data.get("outcome"):
            assert client.post(address, data=data).status_code in (404, 422), endpoint
            assert facts(app) == before, endpoint


@pytest.mark.parametrize("role", ["volunteer", "caseworker"])
def test_the_person_and_the_place_are_shown_after_the_yes_and_until_the_day_is_over(
    app, make, ximena, ana, client_as, role
):
    make.in_line(ximena, phone="+19155550123")
    beto = make.user(role=role)
    event = hearing(make, ximena, ana, [(beto, "driver", False)])
    shown = ("Ana", "Puerta norte", "Traer agua", "Corte Ejemplo", "Piso 7", "+19155550123")
    client = client_as(user=beto)
    pages = (f"/events/{event.code}", "/today")
    before = "".join(client.get(page).text for page in pages)
    assert "Can you accompany?" in before and not [word for word in shown if word in before]
    sent = client.post(f"/events/{event.code}/companions/answer", data={"user": beto.id, "answer": "yes"})
    assert sent.status_code == 302
    page = client.get(f"/events/{event.code}").text
    assert [word for word in shown if word not in page] == [] and "Ximena Ejemplo" in page
    assert "with Ana" in client.get("/today").text
    for hidden in ("Reyes", ana.code, "Guerrero", "ournalist"):
        assert hidden not in page + client.get("/today").text, hidden
    assert client.get(f"/members/{ana.code}").status_code == 404
    for days, may_see in ((9, True), (10, False)):
        with clock.at(NOON + timedelta(days=days)):
            later = client_as(user=beto)
            both = later.get(f"/events/{event.code}").text + later.get("/today").text
            assert ("Ana" in both) is may_see and ("Puerta norte" in both) is may_see
            assert later.get(f"/events/{event.code}/outcome").status_code == 200


def test_an_assignment_opens_no_member_to_a_volunteer(app, make, ximena, ana, client_as):
    beto = make.user(role="volunteer")
    make.assign(ana, beto)
    event = hearing(make, ximena, ana, [])
    client = client_as(user=beto)
    for page in ("/members", f"/members/{ana.code}", f"/events/{event.code}"):
        assert client.get(page).status_code == 404
    assert 'href="/members"' not in client.get("/today").text


def test_first_names_are_for_that_date_alone(make, ximena, ana, client_as):
    beto = make.user(role="volunteer")
    hearing(make, ximena, ana, [beto])
    other = hearing(make, ximena, ana, [(beto, "driver", False)], timedelta(days=12))
    page = client_as(user=beto).get(f"/events/{other.code}").text
    assert "Ana" not in page and "Puerta norte" not in page


@pytest.mark.parametrize(("days", "status"), [(0, 302), (7, 302), (8, 404)])
def test_a_volunteer_reports_on_the_day_and_for_a_week_after_it(app, make, ximena, ana, client_as, days, status):
    make.service_types()
    beto = make.user(role="volunteer")
    event = hearing(make, ximena, ana, [beto], timedelta(0))
    with clock.at(NOON + timedelta(days=days)):
        assert (
            client_as(user=beto).post(f"/events/{event.code}/outcome", data={"outcome": "done"}).status_code == status
        )
        assert len(facts(app)["EventOutcome"]) == (status == 302)


# ---- told -----------------------------------------------------------------------


def told(app) -> set[int]:
    with app.app_context():
        jobs = db.session.scalars(select(queue.Job).where(queue.Job.kind == "mail")).all()
        keys = [job.key.removeprefix(f"{CHANGE_LETTER}:") for job in jobs if job.key.startswith(f"{CHANGE_LETTER}:")]
    return {int(key.split("/")[1]) for key in keys}


def test_everybody_on_a_date_is_told_that_it_moved_and_who_said_yes_is_asked_anew(app, make, ximena, ana, client_as):
    lucia, lead = make.user(role="caseworker"), make.user(role="attorney")
    beto, ines = make.user(role="volunteer"), make.user(role="volunteer")
    case = make.case(member=ana, attorney=lead)
    event = hearing(make, lucia, ana, [(beto, "driver", True), (ines, "observer", False)], case_id=case.id)
    _, address, data = next(writes(event.code, beto))
    assert client_as(user=ximena).post(address, data={**data, "people": [ana.code]}).status_code == 302
    assert told(app) == {lucia.id, lead.id, beto.id, ines.id} - {ximena.id}
    assert "Can you accompany?" in client_as(user=beto).get("/today").text


@pytest.mark.parametrize("outcome", ["cancelled", "continued"])
def test_everybody_on_a_date_is_told_that_it_was_called_off_and_that_it_stands_again(
    app, make, ximena, ana, client_as, outcome
):
    beto = make.user(role="volunteer")
    director = client_as("director")
    event = hearing(make, ximena, ana, [beto], kind="ice_checkin")
    data = {"outcome": outcome, "step": "save"}
    assert director.post(f"/events/{event.code}/outcome", data=data).status_code == 302
    assert told(app) == {ximena.id, beto.id}
    assert "Ana" not in client_as(user=beto).get(f"/events/{event.code}").text
    with clock.at(NOON + timedelta(minutes=5)):
        assert director.post(f"/events/{event.code}/outcome/void", data={}).status_code == 302
        assert len(_letters(app)) == 4


def _letters(app):
    with app.app_context():
        return db.session.scalars(select(queue.Job.key).where(queue.Job.key.startswith(f"{CHANGE_LETTER}:"))).all()


def test_what_changes_nothing_of_when_and_where_tells_nobody(app, make, ximena, ana, client_as):
    event = hearing(make, ximena, ana, [make.user(role="volunteer")], on=IN_NINE, room=None)
    on = (clock.today() + IN_NINE).isoformat()
    data = {"kind": "hearing", "known": "day", "on": on, "at": "9:00", "place": "Corte Ejemplo", "mode": "video"}
    data |= {"stale_days": "9", "version": "1", "people": [ana.code], "owner_user_id": ximena.id}
    assert client_as("director").post(f"/events/{event.code}/edit", data=data).status_code == 302
    assert told(app) == set()


@pytest.mark.parametrize("language", ["en", "es"])
def test_the_letter_names_nobody_and_no_day(make, ximena, ana, language):
    event = hearing(make, ximena, ana, [])
    user = make.user(role="volunteer", language=language)
    letter = make.read(lambda: render_changed({"code": event.code, "user": user.id}))
    words = f"{letter.subject} {letter.text}"
    assert event.code in letter.text
    for quiet in ("Ana", "Reyes", "Corte", "Puerta", "hearing", "audiencia", "2026", "9:00"):
        assert quiet not in words
