"""Changing the mark and the two colors."""

from __future__ import annotations

import hashlib

from sqlalchemy import delete

from mexile.access.brand.models import OrganizationMark
from mexile.ground import trail
from mexile.ground.db import db
from mexile.ground.organization import Organization, forget


def change_brand(*, color: str, title_color: str, png: bytes | None) -> None:
    """Write the colors, and the mark where one was sent. Inside `writing()`."""
    row = db.session.get_one(Organization, 1, populate_existing=True)
    wanted = {"color": color, "title_color": title_color}
    if png is not None:
        db.session.merge(OrganizationMark(id=1, png=png))
        wanted["mark_digest"] = hashlib.sha256(png).hexdigest()[:16]
    _change(row, wanted)


def remove_mark() -> None:
    """The initials stand in its place. Inside `writing()`."""
    db.session.execute(delete(OrganizationMark))
    _change(db.session.get_one(Organization, 1, populate_existing=True), {"mark_digest": ""})


def _change(row: Organization, wanted: dict[str, str]) -> None:
    changed = [name for name, value in wanted.items() if getattr(row, name) != value]
    for name in changed:
        setattr(row, name, wanted[name])
    db.session.flush()
    forget()
    if changed:
        trail.record("organization.change", fields=changed)
