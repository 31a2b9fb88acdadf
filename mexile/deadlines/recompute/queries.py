"""What reckoning anew would change: the open deadlines, by the rules, closings, clocks and triggers of now."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, and_, false, func, or_, select

from mexile.access.account.models import UserAccount
from mexile.access.viewer import Viewer
from mexile.cases.event.models import Event
from mexile.deadlines.clock.queries import segments_of_all
from mexile.deadlines.clock.rules import Segment, read_clock
from mexile.deadlines.closing.rules import OpenDays
from mexile.deadlines.deadline.models import Deadline
from mexile.deadlines.deadline.queries import is_closed_deadline
from mexile.deadlines.deadline.rules import reckon
from mexile.deadlines.recompute.models import Recompute, RecomputeAnswer, RecomputeLine
from mexile.deadlines.recompute.rules import Recomputed, differs, reckoned, stopped, trigger_now, unbound
from mexile.deadlines.reminder.rules import ONE_YEAR
from mexile.deadlines.rule.models import DeadlineRule
from mexile.deadlines.rule.queries import binding, open_days, rules_of
from mexile.deadlines.rule.rules import Rule
from mexile.ground.db import db
from mexile.ground.errors import Invalid, NotHere
from mexile.members.assignment.rights import rights_of, rights_values, visible
from mexile.members.person.models import Member

_by_clock = Deadline.rule_id.in_(select(DeadlineRule.id).where(DeadlineRule.unit == "clock_day"))


def touched(cause: str, subject: str) -> ColumnElement[bool]:
    """The WHERE on `Deadline`: open, reckoned by a rule, and within reach of what changed."""
    where = and_(Deadline.trigger_on.is_not(None), ~is_closed_deadline())
    if cause == "rule":
        return and_(where, Deadline.rule_code == subject)
    if cause == "clock":
        member = select(Member.id).where(Member.code == subject).scalar_subquery()
        return and_(where, Deadline.member_id == member) if subject else and_(where, _by_clock)
    return where


def count_touched(cause: str, subject: str) -> int:
    return db.session.scalar(select(func.count()).select_from(Deadline).where(touched(cause, subject))) or 0


@dataclass(frozen=True)
class Look:
    """What a look at some deadlines found: those that would change, and the id of the last that was looked at; None
    where there was none left."""

    lines: Sequence[Recomputed]
    last_id: int | None


def look_again(cause: str, subject: str, *, after_id: int = 0, most: int = 1_000_000) -> Look:
    """Which of these deadlines would change: those behind the id ``after_id``, at most so many. Five queries,
    however many they are."""
    table = Deadline.__table__.c
    rows = db.session.execute(
        select(
            table.id,
            table.member_id,
            table.rule_code,
            table.rule_id,
            table.trigger_on,
            table.due_on,
            table.internal_on,
            table.ordered_on,
            table.why_en,
            Event.on.label("event_on"),
            Event.precision,
            Member.arrived_on,
        )
        .join(Member, Member.id == table.member_id)
        .outerjoin(Event, Event.id == table.event_id)
        .where(touched(cause, subject), table.id > after_id)
        .order_by(table.id)
        .limit(most)
    ).all()
    rules, offices = rules_of(*{row.rule_code for row in rows}), open_days()
    clocks = segments_of_all({row.member_id for row in rows}) if len(rows) < 500 else segments_of_all()
    lines = (_recomputed(row, rules, offices, clocks.get(row.member_id, ())) for row in rows)
    return Look([line for line in lines if line is not None], rows[-1].id if rows else None)


def _recomputed(row: Any, rules: Sequence[Rule], offices: OpenDays, segments: Sequence[Segment]) -> Recomputed | None:
    """The line of one deadline; None where it stays as it is."""
    trigger = trigger_now(row)
    rule = binding(rules, row.rule_code, trigger)
    if rule is None:
        return unbound(row, trigger) if row.rule_id is not None else None
    try:
        reckoning = reckon(rule, trigger, offices, segments=segments, ordered_on=row.ordered_on)
    except Invalid:
        return stopped(row, trigger, rule)
    return reckoned(row, reckoning) if differs(row, reckoning) else None


def moved(viewer: Viewer) -> tuple[int, int]:
    """How many open deadlines stand on a day that was changed since (a hearing moved, an arrival mended),
    and how many on a clock that reaches their day on another one by now, or no more. Two queries; a
    stretch that stops nothing moves nothing."""
    rows = db.session.connection().execute(_in_question(rights_of(viewer)), rights_values(viewer)).all()
    timed = [row for row in rows if row.unit == "clock_day"]
    clocks = segments_of_all({row.member_id for row in timed}) if timed else {}
    return (
        sum(row.is_moved for row in rows),
        sum(_reaches(row, _then(row)) != _reaches(row, clocks.get(row.member_id, ())) for row in timed),
    )


@cache
def _in_question(rights: str) -> Any:
    """Made once for each kind of rights: every docket asks."""
    is_moved = func.coalesce(
        or_(
            and_(Event.on != Deadline.trigger_on, Event.precision.in_(("exact", "day"))),
            and_(Deadline.rule_code == ONE_YEAR, Member.arrived_on != Deadline.trigger_on),
        ),
        false(),
    )
    return (
        select(
            Deadline.member_id,
            Deadline.trigger_on,
            Deadline.inputs,
            DeadlineRule.unit,
            DeadlineRule.length,
            is_moved.label("is_moved"),
        )
        .join(Member, Member.id == Deadline.member_id)
        .outerjoin(DeadlineRule, DeadlineRule.id == Deadline.rule_id)
        .outerjoin(Event, Event.id == Deadline.event_id)
        .where(~is_closed_deadline(), visible(rights), or_(is_moved, DeadlineRule.unit == "clock_day"))
    )


def _then(row: Any) -> list[Segment]:
    """The stretches by which it was reckoned."""
    stretches = json.loads(row.inputs).get("segments", ())
    return [
        Segment(cause, date.fromisoformat(since), to and date.fromisoformat(to), code)
        for cause, since, to, code in stretches
    ]


def _reaches(row: Any, segments: Sequence[Segment]) -> date | None:
    filing = Segment("filing", row.trigger_on)
    return read_clock([filing, *(segment for segment in segments if segment.cause != "filing")]).reaches(row.length)


@dataclass(frozen=True)
class ProposalLine:
    """One deadline of a proposal: old -> new."""

    code: str
    member_code: str
    rule_code: str
    old_due_on: date
    old_internal_on: date | None
    new_due_on: date | None
    new_internal_on: date | None
    why_en: str
    why_es: str
    new_rule_id: int | None

    @property
    def isunbound(self) -> bool:
        """No rule binds on its trigger's day any more: it stays as it is."""
        return self.new_rule_id is None

    def why(self, lang: str) -> str:
        return self.why_es if lang == "es" else self.why_en


