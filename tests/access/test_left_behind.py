"""What somebody left behind stays theirs on the list until a colleague takes it: no other page lets go of it in
silence, and nothing new is given to who isn't here, or to a companion."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from mexile.access.role.actions import give_role
from mexile.cases.case.models import Case
from mexile.cases.event.actions import render_changed
from mexile.cases.event.models import Event, EventCompanion
from mexile.custody.alert.models import AlertAnswer, AlertNotice
from mexile.deadlines.deadline.models import Deadline
from mexile.ground import clock, queue
from mexile.ground.db import db
from mexile.inquiries.inquiry.models import Inquiry
from mexile.members.assignment.models import Assignment

NOON = datetime(2026, 11, 30, 19, tzinfo=UTC)


@pytest.fixture(autouse=True)
def noon():
    with clock.at(NOON):
        yield


def chosen(page, name):
    """The value that the form would send for this choice: the selected one, else the first."""
    options = re.search(rf'<select[^>]*name="{name}".*?</select>', page, re.S)[0]
    return (re.search(r'<option selected value="([^"]*)"', options) or re.search(r'value="([^"]*)"', options))[1]


def test_a_date_and_a_case_that_are_changed_stay_with_who_has_gone(make, client_as):
    old, ximena = make.user(role="attorney", name="Olga Ejemplo"), make.user(role="attorney")
    ana = make.member()
    event = make.event(on=clock.today() + timedelta(days=9), owner=old, people=[ana])
    case = make.case(member=ana, attorney=old)
    make.ended_access(old)
    client, director = client_as(user=ximena), client_as("director")
    page = client.get(f"/events/{event.code}/edit").text
    assert "Olga Ejemplo (no longer here)" in page
    moved = {
        "kind": "hearing",
        "known": "day",
        "on": "2026-12-20",
        "mode": "in_person",
        "stale_days": "7",
        "version": "1",
    }
    moved |= {"owner_user_id": chosen(page, "owner_user_id"), "people": ana.code}
    assert client.post(f"/events/{event.code}/edit", data=moved).status_code == 302
    page = client.get(f"/cases/{case.code}/edit").text
    form = {"kind": "asylum", "posture": "removal", "opened_on": "2025-02-01", "version": "1"}
    form |= {"attorney_user_id": chosen(page, "attorney_user_id")}
    assert client.post(f"/cases/{case.code}/edit", data=form).status_code == 302
    assert make.read(lambda: db.session.get(Event, event.id).owner_user_id) == old.id
    assert make.read(lambda: db.session.get(Case, case.id).attorney_user_id) == old.id
    assert "Olga Ejemplo: 2 things." in director.get("/today").text
    other = make.ended_access(make.user(role="attorney"))
    assert (
        client.post(f"/cases/{case.code}/edit", data={**form, "version": "2", "attorney_user_id": other.id}).status_code
        == 422
    )


def test_an_inquiry_and_a_deadline_ask_who_takes_the_place_of_who_has_gone(make, client_as):
    old, ximena, lucia = (make.user(role=role) for role in ("intake", "attorney", "caseworker"))
    inquiry = make.inquiry(answers=old)
    line = make.deadline(owner=lucia, second_owner_user_id=old.id)
    make.ended_access(old)
    client = client_as(user=ximena)
    page = client.get(f"/inquiries/{inquiry.code}/edit").text
    form = {
        "alias": "Zarzamora",
        "asked_on": "2026-11-27",
        "version": "1",
        "answers_user_id": chosen(page, "answers_user_id"),
    }
    answer = client.post(f"/inquiries/{inquiry.code}/edit", data=form)
    assert answer.status_code == 422 and "who may answer an inquiry" in answer.text
    page = client.get(f"/deadlines/{line.code}").text
    form = {name: chosen(page, name) for name in ("owner_user_id", "second_owner_user_id")}
    answer = client.post(f"/deadlines/{line.code}/owners", data=form)
    assert answer.status_code == 422 and "who works with members" in answer.text
    assert make.read(lambda: db.session.get(Inquiry, inquiry.id).answers_user_id) == old.id
    assert make.read(lambda: db.session.get(Deadline, line.id).second_owner_user_id) == old.id


def test_whoever_takes_an_inquiry_walks_along_where_who_answered_it_has_gone(make, client_as):
    old, ximena = make.user(role="intake"), make.user(role="attorney")
    inquiry = make.inquiry(answers=old, consented=True)
    make.conversation(inquiry, told=("benefits", "risks", "likelihood"))
    make.decision(inquiry, "represent", by=ximena)
    make.ended_access(old)
    assert (
        client_as(user=ximena).post(f"/inquiries/{inquiry.code}/member", data={"posture": "pre_filing"}).status_code
        == 302
    )
    assert make.read(lambda: db.session.scalars(select(Assignment.user_id)).all()) == [ximena.id]


@pytest.mark.parametrize("owner", ["nobody", "gone", "here"])
@pytest.mark.parametrize("role", ["volunteer", "caseworker"])
def test_who_answers_for_the_next_date_is_somebody_who_can(make, client_as, owner, role):
    olga, vera, old = make.user(role="caseworker"), make.user(role=role), make.user(role="volunteer", name="Olmo Ido")
    date = make.event(
        kind="ice_checkin", on=clock.today(), owner=None if owner == "nobody" else olga,
        people=[make.member()], companions=[vera, old],
    )  # fmt: skip
    make.ended_access(old)
    if owner == "gone":
        make.ended_access(olga)
    client = client_as(user=vera)
    form = {"outcome": "continued", "on": "2026-12-20", "asks": "y"}
    assert "Olmo Ido" not in client.post(f"/events/{date.code}/outcome", data={**form, "step": "look"}).text
    assert client.post(f"/events/{date.code}/outcome", data={**form, "step": "save"}).status_code == 302
    following = make.read(lambda: db.session.scalars(select(Event).order_by(Event.id.desc())).first())
    kept = None if owner == "nobody" else olga.id
    assert following.owner_user_id == (kept if owner == "here" or role == "volunteer" else vera.id)
    asked = select(EventCompanion.user_id).where(EventCompanion.event_id == following.id)
    assert make.read(lambda: db.session.scalars(asked).all()) == [vera.id]
    assert not make.read(
        lambda: db.session.scalars(select(queue.Job.key).where(queue.Job.key.startswith("cases.asked:"))).all()
    )


def test_who_begins_to_run_the_system_lets_go_of_an_alert_at_once(make, client_as):
    old, ximena = make.user(role="caseworker"), make.user(role="attorney")
    for user in (old, ximena):
        make.in_line(user)
    make.alert(member=make.member(), told=[old], held_by=old)
    answer = client_as("administrator").post(f"/people/{old.code}/roles", data={"role": "administrator"})
    assert answer.status_code == 302
    assert make.read(lambda: db.session.scalar(select(AlertAnswer.id).where(AlertAnswer.ended_at.is_(None)))) is None
    assert (
        make.read(lambda: db.session.scalars(select(AlertNotice.user_id).order_by(AlertNotice.step.desc())).first())
        == ximena.id
    )


def test_from_the_command_line_too(make):
    old = make.user(role="caseworker")
    make.in_line(make.user(role="attorney"))
    make.alert(member=make.member(), told=[old], held_by=old)
    make.write(lambda: give_role(user_id=old.id, role="administrator"))
    assert make.read(lambda: db.session.scalar(select(AlertAnswer.id).where(AlertAnswer.ended_at.is_(None)))) is None


@pytest.mark.parametrize("by", ["companion", "ximena"])
def test_whoever_is_responsible_is_told_that_a_companion_cannot_come(make, client_as, by):
    ximena, lucia, vera, beto = (make.user(role=role) for role in ("attorney", "caseworker", "volunteer", "volunteer"))
    ana = make.member(assigned=lucia)
    case = make.case(member=ana, attorney=ximena)
    event = make.event(
        on=clock.today() + timedelta(days=9), owner=lucia, people=[ana], companions=[vera, beto], case_id=case.id
    )
    who = vera if by == "companion" else ximena
    answer = client_as(user=who).post(f"/events/{event.code}/companions/answer", data={"user": vera.id, "answer": "no"})
    assert answer.status_code == 302
    keys = make.read(
        lambda: db.session.scalars(select(queue.Job.key).where(queue.Job.key.startswith("cases.changed:"))).all()
    )
    assert {int(key.split("/")[1]) for key in keys} == {lucia.id, beto.id, ximena.id} - {who.id}


def test_the_letter_of_a_change_says_nothing_that_another_change_would_make_untrue(make):
    event, user = make.event(), make.user()
    letter = make.read(lambda: render_changed({"code": event.code, "user": user.id}))
    assert "moved, called off" not in letter.text and "walks along" in letter.text
