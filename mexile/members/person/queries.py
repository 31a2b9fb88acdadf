"""One member and what stands beside one: who is assigned, closure, consent, who looked."""

from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import bindparam, exists, select

from mexile.access.account.models import UserAccount
from mexile.access.viewer import Viewer
from mexile.ground import clock
from mexile.ground.codes import next_code
from mexile.ground.db import db
from mexile.ground.errors import Merged, NotHere, Problem, Removed
from mexile.members.assignment.models import Assignment
from mexile.members.assignment.rights import lastingly_visible, rights_of, rights_values, rows_of_member, visible
from mexile.members.consent.models import Consent
from mexile.members.person.models import Member
from mexile.members.removal.rights import id_of_code, kept_id, tombstone_of
from mexile.members.status.models import MemberClosure


def next_member_code() -> str:
    return next_code("ME", Member.code)


@dataclass(frozen=True)
class Companion:
    """Somebody of the staff who is assigned to a member, or was."""

    id: int
    user_id: int
    name: str
    from_at: datetime
    to_at: datetime | None
    reason_from: str
    reason_to: str | None

    @property
    def is_current(self) -> bool:
        return self.to_at is None or self.to_at > clock.now()


def get_member(viewer: Viewer, code: str) -> Member:
    """The member with this code, or NotHere: also when the viewer may not know of the person.
    Merged says where the record went, Removed that there is none any more, each within the viewer's rights."""
    member = db.session.scalar(_by_code(rights_of(viewer)), rights_values(viewer, code=code))
    if member is None:
        raise _why_not(viewer, code)
    return member


@cache
def _by_code(rights: str) -> Any:
    """Made once for each kind of rights: every page of a member begins with it."""
    return select(Member).where(Member.code == bindparam("code"), visible(rights))


def get_lasting_member(viewer: Viewer, code: str) -> Member:
    """The member with this code whom the viewer may know of beyond an emergency, or NotHere."""
    member = db.session.scalar(select(Member).where(Member.code == code, lastingly_visible(viewer)))
    if member is None:
        raise _why_not(viewer, code)
    return member


def member_code_of(member_id: int) -> str:
    """The public code of a row that is known to be there."""
    return db.session.scalars(select(Member.code).where(Member.id == member_id)).one()


def _why_not(viewer: Viewer, code: str) -> NotHere:
    id = id_of_code(code)
    if id is None:
        return NotHere(code)
    tombstone = tombstone_of(id)
    if tombstone:
        return Removed(code, tombstone.at) if viewer.sees_all_members else NotHere(code)
    onward = kept_id(id)
    kept = db.session.scalar(select(Member.code).where(Member.id == onward, visible(viewer))) if onward != id else None
    return Merged(code, kept) if kept else NotHere(code)


def companions(viewer: Viewer, member_id: int) -> list[Companion]:
    """Who is assigned to the member, the current first, then those who were."""
    values = rights_values(viewer, member_id=member_id)
    return [Companion(*row) for row in db.session.connection().execute(_companions(rights_of(viewer)), values)]


@cache
def _companions(rights: str) -> Any:
    return (
        select(
            Assignment.id,
            Assignment.user_id,
            UserAccount.name,
            Assignment.from_at,
            Assignment.to_at,
            Assignment.reason_from,
            Assignment.reason_to,
        )
        .join(UserAccount, UserAccount.id == Assignment.user_id)
        .where(rows_of_member(Assignment.member_id, rights))
        .order_by(Assignment.to_at.desc().nulls_first(), Assignment.from_at)
    )


def closure_of(member_id: int) -> MemberClosure | None:
    """The closure that stands, if the member is closed."""
    return db.session.scalar(
        select(MemberClosure)
        .where(MemberClosure.member_id == member_id, MemberClosure.stands())
        .order_by(MemberClosure.id.desc())
        .limit(1)
    )


def consent_of(member_id: int, purpose: str) -> Consent | None:
    """The newest consent of the member for a purpose that was not taken back."""
    return db.session.scalar(_standing_consent(member_id, purpose))


def _standing_consent(member_id: int, purpose: str) -> Any:
    return (
        select(Consent)
        .where(Consent.member_id == member_id, Consent.purpose == purpose, Consent.stands())
        .order_by(Consent.id.desc())
        .limit(1)
    )


def missing() -> list[Problem]:
    """Nobody is accompanied yet."""
    return [] if db.session.scalar(select(exists().where(Member.id.is_not(None)))) else [NOBODY]


NOBODY = Problem("member", "Nobody is a member yet.", "Todavía no hay ninguna persona integrante.")
