"""The table ``passkey``: the public half of a key that somebody's device holds."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import BigInteger, ForeignKey, LargeBinary, Text
from sqlalchemy.orm import Mapped, mapped_column

from mexile.ground.db import Base, Moment, pk
from mexile.ground.privacy import STAFF


class Passkey(Base):
    """One key. ``credential_id`` and ``sign_count`` are as the device tells them; ``name`` is the person's own word.
    Removed, it is gone: the trail says that it was there."""

    __tablename__ = "passkey"

    id: Mapped[int] = pk()
    user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"), index=True, info=STAFF)
    credential_id: Mapped[bytes] = mapped_column(LargeBinary, unique=True, info=STAFF)
    public_key: Mapped[bytes] = mapped_column(LargeBinary, info=STAFF)
    sign_count: Mapped[int] = mapped_column(BigInteger, default=0, info=STAFF)
    name: Mapped[str] = mapped_column(Text, info=STAFF)
    added_at: Mapped[datetime] = mapped_column(Moment, info=STAFF)
    used_at: Mapped[datetime | None] = mapped_column(Moment, info=STAFF)
