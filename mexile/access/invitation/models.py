"""The table ``invitation``: somebody may set the password and second factor of an account, once, within 72 hours.

The one that `mexile init` prints has no account yet: who opens it makes the first director's.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import ForeignKey, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from mexile.ground.db import Base, Moment, WithRid, pk
from mexile.ground.privacy import STAFF

GOOD_FOR = timedelta(hours=72)


class Invitation(WithRid, Base):
    """The secret of its address derives from ``rid`` and the index root and lies in no table; here is its SHA-256.
    It ends by being used, after its time, or when a newer one was sent (``ended_at``)."""

    __tablename__ = "invitation"

    id: Mapped[int] = pk()
    user_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"), index=True, info=STAFF)
    token_hash: Mapped[bytes] = mapped_column(LargeBinary(32), unique=True, info=STAFF)
    made_at: Mapped[datetime] = mapped_column(Moment, info=STAFF)
    used_at: Mapped[datetime | None] = mapped_column(Moment, info=STAFF)
    ended_at: Mapped[datetime | None] = mapped_column(Moment, info=STAFF)

    @property
    def until(self) -> datetime:
        """When it opens nothing any more."""
        return self.made_at + GOOD_FOR
