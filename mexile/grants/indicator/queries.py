"""How far each promise of a grant is, and those that were taken out."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import Select, select

from mexile.access.viewer import Viewer
from mexile.grants.award.models import GrantAward
from mexile.grants.indicator.models import Indicator, IndicatorRemoval
from mexile.grants.indicator.rules import is_behind
from mexile.grants.population.queries import Population, kinds_of, population_of, total
from mexile.ground.db import db
from mexile.ground.small_count import is_small
from mexile.services.service.rules import same_unit

OF_PERSONS = ("people", "households")


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


def progress_of(viewer: Viewer, grant: GrantAward, today: date) -> list[Progress]:
    """Each promise with what was reached up to today, counted from the services."""
    whole = population_of(grant, grant.from_on, today)
    promises = []
    for row in indicators_of(grant):
        if is_mixed(row, whole):
            promises.append(Progress(row.id, row.en, row.es, row.measure, row.types, row.target, None, False, True))
            continue
        value = total(row.measure, whole.only(row.types or None))
        behind = is_behind(value, row.target, grant.from_on, grant.to_on, today)
        promises.append(Progress(row.id, row.en, row.es, row.measure, row.types, row.target, value, behind))
    return [_shown(promise, viewer) for promise in promises]


def indicators_of(grant: GrantAward) -> list[Indicator]:
    """The promises of a grant that count, in their order."""
    return list(
        db.session.scalars(
            select(Indicator)
            .where(Indicator.grant_id == grant.id, Indicator.id.not_in(_out()))
            .order_by(Indicator.position, Indicator.id)
        )
    )


def is_mixed(indicator: Indicator, population: Population) -> bool:
    """Whether the promise would add units of different kinds."""
    types = population.types or frozenset()
    return indicator.measure == "units" and not same_unit(kinds_of(types, indicator.types))


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


def _shown(promise: Progress, viewer: Viewer) -> Progress:
    """The progress as this viewer may know it: a small count of people is not told to who may see no member."""
    is_told = viewer.sees_all_members or promise.measure not in OF_PERSONS or not is_small(promise.value or 0)
    return promise if is_told else replace(promise, value=None)
