"""Writing a conversation down, and changing what is written of it."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import delete

from mexile.access.viewer import Viewer
from mexile.ground import clock, organization, seal, trail
from mexile.ground.db import db
from mexile.ground.errors import Conflict, Invalid
from mexile.inquiries.conversation.models import Conversation, Told
from mexile.inquiries.conversation.rules import talk_problems
from mexile.inquiries.inquiry.models import Inquiry
from mexile.inquiries.inquiry.queries import get_conversation, get_inquiry, told_in
from mexile.inquiries.inquiry.rules import inquiry_problems
from mexile.members.person.actions import STALE

SEALED = ("interpreter", "likely_words", "note")
CLEAR = ("held_on", "place", "language", "wish", "likely_bp", "likely_of", "likely_source")


def talk(*, viewer: Viewer, code: str, values: Mapping[str, Any]) -> Conversation:
    """Record a conversation with the person of an inquiry. ``values["told"]``: what -> (day, initials).

    The day of our next answer, when one is given, becomes the inquiry's. Raises Invalid for a day in the
    future or before the inquiry, and for a percentage without its source.
    """
    inquiry = get_inquiry(viewer, code)
    _check(inquiry, values)
    conversation = Conversation(
        key_id=inquiry.key_id,
        inquiry_id=inquiry.id,
        member_id=inquiry.member_id,
        by_user_id=viewer.user_id,
        at=clock.now(),
    )
    _set(conversation, values)
    db.session.add(conversation)
    db.session.flush()
    _tell(viewer, conversation, values.get("told", {}))
    _promise(inquiry, values)
    trail.record(
        "inquiry.talk", code, place=conversation.place, told=len(values.get("told", {})), wish=conversation.wish
    )
    return conversation


def edit_talk(*, viewer: Viewer, code: str, id: int, version: int, values: Mapping[str, Any]) -> Conversation:
    """Change what is written of a conversation. Raises Conflict when it changed after ``version`` was shown."""
    inquiry = get_inquiry(viewer, code)
    row = get_conversation(viewer, code, id)
    if row.version != version:
        raise Conflict(STALE)
    _check(inquiry, values)
    changed = _set(row, values)
    if _tell(viewer, row, values.get("told", {})):
        changed.append("told")
        row.at = clock.now()  # so that two who tick at once notice each other
    _promise(inquiry, values)
    if changed:
        db.session.flush()
        trail.record("inquiry.talk_edit", code, fields=changed)
    return row


def _check(inquiry: Inquiry, values: Mapping[str, Any]) -> None:
    today = organization.today()
    problems = talk_problems(values, inquiry.asked_on, today)
    if values.get("answer_due_on"):
        due = {"alias": True, "asked_on": inquiry.asked_on, "answer_due_on": values["answer_due_on"]}
        problems += inquiry_problems(due, today)
    if problems:
        raise Invalid(problems)


def _set(row: Conversation, values: Mapping[str, Any]) -> list[str]:
    changed = []
    for name in (*SEALED, *CLEAR):
        value = values.get(name)
        value = None if value == "" else value
        if name in values and seal.differs(row, name, value):
            setattr(row, name, value)
            changed.append(name)
    return changed


def _tell(viewer: Viewer, row: Conversation, told: Mapping[str, Any]) -> bool:
    """Bring the ticks to what is given; those that stay as they were keep who wrote them. Whether any changed."""
    known = told_in(row.id)
    same = {
        thing for thing, told_before in known.items() if told.get(thing) == (told_before.said_on, told_before.initials)
    }
    gone = [thing for thing in known if thing not in same]
    new = [thing for thing in told if thing not in same]
    if gone:
        db.session.execute(delete(Told).where(Told.conversation_id == row.id, Told.what.in_(gone)))
        for thing in gone:
            db.session.expunge(known[thing])
    for thing in new:
        said_on, initials = told[thing]
        db.session.add(
            Told(
                conversation_id=row.id,
                what=thing,
                said_on=said_on,
                initials=initials,
                by_user_id=viewer.user_id,
                at=clock.now(),
            )
        )
    db.session.flush()
    return bool(gone or new)


def _promise(inquiry: Inquiry, values: Mapping[str, Any]) -> None:
    if values.get("answer_due_on"):
        inquiry.answer_due_on = values["answer_due_on"]
        db.session.flush()
