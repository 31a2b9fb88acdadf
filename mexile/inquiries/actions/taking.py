"""From an inquiry that we take to a member."""

from sqlalchemy import update

from mexile.access.policy import INQUIRES
from mexile.access.queries.people import with_roles
from mexile.access.roles import ATTORNEY
from mexile.access.viewer import Viewer
from mexile.cases.actions.cases import open_case
from mexile.ground import organization, seal, trail
from mexile.ground.db import db
from mexile.ground.errors import Conflict, Invalid, Problem
from mexile.inquiries.actions.decision import IS_MEMBER
from mexile.inquiries.models.conflict import NamedPerson
from mexile.inquiries.models.conversation import Conversation
from mexile.inquiries.models.decision import Answer
from mexile.inquiries.queries.inquiry import get_inquiry, standing_decision, was_talked_with
from mexile.inquiries.rules.deciding import TAKEN
from mexile.inquiries.rules.waiting import status
from mexile.members.actions.assignment import assign_member, open_assignment
from mexile.members.actions.member import ConsentGiven, create_member
from mexile.members.models.member import Member
from mexile.members.rules.person import consent_problems
from mexile.members.rules.status import Status

NOT_TALKED = Problem(
    "",
    "Nobody has talked with this person yet. Write the first conversation down; then they can become a member.",
    "Todavía nadie ha hablado con esta persona. Anote la primera conversación; después puede ser integrante.",
)
NOT_TAKEN = Problem(
    "",
    "The attorney has not decided to take this inquiry.",
    "La abogada o el abogado no ha decidido tomar esta consulta.",
)


def take(*, viewer: Viewer, code: str, consent: ConsentGiven | None, posture: str = "pre_filing") -> Member:
    """Make a member of an inquiry that we represent or accompany, under the same key, so that the person
    keeps alias, safe way and all that was written, and is removed as one. Whom we represent gets a case,
    answered for by the attorney who decided; ``posture``: where it stands today.

    Consent comes first: the one given in the inquiry, or ``consent``. Who answers the inquiry walks with
    the member from now on, or whoever takes it where that person has gone. Raises Conflict when it isn't ours to take, when nobody talked with the person
    yet, or when they are a member already.
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
    made = create_member(viewer=viewer, key_id=inquiry.key_id, values=values, consent=consent)
    inquiry.consent_version, inquiry.consent_on = consent.version, consent.on
    inquiry.member_id = made.id
    for table in (Conversation, NamedPerson, Answer):
        db.session.execute(update(table).where(table.inquiry_id == inquiry.id).values(member_id=made.id))
    db.session.flush()
    beside = (
        inquiry.answers_user_id
        if inquiry.answers_user_id in {id for id, _ in with_roles(*INQUIRES)}
        else viewer.user_id
    )
    if open_assignment(made.id, beside) is None:
        assign_member(viewer=viewer, code=made.code, user_id=beside, reason="intake")
    if stands.decision == "represent":
        _open_case(viewer, made, stands.by_user_id, posture)
    trail.record("inquiry.take", [code, made.code], days=(organization.today() - inquiry.asked_on).days)
    return made


def _open_case(viewer: Viewer, member: Member, decided_by: int, posture: str) -> None:
    """An attorney who left since answers for no case: it waits for another."""
    attorney = decided_by if decided_by in {id for id, _ in with_roles(ATTORNEY)} else None
    values = {"kind": "asylum", "posture": posture, "attorney_user_id": attorney}
    open_case(viewer=viewer, member_code=member.code, values=values)
