"""Today: what other houses know of one person's day, on one sheet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from mexile.access.viewer import Viewer
from mexile.cases.queries.deadlines import DeadlineLine, my_deadlines
from mexile.cases.queries.events import EventLine, my_closed, my_events, next_of_mine
from mexile.gifts.queries.news import Confirming, confirming
from mexile.grants.queries.awards import Due, due_reports
from mexile.home.rules import Day, arrange_day
from mexile.services.queries.listing import ServiceLine, logged_since

AHEAD = timedelta(days=14)
NEAR = 7
"""Days before which a report that is due is news."""


@dataclass(frozen=True)
class Today:
    """One person's day. `closed` are events whose outcome I wrote today; `logged` what I
    logged today beside them; `later` the first date behind the two weeks;
    `confirming` and `report` are the news of gifts and grants for those who may."""

    on: date
    day: Day
    deadlines: Sequence[DeadlineLine]
    closed: Sequence[tuple[EventLine, str]]
    logged: Sequence[ServiceLine]
    later: EventLine | None
    confirming: Confirming
    report: Due | None

    @property
    def is_empty(self) -> bool:
        return not (self.day.to_close or self.day.hours or self.closed or self.logged)


def today_of(viewer: Viewer, moment: datetime, zone: str) -> Today:
    """A fixed number of queries, however full the day is."""
    on = moment.astimezone(ZoneInfo(zone)).date()
    midnight = datetime.combine(on, time(), ZoneInfo(zone))
    day = arrange_day(my_events(viewer, on, on + AHEAD), moment, on)
    logged = [line for line in logged_since(viewer, midnight) if line.event_code is None]
    return Today(
        on=on,
        day=day,
        deadlines=my_deadlines(viewer, on),
        closed=my_closed(viewer, midnight),
        logged=logged,
        later=next_of_mine(viewer, on + AHEAD) if day.next is None else None,
        confirming=confirming(viewer),
        report=next((one for one in due_reports(viewer, on) if one.days <= NEAR), None),
    )
