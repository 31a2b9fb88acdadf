"""Who looked at a member: the reads in the trail that hold the member's row, by day or line by line, each with what
kind of thing was opened and whether an emergency access had opened the person to the reader."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Row, func, literal, select

from mexile.access.account.models import UserAccount
from mexile.access.viewer import Viewer
from mexile.ground import organization
from mexile.ground.db import db
from mexile.ground.trail import TrailRow
from mexile.members.emergency.models import EmergencyAccess
from mexile.members.looked.rules import kinds_of
from mexile.members.person.models import Member
from mexile.members.removal.rights import same_person

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
    lines = [_look(row, people, emergencies) for row in shown]
    return lines, rows[PAGE - 1].seq if len(rows) > PAGE else None


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
        emergency.user_id == row.actor_id and emergency.at <= row.at <= (emergency.ended_at or emergency.until_at)
        for emergency in emergencies
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


MOST_ROWS = 500
IDENTITY = {"legal_name_enc", "surnames_enc", "birth_date_enc"}
CONTACT = {"phone_enc", "email_enc", "address_enc"}


@dataclass(frozen=True)
class Looked:
    """One person of the staff on one day: how often, the last time, and what was opened."""

    on: date
    who: str
    role: str
    last_at: datetime
    times: int
    kinds: tuple[str, ...]


_Read = Row[datetime, str, bytes, str, str, str]
"""A row of the trail with the name of who read."""


def readers(viewer: Viewer, member: Member) -> list[Looked]:
    """Who opened anything sealed of this member, by day, the newest first. ``member`` comes from a
    query with rights. The newest 500 rows of the trail are looked at."""
    rows = db.session.execute(
        select(TrailRow.at, TrailRow.role, TrailRow.rids, TrailRow.subject, TrailRow.detail, UserAccount.name)
        .outerjoin(UserAccount, UserAccount.id == TrailRow.actor_id)
        .where(TrailRow.act == "read", holds(member.rid))
        .order_by(TrailRow.seq.desc())
        .limit(MOST_ROWS)
    ).all()
    zone = ZoneInfo(organization.zone())
    reads: dict[tuple[date, str, str], list[_Read]] = {}
    for row in rows:
        if member.rid in unpacked(row.rids):
            key = (row.at.astimezone(zone).date(), row.name or "", row.role)
            reads.setdefault(key, []).append(row)
    return [_looked(key, lines) for key, lines in reads.items()]


def holds(rid: bytes) -> ColumnElement[bool]:
    """The WHERE for a row whose packed ``rids`` have these bytes somewhere."""
    if db.session.get_bind().dialect.name == "sqlite":
        return func.instr(TrailRow.rids, rid) > 0
    return func.position(literal(rid).op("IN")(TrailRow.rids)) > 0


def unpacked(rids: bytes) -> set[bytes]:
    return {rids[at : at + 16] for at in range(0, len(rids), 16)}


def _looked(key: tuple[date, str, str], lines: Sequence[_Read]) -> Looked:
    on, who, role = key
    kinds: list[str] = []
    for line in lines:
        kinds.extend(kind for kind in _kinds(line) if kind not in kinds)
    return Looked(on, who, role, lines[0].at, len(lines), tuple(kinds))


def _kinds(line: _Read) -> list[str]:
    """What a read opened of one person. A row for several people says only that the name was shown."""
    if len(line.rids) > 16:
        return ["name"]
    fields = {field.partition(".")[2] for field in json.loads(line.detail or "{}").get("fields", [])}
    kinds = [kind for kind, columns in (("identity", IDENTITY), ("contact", CONTACT)) if fields & columns]
    return kinds or ["name"]
