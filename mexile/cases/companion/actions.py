"""Who accompanies at a date: asked, confirmed, no longer; and what they are told of where to meet."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from sqlalchemy import delete, func, select

from mexile.access.account.queries import reader
from mexile.access.rules import name_act
from mexile.access.viewer import Viewer
from mexile.cases.companion.models import CompanionRefusal, EventNeed, EventNote
from mexile.cases.event.actions import keep_leaving, open_event, tell_change
from mexile.cases.event.models import Event, EventCompanion
from mexile.cases.event.queries import has_outcome, is_open
from mexile.cases.event.rights import changeable, event_seen, said_yes
from mexile.cases.event.rules import asked_letter, starts_at
from mexile.config import config
from mexile.ground import clock, keyring, mail, seal, trail
from mexile.ground.db import db
from mexile.ground.errors import Conflict, Problem
from mexile.members.person.models import Member

name_act("event.companion", "Changed who walks along", "Cambió quién acompaña")
name_act("event.asked", "Told somebody that they are asked to walk along", "Avisó a alguien que se le pide acompañar")
name_act("event.need", "Said who is needed at a date", "Dijo quién hace falta en una fecha")

FULL = Problem(
    "role",
    "Somebody else just took the last place for this. Thank you: nothing more is needed.",
    "Alguien más acaba de tomar el último lugar para esto. Gracias: ya no hace falta nadie más.",
)
SAME_HOUR = Problem(
    "user_id",
    "There is already a yes to another date at the same hour. One of the two has to be cancelled first.",
    "Ya se dijo que sí a otra fecha a la misma hora. Primero hay que cancelar una de las dos.",
)


LETTER = "cases.asked"


def ask_companion(*, viewer: Viewer, code: str, user_id: int, role: str) -> None:
    """Somebody is asked to accompany; who puts herself down has said yes."""
    event = open_event(viewer, code)
    held = db.session.get(EventCompanion, (event.id, user_id))
    says_yes = user_id == viewer.user_id or bool(held and held.confirmed_at)
    if says_yes:
        _make_sure_of_place(event, user_id, role)
    if held is None:
        held = EventCompanion(event_id=event.id, user_id=user_id)
        db.session.add(held)
        if user_id != viewer.user_id:
            tell_asked(code=code, user_id=user_id)
    held.role = role
    if says_yes and held.confirmed_at is None:
        held.confirmed_at = clock.now()
    db.session.flush()
    trail.record("event.companion", code, role=role)


def _make_sure_of_place(event: Event, user_id: int, role: str) -> None:
    """Inside the write, which no other one enters: a place is left, and nothing else at that hour has their yes."""
    seats = db.session.scalar(select(EventNeed.seats).where(EventNeed.event_id == event.id, EventNeed.role == role))
    taken = select(func.count()).where(
        EventCompanion.event_id == event.id,
        EventCompanion.role == role,
        EventCompanion.user_id != user_id,
        EventCompanion.confirmed_at.is_not(None),
    )
    if seats is not None and (db.session.scalar(taken) or 0) >= seats:
        raise Conflict(FULL)
    starts = _starts(event)
    if event.on is None or starts is None:
        return
    near = Event.on.between(event.on - timedelta(days=1), event.on + timedelta(days=1))
    others = select(Event).where(Event.id.in_(said_yes(user_id)), Event.id != event.id, near, is_open())
    if any(_starts(other) == starts for other in db.session.scalars(others)):
        raise Conflict(SAME_HOUR)


def _starts(event: Event) -> Any:
    return starts_at(event.on, event.at, event.zone, event.fold)


def set_needs(*, viewer: Viewer, code: str, seats: Mapping[str, int | None]) -> None:
    """How many of each role the date needs from now on. Whoever said yes keeps the yes."""
    event = open_event(viewer, code)
    db.session.execute(delete(EventNeed).where(EventNeed.event_id == event.id))
    db.session.add_all(
        EventNeed(event_id=event.id, role=role, seats=number) for role, number in seats.items() if number
    )
    db.session.flush()
    trail.record("event.need", code, roles=sorted(role for role, number in seats.items() if number))


def tell_asked(*, code: str, user_id: int) -> None:
    """Whoever is asked to accompany is told by mail that a question waits in mexile."""
    mail.put(LETTER, f"{code}/{user_id}/{clock.now().isoformat()}", {"code": code, "user": user_id})
    trail.record("event.asked", code, user=user_id)


@mail.renders(LETTER)
def render_asked(body: dict[str, Any]) -> mail.Letter | None:
    """The letter: neither what for, nor with whom, nor where. None once they answered, or it was cancelled."""
    user = reader(body["user"])
    waits = db.session.scalar(
        select(Event.id)
        .join(EventCompanion, EventCompanion.event_id == Event.id)
        .where(
            Event.code == body["code"],
            EventCompanion.user_id == body["user"],
            EventCompanion.confirmed_at.is_(None),
            ~has_outcome(),
        )
    )
    if user is None or waits is None:
        return None
    return mail.Letter(
        user.email, *asked_letter(body["code"], f"{config().base_url}/events/{body['code']}", user.language)
    )


def _answered(viewer: Viewer, code: str, user_id: int) -> Event:
    """The date at which somebody answers for herself, or somebody who may change it tells her answer."""
    return open_event(viewer, code, event_seen if user_id == viewer.user_id else changeable)


def confirm_companion(*, viewer: Viewer, code: str, user_id: int) -> None:
    """They said yes, to us or themselves, and a place was left."""
    event = _answered(viewer, code, user_id)
    held = db.session.get(EventCompanion, (event.id, user_id))
    if held and held.confirmed_at is None:
        _make_sure_of_place(event, user_id, held.role)
        held.confirmed_at = clock.now()
        db.session.flush()
        trail.record("event.companion", code, answer="yes")


def release_companion(*, viewer: Viewer, code: str, user_id: int, reason: str | None = None) -> None:
    """They can't come, which stays written; the one responsible and the others on the date are told by mail."""
    event = _answered(viewer, code, user_id)
    held = db.session.get(EventCompanion, (event.id, user_id))
    if held:
        keep_leaving(event, [user_id] if held.confirmed_at else [])
        db.session.add(
            CompanionRefusal(
                event_id=event.id,
                user_id=user_id,
                role=held.role,
                reason=reason,
                by_user_id=viewer.user_id,
                at=clock.now(),
            )
        )
        db.session.delete(held)
        db.session.flush()
        trail.record("event.companion", code, answer="no")
        tell_change(viewer=viewer, event=event)


def key_of_event_note(member_ids: Sequence[int]) -> bytes:
    """The key of the one person of a date, or a new one. Outside any write transaction, since a new key is
    committed to the keyring first."""
    keys = db.session.scalars(select(Member.key_id).where(Member.id.in_(member_ids))).all()
    return keys[0] if len(keys) == 1 else keyring.new_key()


def write_event_note(*, event: Event, key_id: bytes | None, meeting_point: str, note: str) -> None:
    """What stands there now; without a key, and with nothing written before, there is nothing to write."""
    held = db.session.scalar(select(EventNote).where(EventNote.event_id == event.id))
    if held is None:
        if key_id is None:
            return
        held = EventNote(event_id=event.id, key_id=key_id)
        db.session.add(held)
    given = {"meeting_point": meeting_point or None, "note": note or None}
    if not any(seal.differs(held, name, value) for name, value in given.items()):
        return
    held.meeting_point, held.note = given["meeting_point"], given["note"]
    db.session.flush()
    trail.record("event.change", event.code, fields=["note"])
