"""Recording an award, and changing one."""

from __future__ import annotations

from datetime import date

from sqlalchemy import delete, select

from mexile.access.rules import name_act
from mexile.grants.award.models import GrantAward, GrantServiceType
from mexile.grants.award.rules import problems_of_award
from mexile.grants.funder.models import Funder
from mexile.ground import trail
from mexile.ground.codes import next_code
from mexile.ground.db import db
from mexile.ground.errors import Conflict, Invalid, NotHere, Problem

name_act("grant.record", "Recorded a grant", "Registró una subvención")
name_act("grant.change", "Changed a grant", "Modificó una subvención")


def record_award(*, funder: Funder, types: list[str], restricted: bool, **values: str | int | date) -> GrantAward:
    """Write a new award with the types of service that count for it. Raises Invalid with words."""
    code = next_code("GR", GrantAward.code, 2)
    award = GrantAward(code=code, funder_id=funder.id, restricted=int(restricted), **values)
    if problems := problems_of_award(award.from_on, award.to_on):
        raise Invalid(problems)
    db.session.add(award)
    db.session.flush()
    _count_types(award, types)
    trail.record("grant.record", award.code, cents=award.amount_cents)
    return award


def change_award(
    *, code: str, version: int, types: list[str], restricted: bool, **values: str | int | date
) -> GrantAward:
    """Change an award that nobody else changed since `version` was read; else Conflict."""
    award = db.session.scalar(select(GrantAward).where(GrantAward.code == code))
    if award is None:
        raise NotHere(code)
    if award.version != version:
        raise Conflict(
            Problem(
                "version",
                "Somebody changed this grant while you were writing. Look at it again.",
                "Alguien modificó esta subvención mientras usted escribía. Véala de nuevo.",
            )
        )
    for name, value in values.items():
        setattr(award, name, value)
    award.restricted = int(restricted)
    if problems := problems_of_award(award.from_on, award.to_on):
        raise Invalid(problems)
    db.session.flush()
    _count_types(award, types)
    trail.record("grant.change", code)
    return award


def _count_types(grant: GrantAward, types: list[str]) -> None:
    db.session.execute(delete(GrantServiceType).where(GrantServiceType.grant_id == grant.id))
    db.session.add_all(GrantServiceType(grant_id=grant.id, type_code=code) for code in types)
    db.session.flush()
