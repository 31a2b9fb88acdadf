"""One deadline with its rule, what it said before, and what became of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select

from mexile.access.models.account import UserAccount
from mexile.access.viewer import Viewer
from mexile.cases.models.deadline import Deadline, DeadlineClosure, DeadlinePast, DeadlineReopening
from mexile.cases.models.deadline_rule import DeadlineRule
from mexile.cases.queries.deadlines import LINE, DeadlineLine, line_of, owners_of
from mexile.cases.queries.rules import RuleLine, rule_line
from mexile.ground.db import db
from mexile.ground.errors import NotHere
from mexile.members.queries.visible import visible


@dataclass(frozen=True)
class PastValues:
    """What it said until a moment, who changed it and why."""

    due_on: date
    internal_on: date | None
    why_en: str
    why_es: str
    cause: str
    until_at: datetime
    by: str


@dataclass(frozen=True)
class DeadlinePage:
    """A deadline as its own page shows it. `closure` is the one that stands."""

    line: DeadlineLine
    rule: RuleLine | None
    computed_on: date | None
    owners: dict[int, str]
    past: Sequence[PastValues]
    closure: DeadlineClosure | None
    closed_by: str | None


def deadline_page(viewer: Viewer, code: str) -> DeadlinePage:
    """The deadline with this code, open or closed, or NotHere."""
    row = db.session.execute(
        LINE.add_columns(
            Deadline.id.label("deadline_id"), Deadline.computed_on, DeadlineRule.version.label("rule_version")
        ).where(Deadline.code == code, visible(viewer))
    ).first()
    if row is None:
        raise NotHere(code)
    line = line_of(row, viewer)
    closure = db.session.scalar(
        select(DeadlineClosure).where(
            DeadlineClosure.deadline_id == row.deadline_id,
            DeadlineClosure.id.not_in(select(DeadlineReopening.closure_id)),
        )
    )
    ids = {line.owner_user_id, line.second_owner_user_id, closure.by_user_id if closure else None}
    names = owners_of({id for id in ids if id is not None})
    return DeadlinePage(
        line=line,
        rule=rule_line(line.rule_code, row.rule_version) if row.rule_version else None,
        computed_on=row.computed_on,
        owners=names,
        past=_past(row.deadline_id),
        closure=closure,
        closed_by=names.get(closure.by_user_id) if closure else None,
    )


def _past(deadline_id: int) -> list[PastValues]:
    rows = db.session.execute(
        select(
            DeadlinePast.due_on,
            DeadlinePast.internal_on,
            DeadlinePast.why_en,
            DeadlinePast.why_es,
            DeadlinePast.cause,
            DeadlinePast.until_at,
            UserAccount.name.label("by"),
        )
        .join(UserAccount, UserAccount.id == DeadlinePast.by_user_id)
        .where(DeadlinePast.deadline_id == deadline_id)
        .order_by(DeadlinePast.id.desc())
    )
    return [PastValues(*row) for row in rows]
