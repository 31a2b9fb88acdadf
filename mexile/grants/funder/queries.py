"""Funders, and who may see grants."""

from __future__ import annotations

from sqlalchemy import select

from mexile.access.roles import DEVELOPMENT, DIRECTOR
from mexile.access.viewer import Viewer
from mexile.grants.award.models import GrantAward
from mexile.grants.funder.models import Funder
from mexile.ground.db import db


def may_see(viewer: Viewer) -> bool:
    return viewer.is_any(DIRECTOR, DEVELOPMENT)


def funder_of(grant: GrantAward) -> Funder:
    return db.session.get_one(Funder, grant.funder_id)


def funders() -> list[Funder]:
    return list(db.session.scalars(select(Funder).order_by(Funder.name)))
