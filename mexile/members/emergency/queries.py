"""Emergency accesses: those that stand open, those that wait for a review."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, and_, func, or_, select, true
from sqlalchemy.orm import aliased

from mexile.access.account.models import UserAccount
from mexile.access.policy import CASEWORKER, DIRECTOR, INTAKE, register_scope
from mexile.access.viewer import Viewer
from mexile.ground import clock, organization
from mexile.ground.codes import next_code
from mexile.ground.db import db
from mexile.ground.errors import NotHere
from mexile.members.assignment.rights import emergency_stands
from mexile.members.emergency.models import EmergencyAccess, EmergencyReview
from mexile.members.person.models import Member


def next_emergency_code() -> str:
    return next_code("EA", EmergencyAccess.code)


@dataclass(frozen=True)
class OpenEmergency:
    """An access that stands: its code, whom it opens, until when."""

    code: str
    member_code: str
    until_at: datetime


@dataclass(frozen=True)
class EmergencyLine:
    """An access as who reviews it sees it in a list."""

    code: str
    member_code: str
    user_id: int
    name: str
    at: datetime
    until_at: datetime
    ended_at: datetime | None
    waits: int
    verdict: str | None
    by_name: str | None
    reviewed_at: datetime | None


def may_need(viewer: Viewer) -> bool:
    """Whether there is anybody whom the viewer doesn't see already and could have opened."""
    return viewer.is_any(CASEWORKER, INTAKE) and not viewer.sees_all_members


def emergency_seen(viewer: Viewer) -> ColumnElement[bool]:
    """The WHERE on ``EmergencyAccess``: one's own, and all for who reviews them."""
    return true() if viewer.sees_all_members else EmergencyAccess.user_id == viewer.user_id


register_scope("my_emergency", emergency_seen)

_open = (
    select(EmergencyAccess.code, Member.code.label("member_code"), EmergencyAccess.until_at)
    .join(Member, Member.id == EmergencyAccess.member_id)
    .order_by(EmergencyAccess.until_at)
)


def open_emergencies(viewer: Viewer, moment: datetime | None = None) -> Sequence[OpenEmergency]:
    """The accesses of the viewer that stand open, since ``moment``. None is asked for who can have none."""
    if not may_need(viewer):
        return []
    rows = db.session.execute(
        _open.where(EmergencyAccess.user_id == viewer.user_id, emergency_stands(clock.now(), moment))
    )
    return [OpenEmergency(*row) for row in rows]


def waiting_reviews(viewer: Viewer) -> int:
    """How many accesses of others nobody has looked at, for who reviews them."""
    if not viewer.sees_all_members:
        return 0
    reviewed = select(EmergencyReview.access_id)
    of_others = (EmergencyAccess.user_id != viewer.user_id, EmergencyAccess.waits == 0)
    return _count(*of_others, EmergencyAccess.id.not_in(reviewed))


def waiting_openings(viewer: Viewer) -> int:
    """How many wait for a director to open them, for a director."""
    return _count(*_WAITS, EmergencyAccess.user_id != viewer.user_id) if viewer.is_any(DIRECTOR) else 0


_WAITS = (EmergencyAccess.waits == 1, EmergencyAccess.ended_at.is_(None))


def waiting_of(user_id: int, member_id: int) -> str | None:
    """The code of the access to this member that this person asked for and that still waits."""
    own = (EmergencyAccess.user_id == user_id, EmergencyAccess.member_id == member_id)
    return db.session.scalar(select(EmergencyAccess.code).where(*_WAITS, *own).limit(1))


def open_code_of(user_id: int) -> str | None:
    """The code of an access of this person that stands open."""
    mine = EmergencyAccess.user_id == user_id
    return db.session.scalar(select(EmergencyAccess.code).where(mine, emergency_stands(clock.now())).limit(1))


def opened_today(user_id: int) -> int:
    """How many this person opened or asked for in the day it is at the organization; one of an hour that
    lies ahead counts, so that a clock set back gives no new day."""
    begin = datetime.combine(organization.today(), time(), ZoneInfo(organization.organization().zone))
    return _count(EmergencyAccess.user_id == user_id, EmergencyAccess.at >= begin)


def _count(*where: ColumnElement[bool]) -> int:
    return db.session.scalar(select(func.count()).select_from(EmergencyAccess).where(*where)) or 0


def get_emergency(viewer: Viewer, code: str) -> EmergencyAccess:
    """The access with this code, or NotHere."""
    emergency = db.session.scalar(select(EmergencyAccess).where(EmergencyAccess.code == code, emergency_seen(viewer)))
    if emergency is None:
        raise NotHere(code)
    return emergency


def review_of(access_id: int) -> EmergencyReview | None:
    return db.session.get(EmergencyReview, access_id)


def emergency_lines(viewer: Viewer, most: int = 100) -> Sequence[EmergencyLine]:
    """Those that wait to be opened first, then those that nobody reviewed, the oldest of them at the top; then
    the reviewed, the newest first."""
    reviewer = aliased(UserAccount)
    is_reviewed = or_(
        EmergencyReview.access_id.is_not(None), and_(EmergencyAccess.waits == 1, EmergencyAccess.ended_at.is_not(None))
    )
    rows = db.session.execute(
        select(
            EmergencyAccess.code,
            Member.code,
            EmergencyAccess.user_id,
            UserAccount.name,
            EmergencyAccess.at,
            EmergencyAccess.until_at,
            EmergencyAccess.ended_at,
            EmergencyAccess.waits,
            EmergencyReview.verdict,
            reviewer.name,
            EmergencyReview.at,
        )
        .join(Member, Member.id == EmergencyAccess.member_id)
        .join(UserAccount, UserAccount.id == EmergencyAccess.user_id)
        .outerjoin(EmergencyReview, EmergencyReview.access_id == EmergencyAccess.id)
        .outerjoin(reviewer, reviewer.id == EmergencyReview.by_user_id)
        .where(emergency_seen(viewer))
        .order_by(is_reviewed, EmergencyAccess.waits.desc(), EmergencyReview.at.desc(), EmergencyAccess.at)
        .limit(most)
    )
    return [EmergencyLine(*row) for row in rows]
