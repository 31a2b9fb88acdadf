"""Funders, grants and the reports that are due on them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from mexile.demo.organization import calendar
from mexile.demo.organization.chance import Chance
from mexile.demo.organization.recipe import recipe


@dataclass(frozen=True)
class Funder:
    code: str
    name: str


@dataclass(frozen=True)
class Award:
    """Money for a purpose and a time. `types` are the services that count for it; none is all."""

    code: str
    funder: str
    title: dict[str, str]
    cents: int
    from_on: date
    to_on: date
    restricted: bool
    types: tuple[str, ...]
    reports_a_year: int

    def runs(self, day: date) -> bool:
        return self.from_on <= day <= self.to_on


@dataclass(frozen=True)
class Report:
    """A report that is due. `sent_on` is empty while it isn't sent."""

    award: str
    kind: str
    from_on: date
    to_on: date
    due_on: date
    sent_on: date | None
    marks: tuple[str, ...] = ()


def funders() -> tuple[Funder, ...]:
    return tuple(Funder(f"F-{n:02d}", name) for n, name in enumerate(recipe()["funders"], start=1))


def awards(day: date) -> tuple[Award, ...]:
    """The nineteen grants, counted in months from the beginning of the six years."""
    start = calendar.beginning(day)
    found = []
    for number, row in enumerate(recipe()["awards"], start=1):
        first = calendar.months_later(start, row["starts"])
        found.append(
            Award(
                code=f"GR-{number:02d}",
                funder=f"F-{row['funder'] + 1:02d}",
                title=row["title"],
                cents=row["dollars"] * 100,
                from_on=first,
                to_on=calendar.months_later(first, row["months"]) - calendar.ONE_DAY,
                restricted=row["restricted"],
                types=tuple(row["types"]),
                reports_a_year=row["reports_a_year"],
            )
        )
    return tuple(found)


def reports(seed: int, day: date, all_awards: tuple[Award, ...]) -> tuple[Report, ...]:
    """All reports, sent and due, by day. The first grant's is due on Friday and not sent."""
    chance = Chance(seed, "reports")
    found = [report for award in all_awards for report in _of(chance, award, day)]
    friday = _friday(all_awards[0], day)
    kept = [r for r in found if r.award != friday.award or r.from_on > friday.to_on]
    return tuple(sorted([*kept, friday], key=lambda report: (report.due_on, report.award)))


def _of(chance: Chance, award: Award, day: date) -> Iterator[Report]:
    months = 12 // award.reports_a_year
    first = award.from_on
    while first <= award.to_on:
        last = min(calendar.months_later(first, months) - calendar.ONE_DAY, award.to_on)
        due = calendar.working_on_or_after(last + timedelta(days=30))
        late = chance.happens(recipe()["late_report"])
        sent = due + timedelta(days=chance.between(2, 12)) if late else due - timedelta(days=chance.below(6))
        is_sent = due < day
        yield Report(award.code, _kind(award), first, last, due, min(sent, day - calendar.ONE_DAY) if is_sent else None)
        first = last + calendar.ONE_DAY


def _kind(award: Award) -> str:
    return "quarterly-new-continuing" if award.reports_a_year == 4 else "foundation-semiannual"


def _friday(award: Award, day: date) -> Report:
    """A half year to the end of last month, due on Friday."""
    to_on = day.replace(day=1) - calendar.ONE_DAY
    from_on = max(calendar.months_later(to_on.replace(day=1), -5), award.from_on)
    return Report(award.code, "foundation-semiannual", from_on, to_on, calendar.next_friday(day), None, ("friday",))
