"""Writing an inquiry down, changing what is written, and taking it: it becomes a member."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select, update

from mexile.access.account.queries import with_roles
from mexile.access.holding.kinds import register_holding
from mexile.access.policy import ATTORNEY, INQUIRES
from mexile.access.viewer import Viewer
from mexile.arrivals.models import ArrivalParty
from mexile.arrivals.queries import party_seen
from mexile.cases.case.actions import open_case
from mexile.ground import clock, organization, seal, trail
from mexile.ground.db import db
from mexile.ground.errors import Conflict, Invalid, NotHere, Problem
from mexile.inquiries.conflict.models import NamedPerson
from mexile.inquiries.conversation.models import Conversation
from mexile.inquiries.decision.actions import IS_MEMBER
from mexile.inquiries.decision.models import Answer
from mexile.inquiries.decision.rules import TAKEN
from mexile.inquiries.inquiry.models import Inquiry
from mexile.inquiries.inquiry.queries import get_inquiry, next_inquiry_code, standing_decision, was_talked_with
from mexile.inquiries.inquiry.rules import inquiry_problems
from mexile.inquiries.waiting.queries import held_inquiries
from mexile.inquiries.waiting.rules import due_on, status
from mexile.members.assignment.actions import assign_member, open_assignment
from mexile.members.person.actions import STALE, ConsentGiven, create_member
from mexile.members.person.models import Member
from mexile.members.person.rules import consent_problems
from mexile.members.status.rules import Status

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
    if arrival_party_id is not None:
        _need_party(viewer, arrival_party_id)
    inquiry = Inquiry(
        key_id=key_id,
        code=next_inquiry_code(),
        by_user_id=viewer.user_id,
        at=clock.now(),
        arrival_party_id=arrival_party_id,
    )
    _set(inquiry, whole)
    db.session.add(inquiry)
    db.session.flush()
    trail.record("inquiry.open", inquiry.code, consent=inquiry.consent_version, answers=inquiry.answers_user_id)
    return inquiry


def _need_party(viewer: Viewer, arrival_party_id: int) -> None:
    if (
        db.session.scalar(select(ArrivalParty.id).where(ArrivalParty.id == arrival_party_id, party_seen(viewer)))
        is None
    ):
        raise NotHere("arrival")


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
    completed = dict(values)
    completed["asked_on"] = completed.get("asked_on") or organization.today()
    completed["answers_user_id"] = completed.get("answers_user_id") or viewer.user_id
    completed["answer_due_on"] = completed.get("answer_due_on") or due_on(
        completed["asked_on"], completed.get("urgency")
    )
    if completed.get("state") and not completed.get("country"):
        completed["country"] = "MX"
    return completed


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
            "Elija a alguien del equipo que pueda responder una solicitud de ayuda.",
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


NOT_TALKED = Problem(
    "",
    "Nobody has talked with this person yet. Write the first conversation down; then they can become a member.",
    "Todavía nadie ha hablado con esta persona. Anote la primera conversación; después puede ser integrante.",
)
NOT_TAKEN = Problem(
    "",
    "The attorney has not decided to take this inquiry.",
    "La abogada o el abogado no ha decidido tomar esta solicitud de ayuda.",
)


def take(*, viewer: Viewer, code: str, consent: ConsentGiven | None, posture: str = "pre_filing") -> Member:
    """Make a member of an inquiry that we represent or accompany, under the same key, so that the person
    keeps alias, safe way and all that was written, and is removed as one. Whom we represent gets a case,
    answered for by the attorney who decided; ``posture``: where it stands today.

    Consent comes first: the one given in the inquiry, or ``consent``. Who answers the inquiry is assigned to the
    member from now on, or whoever takes it where that person has gone. Raises Conflict when it isn't ours to take,
    when nobody talked with the person yet, or when they are a member already.
    """
    inquiry = get_inquiry(viewer, code)
    stands = standing_decision(inquiry.id)
    if inquiry.member_id is not None:
        raise Conflict(IS_MEMBER)
    if stands is None or stands.decision not in TAKEN:
        raise Conflict(NOT_TAKEN)
    if not Status(status(was_talked_with(inquiry), stands.decision, False)).may_become("member"):
        raise Conflict(NOT_TALKED)
    if inquiry.consent_on and inquiry.consent_version:
        consent = ConsentGiven(inquiry.consent_version, inquiry.consent_on)
    if consent is None:
        raise Invalid(consent_problems({"phone": True}, False))
    values = {
        "alias": seal.looked_at(inquiry, "alias") or inquiry.code,
        "safe_contact": inquiry.safe_contact,
        "safe_note": seal.looked_at(inquiry, "answer"),
        "nationality": inquiry.country,
        "origin_state": inquiry.state,
        "language": inquiry.language,
        "profile": inquiry.profile,
    }
    member = create_member(viewer=viewer, key_id=inquiry.key_id, values=values, consent=consent)
    inquiry.consent_version, inquiry.consent_on = consent.version, consent.on
    inquiry.member_id = member.id
    for table in (Conversation, NamedPerson, Answer):
        db.session.execute(update(table).where(table.inquiry_id == inquiry.id).values(member_id=member.id))
    db.session.flush()
    beside = (
        inquiry.answers_user_id
        if inquiry.answers_user_id in {id for id, _ in with_roles(*INQUIRES)}
        else viewer.user_id
    )
    if open_assignment(member.id, beside) is None:
        assign_member(viewer=viewer, code=member.code, user_id=beside, reason="intake")
    if stands.decision == "represent":
        _open_case(viewer, member, stands.by_user_id, posture)
    trail.record("inquiry.take", [code, member.code], days=(organization.today() - inquiry.asked_on).days)
    return member


def _open_case(viewer: Viewer, member: Member, decided_by: int, posture: str) -> None:
    """An attorney who left since answers for no case: it waits for another."""
    attorney = decided_by if decided_by in {id for id, _ in with_roles(ATTORNEY)} else None
    values = {"kind": "asylum", "posture": posture, "attorney_user_id": attorney}
    open_case(viewer=viewer, member_code=member.code, values=values)
