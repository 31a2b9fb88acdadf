"""What people of the staff are responsible for. Each house says here what somebody can hold and how a
colleague takes it, so that nothing is left with an account or a role that ended.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select

from mexile.access.viewer import Viewer
from mexile.ground.hook import Hook


@dataclass(frozen=True)
class Holding:
    """A kind of thing that somebody holds. `held` selects `user_id`, `code` and `on` (a day or NULL) of all
    that is open; `roles` are those that can hold it; `take(viewer, code, holder, taker)` gives it to a
    colleague, False where that one can't have it."""

    kind: str
    roles: tuple[str, ...]
    held: Callable[[], Select[*tuple[Any, ...]]]
    take: Callable[[Viewer, str, int, int], bool]


HOLDINGS: dict[str, Holding] = {}
when_access_ends: Hook[[Viewer, int], None] = Hook("what can't wait when a role or an access ends")
"""``when_access_ends(viewer, user_id)``: what a house does at that moment; the viewer ends it, of this user."""


def register_holding(
    kind: str,
    roles: tuple[str, ...],
    things: Callable[[], Select[*tuple[Any, ...]]],
    take: Callable[[Viewer, str, int, int], bool],
) -> None:
    HOLDINGS[kind] = Holding(kind, roles, things, take)
