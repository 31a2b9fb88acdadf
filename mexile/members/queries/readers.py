"""Who looked at a member: the reads in the trail that hold the member's row."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Row, func, literal, select

from mexile.access.models import UserAccount
from mexile.access.viewer import Viewer
from mexile.ground import organization
from mexile.ground.db import db
from mexile.ground.trail import TrailRow
from mexile.members.models.member import Member

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
    found: dict[tuple[date, str, str], list[_Read]] = {}
    for row in rows:
        if member.rid in unpacked(row.rids):
            key = (row.at.astimezone(zone).date(), row.name or "", row.role)
            found.setdefault(key, []).append(row)
    return [_looked(key, lines) for key, lines in found.items()]


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
    found = [kind for kind, of in (("identity", IDENTITY), ("contact", CONTACT)) if fields & of]
    return found or ["name"]
