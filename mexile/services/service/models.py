"""One act of service: what was done, on which day, by whom, for which people.

How it is counted, everywhere: services are rows of `service`, units are the sum of
`quantity`, people are distinct members of `service_person` (plus `others`, who are
counted and not known), minutes are the act's and never multiplied by its people.
A service with a row in `service_void` counts nowhere.
"""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import (
    CheckConstraint,
    Date,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    Text,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column

from mexile.ground.db import Base, Moment, WithRid, pk
from mexile.ground.privacy import SEALED, STAFF
from mexile.ground.seal import Sealed
from mexile.services.service.rules import MODES, MOST_MINUTES
from mexile.services.service_type.models import UNITS


class Service(WithRid, Base):
    """The act. `unit` is copied from the type, so that a later change of the type
    doesn't rewrite what was counted. `note_enc` is sealed under `key_id`: the member's
    own key when the act was for one person, a key of its own when it was for several."""

    __tablename__ = "service"
    ended_by = ("service_void.service_id",)
    __table_args__ = (
        CheckConstraint(f"unit IN {UNITS}", name="unit"),
        CheckConstraint(f"mode IN {MODES}", name="mode"),
        CheckConstraint(f"minutes BETWEEN 0 AND {MOST_MINUTES}", name="minutes"),
        CheckConstraint("quantity >= 0", name="quantity"),
        CheckConstraint("others >= 0", name="others"),
        CheckConstraint("amount_cents IS NULL OR amount_cents >= 0", name="amount"),
        CheckConstraint("unit <> 'usd' OR amount_cents IS NOT NULL", name="dollars_have_amount"),
        CheckConstraint("note_enc IS NULL OR key_id IS NOT NULL", name="note_has_key"),
        # What service_person repeats of its act; the foreign key below keeps it in step.
        UniqueConstraint("id", "on", "type_code"),
        # A report by type and month reads this index and nothing else.
        Index(
            "ix_service_type_code_on",
            "type_code",
            "on",
            "id",
            "minutes",
            "quantity",
            "amount_cents",
        ),
        Index("ix_service_on_id", "on", "id"),
        Index("ix_service_by_user_id_logged_at", "by_user_id", "logged_at"),
        # Whom somebody logged for in the last two weeks: asked at each keystroke of the log.
        Index("ix_service_by_user_id_on", "by_user_id", "on"),
        Index("ix_service_event_id", "event_id"),
    )

    id: Mapped[int] = pk()
    key_id: Mapped[bytes | None] = mapped_column(LargeBinary(16), info=STAFF)
    code: Mapped[str] = mapped_column(Text, unique=True, info=STAFF)
    type_code: Mapped[str] = mapped_column(ForeignKey("service_type.code"), info=STAFF)
    unit: Mapped[str] = mapped_column(Text, info=STAFF)
    on: Mapped[date] = mapped_column(Date, info=STAFF)
    minutes: Mapped[int] = mapped_column(Integer, info=STAFF)
    quantity: Mapped[int] = mapped_column(Integer, default=1, info=STAFF)
    amount_cents: Mapped[int | None] = mapped_column(Integer, info=STAFF)
    place: Mapped[str | None] = mapped_column(Text, info=STAFF)
    mode: Mapped[str] = mapped_column(Text, default="in_person", info=STAFF)
    event_id: Mapped[int | None] = mapped_column(ForeignKey("event.id"), info=STAFF)
    by_user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"), info=STAFF)
    logged_at: Mapped[datetime] = mapped_column(Moment, info=STAFF)
    others: Mapped[int] = mapped_column(Integer, default=0, info=STAFF)
    note_enc: Mapped[bytes | None] = mapped_column(LargeBinary, info=SEALED)
    version: Mapped[int] = mapped_column(Integer, default=1, info=STAFF)

    note = Sealed("note_enc")

    __mapper_args__ = {"version_id_col": version}


class ServicePerson(Base):
    """A member for whom the act was. Carries the act's day and type, so that the
    unduplicated people of a period and a type are read from one index."""

    __tablename__ = "service_person"
    __table_args__ = (
        ForeignKeyConstraint(
            ["service_id", "on", "type_code"],
            ["service.id", "service.on", "service.type_code"],
            name="fk_service_person_act",
            onupdate="CASCADE",
        ),
        Index("ix_service_person_member_id_on", "member_id", "on", "type_code", "service_id"),
        Index("ix_service_person_on_type", "on", "type_code", "member_id", "service_id"),
        Index("ix_service_person_type_on", "type_code", "on", "member_id", "service_id"),
    )

    service_id: Mapped[int] = mapped_column(Integer, primary_key=True, info=STAFF)
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"), primary_key=True, info=STAFF)
    on: Mapped[date] = mapped_column(Date, info=STAFF)
    type_code: Mapped[str] = mapped_column(Text, info=STAFF)


class ServiceVoid(Base):
    """An entry that was cancelled: it stays readable and counts nowhere.

    `reason` is `undo` when its author took it back the same day, else words."""

    __tablename__ = "service_void"

    service_id: Mapped[int] = mapped_column(ForeignKey("service.id"), primary_key=True, info=STAFF)
    by_user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"), info=STAFF)
    at: Mapped[datetime] = mapped_column(Moment, info=STAFF)
    reason: Mapped[str] = mapped_column(Text, info=STAFF)
