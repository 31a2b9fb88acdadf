"""Sessions on the server, what was typed and not yet saved, and rate counts."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, Integer, LargeBinary, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from mexile.ground.db import Base, Moment, WithRid, pk
from mexile.ground.privacy import SEALED, STAFF
from mexile.ground.seal import Sealed

_SEARCHING = text("searched_since IS NOT NULL")


class UserSession(Base):
    """One sign-in. The cookie holds 32 random bytes, this table their SHA-256."""

    __tablename__ = "user_session"

    id: Mapped[int] = pk()
    token_hash: Mapped[bytes] = mapped_column(LargeBinary(32), unique=True, info=STAFF)
    user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"), index=True, info=STAFF)
    started_at: Mapped[datetime] = mapped_column(Moment, info=STAFF)
    last_seen_at: Mapped[datetime] = mapped_column(Moment, info=STAFF)
    second_factor_at: Mapped[datetime] = mapped_column(Moment, info=STAFF)
    confirmed_at: Mapped[datetime] = mapped_column(Moment, info=STAFF)
    ended_at: Mapped[datetime | None] = mapped_column(Moment, info=STAFF)
    device: Mapped[str] = mapped_column(Text, default="", info=STAFF)
    searched_since: Mapped[datetime | None] = mapped_column(Moment, info=STAFF)
    """When the open list of what a search has shown was begun; see `actions/searched.py`."""
    searched_rids: Mapped[bytes | None] = mapped_column(LargeBinary, info=STAFF)
    searched_detail: Mapped[str | None] = mapped_column(Text, info=STAFF)

    __table_args__ = (
        Index(
            "ix_user_session_searched_since",
            "searched_since",
            sqlite_where=_SEARCHING,
            postgresql_where=_SEARCHING,
        ),
    )


class Draft(WithRid, Base):
    """What somebody typed on a page and has not saved yet, sealed under her own key.
    `held` marks a form that was sent while the session was locked."""

    __tablename__ = "draft"

    id: Mapped[int] = pk()
    key_id: Mapped[bytes] = mapped_column(LargeBinary(16), info=STAFF)
    user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"), info=STAFF)
    path: Mapped[str] = mapped_column(Text, info=STAFF)
    at: Mapped[datetime] = mapped_column(Moment, info=STAFF)
    held: Mapped[int] = mapped_column(Integer, default=0, info=STAFF)
    body_enc: Mapped[bytes | None] = mapped_column(LargeBinary, info=SEALED)

    body = Sealed("body_enc")

    __table_args__ = (Index("uq_draft_user_id_path", "user_id", "path", "held", unique=True),)


class RateCount(Base):
    """How often something was tried in a window. `bucket` is an HMAC: no address is kept; `window` is the minute
    at which it ends."""

    __tablename__ = "rate_count"

    bucket: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True, info=STAFF)
    window: Mapped[int] = mapped_column(Integer, primary_key=True, info=STAFF)
    count: Mapped[int] = mapped_column(Integer, default=0, info=STAFF)
