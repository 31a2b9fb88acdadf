"""All that the page of a due report shows: its numbers beside their targets, its files, what is still to do."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select

from mexile.access.account.models import UserAccount
from mexile.access.roles import DIRECTOR
from mexile.access.viewer import Viewer
from mexile.grants.award.models import GrantAward
from mexile.grants.award.queries import get_award
from mexile.grants.due_report.models import ReportSubmission
from mexile.grants.due_report.queries import Due, due_report
from mexile.grants.indicator.rules import is_behind, share_of_target
from mexile.grants.population.queries import OF_PEOPLE, population_of, total
from mexile.ground.both import Both
from mexile.ground.db import db
from mexile.ground.small_count import is_small
from mexile.reports.definition import load
from mexile.reports.edition.models import SubmissionEdition
from mexile.reports.edition.queries import Kept, kept_editions
from mexile.reports.edition.rules import canonical, changed
from mexile.reports.models import ReportEdition
from mexile.reports.numbers import Figure, Fix, Numbers
from mexile.reports.release import release
from mexile.reports.run import run


@dataclass(frozen=True)
class Target:
    """A promise of the grant: reached in the report's days and since the grant began, beside what was promised for
    those days, up to their end, and in all. None is withheld from this viewer."""

    name: Both
    figure: str
    measure: str
    value: int | None
    for_period: int
    to_date: int | None
    by_then: int
    target: int
    is_behind: bool
    is_in_file: bool


@dataclass(frozen=True)
class Sent:
    """That the report was sent: by whom, when, and as which edition, if one was kept then. `changed` are how many of
    the numbers it said are others today."""

    at: datetime
    by: str
    edition: str | None
    changed: int


@dataclass(frozen=True)
class DueReportPage:
    """`numbers` are exact for a director and as released for others. `current` is the newest file whose numbers are
    those of today."""

    due: Due
    award: GrantAward
    numbers: Numbers
    fixes: Sequence[Fix]
    targets: Sequence[Target]
    editions: Sequence[Kept]
    current: Kept | None
    sent: Sent | None

    @property
    def steps_done(self) -> int:
        return sum((not self.fixes, bool(self.targets), self.current is not None, self.sent is not None))


STEPS = 4


def due_report_page(viewer: Viewer, grant: str, id: int, today: date) -> DueReportPage:
    """Raises NotHere for a report that isn't this grant's, or whose report file is gone."""
    due, award = due_report(viewer, grant, id, today), get_award(viewer, grant)
    exact = run(load(due.report_name), due.period_from, due.period_to, grant)
    released = release(exact)
    shown = exact if viewer.is_any(DIRECTOR) else released
    editions = kept_editions(due.report_name, award.id, due.period_from, due.period_to)
    said = canonical(released)
    return DueReportPage(
        due=due,
        award=award,
        numbers=shown,
        fixes=exact.fixes,
        targets=_targets(viewer, award, shown, released),
        editions=editions,
        current=next((one for one in editions if one.numbers == said), None),
        sent=_sent(due.id, editions, canonical(exact)),
    )


def _targets(viewer: Viewer, award: GrantAward, shown: Numbers, released: Numbers) -> list[Target]:
    in_file = {figure.spec.name for figure in released.figures if figure.value is not None}
    return [
        _target(viewer, award, shown, figure, figure.spec.name in in_file)
        for figure in shown.figures
        if figure.target is not None
    ]


def _target(viewer: Viewer, award: GrantAward, numbers: Numbers, figure: Figure, is_in_file: bool) -> Target:
    target, days, measure = figure.target or 0, (award.from_on, award.to_on), figure.spec.measure
    whole = population_of(award, award.from_on, numbers.to_on).only(figure.scope.types)
    to_date: int | None = total(measure, whole)
    if not viewer.sees_all_members and measure in OF_PEOPLE and _tells(to_date or 0, figure.value):
        to_date = None
    return Target(
        name=figure.spec.label,
        figure=figure.spec.name,
        measure=measure,
        value=figure.value,
        for_period=share_of_target(target, days, numbers.from_on, numbers.to_on),
        to_date=to_date,
        by_then=share_of_target(target, days, award.from_on, numbers.to_on),
        target=target,
        is_behind=to_date is not None and is_behind(to_date, target, *days, numbers.to_on),
        is_in_file=is_in_file,
    )


def _tells(to_date: int, value: int | None) -> bool:
    """Whether people to date are few, or few more than in the days of the report."""
    return value is None or is_small(to_date) or is_small(to_date - value)


def _sent(due_report_id: int, editions: Sequence[Kept], exact: str) -> Sent | None:
    row = db.session.execute(
        select(ReportSubmission.at, UserAccount.name, ReportEdition.code)
        .join(UserAccount, UserAccount.id == ReportSubmission.by_user_id)
        .join(SubmissionEdition, SubmissionEdition.submission_id == ReportSubmission.id, isouter=True)
        .join(ReportEdition, ReportEdition.id == SubmissionEdition.edition_id, isouter=True)
        .where(ReportSubmission.due_report_id == due_report_id, ReportSubmission.stands())
    ).first()
    if row is None:
        return None
    edition = next((one for one in editions if one.code == row.code), None)
    return Sent(row.at, row.name, row.code, len(changed(edition.numbers, exact)) if edition else 0)
