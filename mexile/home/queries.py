"""Today: what other houses know of one person's day, on one sheet; and what is not right on a home."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from mexile.access.account.queries import Colleague
from mexile.access.holding.queries import LeftBehind
from mexile.access.viewer import Viewer
from mexile.cases.event.queries import EventLine, my_closed, my_events, next_of_mine
from mexile.deadlines.cover.queries import my_covered
from mexile.deadlines.deadline.queries import AHEAD as COVERED
from mexile.deadlines.deadline.queries import DeadlineLine, my_deadlines, worst_first
from mexile.gifts.dispute.queries import OpenDispute
from mexile.gifts.month.queries import Confirming, Waits, confirming
from mexile.grants.due_report.queries import Due, due_reports
from mexile.home.rules import Day, arrange_day
from mexile.services.listing.queries import ServiceLine, logged_since

AHEAD = timedelta(days=14)


@dataclass(frozen=True)
class Today:
    """One person's day. `past_due` are limits gone by, the fatal ones first; `closed` are events whose outcome I wrote today; `logged` what I
    logged today beside them; `later` the first date behind the two weeks;
    `confirming` and `late_reports` are the news of gifts and grants for those who may."""

    on: date
    day: Day
    past_due: Sequence[DeadlineLine]
    deadlines: Sequence[DeadlineLine]
    closed: Sequence[tuple[EventLine, str]]
    logged: Sequence[ServiceLine]
    later: EventLine | None
    confirming: Confirming
    late_reports: Sequence[Due]

    @property
    def is_past_due(self) -> bool:
        """Something whose day has gone by waits for this person: it comes before all that is to come."""
        return bool(self.past_due or self.late_reports)

    @property
    def is_empty(self) -> bool:
        """Neither a date nor anything else of this person is about today."""
        due = any(line.acts_on(self.on) <= self.on for line in self.deadlines if line.is_a_limit)
        return not (self.is_past_due or due or self.day.to_close or self.day.hours or self.closed or self.logged)


def today_of(viewer: Viewer, moment: datetime, zone: str) -> Today:
    """A fixed number of queries, however full the day is."""
    on = moment.astimezone(ZoneInfo(zone)).date()
    midnight = datetime.combine(on, time(), ZoneInfo(zone))
    day = arrange_day(my_events(viewer, on, on + AHEAD), moment, on)
    logged = [line for line in logged_since(viewer, midnight) if line.event_code is None]
    deadlines = sorted([*my_deadlines(viewer, on), *my_covered(viewer, on + COVERED)], key=lambda line: line.due_on)
    return Today(
        on=on,
        day=day,
        past_due=worst_first(line for line in deadlines if line.has_passed(on)),
        deadlines=[line for line in deadlines if not line.has_passed(on)],
        closed=my_closed(viewer, midnight),
        logged=logged,
        later=next_of_mine(viewer, on + AHEAD) if day.next is None else None,
        confirming=confirming(viewer),
        late_reports=[report for report in due_reports(viewer, on) if report.days < 0],
    )


@dataclass(frozen=True)
class NotRight:
    """What is not right, as far as this person can do something about it. `late_answers` are inquiries, `on_paper` gifts
    whose donor has no mail address, `letters` what could not be mailed, `invited` who has not come yet, `waiting` whose
    role nobody confirmed, `left` whose things wait for a colleague."""

    late_answers: int = 0
    disputes: Sequence[OpenDispute] = ()
    gifts: Waits = Waits()
    on_paper: int = 0
    letters: int = 0
    invited: Sequence[Colleague] = ()
    waiting: Sequence[Colleague] = ()
    left: Sequence[LeftBehind] = ()

    @property
    def things_left(self) -> int:
        return sum(person.count for person in self.left)

    def __bool__(self) -> bool:
        return any(getattr(self, name.name) for name in fields(self))
