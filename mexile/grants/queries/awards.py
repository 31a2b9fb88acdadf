"""What is due, the awards, and how far their promises are kept."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy import Select, select

from mexile.access.roles import DEVELOPMENT, DIRECTOR
from mexile.access.viewer import Viewer
from mexile.grants.models import (
    DueReport,
    Funder,
    GrantAward,
    Indicator,
    IndicatorRemoval,
    ReportSubmission,
)
from mexile.grants.queries.population import kinds_of, population_of, total
from mexile.grants.rules import is_behind, state_of
from mexile.ground.db import db
from mexile.ground.errors import NotHere
from mexile.ground.small_count import is_small
from mexile.services.service.rules import same_unit

OF_PERSONS = ("people", "households")


@dataclass(frozen=True)
class Due:
    """One report that is due, or was sent."""

    id: int
    grant: str
    funder: str
    title_en: str
    title_es: str
    report_name: str
    period_from: date
    period_to: date
    due_on: date
    days: int
    state: str
    sent_at: datetime | None = None

    def title(self, lang: str) -> str:
        return self.title_es if lang == "es" else self.title_en


@dataclass(frozen=True)
class Award:
    """One award as a list shows it."""

    code: str
    funder: str
    title_en: str
    title_es: str
    amount_cents: int
    currency: str
    from_on: date
    to_on: date
    restricted: bool
    is_running: bool

    def title(self, lang: str) -> str:
        return self.title_es if lang == "es" else self.title_en


@dataclass(frozen=True)
class Progress:
    """A promise and what was reached of it; `value` None is withheld from this viewer, or, where
    `is_mixed`, would add units of different kinds."""

    id: int
    en: str
    es: str
    measure: str
    types: frozenset[str]
    target: int
    value: int | None
    is_behind: bool
    is_mixed: bool = False

    def name(self, lang: str) -> str:
        return self.es if lang == "es" else self.en


def may_see(viewer: Viewer) -> bool:
    return viewer.is_any(DIRECTOR, DEVELOPMENT)


def due_reports(viewer: Viewer, today: date, grant: str | None = None, sent: bool = False) -> list[Due]:
    """The reports still to send, the next one first; with `sent` those that were, the last first."""
    if not may_see(viewer):
        return []
    stands = ReportSubmission.stands()
    statement = (
        select(
            DueReport.id,
            GrantAward.code,
            Funder.name,
            GrantAward.title_en,
            GrantAward.title_es,
            DueReport.report_name,
            DueReport.period_from,
            DueReport.period_to,
            DueReport.due_on,
            ReportSubmission.at,
        )
        .join(GrantAward, GrantAward.id == DueReport.grant_id)
        .join(Funder, Funder.id == GrantAward.funder_id)
        .join(ReportSubmission, (ReportSubmission.due_report_id == DueReport.id) & stands, isouter=True)
        .where(ReportSubmission.at.is_not(None) if sent else ReportSubmission.at.is_(None))
        .order_by(DueReport.due_on.desc() if sent else DueReport.due_on, DueReport.id)
    )
    if grant is not None:
        statement = statement.where(GrantAward.code == grant)
    return [
        Due(*row[:9], (row.due_on - today).days, state_of(row.due_on, today, row.at is not None), row.at)
        for row in db.session.execute(statement)
    ]


_awards = (
    select(
        GrantAward.code,
        Funder.name,
        GrantAward.title_en,
        GrantAward.title_es,
        GrantAward.amount_cents,
        GrantAward.currency,
        GrantAward.from_on,
        GrantAward.to_on,
        GrantAward.restricted,
    )
    .join(Funder, Funder.id == GrantAward.funder_id)
    .order_by(GrantAward.to_on.desc(), GrantAward.code)
)


def awards(viewer: Viewer, today: date) -> list[Award]:
    """Every award, those that run longest first."""
    if not may_see(viewer):
        return []
    return [
        Award(*row[:8], bool(row.restricted), row.from_on <= today <= row.to_on) for row in db.session.execute(_awards)
    ]


def award(viewer: Viewer, code: str) -> GrantAward:
    """One award; NotHere when there is none for this viewer."""
    award = db.session.scalar(select(GrantAward).where(GrantAward.code == code)) if may_see(viewer) else None
    if award is None:
        raise NotHere(code)
    return award


def funder_of(grant: GrantAward) -> Funder:
    return db.session.get_one(Funder, grant.funder_id)


def funders() -> list[Funder]:
    return list(db.session.scalars(select(Funder).order_by(Funder.name)))


def progress(viewer: Viewer, grant: GrantAward, today: date) -> list[Progress]:
    """Each promise with what was reached up to today, counted from the services."""
    whole = population_of(grant, grant.from_on, today)
    promises = []
    for row in db.session.scalars(
        select(Indicator)
        .where(Indicator.grant_id == grant.id, Indicator.id.not_in(_out()))
        .order_by(Indicator.position, Indicator.id)
    ):
        if row.measure == "units" and not same_unit(kinds_of(whole.types or frozenset(), row.types)):
            promises.append(Progress(row.id, row.en, row.es, row.measure, row.types, row.target, None, False, True))
            continue
        value = total(row.measure, whole.only(row.types or None))
        behind = is_behind(value, row.target, grant.from_on, grant.to_on, today)
        promises.append(Progress(row.id, row.en, row.es, row.measure, row.types, row.target, value, behind))
    return [_shown(promise, viewer) for promise in promises]


def _out() -> Select[int]:
    """The promises that were taken out and not put back, as a subquery of ids."""
    return select(IndicatorRemoval.indicator_id).where(IndicatorRemoval.stands())


def taken_out(viewer: Viewer, grant: GrantAward) -> list[Indicator]:
    """The promises of a grant that count no more."""
    return list(
        db.session.scalars(
            select(Indicator).where(Indicator.grant_id == grant.id, Indicator.id.in_(_out())).order_by(Indicator.id)
        )
    )


def _shown(progress: Progress, viewer: Viewer) -> Progress:
    """The progress as this viewer may know it: a small count of people is not told to who may see no member."""
    is_told = viewer.sees_all_members or progress.measure not in OF_PERSONS or not is_small(progress.value or 0)
    return progress if is_told else replace(progress, value=None)
