"""Makers around deadlines: a closed day, a proposal to reckon anew, a reason for filing late."""

from datetime import date

from sqlalchemy import func, select

from mexile.deadlines.clock.models import OneYearException
from mexile.deadlines.recompute.models import Recompute
from mexile.deadlines.rule.models import Closing
from mexile.ground import clock
from mexile.ground.db import db


def closing(make, *, on=date(2026, 12, 24), by=None) -> Closing:
    """A day on which offices are closed by order."""
    by = by or make.user(role="attorney")
    made = Closing(
        on=on,
        en="Executive order",
        es="Orden ejecutiva",
        source="Order of the President",
        by_user_id=by.id,
        at=clock.now(),
    )
    db.session.add(made)
    db.session.flush()
    return made


def recompute(make, *, by=None, cause="all", subject="") -> Recompute:
    """A proposal to reckon anew."""
    by = by or make.user(role="attorney")
    number = (db.session.scalar(select(func.max(Recompute.id))) or 0) + 1
    made = Recompute(
        code=f"RC-{number:04d}", cause=cause, subject=subject, by_user_id=by.id, at=clock.now(), total=0, seen=0
    )
    db.session.add(made)
    db.session.flush()
    return made


def one_year_exception(make, member, *, kind="lawful_status", since_on=date(2025, 1, 10), by=None, evidence="I-94"):
    """A reason for filing after the year, unsigned."""
    by = by or make.user(role="caseworker")
    made = OneYearException(
        key_id=member.key_id,
        member_id=member.id,
        kind=kind,
        since_on=since_on,
        by_user_id=by.id,
        at=clock.now(),
        evidence=evidence,
    )
    db.session.add(made)
    db.session.flush()
    return made
