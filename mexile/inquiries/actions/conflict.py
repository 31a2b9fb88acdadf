"""Names for conflict checks: writing one down, taking one out, and the check itself."""

from sqlalchemy import delete

from mexile.access.viewer import Viewer
from mexile.ground import clock, trail
from mexile.ground.db import db
from mexile.ground.errors import Invalid, NotHere, Problem
from mexile.inquiries.models.conflict import ConflictCheck, NamedPerson
from mexile.inquiries.queries.conflict import is_conflict_possible
from mexile.inquiries.queries.inquiry import get_inquiry
from mexile.members.actions.member import phone_index
from mexile.members.queries.persecutors import name_index

NEEDS_CONSENT = Problem(
    "",
    "Names are written down only after the person's consent. Read it aloud and tick it on the inquiry first.",
    "Los nombres se anotan solo después del consentimiento de la persona. Léalo en voz alta y márquelo antes "
    "en la consulta.",
)


def name_person(
    *, viewer: Viewer, code: str, kind: str, name: str, persecutor: str | None, phone: str | None
) -> NamedPerson:
    """Write a name down that conflict checks compare. ``phone`` in its normal form. Raises Invalid before consent."""
    inquiry = get_inquiry(viewer, code)
    if inquiry.consent_on is None:
        raise Invalid(NEEDS_CONSENT)
    made = NamedPerson(
        key_id=inquiry.key_id,
        inquiry_id=inquiry.id,
        member_id=inquiry.member_id,
        kind=kind,
        persecutor=persecutor if kind == "persecutor" else None,
        name=name,
        name_bidx=name_index(name),
        phone=phone,
        phone_bidx=phone_index(phone),
        by_user_id=viewer.user_id,
        at=clock.now(),
    )
    db.session.add(made)
    db.session.flush()
    trail.record("inquiry.name", code, kind=kind)
    return made


def unname_person(*, viewer: Viewer, code: str, id: int) -> None:
    """Take a name out that was written down by mistake."""
    inquiry = get_inquiry(viewer, code)
    gone = db.session.execute(delete(NamedPerson).where(NamedPerson.id == id, NamedPerson.inquiry_id == inquiry.id))
    if not gone.rowcount:
        raise NotHere(code)
    trail.record("inquiry.unname", code)


def check_conflict(*, viewer: Viewer, code: str) -> ConflictCheck:
    """Compare the names of an inquiry with all we know. Kept and shown is only whether a conflict is possible."""
    inquiry = get_inquiry(viewer, code)
    made = ConflictCheck(
        inquiry_id=inquiry.id,
        is_possible=is_conflict_possible(inquiry),
        by_user_id=viewer.user_id,
        at=clock.now(),
    )
    db.session.add(made)
    db.session.flush()
    trail.record("inquiry.check", code)
    return made
