"""Names for conflict checks: writing one down, taking one out, and the check itself."""

from sqlalchemy import delete

from mexile.access.viewer import Viewer
from mexile.ground import clock, trail
from mexile.ground.db import db
from mexile.ground.errors import Invalid, NotHere, Problem
from mexile.inquiries.conflict.models import ConflictCheck, NamedPerson
from mexile.inquiries.conflict.queries import is_conflict_possible, is_conflict_possible_for, names_for
from mexile.inquiries.inquiry.queries import get_inquiry
from mexile.members.contact.queries import phone_index
from mexile.members.persecutor.queries import name_index
from mexile.members.person.queries import consent_of, get_member
from mexile.members.person.rules import CONSENT_PURPOSE, needs_consent

NEEDS_CONSENT = Problem(
    "",
    "Names are written down only after the person's consent. Read it aloud and tick it on the inquiry first.",
    "Los nombres se anotan solo después del consentimiento de la persona. Léalo en voz alta y márquelo antes "
    "en la solicitud de ayuda.",
)


def name_person(
    *, viewer: Viewer, code: str, kind: str, name: str, persecutor: str | None, phone: str | None
) -> NamedPerson:
    """Write a name down that conflict checks compare. ``phone`` in its normal form. Raises Invalid before consent."""
    inquiry = get_inquiry(viewer, code)
    if inquiry.consent_on is None:
        raise Invalid(NEEDS_CONSENT)
    named = NamedPerson(key_id=inquiry.key_id, inquiry_id=inquiry.id, member_id=inquiry.member_id)
    named.persecutor = persecutor if kind == "persecutor" else None
    return _write(viewer, named, code, kind, name, phone)


def name_for_member(*, viewer: Viewer, code: str, kind: str, name: str, phone: str | None) -> NamedPerson:
    """The same for a member, with or without an inquiry. Whom they flee from stands with their persecutors."""
    member = get_member(viewer, code)
    if consent_of(member.id, CONSENT_PURPOSE) is None:
        raise Invalid(needs_consent("name"))
    return _write(viewer, NamedPerson(key_id=member.key_id, member_id=member.id), code, kind, name, phone)


def _write(viewer: Viewer, named: NamedPerson, code: str, kind: str, name: str, phone: str | None) -> NamedPerson:
    named.kind, named.by_user_id, named.at = kind, viewer.user_id, clock.now()
    named.name, named.name_bidx = name, name_index(name)
    named.phone, named.phone_bidx = phone, phone_index(phone)
    db.session.add(named)
    db.session.flush()
    trail.record("inquiry.name", code, kind=kind)
    return named


def unname_person(*, viewer: Viewer, code: str, id: int) -> None:
    """Take a name out that was written down by mistake."""
    inquiry = get_inquiry(viewer, code)
    gone = delete(NamedPerson).where(NamedPerson.id == id, NamedPerson.inquiry_id == inquiry.id)
    if db.session.scalar(gone.returning(NamedPerson.id)) is None:
        raise NotHere(code)
    trail.record("inquiry.unname", code)


def unname_for_member(*, viewer: Viewer, code: str, id: int) -> None:
    """Take out a name of a member, as far as the viewer may know of it."""
    named_person = next((named for named in names_for(viewer, get_member(viewer, code)) if named.id == id), None)
    if named_person is None:
        raise NotHere(code)
    db.session.delete(named_person)
    db.session.flush()
    trail.record("inquiry.unname", code)


def check_member(*, viewer: Viewer, code: str) -> bool:
    """Whether a conflict is possible for a member. The trail keeps that somebody asked; nothing else is kept."""
    is_possible = is_conflict_possible_for(get_member(viewer, code))
    trail.record("inquiry.check", code)
    return is_possible


def check_conflict(*, viewer: Viewer, code: str) -> ConflictCheck:
    """Compare the names of an inquiry with all we know. Kept and shown is only whether a conflict is possible."""
    inquiry = get_inquiry(viewer, code)
    check = ConflictCheck(
        inquiry_id=inquiry.id,
        is_possible=is_conflict_possible(inquiry),
        by_user_id=viewer.user_id,
        at=clock.now(),
    )
    db.session.add(check)
    db.session.flush()
    trail.record("inquiry.check", code)
    return check
