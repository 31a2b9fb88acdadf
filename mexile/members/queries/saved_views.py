"""Lists that somebody saved under a name: one's own, and those that were shared."""

from functools import cache

from sqlalchemy import ColumnElement, Select, bindparam, or_, select

from mexile.access.policy import register_scope
from mexile.access.viewer import Viewer
from mexile.ground.db import db
from mexile.ground.errors import NotHere
from mexile.members.models.saved_view import SavedView


def saved_views(viewer: Viewer) -> list[SavedView]:
    """Her own and the shared ones, by name."""
    return list(db.session.scalars(_saved_views(), {"user_id": viewer.user_id}))


@cache
def _saved_views() -> Select[SavedView]:
    """Made once: every list asks."""
    mine_or_shared = or_(SavedView.user_id == bindparam("user_id"), SavedView.shared == 1)
    return select(SavedView).where(mine_or_shared).order_by(SavedView.title, SavedView.id)


def deletable(viewer: Viewer) -> ColumnElement[bool]:
    """The WHERE on ``SavedView`` for what she may delete: her own; a shared one also who sees everybody."""
    own = SavedView.user_id == viewer.user_id
    return or_(own, SavedView.shared == 1) if viewer.sees_all_members else own


def view_to_delete(viewer: Viewer, id: int) -> SavedView:
    found = db.session.scalar(select(SavedView).where(SavedView.id == id, deletable(viewer)))
    if found is None:
        raise NotHere(str(id))
    return found


register_scope("saved_view", deletable)
