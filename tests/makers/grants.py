"""Makers of grants: funders, awards, what is due, indicators."""

from datetime import date

from mexile.grants.award.models import GrantAward, GrantServiceType
from mexile.grants.due_report.models import DueReport
from mexile.grants.funder.models import Funder
from mexile.grants.indicator.models import Indicator
from mexile.ground.db import db


def funder(make, *, name=None, **values) -> Funder:
    """A foundation that doesn't exist."""
    number = make.number()
    made = Funder(code=f"F-{number:02d}", name=name or f"Example Fund {number}", **values)
    db.session.add(made)
    db.session.flush()
    return made


def grant(make, *, funder=None, types=(), from_on=date(2026, 1, 1), to_on=date(2026, 12, 31), **values) -> GrantAward:
    """An award; `types` are the service types that count for it, none is all."""
    number = make.number()
    made = GrantAward(
        code=values.pop("code", f"GR-{number:02d}"),
        funder_id=(funder or make.funder()).id,
        title_en=values.pop("title_en", f"Walking together {number}"),
        title_es=values.pop("title_es", f"Caminar juntos {number}"),
        amount_cents=values.pop("amount_cents", 2_500_000),
        from_on=from_on,
        to_on=to_on,
        **values,
    )
    db.session.add(made)
    db.session.flush()
    for code in types:
        db.session.add(GrantServiceType(grant_id=made.id, type_code=code))
    db.session.flush()
    return made


def due_report(make, grant, *, on, report="foundation-semiannual", period=None) -> DueReport:
    """A report that is due on a day."""
    first, last = period or (date(2026, 1, 1), date(2026, 6, 30))
    made = DueReport(grant_id=grant.id, report_name=report, period_from=first, period_to=last, due_on=on)
    db.session.add(made)
    db.session.flush()
    return made


def indicator(make, grant, *, target, measure="people", types=(), **values) -> Indicator:
    """A promise of a grant."""
    made = Indicator(
        grant_id=grant.id,
        en=values.pop("en", "People accompanied"),
        es=values.pop("es", "Personas acompañadas"),
        measure=measure,
        type_codes=" ".join(types),
        target=target,
        **values,
    )
    db.session.add(made)
    db.session.flush()
    return made
