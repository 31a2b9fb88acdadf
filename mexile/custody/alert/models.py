"""Someone was detained: the alert, who stands in line to be told, who was told, who has it, what was done."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, Integer, LargeBinary, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from mexile.cases.event.models import one_of
from mexile.ground.db import Base, Moment, WithRid, pk
from mexile.ground.privacy import PUBLIC, SEALED, STAFF
from mexile.ground.seal import Sealed

RESOLUTIONS = ("found", "released", "mistake")
ANSWERS = ("done", "not_needed", "not_yet")
TRIES = ("found", "not_found", "not_working")
_STANDS = text("to_at IS NULL")


class CallLine(WithRid, Base):
    """Somebody of the staff in the line of those who are told, with the telephone that is called.

    `key_id` is that person's own key. `position` orders the line; who left it has a `to_at`.
    """

    __tablename__ = "call_line"
    __table_args__ = (
        CheckConstraint("length(key_id) = 16", name="key_id_length"),
        Index("uq_call_line_user", "user_id", unique=True, sqlite_where=_STANDS, postgresql_where=_STANDS),
    )

    id: Mapped[int] = pk()
    key_id: Mapped[bytes] = mapped_column(LargeBinary(16), info=STAFF)
    user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"), info=STAFF)
    position: Mapped[int] = mapped_column(Integer, info=STAFF)
    from_at: Mapped[datetime] = mapped_column(Moment, info=STAFF)
    to_at: Mapped[datetime | None] = mapped_column(Moment, info=STAFF)
    phone_enc: Mapped[bytes] = mapped_column(LargeBinary, info=SEALED)

    phone = Sealed("phone_enc")


class Alert(WithRid, Base):
    """Somebody said that a person was detained. It stands until it has a resolution.

    `member_id` is empty while nobody knows who it is: then `who` holds the words that were said and
    the row has a key of its own. Once the person is known, everything lies under her key.
    """

    __tablename__ = "alert"
    ended_by = ("alert_resolution.alert_id",)
    __table_args__ = (
        CheckConstraint("length(key_id) = 16", name="key_id_length"),
        Index("ix_alert_member_id", "member_id"),
    )

    id: Mapped[int] = pk()
    key_id: Mapped[bytes] = mapped_column(LargeBinary(16), info=STAFF)
    code: Mapped[str] = mapped_column(Text, unique=True, info=PUBLIC)
    member_id: Mapped[int | None] = mapped_column(ForeignKey("member.id"), info=STAFF)
    by_user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"), info=STAFF)
    at: Mapped[datetime] = mapped_column(Moment, info=STAFF)
    who_enc: Mapped[bytes | None] = mapped_column(LargeBinary, info=SEALED)
    last_seen_enc: Mapped[bytes | None] = mapped_column(LargeBinary, info=SEALED)

    who = Sealed("who_enc")
    last_seen = Sealed("last_seen_enc")


class AlertNotice(Base):
    """Somebody was told, as the so-manieth. The database refuses a second notice of one step."""

    __tablename__ = "alert_notice"
    __table_args__ = (Index("ix_alert_notice_user_id", "user_id"),)

    alert_id: Mapped[int] = mapped_column(ForeignKey("alert.id"), primary_key=True, info=STAFF)
    step: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False, info=STAFF)
    user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"), info=STAFF)
    at: Mapped[datetime] = mapped_column(Moment, info=STAFF)


_HELD = text("ended_at IS NULL")


class AlertAnswer(Base):
    """A named person has it, until she hands it on. One at a time: the database refuses a second."""

    __tablename__ = "alert_answer"
    __table_args__ = (
        Index("uq_alert_answer_held", "alert_id", unique=True, sqlite_where=_HELD, postgresql_where=_HELD),
    )

    id: Mapped[int] = pk()
    alert_id: Mapped[int] = mapped_column(ForeignKey("alert.id"), info=STAFF)
    user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"), info=STAFF)
    at: Mapped[datetime] = mapped_column(Moment, info=STAFF)
    ended_at: Mapped[datetime | None] = mapped_column(Moment, info=STAFF)


class AlertResolution(Base):
    """How it ended: the person was found in custody, is free, or it was a mistake."""

    __tablename__ = "alert_resolution"
    __table_args__ = (CheckConstraint(one_of("kind", RESOLUTIONS), name="kind"),)

    alert_id: Mapped[int] = mapped_column(ForeignKey("alert.id"), primary_key=True, info=STAFF)
    kind: Mapped[str] = mapped_column(Text, info=STAFF)
    by_user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"), info=STAFF)
    at: Mapped[datetime] = mapped_column(Moment, info=STAFF)


class AlertCheck(Base):
    """One thing of the first 24 hours, answered by somebody. The newest row of an item holds."""

    __tablename__ = "alert_check"
    __table_args__ = (
        CheckConstraint(one_of("answer", ANSWERS), name="answer"),
        Index("ix_alert_check_alert_id_item", "alert_id", "item"),
    )

    id: Mapped[int] = pk()
    alert_id: Mapped[int] = mapped_column(ForeignKey("alert.id"), info=STAFF)
    item: Mapped[str] = mapped_column(Text, info=STAFF)
    answer: Mapped[str] = mapped_column(Text, info=STAFF)
    by_user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"), info=STAFF)
    at: Mapped[datetime] = mapped_column(Moment, info=STAFF)


class LocatorTry(Base):
    """The locator was asked, and what it said. It hangs on the person, and on the alert while nobody knows who it is."""

    __tablename__ = "locator_try"
    __table_args__ = (
        CheckConstraint(one_of("result", TRIES), name="result"),
        CheckConstraint("member_id IS NOT NULL OR alert_id IS NOT NULL", name="of_somebody"),
        Index("ix_locator_try_member_id", "member_id"),
        Index("ix_locator_try_alert_id", "alert_id"),
    )

    id: Mapped[int] = pk()
    member_id: Mapped[int | None] = mapped_column(ForeignKey("member.id"), info=STAFF)
    alert_id: Mapped[int | None] = mapped_column(ForeignKey("alert.id"), info=STAFF)
    result: Mapped[str] = mapped_column(Text, info=STAFF)
    by_user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"), info=STAFF)
    at: Mapped[datetime] = mapped_column(Moment, info=STAFF)
