"""Writing a member down, changing what is written, closing and opening again."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from mexile.access.rules import name_act
from mexile.access.viewer import Viewer
from mexile.ground import clock, organization, seal, trail
from mexile.ground.db import db
from mexile.ground.errors import Conflict, Invalid, Problem
from mexile.members.assignment.models import Assignment
from mexile.members.consent.models import Consent
from mexile.members.contact.queries import phone_index
from mexile.members.detail.models import MemberANumber
from mexile.members.detail.queries import a_number_index
from mexile.members.household.queries import household_age_problems
from mexile.members.person.models import Member
from mexile.members.person.queries import closure_of, consent_of, get_member, next_member_code
from mexile.members.person.rules import CONSENT_PURPOSE, Born, consent_problems, day_problems
from mexile.members.status.actions import end_pause
from mexile.members.status.models import MemberClosure, MemberReopening

name_act("member.create", "Recorded a member", "Registró a una persona")
name_act("member.edit", "Changed a member's record", "Cambió un registro")
name_act("member.close", "Closed a member", "Cerró un registro")
name_act("member.reopen", "Opened a member again", "Reabrió un registro")


SEALED = ("alias", "legal_name", "surnames", "preferred_name", "birth_date", "phone", "email", "address", "safe_note")
CLEAR = ("pronoun", "gender", "nationality", "origin_state", "language", "profile", "safe_contact", "arrived_on")


@dataclass(frozen=True)
class ConsentGiven:
    """The person agreed on this day to the words of this version."""

    version: str
    on: date


def create_member(*, viewer: Viewer, key_id: bytes, values: Mapping[str, Any], consent: ConsentGiven | None) -> Member:
    """Add a member. ``values`` as the intake form gives them; ``key_id``: a new data key,
    made before the transaction began.

    Who wrote the person down and doesn't see everybody is assigned to them from now on.
    Raises Invalid when something identifying comes without consent or a day can't be.
    """
    today = organization.today()
    problems = day_problems(_with_day(values, consent), today) + consent_problems(values, consent is not None)
    if problems:
        raise Invalid(problems)
    member = Member(key_id=key_id, code=next_member_code(), joined_on=today)
    _set(member, values)
    db.session.add(member)
    db.session.flush()
    if consent:
        _keep_consent(viewer, member, consent)
    if values.get("a_number"):
        _keep_a_number(member, values["a_number"])
    if not viewer.sees_all_members:
        db.session.add(
            Assignment(member_id=member.id, user_id=viewer.user_id, from_at=clock.now(), reason_from="intake")
        )
    db.session.flush()
    trail.record("member.create", member.code, consent=consent.version if consent else None)
    return member


def edit_member(
    *, viewer: Viewer, code: str, version: int, values: Mapping[str, Any], consent: ConsentGiven | None = None
) -> Member:
    """Change what is written of a member. Only what differs is written, and the trail names the fields.

    Raises Conflict when the record changed after ``version`` was shown, so that nobody's words
    are silently lost.
    """
    member = get_member(viewer, code)
    if member.version != version:
        raise Conflict(STALE)
    held = consent_of(member.id, CONSENT_PURPOSE) is not None
    problems = day_problems(_with_day(values, consent), organization.today())
    problems += consent_problems(values, held or consent is not None)
    if not problems and (values.get("birth_date") or values.get("birth_year")):
        problems += household_age_problems(member, Born(values.get("birth_date"), values.get("birth_year")))
    if problems:
        raise Invalid(problems)
    changed = _set(member, values)
    if consent and not held:
        _keep_consent(viewer, member, consent)
    if changed:
        db.session.flush()
        trail.record("member.edit", code, fields=changed)
    return member


def _with_day(values: Mapping[str, Any], consent: ConsentGiven | None) -> dict[str, Any]:
    return {**values, "consent_on": consent.on if consent else None}


STALE = Problem(
    "",
    "Somebody else changed this record while you were writing. Nothing is lost: compare both and save again.",
    "Otra persona cambió este registro mientras usted escribía. No se perdió nada: compare ambas versiones "
    "y guarde de nuevo.",
)


def stored_values(values: Mapping[str, Any]) -> dict[str, Any]:
    """The form's values as the row keeps them: one legal name, the day of birth as text, its year clear."""
    given, surnames = values.get("given_names") or "", values.get("surnames") or ""
    stored = {name: values.get(name) or None for name in (*SEALED, *CLEAR) if name in values}
    if "given_names" in values or "surnames" in values:
        stored["legal_name"] = " ".join(part for part in (given, surnames) if part) or None
        stored["surnames"] = surnames or None
    if "birth_date" in values or "birth_year" in values:
        born = values.get("birth_date")
        stored["birth_date"] = born.isoformat() if born else None
        stored["birth_year"] = born.year if born else values.get("birth_year") or None
    return stored


def _set(member: Member, values: Mapping[str, Any]) -> list[str]:
    """Set what differs; returns the names of the fields that did."""
    changed = []
    stored = stored_values(values)
    if stored.get("birth_date") is None and member.birth_date_enc and not seal.looked_at(member, "birth_date"):
        stored.pop("birth_year", None)  # the day is damaged: its year stays too
    for name, value in stored.items():
        if seal.differs(member, name, value):
            setattr(member, name, value)
            changed.append(name)
    if "phone" in changed:
        member.phone_bidx = phone_index(values.get("phone"))
    return changed


def _keep_a_number(member: Member, number: str) -> None:
    """The nine digits of an A-number, given at intake; others are written under the person's details."""
    row = MemberANumber(member_id=member.id, key_id=member.key_id)
    row.number, row.number_bidx = number, a_number_index(number)
    db.session.add(row)


def _keep_consent(viewer: Viewer, member: Member, consent: ConsentGiven) -> None:
    db.session.add(
        Consent(
            member_id=member.id,
            purpose=CONSENT_PURPOSE,
            version=consent.version,
            given_on=consent.on,
            by_user_id=viewer.user_id,
            at=clock.now(),
        )
    )
    trail.record("consent.give", member.code, purpose=CONSENT_PURPOSE, version=consent.version)


def close_member(*, viewer: Viewer, code: str, reason: str) -> MemberClosure:
    """We no longer accompany this person. Who accompanies them stays until released; a pause ends."""
    member = get_member(viewer, code)
    if closure_of(member.id):
        raise Conflict(Problem("", "This member is closed already.", "Este registro ya está cerrado."))
    end_pause(viewer, member.id)
    closure = MemberClosure(member_id=member.id, by_user_id=viewer.user_id, at=clock.now(), reason=reason)
    db.session.add(closure)
    db.session.flush()
    trail.record("member.close", code, reason=reason)
    return closure


def reopen_member(*, viewer: Viewer, code: str) -> None:
    """The person came back, or the closure was a mistake."""
    member = get_member(viewer, code)
    closure = closure_of(member.id)
    if closure is None:
        raise Conflict(Problem("", "This member is open.", "Este registro está abierto."))
    db.session.add(MemberReopening(closure_id=closure.id, by_user_id=viewer.user_id, at=clock.now()))
    db.session.flush()
    trail.record("member.reopen", code)
