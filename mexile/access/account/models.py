"""A person who works with mexile, her roles, and the end of her access."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, Integer, LargeBinary, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from mexile.access.roles import ROLES
from mexile.ground.db import Base, Moment, WithRid, pk
from mexile.ground.privacy import SEALED, STAFF
from mexile.ground.seal import Sealed


class UserAccount(WithRid, Base):
    """Somebody of the staff. `email` is lower case; `totp_enc` is the second factor's seed. Who was invited and
    hasn't come yet has "" for a password, which fits nothing."""

    __tablename__ = "user_account"

    id: Mapped[int] = pk()
    key_id: Mapped[bytes] = mapped_column(LargeBinary(16), info=STAFF)
    code: Mapped[str] = mapped_column(Text, unique=True, info=STAFF)
    name: Mapped[str] = mapped_column(Text, info=STAFF)
    email: Mapped[str] = mapped_column(Text, unique=True, info=STAFF)
    language: Mapped[str] = mapped_column(Text, default="en", info=STAFF)
    password_hash: Mapped[str] = mapped_column(Text, info=STAFF)
    totp_enc: Mapped[bytes | None] = mapped_column(LargeBinary, info=SEALED)
    totp_last: Mapped[int] = mapped_column(Integer, default=0, info=STAFF)
    shortcuts: Mapped[int] = mapped_column(Integer, default=1, server_default="1", info=STAFF)
    version: Mapped[int] = mapped_column(Integer, default=1, info=STAFF)

    totp = Sealed("totp_enc")

    __table_args__ = (CheckConstraint("language IN ('en', 'es')", name="language"),)
    __mapper_args__ = {"version_id_col": version}


class UserRole(Base):
    """A role from a day on, until `to_at`. Administrator beside a role that sees members counts only when a
    director confirmed it; a role that opens every member waits for one, whoever has it given to them."""

    __tablename__ = "user_role"

    id: Mapped[int] = pk()
    user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"), info=STAFF)
    role: Mapped[str] = mapped_column(Text, info=STAFF)
    from_at: Mapped[datetime] = mapped_column(Moment, info=STAFF)
    to_at: Mapped[datetime | None] = mapped_column(Moment, info=STAFF)
    confirmed_by: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"), info=STAFF)
    by_user_id: Mapped[int | None] = mapped_column(Integer, info=STAFF)
    """Who gave it; None is the command line."""
    waits: Mapped[int] = mapped_column(Integer, default=0, server_default="0", info=STAFF)
    """1 where it counts only from `due_at` on."""
    due_at: Mapped[datetime | None] = mapped_column(Moment, info=STAFF)

    __table_args__ = (
        CheckConstraint(f"role IN ({', '.join(repr(role) for role in ROLES)})", name="role"),
        Index(
            "uq_user_role_now",
            "user_id",
            "role",
            unique=True,
            sqlite_where=text("to_at IS NULL"),
            postgresql_where=text("to_at IS NULL"),
        ),
    )


class RecoveryCode(Base):
    """A one-time way in when the telephone is lost; only its HMAC is kept."""

    __tablename__ = "recovery_code"

    id: Mapped[int] = pk()
    user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"), index=True, info=STAFF)
    code_mac: Mapped[bytes] = mapped_column(LargeBinary(32), unique=True, info=STAFF)
    used_at: Mapped[datetime | None] = mapped_column(Moment, info=STAFF)


class AccessRevocation(Base):
    """Somebody's access was ended: by whom, when, why. Without such a row it stands."""

    __tablename__ = "access_revocation"

    user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"), primary_key=True, info=STAFF)
    by_user_id: Mapped[int] = mapped_column(Integer, info=STAFF)
    at: Mapped[datetime] = mapped_column(Moment, info=STAFF)
    reason: Mapped[str] = mapped_column(Text, info=STAFF)
