"""Answering what must stand before an event; going in, coming out, and telling who is late."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select

from mexile.access.account.queries import reader
from mexile.access.rules import name_act
from mexile.access.viewer import Viewer
from mexile.cases.event.models import Event
from mexile.cases.event.rights import reportable
from mexile.config import config
from mexile.custody.presence.models import ANSWERS, ITEMS, Presence, PresenceNotice, PresenceOut, Readiness
from mexile.custody.presence.queries import chain_of, last_step, open_presence
from mexile.custody.presence.rules import (
    EVERY,
    GRACE,
    MINUTES,
    due_at,
    enter_problems,
    leave_problems,
    readiness_problems,
    told_at,
)
from mexile.ground import clock, mail, queue, trail
from mexile.ground.db import db, writing
from mexile.ground.errors import Conflict, Invalid, NotHere, Problem
from mexile.ground.vocabulary import vocabulary
from mexile.members.emergency.rules import open_now_letter

name_act("readiness.answer", "Answered what must stand before a date", "Respondió qué falta antes de una fecha")
name_act("presence.enter", "Went in", "Entró")
name_act("presence.leave", "Came out", "Salió")
name_act("presence.tell", "Told somebody who is not out yet", "Avisó que alguien aún no sale")


def answer_readiness(*, viewer: Viewer, code: str, item: str, answer: str, reason: str | None = None) -> Readiness:
    """Say of one thing that it stands, isn't needed and why, or not yet. The newest answer holds."""
    event = _event(viewer, code)
    known = {"item": ITEMS, "answer": ANSWERS, "reason": list(vocabulary("readiness_reason"))}
    if problems := readiness_problems(item, answer, reason, known):
        raise Invalid(problems)
    readiness = Readiness(
        event_id=event.id,
        item=item,
        answer=answer,
        reason=reason if answer == "not_needed" else None,
        by_user_id=viewer.user_id,
        at=clock.now(),
    )
    db.session.add(readiness)
    db.session.flush()
    trail.record("readiness.answer", code, item=item, answer=answer)
    return readiness


def go_in(*, viewer: Viewer, code: str, minutes: int, entered: datetime | None = None) -> Presence:
    """They are in, and expected out after so many minutes. From a quarter of an hour later on somebody is told.

    Raises Invalid for an hour that can't be, Conflict when somebody pressed it already.
    """
    event, now = _event(viewer, code), clock.now()
    at = entered or now
    problems = enter_problems(at, now)
    if minutes not in MINUTES:
        problems.append(Problem("minutes", "Choose how long it takes.", "Elija cuánto dura."))
    if problems:
        raise Invalid(problems)
    if open_presence(event.id):
        raise Conflict(Problem("at", "They are in already.", "Ya están adentro."))
    presence = Presence(
        event_id=event.id,
        entered_at=at,
        expected_out_at=at + timedelta(minutes=minutes),
        by_user_id=viewer.user_id,
        at=now,
    )
    db.session.add(presence)
    db.session.flush()
    trail.record("presence.enter", code, minutes=minutes)
    _later(presence, 0, due_at(presence.expected_out_at, 0))
    return presence


def expect_later(*, viewer: Viewer, code: str, minutes: int) -> Presence:
    """They are still in, and somebody knows: nobody is told until so many minutes from now have passed."""
    held = open_presence(_event(viewer, code).id)
    if held is None:
        raise Conflict(Problem("", "Nobody is in.", "No hay nadie adentro."))
    if minutes not in MINUTES:
        raise Invalid(Problem("minutes", "Choose how long it takes.", "Elija cuánto dura."))
    held.expected_out_at = max(held.expected_out_at, clock.now() + timedelta(minutes=minutes))
    db.session.flush()
    trail.record("presence.enter", code, minutes=minutes, again=True)
    _later(held, last_step(held.id) + 1, held.expected_out_at + GRACE)
    return held


def come_out(*, viewer: Viewer, code: str, out: datetime | None = None) -> PresenceOut:
    """They are out: nobody else is told. Raises Invalid when nobody went in, or only after that hour."""
    event, now = _event(viewer, code), clock.now()
    held = open_presence(event.id)
    at = out or now
    problems = leave_problems(held.entered_at if held else None, at, now)
    if problems or held is None:
        raise Invalid(problems)
    leaving = PresenceOut(presence_id=held.id, out_at=at, by_user_id=viewer.user_id, at=now)
    db.session.add(leaving)
    db.session.flush()
    trail.record("presence.leave", code)
    return leaving


def _later(presence: Presence, step: int, at: datetime) -> None:
    expected = _expected(presence)
    body = {"presence": presence.id, "step": step, "expected": expected}
    queue.put("cases.not_out", f"{presence.id}/{step}/{expected}", body, run_at=at)


def _expected(presence: Presence) -> int:
    return int(presence.expected_out_at.timestamp())


@queue.handles("cases.not_out")
def tell_late(body: dict[str, Any]) -> None:
    """Nobody pressed "out": tell the next of the chain, once a step, whatever was worked twice, late or out of order."""
    with writing():
        held = db.session.get(Presence, body["presence"])
        if held is None or db.session.get(PresenceOut, held.id) is not None:
            return
        # Whether a later hour was said meanwhile is no question to the clock: it may have been set back.
        if body.get("expected", _expected(held)) != _expected(held):
            return
        step = body["step"]
        user_id = told_at(chain_of(held), step)
        if user_id is None or step != last_step(held.id) + 1:
            return
        _tell(held, step, user_id)


def _tell(held: Presence, step: int, user_id: int) -> None:
    now = clock.now()
    code = db.session.scalars(select(Event.code).where(Event.id == held.event_id)).one()
    db.session.add(PresenceNotice(presence_id=held.id, step=step, user_id=user_id, at=now))
    db.session.flush()
    trail.record("presence.tell", code, step=step, user=user_id)
    mail.put("cases.not_out", f"{held.id}/{step}", {"code": code, "user": user_id})
    _later(held, step + 1, now + EVERY)


@mail.renders("cases.not_out")
def render_late(body: dict[str, Any]) -> mail.Letter | None:
    """The letter: open mexile now."""
    user = reader(body["user"])
    if user is None:
        return None
    return mail.Letter(user.email, *open_now_letter(body["code"], f"{config().base_url}/today", user.language))


def _event(viewer: Viewer, code: str) -> Event:
    event = db.session.scalar(select(Event).where(Event.code == code, reportable(viewer)))
    if event is None:
        raise NotHere(code)
    return event
