"""Every read of one member, line by line: by whom, when, what kind of thing was opened, and whether an
emergency had opened the person to them."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import select

from mexile.access.models import UserAccount
from mexile.access.viewer import Viewer
from mexile.ground import organization
from mexile.ground.db import db
from mexile.ground.trail import TrailRow
from mexile.members.models.emergency import EmergencyAccess
from mexile.members.models.member import Member
from mexile.members.queries.gone import same_person
from mexile.members.queries.readers import holds, unpacked
from mexile.members.rules.looking import kinds_of

PAGE = 50


@dataclass(frozen=True)
class Look:
    """One page that somebody opened on which this member stood."""

    seq: int
    at: datetime
    who: str
    code: str
    role: str
    kinds: tuple[str, ...]
    is_emergency: bool


def looks(
    viewer: Viewer, member: Member, *, who: str = "", on: date | None = None, before: int | None = None
) -> tuple[Sequence[Look], int | None]:
    """Fifty reads of the member, the newest first, and the number before which the next page goes on; by the
    person with the code ``who`` and of the day ``on``. Four queries. ``member`` comes from a query with rights."""
    query = (
        select(
            TrailRow.seq,
            TrailRow.at,
            TrailRow.role,
            TrailRow.rids,
            TrailRow.detail,
            TrailRow.actor_id,
            UserAccount.name,
            UserAccount.code,
        )
        .outerjoin(UserAccount, UserAccount.id == TrailRow.actor_id)
        .where(TrailRow.act == "read", holds(member.rid))
        .order_by(TrailRow.seq.desc())
        .limit(PAGE + 1)
    )
    if who:
        query = query.where(UserAccount.code == who)
    if on:
        zone = ZoneInfo(organization.zone())
        query = query.where(
            TrailRow.at >= datetime.combine(on, time(), zone),
            TrailRow.at < datetime.combine(on + timedelta(days=1), time(), zone),
        )
    if before is not None:
        query = query.where(TrailRow.seq < before)
    rows = db.session.execute(query).all()
    shown = [row for row in rows[:PAGE] if member.rid in unpacked(row.rids)]
    people, emergencies = _members_among(shown), _emergencies(member)
    found = [_look(row, people, emergencies) for row in shown]
    return found, rows[PAGE - 1].seq if len(rows) > PAGE else None


def who_looked(member: Member) -> list[tuple[str, str]]:
    """(code, name) of everybody of the staff who ever read this member."""
    rows = db.session.execute(
        select(UserAccount.code, UserAccount.name)
        .where(UserAccount.id.in_(select(TrailRow.actor_id).where(TrailRow.act == "read", holds(member.rid))))
        .order_by(UserAccount.name)
    )
    return [(row.code, row.name) for row in rows]


def _members_among(rows: Sequence[Any]) -> set[bytes]:
    """Which of the rows read are members: with more than one of them on a page it is known of each only that
    the name was shown."""
    rids = {rid for row in rows for rid in unpacked(row.rids)}
    return set(db.session.scalars(select(Member.rid).where(Member.rid.in_(rids)))) if rids else set()


def _emergencies(member: Member) -> Sequence[Any]:
    row = EmergencyAccess
    return db.session.execute(
        select(row.user_id, row.at, row.until_at, row.ended_at).where(row.member_id.in_(same_person(member.id)))
    ).all()


def _look(row: Any, people: set[bytes], emergencies: Sequence[Any]) -> Look:
    alone = len(unpacked(row.rids) & people) == 1
    fields = json.loads(row.detail or "{}").get("fields", [])
    in_emergency = any(
        one.user_id == row.actor_id and one.at <= row.at <= (one.ended_at or one.until_at) for one in emergencies
    )
    return Look(
        row.seq,
        row.at,
        row.name or "",
        row.code or "",
        row.role,
        kinds_of(fields) if alone else ("name",),
        in_emergency,
    )
