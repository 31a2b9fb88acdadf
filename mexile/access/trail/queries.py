"""The trail as the auditor reads it: codes and kinds, never a value."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

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
    query = (
        select(TrailRow.__table__, UserAccount.name, UserAccount.code)
        .outerjoin(UserAccount, UserAccount.id == TrailRow.actor_id)
        .order_by(TrailRow.seq.desc())
        .limit(PAGE)
    )
    if before is not None:
        query = query.where(TrailRow.seq < before)
    if act:
        query = query.where(TrailRow.act.startswith(act, autoescape=True))
    if subject:
        query = query.where(TrailRow.subject.contains(subject, autoescape=True))
    if who:
        query = query.where(UserAccount.code == who)
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
