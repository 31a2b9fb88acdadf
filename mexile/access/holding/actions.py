"""Give what somebody holds to colleagues, each thing or all of it.

What can't wait for a colleague when a role or an access ends.
"""

from __future__ import annotations

from collections.abc import Mapping

from mexile.access.account.models import UserAccount
from mexile.access.account.queries import with_roles
from mexile.access.holding.kinds import HOLDINGS, when_access_ends
from mexile.access.holding.queries import held_by
from mexile.access.viewer import Viewer
from mexile.ground import trail
from mexile.ground.db import db


def hand_over(
    *, viewer: Viewer, user_id: int, code: str, takers: Mapping[str, int], everything: int | None = None
) -> int:
    """`takers`: the key of a thing -> who takes it; `everything`: who takes the rest. What the chosen one
    can't hold stays where it is, and is counted: returns how many."""
    left = given = 0
    for thing in held_by(user_id):
        holding, taker = HOLDINGS[thing.kind], takers.get(thing.key) or everything
        if taker is None or taker == user_id:
            continue
        may = taker in {id for id, _name in with_roles(*holding.roles)}
        if may and holding.take(viewer, thing.code, user_id, taker):
            given += 1
        else:
            left += 1
    if given:
        trail.record("user.hand_over", code, things=given)
    return left


def let_go(*, by: int, user_id: int) -> None:
    """Each house lets go of it, in the same transaction."""
    person = db.session.get_one(UserAccount, by)
    viewer = Viewer(person.id, person.code, person.name, person.language, frozenset())
    when_access_ends.each(viewer, user_id)
