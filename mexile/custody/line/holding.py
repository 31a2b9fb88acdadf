"""What can't wait for a colleague when somebody no longer works here: their place in the line, and their alerts."""

from __future__ import annotations

from sqlalchemy import select, update

from mexile.access.holding.kinds import when_access_ends
from mexile.access.holding.queries import holds_role
from mexile.access.policy import WORKS
from mexile.access.viewer import Viewer
from mexile.custody.alert.actions import release_alerts
from mexile.custody.alert.models import CallLine
from mexile.ground import clock
from mexile.ground.db import db


@when_access_ends.fill
def let_go(viewer: Viewer, user_id: int) -> None:
    """Nobody is told who isn't here: the line closes up, and an alert goes on to the next."""
    if not db.session.scalar(select(holds_role(user_id, *WORKS))):
        db.session.execute(
            update(CallLine).where(CallLine.user_id == user_id, CallLine.to_at.is_(None)).values(to_at=clock.now())
        )
        release_alerts(user_id=user_id)
