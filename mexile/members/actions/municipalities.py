"""Laying the list of municipalities that somebody brought."""

from collections.abc import Sequence

from sqlalchemy import delete, insert

from mexile.ground import organization, trail
from mexile.ground.db import db
from mexile.members.models.detail import Municipality


def seed_municipalities(rows: Sequence[tuple[str, str, str]]) -> None:
    """The list is this one from now on. What was typed of a person stays as it was typed."""
    today = organization.today()
    db.session.execute(delete(Municipality))
    db.session.execute(
        insert(Municipality),
        [{"code": code, "state": state, "name": name, "imported_on": today} for code, state, name in rows],
    )
    trail.record("municipality.lay", rows=len(rows))
