"""Ready to go, and not out yet: each answer a record, and nobody forgotten inside."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select, update

from mexile.custody.presence.actions import answer_readiness, come_out, expect_later, go_in, render_late, tell_late
from mexile.custody.presence.models import ITEMS, Presence, PresenceNotice, Readiness
from mexile.custody.presence.queries import inside_now, readiness_of
from mexile.custody.presence.rules import EVERY, GRACE, chain, due_at, is_late, leave_problems, ready_count
from mexile.ground import clock
from mexile.ground.db import db, writing
from mexile.ground.errors import Conflict, Invalid, NotHere
from mexile.ground.queue import Job
from tests.clients import Client
from tests.make import Make


@given(
    st.one_of(st.none(), st.integers(1, 5)),
    st.lists(st.integers(1, 5), max_size=4),
    st.one_of(st.none(), st.integers(1, 5)),
)
def test_the_chain_names_everybody_once_the_one_responsible_first(lead, coordinators, attorney) -> None:
    found = chain(lead, coordinators, attorney)
    assert set(found) == {one for one in (lead, *coordinators, attorney) if one is not None}
    assert len(found) == len(set(found))
    assert lead is None or found[0] == lead


@given(st.integers(0, 20))
def test_each_step_waits_for_the_one_before(step: int) -> None:
    expected = clock.now()
    assert due_at(expected, step) == expected + GRACE + step * EVERY
    assert not is_late(expected, due_at(expected, 0) - timedelta(seconds=1)) and is_late(expected, due_at(expected, 0))


@given(st.integers(-300, 300))
def test_nobody_is_out_before_going_in_nor_later_than_now(minutes: int) -> None:
    now = clock.now()
    entered = now - timedelta(minutes=60)
    out = now + timedelta(minutes=minutes)
    assert bool(leave_problems(entered, out, now)) == (out < entered or out > now + timedelta(minutes=1))
    assert [problem.place for problem in leave_problems(None, now, now)] == ["out_at"]


def _told(code: str) -> list[int]:
    return list(
        db.session.scalars(
            select(PresenceNotice.user_id)
            .join(Presence, Presence.id == PresenceNotice.presence_id)
            .order_by(PresenceNotice.step)
        )
    )


def _work() -> None:
    """The worker's part: every due job of this kind, some of them twice."""
    for job in db.session.scalars(
        select(Job).where(Job.kind == "cases.not_out", Job.state == "waiting", Job.run_at <= clock.now())
    ).all():
        tell_late(json.loads(job.body))
        tell_late(json.loads(job.body))
        with writing():
            db.session.get(Job, job.id).state = "done"
    db.session.rollback()


@pytest.fixture
def scene(in_app: Flask, make: Make):
    """A check-in of today with its lead, a director and an attorney."""
    lead, elena, ximena = make.user(), make.user("director"), make.user("attorney")
    member = make.member(assigned=lead)
    event = make.event(kind="ice_checkin", on=clock.today(), owner=lead, people=[member])
    return make.viewer(user=lead), event, [lead.id, elena.id, ximena.id]


def test_lead_then_coordinator_then_attorney_are_told_one_a_step(scene) -> None:
    viewer, event, people = scene
    with writing():
        go_in(viewer=viewer, code=event.code, minutes=60)
    start = clock.now()
    for minutes, told in ((59, 0), (74, 0), (76, 1), (80, 1), (87, 2), (98, 3), (200, 3)):
        with clock.at(start + timedelta(minutes=minutes)):
            _work()
            assert _told(event.code) == people[:told], minutes


def test_who_is_out_in_time_troubles_nobody(scene) -> None:
    viewer, event, _ = scene
    with writing():
        go_in(viewer=viewer, code=event.code, minutes=30)
    with writing():
        come_out(viewer=viewer, code=event.code)
    with clock.at(clock.now() + timedelta(hours=5)):
        _work()
        assert _told(event.code) == [] and inside_now(viewer) == []


def test_a_worker_that_slept_tells_them_one_after_the_other_and_not_all_at_once(scene) -> None:
    viewer, event, people = scene
    with writing():
        go_in(viewer=viewer, code=event.code, minutes=30)
    start = clock.now() + timedelta(hours=6)
    with clock.at(start):
        _work()
        assert _told(event.code) == people[:1]
    with clock.at(start + timedelta(minutes=11)):
        _work()
        assert _told(event.code) == people[:2]


def test_still_in_moves_the_alarm(scene) -> None:
    viewer, event, people = scene
    with writing():
        go_in(viewer=viewer, code=event.code, minutes=30)
    start = clock.now()
    with clock.at(start + timedelta(minutes=40)), writing():
        expect_later(viewer=viewer, code=event.code, minutes=60)
    for minutes, told in ((50, 0), (110, 0), (116, 1)):
        with clock.at(start + timedelta(minutes=minutes)):
            _work()
            assert _told(event.code) == people[:told], minutes


def test_the_letter_says_nothing_of_where(scene) -> None:
    viewer, event, people = scene
    letter = render_late({"code": event.code, "user": people[1]})
    said = f"{letter.subject} {letter.text}".lower()
    for word in ("detain", "ice", "check", "out", "court", "hearing", "me-0"):
        assert word not in said.replace("/today", "")


