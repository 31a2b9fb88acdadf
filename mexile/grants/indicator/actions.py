"""Entering an indicator, taking it out, putting it back."""

from __future__ import annotations

from sqlalchemy import func, select

from mexile.access.rules import name_act
from mexile.access.viewer import Viewer
from mexile.grants.award.models import GrantAward
from mexile.grants.indicator.models import Indicator, IndicatorRemoval, IndicatorReturn
from mexile.grants.population.queries import kinds_of, types_of
from mexile.ground import clock, trail
from mexile.ground.db import db
from mexile.ground.errors import Invalid, NotHere, Problem
from mexile.services.service.rules import same_unit

name_act("grant.indicator", "Entered an indicator", "Anotó un indicador")
name_act("grant.indicator_out", "Took an indicator out", "Quitó un indicador")
name_act("grant.indicator_back", "Put an indicator back", "Repuso un indicador")


def enter_indicator(*, grant: GrantAward, en: str, es: str, measure: str, types: list[str], target: int) -> Indicator:
    """A promise of the grant. `target` is in the measure's own unit. Raises Invalid where units of different
    kinds would be added."""
    if measure == "units" and not same_unit(kinds_of(types_of(grant), frozenset(types))):
        raise Invalid(
            Problem(
                "types",
                "Units of different kinds can't be added. Choose one kind of service, or several that are all counted "
                "in nights, in pages or in people.",
                "No se suman unidades distintas. Elija un solo tipo de servicio, o varios que se cuenten todos en "
                "noches, en páginas o en personas.",
            )
        )
    last = db.session.scalar(select(func.max(Indicator.position)).where(Indicator.grant_id == grant.id))
    indicator = Indicator(
        grant_id=grant.id,
        position=(last or 0) + 1,
        en=en,
        es=es,
        measure=measure,
        type_codes=" ".join(sorted(types)),
        target=target,
    )
    db.session.add(indicator)
    db.session.flush()
    trail.record("grant.indicator", grant.code, measure=measure, target=target)
    return indicator


def remove_indicator(*, viewer: Viewer, id: int) -> str:
    """The promise counts no more; said twice it stays as it was. Returns the grant's code."""
    indicator, code = _indicator(id)
    if removal_of(id) is None:
        db.session.add(IndicatorRemoval(indicator_id=id, by_user_id=viewer.user_id, at=clock.now()))
        db.session.flush()
        trail.record("grant.indicator_out", code, indicator=indicator.id)
    return code


def return_indicator(*, viewer: Viewer, id: int) -> str:
    """The promise counts again. Returns the grant's code."""
    indicator, code = _indicator(id)
    removal = removal_of(id)
    if removal is not None:
        db.session.add(IndicatorReturn(removal_id=removal.id, by_user_id=viewer.user_id, at=clock.now()))
        db.session.flush()
        trail.record("grant.indicator_back", code, indicator=indicator.id)
    return code


def _indicator(id: int) -> tuple[Indicator, str]:
    row = db.session.execute(
        select(Indicator, GrantAward.code)
        .join(GrantAward, GrantAward.id == Indicator.grant_id)
        .where(Indicator.id == id)
    ).first()
    if row is None:
        raise NotHere(str(id))
    return row[0], row[1]


def removal_of(id: int) -> IndicatorRemoval | None:
    """The removal that stands, if the promise is out."""
    return db.session.scalar(
        select(IndicatorRemoval).where(IndicatorRemoval.indicator_id == id, IndicatorRemoval.stands())
    )
