"""The trail as the auditor reads it: codes and kinds, never a value."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, func, select

from mexile.access.account.models import UserAccount
from mexile.access.viewer import Viewer
from mexile.ground.db import db
from mexile.ground.trail import TrailRow

PAGE = 50


@dataclass(frozen=True)
class TrailLine:
    """One row of the trail; `count` is how many records were read."""

    seq: int
    at: datetime
    who: str
    role: str
    act: str
    subject: str
    count: int
    detail: dict


def lines(
    viewer: Viewer, *, before: int | None = None, act: str = "", subject: str = "", who: str = ""
) -> list[TrailLine]:
    """Fifty rows, the newest first, before row `before`."""
    query = _query().limit(PAGE)
    if before is not None:
        query = query.where(TrailRow.seq < before)
    if act:
        query = query.where(TrailRow.act.startswith(act, autoescape=True))
    if subject:
        query = query.where(TrailRow.subject.contains(subject, autoescape=True))
    if who:
        query = query.where(UserAccount.code == who)
    return _lines(query)


def _query() -> Select[Any]:
    return (
        select(TrailRow.__table__, UserAccount.name, UserAccount.code)
        .outerjoin(UserAccount, UserAccount.id == TrailRow.actor_id)
        .order_by(TrailRow.seq.desc())
    )


def _lines(query: Select[Any]) -> list[TrailLine]:
    return [
        TrailLine(
            row.seq,
            row.at,
            row.name or "",
            row.role,
            row.act,
            row.subject,
            len(row.rids) // 16,
            json.loads(row.detail) if row.detail else {},
        )
        for row in db.session.execute(query)
    ]


EXPORTS = ("report.export", "gift.export", "list.export", "deadline.print", "deadline.calendar")
"""The acts by which something leaves the house, in a file or on paper."""


@dataclass(frozen=True)
class Look:
    """How many records somebody opened in one moment."""

    who: str
    code: str
    at: datetime
    count: int


def looks_since(viewer: Viewer, since: datetime) -> list[Look]:
    """What was opened since `since`, and by whom. One query; who may ask says the policy."""
    rows = db.session.execute(
        select(UserAccount.name, UserAccount.code, TrailRow.at, func.length(TrailRow.rids))
        .join(UserAccount, UserAccount.id == TrailRow.actor_id)
        .where(TrailRow.at >= since, func.length(TrailRow.rids) > 0)
    )
    return [Look(name, code, at, length // 16) for name, code, at, length in rows]


def exports_since(viewer: Viewer, since: datetime, most: int) -> list[TrailLine]:
    """What left the house since `since`, the newest first. One query."""
    return _lines(_query().where(TrailRow.at >= since, TrailRow.act.in_(EXPORTS)).limit(most))
