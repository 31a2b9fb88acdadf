"""Supervision after release: what kind, how often, with what on the body or on the telephone."""

from __future__ import annotations

from datetime import date

from sqlalchemy import CheckConstraint, Date, ForeignKey, Index, Text
from sqlalchemy.orm import Mapped, mapped_column

from mexile.cases.event.models import one_of
from mexile.ground.db import Base, pk
from mexile.ground.privacy import STAFF

KINDS = ("ice", "isap", "osup", "parole", "other")
EVERY = ("week", "two_weeks", "month", "quarter", "half_year", "year", "when_told")
MONITORS = ("none", "ankle", "wrist", "phone_app", "phone_call")


class Supervision(Base):
    """A member reports to an office from a day on, until `to_on`."""

    __tablename__ = "supervision"
    __table_args__ = (
        CheckConstraint(one_of("kind", KINDS), name="kind"),
        CheckConstraint(one_of("every", EVERY), name="every"),
        CheckConstraint(one_of("monitor", MONITORS), name="monitor"),
        CheckConstraint("to_on IS NULL OR to_on >= from_on", name="days"),
        Index("ix_supervision_member_id", "member_id"),
    )

    id: Mapped[int] = pk()
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"), info=STAFF)
    kind: Mapped[str] = mapped_column(Text, info=STAFF)
    every: Mapped[str] = mapped_column(Text, info=STAFF)
    monitor: Mapped[str] = mapped_column(Text, info=STAFF)
    from_on: Mapped[date] = mapped_column(Date, info=STAFF)
    to_on: Mapped[date | None] = mapped_column(Date, info=STAFF)
