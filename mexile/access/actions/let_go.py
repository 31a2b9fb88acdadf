"""What can't wait for a colleague when a role or an access ends."""

from __future__ import annotations

from mexile.access.holdings import ENDINGS
from mexile.access.models import UserAccount
from mexile.access.viewer import Viewer
from mexile.ground.db import db


def let_go(*, by: int, user_id: int) -> None:
    """Each house lets go of it, in the same transaction."""
    person = db.session.get_one(UserAccount, by)
    viewer = Viewer(person.id, person.code, person.name, person.language, frozenset())
    for ending in ENDINGS:
        ending(viewer, user_id)
