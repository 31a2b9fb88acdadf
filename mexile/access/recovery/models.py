"""The table ``account_recovery``: the wish that somebody's second factor be set anew."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from mexile.ground.db import Base, Moment, pk
from mexile.ground.privacy import STAFF

GOOD_FOR = timedelta(hours=72)


class AccountRecovery(Base):
    """Asked by one; it ends by being confirmed by another, stopped (``ended_at``), or after its time."""

    __tablename__ = "account_recovery"

    id: Mapped[int] = pk()
    user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"), index=True, info=STAFF)
    by_user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"), info=STAFF)
    at: Mapped[datetime] = mapped_column(Moment, info=STAFF)
    confirmed_by: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"), info=STAFF)
    confirmed_at: Mapped[datetime | None] = mapped_column(Moment, info=STAFF)
    ended_at: Mapped[datetime | None] = mapped_column(Moment, info=STAFF)

    @property
    def until(self) -> datetime:
        """When nobody can confirm it any more."""
        return self.at + GOOD_FOR
