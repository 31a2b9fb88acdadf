"""Single-letter keys: each person switches them off and on for herself (WCAG 2.1.4)."""

from __future__ import annotations

from sqlalchemy import update

from mexile.access.models.account import UserAccount
from mexile.access.viewer import Viewer
from mexile.ground import trail
from mexile.ground.db import db


def set_single_keys(*, viewer: Viewer, on: bool) -> None:
    """Inside `writing()`."""
    db.session.execute(
        update(UserAccount)
        .where(UserAccount.id == viewer.user_id)
        .values(shortcuts=int(on))
        .execution_options(synchronize_session=False)
    )
    trail.record("user.keys", viewer.code, on=on)
