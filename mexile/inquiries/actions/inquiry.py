"""Writing an inquiry down and changing what is written."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select

from mexile.access.holdings import register_holding
from mexile.access.policy import INQUIRES
from mexile.access.queries.people import with_roles
from mexile.access.viewer import Viewer
from mexile.ground import clock, organization, seal, trail
from mexile.ground.db import db
from mexile.ground.errors import Conflict, Invalid, NotHere, Problem
from mexile.inquiries.models.inquiry import Inquiry
from mexile.inquiries.queries.codes import next_inquiry_code
from mexile.inquiries.queries.inquiry import get_inquiry
from mexile.inquiries.queries.waiting import held_inquiries
from mexile.inquiries.rules.person import inquiry_problems
from mexile.inquiries.rules.waiting import due_on
from mexile.members.actions.member import STALE
from mexile.members.models.arrival import ArrivalParty

SEALED = ("alias", "answer", "note")
CLEAR = (
    "safe_contact",
    "country",
    "state",
    "language",
    "profile",
    "urgency",
    "heard_of_us",
    "asked_on",
    "consent_on",
    "consent_version",
    "answers_user_id",
    "answer_due_on",
)


def open_inquiry(
    *, viewer: Viewer, key_id: bytes, values: Mapping[str, Any], arrival_party_id: int | None = None
) -> Inquiry:
    """Write down that somebody asked us. ``key_id``: a new data key, made before the transaction began.

    Who writes it down answers, and by the day that the urgency asks for, unless ``values`` say otherwise.
    Raises Invalid when there is neither an alias nor a safe way to answer, or a day can't be.
    """
    today = organization.today()
    whole = _whole(viewer, values)
    problems = inquiry_problems(whole, today) + _answerer_problems(whole)
    if problems:
        raise Invalid(problems)
    if arrival_party_id is not None and db.session.get(ArrivalParty, arrival_party_id) is None:
        raise NotHere("arrival")
    made = Inquiry(
        key_id=key_id,
        code=next_inquiry_code(),
        by_user_id=viewer.user_id,
        at=clock.now(),
        arrival_party_id=arrival_party_id,
    )
    _set(made, whole)
    db.session.add(made)
    db.session.flush()
    trail.record("inquiry.open", made.code, consent=made.consent_version, answers=made.answers_user_id)
    return made


def edit_inquiry(*, viewer: Viewer, code: str, version: int, values: Mapping[str, Any]) -> Inquiry:
    """Change what is written of an inquiry; the trail names the fields. Raises Conflict when it changed
    after ``version`` was shown."""
    row = get_inquiry(viewer, code)
    if row.version != version:
        raise Conflict(STALE)
    whole = _whole(viewer, {"asked_on": row.asked_on, "answers_user_id": row.answers_user_id, **values})
    problems = inquiry_problems(whole, organization.today()) + _answerer_problems(whole)
    if problems:
        raise Invalid(problems)
    changed = _set(row, whole)
    if changed:
        db.session.flush()
        trail.record("inquiry.edit", code, fields=changed)
    return row


def _whole(viewer: Viewer, values: Mapping[str, Any]) -> dict[str, Any]:
    """The values with what goes without saying: today, who answers and by when, Mexico for its states."""
    found = dict(values)
    found["asked_on"] = found.get("asked_on") or organization.today()
    found["answers_user_id"] = found.get("answers_user_id") or viewer.user_id
    found["answer_due_on"] = found.get("answer_due_on") or due_on(found["asked_on"], found.get("urgency"))
    if found.get("state") and not found.get("country"):
        found["country"] = "MX"
    return found


def take_inquiry(viewer: Viewer, code: str, holder: int, taker: int) -> bool:
    """The taker answers from now on."""
    row = db.session.scalars(select(Inquiry).where(Inquiry.code == code)).one()
    row.answers_user_id = taker
    db.session.flush()
    trail.record("inquiry.edit", code, fields=["answers_user_id"])
    return True


register_holding("inquiry", INQUIRES, held_inquiries, take_inquiry)


def _answerer_problems(values: Mapping[str, Any]) -> list[Problem]:
    if values["answers_user_id"] in {id for id, _ in with_roles(*INQUIRES)}:
        return []
    return [
        Problem(
            "answers_user_id",
            "Choose somebody of the team who may answer an inquiry.",
            "Elija a alguien del equipo que pueda responder una consulta.",
        )
    ]


def _set(row: Inquiry, values: Mapping[str, Any]) -> list[str]:
    """Set what differs; returns the names of the fields that did."""
    changed = []
    for name in (*SEALED, *CLEAR):
        if name in values and seal.differs(row, name, values[name] or None):
            setattr(row, name, values[name] or None)
            changed.append(name)
    return changed
