"""Which attorney covers where nobody else is left who answers: a fatal day never waits for somebody who is gone."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy import ColumnElement, and_, false, not_, or_

from mexile.access.account.queries import with_roles
from mexile.access.holding.queries import holds_role
from mexile.access.policy import ATTORNEY, DIRECTOR, WORKS
from mexile.access.viewer import Viewer
from mexile.cases.case.queries import covering
from mexile.deadlines.deadline.models import Deadline
from mexile.deadlines.deadline.queries import LINE, DeadlineLine, is_closed_deadline, lines_of

MOST = 50


def needs_cover() -> ColumnElement[bool]:
    """The WHERE on `Deadline`: a fatal one of whose two answering people one has gone, or nobody was
    named, and the other is no attorney who works here."""
    owner, second = Deadline.owner_user_id, Deadline.second_owner_user_id
    is_left = or_(
        and_(owner.is_(None), second.is_(None)),
        and_(owner.is_not(None), not_(holds_role(owner, *WORKS))),
        and_(second.is_not(None), not_(holds_role(second, *WORKS))),
    )
    return and_(Deadline.fatal, is_left, not_(holds_role(owner, ATTORNEY)), not_(holds_role(second, ATTORNEY)))


def covered_deadlines(viewer: Viewer, where: ColumnElement[bool]) -> list[DeadlineLine]:
    """The open fatal deadlines that have fallen to this attorney, of those in `where`."""
    if not viewer.is_any(ATTORNEY):
        return []
    lines = _left(viewer, where)
    attorneys = covering({line.member_id for line in lines})
    return [line for line in lines if attorneys.get(line.member_id) == viewer.user_id]


def without_attorney(viewer: Viewer) -> Sequence[DeadlineLine]:
    """The open fatal deadlines for which there is no attorney at all, the nearest first."""
    if not viewer.is_any(DIRECTOR) or with_roles(ATTORNEY):
        return []
    return _left(viewer, not_(false()))


def _left(viewer: Viewer, where: ColumnElement[bool]) -> list[DeadlineLine]:
    return lines_of(viewer, LINE.where(needs_cover(), ~is_closed_deadline(), where).limit(MOST))


def my_covered(viewer: Viewer, until: date) -> list[DeadlineLine]:
    """What has fallen to me and lies within the days of my own deadlines."""
    return covered_deadlines(viewer, or_(Deadline.due_on <= until, Deadline.internal_on <= until))