def test_out_before_in_is_refused_in_words(scene) -> None:
    viewer, event, _ = scene
    with pytest.raises(Invalid, match="Nobody has gone in yet"), writing():
        come_out(viewer=viewer, code=event.code)
    with writing():
        go_in(viewer=viewer, code=event.code, minutes=60)
    with pytest.raises(Invalid, match="before they went in"), writing():
        come_out(viewer=viewer, code=event.code, out=clock.now() - timedelta(minutes=5))
    with pytest.raises(Conflict), writing():
        go_in(viewer=viewer, code=event.code, minutes=60)
    with pytest.raises(Invalid), writing():
        come_out(viewer=viewer, code=event.code, out=clock.now() + timedelta(hours=1))


def test_what_is_not_needed_has_a_reason_and_every_answer_is_a_record(scene) -> None:
    viewer, event, _ = scene
    with pytest.raises(Invalid) as wrong, writing():
        answer_readiness(viewer=viewer, code=event.code, item="ride", answer="not_needed")
    assert [problem.place for problem in wrong.value.problems] == ["reason"]
    for answer, reason in (("not_yet", None), ("not_needed", "comes_alone"), ("yes", "comes_alone")):
        with writing():
            answer_readiness(viewer=viewer, code=event.code, item="ride", answer=answer, reason=reason)
    assert readiness_of(event.id)["ride"].answer == "yes" and readiness_of(event.id)["ride"].reason is None
    assert len(db.session.scalars(select(Readiness)).all()) == 3
    assert ready_count({"ride": "yes", "address": "not_needed", "attorney": "not_yet"}, ITEMS) == (2, 5)


def test_nobody_presses_for_an_event_outside_their_rights(scene, make: Make) -> None:
    _, event, _ = scene
    for act in (
        lambda viewer: go_in(viewer=viewer, code=event.code, minutes=60),
        lambda viewer: come_out(viewer=viewer, code=event.code),
        lambda viewer: answer_readiness(viewer=viewer, code=event.code, item="ride", answer="yes"),
    ):
        with pytest.raises(NotHere), writing():
            act(make.viewer())


# ---- the pages ------------------------------------------------------------------------


def test_the_big_buttons_work_on_today_and_say_who_was_told(
    app: Flask, make: Make, client_as: Callable[..., Client]
) -> None:
    lucia = client_as("caseworker")
    member = make.member(assigned=lucia.user, preferred_name="Quetzal")
    event = make.event(kind="ice_checkin", on=clock.today(), at=None, owner=lucia.user, people=[member])
    page = lucia.get(f"/events/{event.code}/ready").text
    assert "Ready to go?" in page and "0 of 5" in page and "We go in" in page
    post = lucia.post(f"/events/{event.code}/readiness", data={"item": "attorney", "answer-yes": "1"})
    assert post.status_code == 302
    assert "1 of 5" in lucia.get(f"/events/{event.code}/ready").text
    bad = lucia.post(f"/events/{event.code}/readiness", data={"item": "ride", "answer-not_needed": "1", "reason": ""})
    assert bad.status_code == 422 and "Say why it isn" in bad.text
    early = lucia.post(f"/events/{event.code}/exit", data={})
    assert early.status_code == 422 and "Nobody has gone in yet" in early.text
    assert lucia.post(f"/events/{event.code}/entry", data={"minutes": "30"}).status_code == 302
    assert "They are in" in lucia.get("/today").text
    late = clock.now() + timedelta(minutes=50)
    with clock.at(late):
        with app.app_context():
            _work()
        other = client_as(user=lucia.user)
        page = other.get("/today").text
        assert "Not out yet" in page and "Quetzal" in page
        answer = other.post(f"/events/{event.code}/exit", data={"back": "/today"})
        assert answer.status_code == 302 and answer.headers["Location"].endswith("/today")
        assert "Not out yet" not in other.get("/today").text


def test_nobody_is_said_to_be_told_before_the_letter_has_left(
    app: Flask, make: Make, client_as: Callable[..., Client]
) -> None:
    user = client_as("caseworker").user
    event = make.event(kind="ice_checkin", on=clock.today(), owner=user, people=[make.member(assigned=user)])
    make.write(lambda: go_in(viewer=make.viewer(user=user), code=event.code, minutes=30))
    with clock.at(clock.now() + timedelta(minutes=50)):
        with app.app_context():
            _work()
        lucia = client_as(user=user)
        said = ("the mail goes out since", "the mail could not be sent: call", "told at")
        for state, trouble, words in (
            ("waiting", "", said[0]),
            ("waiting", "silent", said[1]),
            ("dead", "refused", said[1]),
            ("done", "", said[2]),
        ):
            letters = update(Job).where(Job.kind == "mail", Job.key.startswith("cases.not_out:"))
            letters = letters.values(state=state, trouble=trouble)
            make.write(lambda letters=letters: db.session.execute(letters))
            for path in ("/today", f"/events/{event.code}/ready"):
                page = lucia.get(path).text
                assert [one for one in said if one in page] == [words], (path, state)


def test_the_hour_in_and_out_is_that_of_the_place(make: Make, client_as: Callable[..., Client]) -> None:
    lucia = client_as("caseworker")
    event = make.event(kind="ice_checkin", on=clock.today("America/Chicago"), owner=lucia.user, zone="America/Chicago")
    lucia.post(f"/events/{event.code}/entry", data={"minutes": "30"})
    there = clock.now().astimezone(ZoneInfo("America/Chicago"))
    for path in (f"/events/{event.code}/ready", "/today"):
        assert re.search(rf"in since {there.hour % 12 or 12}:\d\d [ap]\.m\., expected", lucia.get(path).text), path


def test_a_date_without_a_door_asks_nothing(make: Make, client_as: Callable[..., Client]) -> None:
    lucia = client_as("caseworker")
    make.event(kind="food_table", on=clock.today(), owner=lucia.user)
    assert "Ready to go?" not in lucia.get("/today").text
