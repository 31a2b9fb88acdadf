"""The awards, and one of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from mexile.access.viewer import Viewer
from mexile.grants.award.models import GrantAward
from mexile.grants.funder.models import Funder
from mexile.grants.funder.queries import may_see
from mexile.ground.db import db
from mexile.ground.errors import NotHere


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


def get_award(viewer: Viewer, code: str) -> GrantAward:
    """One award; NotHere when there is none for this viewer."""
    award = db.session.scalar(select(GrantAward).where(GrantAward.code == code)) if may_see(viewer) else None
    if award is None:
        raise NotHere(code)
    return award
