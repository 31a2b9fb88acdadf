"""Whom a letter reminds today: of the year to ask for asylum, and of a work permit that ends."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select

from mexile.access.account.queries import with_roles
from mexile.access.policy import WORKS
from mexile.cases.case.queries import covers_or_directs
from mexile.deadlines.clock.models import WorkPermit
from mexile.deadlines.cover.queries import needs_cover
from mexile.deadlines.deadline.models import Deadline
from mexile.deadlines.deadline.queries import is_closed_deadline
from mexile.deadlines.reminder.rules import ONE_YEAR, RENEWAL, mark_of_letter
from mexile.ground.db import db
from mexile.members.assignment.models import Assignment
from mexile.members.assignment.queries import lead_of
from mexile.members.assignment.rights import assignment_stands
from mexile.members.person.models import Member
from mexile.members.status.queries import is_closed


@dataclass(frozen=True)
class Reminder:
    """A letter to one of the team. `code` is the deadline's, or the member's whose card has none."""

    code: str
    mark: int
    user_id: int

    @property
    def key(self) -> str:
        return f"{self.code}/{self.mark}/{self.user_id}"


def reminders_of(today: date) -> list[Reminder]:
    """Every letter of this day, whether it has left already or not."""
    team = {id for id, _ in with_roles(*WORKS)}
    return [*_of_deadlines(today, team), *_of_cards(today, team)]


def _of_deadlines(today: date, team: set[int]) -> Iterable[Reminder]:
    """Both who answer for an open deadline are told; where nobody of them works here any more, or a fatal one
    has no attorney left, who covers is told as well, and the directors where no attorney does."""
    rows = db.session.execute(
        select(
            Deadline.code,
            Deadline.rule_code,
            Deadline.trigger_on,
            Deadline.owner_user_id,
            Deadline.second_owner_user_id,
            Deadline.member_id,
            needs_cover().label("needs_cover"),
        )
        .join(Member, Member.id == Deadline.member_id)
        .where(Deadline.rule_code.in_((ONE_YEAR, RENEWAL)), ~is_closed_deadline(), ~is_closed())
        .order_by(Deadline.id)
    )
    due = [(row, mark) for row in rows if (mark := mark_of_letter(row.rule_code, row.trigger_on, today))]
    covers = covers_or_directs({row.member_id for row, _ in due})
    for row, mark in due:
        told = [id for id in dict.fromkeys((row.owner_user_id, row.second_owner_user_id)) if id in team]
        if row.needs_cover or not told:
            told += [id for id in covers[row.member_id] if id not in told]
        yield from (Reminder(row.code, mark, user_id) for user_id in told)


def _of_cards(today: date, team: set[int]) -> Iterable[Reminder]:
    """A card for whose renewal no deadline was ever set: who leads the case is told, and who is assigned to the member."""
    last = (
        select(WorkPermit.member_id, func.max(WorkPermit.ends_on).label("ends_on"))
        .group_by(WorkPermit.member_id)
        .subquery()
    )
    has_deadline = (
        select(Deadline.id)
        .where(
            Deadline.member_id == last.c.member_id,
            Deadline.rule_code == RENEWAL,
            Deadline.trigger_on == last.c.ends_on,
        )
        .exists()
    )
    rows = db.session.execute(
        select(Member.id, Member.code, last.c.ends_on)
        .join(last, last.c.member_id == Member.id)
        .where(~has_deadline, ~is_closed())
        .order_by(Member.id)
    ).all()
    due = [(row, mark) for row in rows if (mark := mark_of_letter(RENEWAL, row.ends_on, today))]
    beside = _beside([row.id for row, _ in due])
    covers = covers_or_directs({row.id for row, _ in due})
    for row, mark in due:
        told = [id for id in dict.fromkeys((lead_of(row.id), *beside[row.id])) if id in team]
        yield from (Reminder(row.code, mark, user_id) for user_id in told or covers[row.id])


def _beside(member_ids: list[int]) -> dict[int, list[int]]:
    """member id -> who is assigned to the member now. One query."""
    user_ids: dict[int, list[int]] = defaultdict(list)
    rows = db.session.execute(
        select(Assignment.member_id, Assignment.user_id)
        .where(Assignment.member_id.in_(member_ids), assignment_stands())
        .order_by(Assignment.member_id, Assignment.user_id)
    )
    for member_id, user_id in rows:
        user_ids[member_id].append(user_id)
    return user_ids
