"""Nothing is left with an account or a role that ended: it is listed, handed over, covered, and marked."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select

from mexile.access.account.actions import end_access
from mexile.access.role.actions import end_role
from mexile.cases.case.models import Case
from mexile.cases.case.queries import attorney_of
from mexile.cases.event.models import Event, EventCompanion
from mexile.custody.alert.actions import answer_alert
from mexile.custody.alert.models import AlertAnswer, AlertNotice, CallLine
from mexile.deadlines.deadline.models import Deadline, DeadlinePast
from mexile.deadlines.reminder.actions import remind
from mexile.ground import clock, queue
from mexile.ground.db import db
from mexile.inquiries.inquiry.models import Inquiry
from mexile.members.assignment.models import Assignment

TODAY = date(2026, 11, 24)


@pytest.fixture(autouse=True)
def noon():
    with clock.at(datetime(2026, 11, 24, 19, tzinfo=UTC)):
        yield


def end(make, user, way):
    """Their access ends, or the role by which they held things; by a page, or by a row from before."""
    if way == "row":
        return make.ended_access(user)
    by = make.user(role="administrator").id
    if way == "access":
        return make.write(lambda: end_access(user_id=user.id, by=by, reason="left"))
    roles = ("attorney", "caseworker", "director", "intake")
    return make.write(lambda: [end_role(user_id=user.id, role=role, by=by) for role in roles])


def reminded(make) -> set[int]:
    with make.app.app_context():
        remind({})
        keys = db.session.scalars(select(queue.Job.key).where(queue.Job.key.startswith("cases.reminder:"))).all()
    return {int(key.rpartition("/")[2]) for key in keys}


def one_year(make, owner, second, **values):
    """A fatal year to ask for asylum, at the mark of 330 days."""
    trigger = TODAY - timedelta(days=330)
    member = values.pop("member", None) or make.member(assigned=owner)
    return make.deadline(
        member=member,
        owner=owner,
        second_owner_user_id=second.id,
        fatal=True,
        trigger_on=trigger,
        due_on=TODAY + timedelta(days=35),
    )


@pytest.mark.parametrize("way", ["row", "access", "role"])
def test_a_fatal_day_falls_to_an_attorney_who_covers(make, client_as, way):
    lucia, old, busy = make.user(role="caseworker"), make.user(role="attorney"), make.user(role="attorney")
    make.case(attorney=busy)
    ximena = make.user(role="attorney")
    line = one_year(make, lucia, old)
    for user in (lucia, old):
        end(make, user, way)
    assert reminded(make) == {ximena.id}
    page = client_as(user=ximena).get("/today").text
    assert line.code in page and "no longer works here" in page
    assert line.code not in client_as(user=busy).get("/today").text
    assert "Needs an attorney today" not in client_as("director").get("/today").text


def test_the_attorney_of_the_members_case_covers_first(make):
    lucia, old, ximena = (make.user(role=role) for role in ("caseworker", "attorney", "attorney"))
    make.user(role="attorney")
    line = one_year(make, lucia, old)
    make.write(lambda: make.case(member=db.session.get(Deadline, line.id) and _member(line), attorney=ximena))
    end(make, old, "row")
    assert reminded(make) == {lucia.id, ximena.id}


def _member(line):
    from mexile.members.person.models import Member

    return db.session.get(Member, line.member_id)


@pytest.mark.parametrize("way", ["row", "access", "role"])
def test_where_no_attorney_is_left_the_director_is_told_on_today_and_by_letter(make, client_as, way):
    lucia, old = make.user(role="caseworker"), make.user(role="attorney")
    line = one_year(make, lucia, old)
    director = client_as("director")
    assert "Needs an attorney today" not in director.get("/today").text
    for user in (lucia, old):
        end(make, user, way)
    page = director.get("/today").text
    assert "Needs an attorney today" in page and line.code in page
    assert reminded(make) == {director.user.id}
    spanish = client_as(user=make.user(role="director", language="es")).get("/today").text
    assert "necesita abogada o abogado" in spanish
    make.deadline_closure(line)
    assert "Needs an attorney today" not in director.get("/today").text


def test_a_day_that_is_not_fatal_reminds_somebody_too(make):
    lucia, elena = make.user(role="caseworker"), make.user(role="director")
    make.deadline(owner=lucia, trigger_on=TODAY - timedelta(days=330), due_on=TODAY + timedelta(days=35))
    end(make, lucia, "row")
    assert reminded(make) == {elena.id}


def holding_all(make, user):
    """One of everything that somebody can hold."""
    ana = make.member(assigned=user)
    make.in_line(user)
    return {
        "deadline": make.deadline(member=ana, owner=user, due_on=TODAY + timedelta(days=9)),
        "event": make.event(on=TODAY + timedelta(days=9), owner=user, people=[ana]),
        "case": make.case(member=ana, attorney=user),
        "inquiry": make.inquiry(answers=user),
        "member": ana,
    }


@pytest.mark.parametrize("way", [None, "row", "role"])
def test_all_that_somebody_holds_is_listed_and_handed_over_each_or_all(app, make, client_as, way):
    old, ximena, other = (make.user(roles=["attorney", "director"]) for _ in range(3))
    things = holding_all(make, old)
    if way:
        end(make, old, way)
    director = client_as(user=make.user(role="director"))
    page = director.get(f"/people/{old.code}").text
    for kind, thing in things.items():
        assert f'name="take-{kind}:{thing.code}"' in page
    administrator = client_as("administrator").get(f"/people/{old.code}").text
    assert things["deadline"].code in administrator and things["member"].code not in administrator
    assert 'name="take-' not in administrator
    assert (
        client_as("administrator").post(f"/people/{old.code}/handover", data={"everything": ximena.id}).status_code
        == 404
    )
    data = {f"take-event:{things['event'].code}": other.id, "everything": ximena.id}
    assert director.post(f"/people/{old.code}/handover", data=data).status_code == 302
    with app.app_context():
        assert db.session.get(Event, things["event"].id).owner_user_id == other.id
        assert db.session.get(Deadline, things["deadline"].id).owner_user_id == ximena.id
        assert db.session.scalar(select(DeadlinePast.cause)) == "owner"
        assert db.session.get(Case, things["case"].id).attorney_user_id == ximena.id
        assert db.session.get(Inquiry, things["inquiry"].id).answers_user_id == ximena.id
        assert db.session.scalar(select(Assignment.to_at).where(Assignment.user_id == old.id)) is not None
    assert 'name="take-' not in director.get(f"/people/{old.code}").text
    assert "hand over" not in director.get("/today").text


def test_an_access_ends_at_once_with_nothing_handed_over_and_stands_on_the_directors_today(app, make, client_as):
    old = make.user(role="attorney", name="Olga Ejemplo")
    holding_all(make, old)
    director = client_as("director")
    assert "hand over" not in director.get("/today").text
    answer = client_as("administrator").post(f"/people/{old.code}/revocation", data={"reason": "a lost telephone"})
    assert answer.status_code == 302
    page = director.get("/today").text
    assert (
        "One person left 5 things: hand over" in page
        and "Olga Ejemplo: 5 things." in page
        and f"/people/{old.code}#held" in page
    )
    assert "hand over" not in client_as("caseworker").get("/today").text


def test_all_is_handed_over_with_the_ending_by_a_director(app, make, client_as):
    old, ximena = make.user(role="attorney"), make.user(role="attorney")
    things = holding_all(make, old)
    data = {"reason": "left", "everything": ximena.id}
    assert client_as("director").post(f"/people/{old.code}/revocation", data=data).status_code == 302
    with app.app_context():
        assert db.session.get(Case, things["case"].id).attorney_user_id == ximena.id
    assert "hand over" not in client_as("director").get("/today").text


def test_who_takes_over_knows_the_member_and_one_person_never_stands_twice_for_a_fatal_day(app, make, client_as):
    old, lucia = make.user(role="attorney"), make.user(role="caseworker")
    ana = make.member()
    event = make.event(on=TODAY + timedelta(days=9), owner=old, people=[ana])
    fatal = one_year(make, lucia, old, member=ana)
    answer = client_as("director").post(
        f"/people/{old.code}/handover", data={"everything": lucia.id}, follow_redirects=True
    )
    assert "1 thing stayed" in answer.text
    with app.app_context():
        assert db.session.get(Deadline, fatal.id).second_owner_user_id == old.id
        assert db.session.get(Event, event.id).owner_user_id == lucia.id
        assert db.session.scalar(select(Assignment.reason_from).where(Assignment.user_id == lucia.id)) == "cover"


@pytest.mark.parametrize("way", ["access", "role"])
def test_the_line_an_alert_and_a_place_beside_a_member_wait_for_nobody(app, make, way):
    old, ximena = make.user(role="caseworker"), make.user(role="attorney")
    for user in (old, ximena):
        make.in_line(user)
    event = make.event(on=TODAY + timedelta(days=9), owner=ximena, companions=[old])
    alert = make.alert(member=make.member(), by=ximena, told=[old])
    make.write(lambda: answer_alert(viewer=make.viewer(user=ximena, role="attorney"), code=alert.code))
    make.write(lambda: db.session.query(AlertAnswer).update({"user_id": old.id}))
    end(make, old, way)
    with app.app_context():
        assert db.session.scalars(select(CallLine.user_id).where(CallLine.to_at.is_(None))).all() == [ximena.id]
        assert db.session.scalar(select(AlertAnswer.id).where(AlertAnswer.ended_at.is_(None))) is None
        assert db.session.scalars(select(AlertNotice.user_id).order_by(AlertNotice.step.desc())).first() == ximena.id
        assert db.session.scalars(select(EventCompanion.user_id).where(EventCompanion.event_id == event.id)).all() == []
        keys = db.session.scalars(select(queue.Job.key).where(queue.Job.key.startswith("cases.changed:"))).all()
    assert [key.split("/")[1] for key in keys] == [str(ximena.id)]


@pytest.mark.parametrize(("language", "words"), [("en", "no longer here"), ("es", "ya no está aquí")])
def test_who_has_gone_is_marked_wherever_the_name_is_printed(make, client_as, language, words):
    old = make.user(role="attorney", name="Olga Ejemplo")
    client = client_as(user=make.user(role="attorney", language=language))
    things = holding_all(make, old)
    code = things["member"].code
    pages = ["/docket", "/docket?names=no", f"/events/{things['event'].code}", f"/deadlines/{things['deadline'].code}"]
    pages += [
        f"/cases/{things['case'].code}",
        "/cases",
        "/inquiries",
        f"/inquiries/{things['inquiry'].code}",
        f"/members/{code}",
    ]
    for page in pages:
        assert words not in client.get(page).text, page
    end(make, old, "row")
    for page in pages:
        text = client.get(page).text
        assert re.search(rf"Olga.{{0,200}}{words}", text, re.S), page
    assert "Olga" not in client.get(f"/members/{code}/pocket-card").text


def test_an_attorney_who_has_gone_answers_for_no_member(make):
    old, ximena = make.user(role="attorney"), make.user(role="attorney")
    ana = make.member()
    make.case(member=ana, attorney=ximena, opened_on=date(2024, 1, 1))
    make.case(member=ana, attorney=old)
    assert make.read(lambda: attorney_of(ana.id)) == old.id
    end(make, old, "row")
    assert make.read(lambda: attorney_of(ana.id)) == ximena.id
