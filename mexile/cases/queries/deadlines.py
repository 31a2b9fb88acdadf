"""Deadlines that stand open, for the one who answers for them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import select

from mexile.access.viewer import Viewer
from mexile.cases.models.deadline import Deadline, DeadlineClosure
from mexile.ground.db import db
from mexile.members.models.member import Member
from mexile.members.queries.names import NAME_COLUMNS, name_of
from mexile.members.queries.visible import visible
from mexile.members.rules.names import ShownName

AHEAD = timedelta(days=45)


@dataclass(frozen=True)
class DeadlineLine:
    """A deadline with whom it is for and why it is that day."""

    code: str
    member_code: str
    name: ShownName
    rule_code: str
    due_on: date
    internal_on: date | None
    fatal: bool
    why_en: str
    why_es: str

    def why(self, lang: str) -> str:
        return self.why_es if lang == "es" else self.why_en

    def state(self, today: date) -> str:
        """`now` only for a fatal day that has passed; `soon` in the last week, once our
        own target has passed, or for any other day gone by."""
        if self.due_on < today:
            return "now" if self.fatal else "soon"
        target = self.internal_on or self.due_on
        return "soon" if target <= today + timedelta(days=7) else "quiet"


def my_deadlines(viewer: Viewer, today: date) -> Sequence[DeadlineLine]:
    """The open deadlines I answer for, past ones first, up to six weeks ahead. One query."""
    rows = db.session.execute(
        select(
            Deadline.code,
            Member.code.label("member_code"),
            Deadline.rule_code,
            Deadline.due_on,
            Deadline.internal_on,
            Deadline.fatal,
            Deadline.why_en,
            Deadline.why_es,
            *NAME_COLUMNS,
        )
        .join(Member, Member.id == Deadline.member_id)
        .where(
            Deadline.owner_user_id == viewer.user_id,
            Deadline.due_on <= today + AHEAD,
            Deadline.id.not_in(select(DeadlineClosure.deadline_id)),
            visible(viewer),
        )
        .order_by(Deadline.due_on, Deadline.id)
        .limit(50)
    )
    return [
        DeadlineLine(
            row.code,
            row.member_code,
            name_of(row, viewer),
            row.rule_code,
            row.due_on,
            row.internal_on,
            row.fatal,
            row.why_en,
            row.why_es,
        )
        for row in rows
    ]
