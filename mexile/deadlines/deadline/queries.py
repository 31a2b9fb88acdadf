"""Deadlines that stand open: for the one who answers for them, and for the docket."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Date, Select, and_, case, exists, func, or_, select

from mexile.access.policy import register_scope
from mexile.access.viewer import Viewer
from mexile.deadlines.clock.models import OneYearException, OneYearExceptionAnswer
from mexile.deadlines.deadline.models import Deadline, DeadlineClosure
from mexile.deadlines.reminder.rules import ONE_YEAR, YEAR_DAYS, alarm_of
from mexile.deadlines.rule.models import DeadlineRule, DeadlineRuleReview
from mexile.ground.db import db
from mexile.members.assignment.rights import asking_of, rights_of, rights_values, rows_of_member, visible
from mexile.members.name.queries import NAME_COLUMNS, name_of
from mexile.members.name.rules import ShownName
from mexile.members.person.models import Member

AHEAD = timedelta(days=45)
SOON = timedelta(days=7)
MOST = 50


@dataclass(frozen=True)
class DeadlineLine:
    """A deadline with whom it is for, who answers for it and why it is that day.

    `is_unreviewed`: no attorney stands for its rule, so no line of it may look settled.
    `excused_until`: the last day of a reason for filing after the year that an attorney signed,
    `date.max` while it goes on. It stands beside the line, which stays open all the same.
    """

    code: str
    member_code: str
    name: ShownName
    rule_code: str
    due_on: date
    internal_on: date | None
    fatal: bool
    why_en: str
    why_es: str
    side: str = "last_day"
    trigger_on: date | None = None
    ordered_on: date | None = None
    owner_user_id: int | None = None
    second_owner_user_id: int | None = None
    is_unreviewed: bool = True
    member_id: int = 0
    excused_until: date | None = None
    is_deadline = True

    def why(self, lang: str) -> str:
        return self.why_es if lang == "es" else self.why_en

    @property
    def is_a_limit(self) -> bool:
        """There is a last day, as against a first one or a day on which others owe us something."""
        return self.side == "last_day"

    def has_passed(self, today: date) -> bool:
        return self.is_a_limit and self.due_on < today

    @property
    def is_excused_still(self) -> bool:
        """The signed reason has no end."""
        return self.excused_until == date.max

    def days_left(self, today: date) -> int:
        """Whole days from today to the limit; less than nothing once it has passed."""
        return (self.due_on - today).days

    def acts_on(self, today: date) -> date:
        """The day under which it stands: our own target as long as that lies ahead, then the limit."""
        if self.internal_on is not None and self.internal_on >= today:
            return self.internal_on
        return self.due_on

    def target_passed(self, today: date) -> bool:
        return self.internal_on is not None and self.internal_on < today <= self.due_on

    def alarm(self, today: date) -> int | None:
        return alarm_of(self.rule_code, self.trigger_on, today)

    def state(self, today: date) -> str:
        """`now` only for a fatal day that has passed; `soon` in the last week, once our own target
        has passed, or for any other day gone by. Never `done`: that is for what somebody closed."""
        if self.due_on < today:
            return "now" if self.fatal and self.is_a_limit else "soon"
        target = self.internal_on or self.due_on
        return "soon" if target <= today + SOON else "quiet"


def is_closed_deadline() -> ColumnElement[bool]:
    """The WHERE on `Deadline`: somebody closed it and nobody opened it again."""
    return exists().where(DeadlineClosure.deadline_id == Deadline.id, DeadlineClosure.stands())


def deadline_seen(viewer: Viewer) -> ColumnElement[bool]:
    """The WHERE on `Deadline`: of a member whom the viewer may know of."""
    return visible(viewer, Deadline.member_id)


register_scope("deadline", deadline_seen)

_unreviewed = or_(
    Deadline.rule_id.is_(None),
    and_(
        DeadlineRule.verify,
        ~exists().where(DeadlineRuleReview.rule_id == Deadline.rule_id),
    ),
)

_excused_until = case(
    (
        Deadline.rule_code == ONE_YEAR,
        select(func.max(func.coalesce(OneYearException.until_on, date.max), type_=Date))
        .join(OneYearExceptionAnswer, OneYearExceptionAnswer.exception_id == OneYearException.id)
        .where(OneYearException.member_id == Deadline.member_id, OneYearExceptionAnswer.holds)
        .correlate(Deadline)
        .scalar_subquery(),
    )
)

LINE = (
    select(
        Deadline.code,
        Member.id.label("member_id"),
        Member.code.label("member_code"),
        Deadline.rule_code,
        Deadline.due_on,
        Deadline.internal_on,
        Deadline.fatal,
        Deadline.why_en,
        Deadline.why_es,
        Deadline.side,
        Deadline.trigger_on,
        Deadline.ordered_on,
        Deadline.owner_user_id,
        Deadline.second_owner_user_id,
        _unreviewed.label("is_unreviewed"),
        _excused_until.label("excused_until"),
        *NAME_COLUMNS,
    )
    .join(Member, Member.id == Deadline.member_id)
    .outerjoin(DeadlineRule, DeadlineRule.id == Deadline.rule_id)
    .order_by(Deadline.due_on, Deadline.id)
)
_FIELDS = tuple(name for name in DeadlineLine.__dataclass_fields__ if name != "name")


def is_answered_by(user_id: Any) -> ColumnElement[bool]:
    """The WHERE on `Deadline`: this person is one of those who answer for it."""
    return or_(Deadline.owner_user_id == user_id, Deadline.second_owner_user_id == user_id)


def comes_up(until: Any, alarm: Any) -> ColumnElement[bool]:
    """The WHERE on `Deadline`: its day, our own target or an alarm lies at or before `until`;
    `alarm` is ``first_alarm(today)``."""
    return or_(
        Deadline.due_on <= until,
        Deadline.internal_on <= until,
        and_(Deadline.rule_code == ONE_YEAR, Deadline.due_on <= alarm),
    )


def first_alarm(today: date) -> date:
    """A filing year that ends by this day has had its first alarm."""
    return today + timedelta(days=366 - YEAR_DAYS[0])


def lines_of(viewer: Viewer, query: Select[*tuple[Any, ...]], lastingly: bool = False) -> list[DeadlineLine]:
    """The rows of `LINE`, narrowed, as this viewer may read them; `lastingly`, without whom an
    emergency opened. One query."""
    seen = visible(asking_of(viewer, lastingly), Deadline.member_id)
    rows = db.session.execute(query.where(~is_closed_deadline(), seen))
    return [line_of(row, viewer) for row in rows]


def line_of(row: Any, viewer: Viewer) -> DeadlineLine:
    """One row of `LINE` as a line."""
    return DeadlineLine(name=name_of(row, viewer), **{name: getattr(row, name) for name in _FIELDS})


def my_deadlines(viewer: Viewer, today: date) -> Sequence[DeadlineLine]:
    """The open deadlines I answer for, up to six weeks ahead, by their day; where there are more than fit on
    a page, no fatal one is left out for others. One query."""
    mine = LINE.where(is_answered_by(viewer.user_id), comes_up(today + AHEAD, first_alarm(today)))
    fatal_first = (Deadline.fatal.desc(), Deadline.due_on, Deadline.id)
    lines = lines_of(viewer, mine.order_by(None).order_by(*fatal_first).limit(MOST))
    return sorted(lines, key=lambda line: line.due_on)


def worst_first(lines: Iterable[DeadlineLine]) -> list[DeadlineLine]:
    """What has passed by what it costs: fatal limits first, the longest gone by ahead."""
    return sorted(lines, key=lambda line: (not line.fatal, line.due_on))


def deadlines_of(viewer: Viewer, member_id: int) -> Sequence[DeadlineLine]:
    """All open deadlines of one member. One query."""
    asked = rights_values(viewer, member_id=member_id)
    return [line_of(row, viewer) for row in db.session.execute(_of_member(rights_of(viewer)), asked)]


def deadlines_of_case(viewer: Viewer, case_id: int, member_ids: Sequence[int]) -> Sequence[DeadlineLine]:
    """The open deadlines of a case, and those of its people that belong to no other. One query."""
    theirs = and_(Deadline.case_id.is_(None), Deadline.member_id.in_(member_ids))
    return lines_of(viewer, LINE.where(or_(Deadline.case_id == case_id, theirs)))


@cache
def _of_member(rights: str) -> Select[*tuple[Any, ...]]:
    """Made once for each kind of rights: every page of a member asks."""
    return LINE.where(rows_of_member(Deadline.member_id, rights), ~is_closed_deadline())
