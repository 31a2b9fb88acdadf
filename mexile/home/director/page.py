"""The director's home: the next report due with how far it is, three sentences on how the work goes, what is not right."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from mexile.access.holding.queries import left_behind
from mexile.access.mail.queries import count_in_trouble
from mexile.access.roles import DIRECTOR
from mexile.access.viewer import Viewer
from mexile.gifts.dispute.queries import disputes_to_answer
from mexile.gifts.ledger.queries import received_by_month
from mexile.gifts.month.queries import what_waits
from mexile.grants.award.models import GrantAward
from mexile.grants.award.queries import get_award
from mexile.grants.award.rules import share_of_time
from mexile.grants.due_report.queries import Due, due_reports
from mexile.grants.indicator.queries import Progress, progress_of
from mexile.grants.population.queries import Population, counted
from mexile.ground import organization
from mexile.home.queries import NotRight
from mexile.inquiries.waiting.queries import count_late

QUARTERS = 8


@dataclass(frozen=True)
class Served:
    """People served in each of the last quarters, the one that runs last."""

    people: Sequence[int]

    @property
    def now(self) -> int:
        return self.people[-1]

    @property
    def before(self) -> int:
        return self.people[-2]


@dataclass(frozen=True)
class Received:
    """Dollars received since the year began, added up month by month, and those of the year before; `by_now` are last
    year's up to this same day."""

    this_year: Sequence[int]
    last_year: Sequence[int]
    by_now: int


@dataclass(frozen=True)
class NextReport:
    """The report that is due next, and how far its grant is: `time` gone from 0 to 100, each target with what was reached,
    the one furthest behind first."""

    due: Due
    grant: GrantAward
    time: int
    targets: Sequence[Progress]

    @property
    def behind(self) -> int:
        return sum(target.is_behind for target in self.targets)


@dataclass(frozen=True)
class Director:
    """What stands on a director's home, above their own day."""

    next_report: NextReport | None
    served: Served
    received: Received
    wrong: NotRight


def director(viewer: Viewer) -> dict[str, Director] | None:
    """A fixed number of queries beside those of the next report's targets."""
    if not viewer.is_any(DIRECTOR):
        return None
    today = organization.today()
    home = Director(
        next_report=_next_report(viewer, today),
        served=_served(today),
        received=_received(today),
        wrong=NotRight(
            late_answers=count_late(viewer, today),
            disputes=disputes_to_answer(viewer),
            gifts=what_waits(viewer),
            letters=count_in_trouble(),
            left=left_behind(),
        ),
    )
    return {"home": home}


def _next_report(viewer: Viewer, today: date) -> NextReport | None:
    """The first that isn't late, which the things past due name already; else the latest one."""
    reports = due_reports(viewer, today)
    due = next((report for report in reports if report.days >= 0), reports[-1] if reports else None)
    if due is None:
        return None
    grant = get_award(viewer, due.grant)
    targets = [target for target in progress_of(viewer, grant, today) if target.value is not None]
    targets.sort(key=lambda target: (target.value or 0) / target.target)
    return NextReport(due, grant, share_of_time(grant.from_on, grant.to_on, today), targets)


def _served(today: date) -> Served:
    """One query."""
    quarters = _quarters(today)
    counts = counted(["people"], Population(quarters[0], today), by="quarter")
    codes = [first.year * 100 + (first.month + 2) // 3 for first in quarters]
    return Served([counts.get(code, {}).get("people", 0) for code in codes])


def _quarters(today: date) -> list[date]:
    """The first days of the last quarters, the one that runs last."""
    number = today.year * 4 + (today.month - 1) // 3
    return [date(n // 4, n % 4 * 3 + 1, 1) for n in range(number - QUARTERS + 1, number + 1)]


def _received(today: date) -> Received:
    """Two queries: month by month, and last year's up to this day."""
    january = date(today.year, 1, 1)
    then = today.replace(year=today.year - 1, day=min(today.day, 28) if today.month == 2 else today.day)
    months = received_by_month(date(today.year - 1, 1, 1), today)
    so_far = received_by_month(january.replace(year=today.year - 1), then)
    return Received(
        _added_up(months, today.year, today.month), _added_up(months, today.year - 1, 12), sum(so_far.values())
    )


def _added_up(months: dict[date, int], year: int, last: int) -> list[int]:
    sums = [0]
    for month in range(1, last + 1):
        sums.append(sums[-1] + months.get(date(year, month, 1), 0))
    return sums[1:]
