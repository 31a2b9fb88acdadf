"""Saying how many open cases an attorney can answer for."""

from mexile.access.policy import ATTORNEY
from mexile.access.queries.people import with_roles
from mexile.access.viewer import Viewer
from mexile.ground import clock, trail
from mexile.ground.db import db
from mexile.ground.errors import NotHere
from mexile.inquiries.models.capacity import AttorneyCapacity


def set_capacity(*, viewer: Viewer, user_id: int, cases: int) -> AttorneyCapacity:
    """A new row; those before it stay as history. Raises NotHere for somebody who is no attorney."""
    if user_id not in {id for id, _ in with_roles(ATTORNEY)}:
        raise NotHere("attorney")
    made = AttorneyCapacity(user_id=user_id, cases=cases, by_user_id=viewer.user_id, at=clock.now())
    db.session.add(made)
    db.session.flush()
    trail.record("inquiry.capacity", user=user_id, cases=cases)
    return made