@dataclass(frozen=True)
class RecomputePage:
    """A proposal with its first lines. `count` of them would change; `unbound` stay, since no rule
    binds on their trigger's day any more."""

    id: int
    code: str
    cause: str
    subject: str
    by: str
    at: datetime
    total: int
    seen: int
    is_ready: bool
    answer: str | None
    changed: int | None
    count: int
    unbound: int
    lines: Sequence[ProposalLine]


def recompute_page(code: str, most: int = 300) -> RecomputePage:
    """The proposal with this code, its first lines in the order of their days."""
    row = db.session.execute(
        select(Recompute, UserAccount.name, RecomputeAnswer.answer, RecomputeAnswer.changed)
        .join(UserAccount, UserAccount.id == Recompute.by_user_id)
        .outerjoin(RecomputeAnswer, RecomputeAnswer.recompute_id == Recompute.id)
        .where(Recompute.code == code)
    ).first()
    if row is None:
        raise NotHere(code)
    recompute, by, answer, changed = row
    lines = db.session.execute(
        select(
            Deadline.code,
            Member.code.label("member_code"),
            Deadline.rule_code,
            RecomputeLine.old_due_on,
            RecomputeLine.old_internal_on,
            RecomputeLine.new_due_on,
            RecomputeLine.new_internal_on,
            RecomputeLine.why_en,
            RecomputeLine.why_es,
            RecomputeLine.new_rule_id,
        )
        .join(Deadline, Deadline.id == RecomputeLine.deadline_id)
        .join(Member, Member.id == Deadline.member_id)
        .where(RecomputeLine.recompute_id == recompute.id)
        .order_by(RecomputeLine.old_due_on, RecomputeLine.id)
        .limit(most)
    )
    all_lines, bound = db.session.execute(
        select(func.count(), func.count(RecomputeLine.new_rule_id)).where(RecomputeLine.recompute_id == recompute.id)
    ).one()
    return RecomputePage(
        recompute.id, recompute.code, recompute.cause, recompute.subject, by, recompute.at, recompute.total, recompute.seen,
        recompute.ready_at is not None, answer, changed, bound, all_lines - bound, [ProposalLine(**line) for line in lines.mappings()],
    )  # fmt: skip


def open_recomputes() -> Sequence[tuple[str, str, datetime]]:
    """(code, cause, moment) of the proposals that wait for an attorney."""
    rows = db.session.execute(
        select(Recompute.code, Recompute.cause, Recompute.at)
        .where(Recompute.id.not_in(select(RecomputeAnswer.recompute_id)))
        .order_by(Recompute.id.desc())
    )
    return [(code, cause, at) for code, cause, at in rows]
