"""What waits in the queue or could not be done: letters first, then other work. Kinds and moments only."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, func, or_, select

from mexile.access.viewer import Viewer
from mexile.ground.db import db
from mexile.ground.queue import Job

MOST = 200


@dataclass(frozen=True)
class Waiting:
    """A letter, or other work. ``at``: when it is tried next, or was given up; ``is_dead``: it is not tried again."""

    id: int
    kind: str
    is_letter: bool
    is_dead: bool
    trouble: str
    at: datetime


def is_in_trouble() -> ColumnElement[bool]:
    """The WHERE on `Job`: it failed at least once and isn't done."""
    return or_(Job.state == "dead", (Job.state == "waiting") & (Job.trouble != ""))


def in_trouble(viewer: Viewer) -> list[Waiting]:
    """What failed at least once and isn't done, what was given up first. One query; who may ask says the policy."""
    rows = db.session.execute(
        select(Job.id, Job.kind, Job.key, Job.state, Job.trouble, Job.run_at)
        .where(is_in_trouble())
        .order_by(Job.kind != "mail", Job.state, Job.run_at, Job.id)
        .limit(MOST)
    )
    return [
        Waiting(
            row.id,
            row.key.partition(":")[0] if row.kind == "mail" else row.kind,
            row.kind == "mail",
            row.state == "dead",
            row.trouble,
            row.run_at,
        )
        for row in rows
    ]


def count_in_trouble() -> int:
    return db.session.scalar(select(func.count()).select_from(Job).where(is_in_trouble())) or 0
