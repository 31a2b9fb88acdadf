"""Adding a day on which offices are closed, and taking it back."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select

from mexile.access.rules import name_act
from mexile.access.viewer import Viewer
from mexile.deadlines.rule.models import Closing, ClosingRevocation
from mexile.ground import clock, trail
from mexile.ground.db import db
from mexile.ground.errors import Conflict, Invalid, NotHere, Problem

name_act("closing.add", "Added a day on which offices are closed", "Agregó un día en que cierran las oficinas")
name_act("closing.revoke", "Took back a day on which offices are closed", "Anuló un día en que cierran las oficinas")


def close_day(*, viewer: Viewer, on: date, en: str, es: str, source: str) -> Closing:
    """Offices are closed on a day: by executive order, by snow, by mourning."""
    if on.weekday() >= 5:
        raise Invalid(Problem("on", "That day is a weekend already.", "Ese día ya es fin de semana."))
    standing = select(Closing.id).where(Closing.on == on, Closing.stands())
    if db.session.scalar(standing):
        raise Conflict(Problem("on", "That day is closed already.", "Ese día ya está cerrado."))
    closing = Closing(on=on, en=en, es=es, source=source, by_user_id=viewer.user_id, at=clock.now())
    db.session.add(closing)
    db.session.flush()
    trail.record("closing.add", f"CL-{closing.id}", on=on.isoformat())
    return closing


def revoke_closing(*, viewer: Viewer, closing_id: int) -> Closing:
    """Offices were open after all."""
    closing = db.session.get(Closing, closing_id)
    if closing is None:
        raise NotHere(str(closing_id))
    if db.session.get(ClosingRevocation, closing_id):
        raise Conflict(Problem("", "This was taken back already.", "Esto ya se anuló."))
    db.session.add(ClosingRevocation(closing_id=closing_id, by_user_id=viewer.user_id, at=clock.now()))
    db.session.flush()
    trail.record("closing.revoke", f"CL-{closing_id}", on=closing.on.isoformat())
    return closing
