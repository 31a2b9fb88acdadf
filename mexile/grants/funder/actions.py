"""Finding or recording a funder."""

from __future__ import annotations

from sqlalchemy import func, select

from mexile.grants.funder.models import Funder
from mexile.ground.codes import next_code
from mexile.ground.db import db


def find_or_record_funder(*, name: str, fiscal_year_month: int | None = None) -> Funder:
    """The funder of this name; a new one when nobody has it. Capitals make no difference.
    A month that is given is its fiscal year's first from now on."""
    known = db.session.scalar(select(Funder).where(func.lower(Funder.name) == name.lower()))
    if known is not None:
        known.fiscal_year_month = fiscal_year_month or known.fiscal_year_month
        return known
    funder = Funder(code=next_code("F", Funder.code, 2), name=name, fiscal_year_month=fiscal_year_month or 1)
    db.session.add(funder)
    db.session.flush()
    return funder
