"""The tables ``grant_award`` and ``grant_service_type``: what a funder granted, and which services it pays for."""

from __future__ import annotations

from datetime import date

from sqlalchemy import CheckConstraint, Date, ForeignKey, Index, Integer, Text
from sqlalchemy.orm import Mapped, mapped_column

from mexile.ground.db import Base, pk
from mexile.ground.privacy import STAFF


class GrantAward(Base):
    """One award: from `from_on` to `to_on`, both days included."""

    __tablename__ = "grant_award"

    id: Mapped[int] = pk()
    code: Mapped[str] = mapped_column(Text, unique=True, info=STAFF)
    funder_id: Mapped[int] = mapped_column(ForeignKey("funder.id"), index=True, info=STAFF)
    title_en: Mapped[str] = mapped_column(Text, info=STAFF)
    title_es: Mapped[str] = mapped_column(Text, info=STAFF)
    amount_cents: Mapped[int] = mapped_column(Integer, info=STAFF)
    currency: Mapped[str] = mapped_column(Text, default="USD", info=STAFF)
    from_on: Mapped[date] = mapped_column(Date, info=STAFF)
    to_on: Mapped[date] = mapped_column(Date, info=STAFF)
    restricted: Mapped[int] = mapped_column(Integer, default=1, info=STAFF)
    version: Mapped[int] = mapped_column(Integer, default=1, info=STAFF)

    __table_args__ = (
        CheckConstraint("to_on >= from_on", name="period"),
        CheckConstraint("amount_cents >= 0", name="amount"),
        CheckConstraint("restricted IN (0, 1)", name="restricted"),
        Index("ix_grant_award_to_on", "to_on"),
    )
    __mapper_args__ = {"version_id_col": version}

    def title(self, lang: str) -> str:
        return self.title_es if lang == "es" else self.title_en


class GrantServiceType(Base):
    """A type of service that counts for a grant. A grant without any counts them all."""

    __tablename__ = "grant_service_type"

    grant_id: Mapped[int] = mapped_column(ForeignKey("grant_award.id"), primary_key=True, info=STAFF)
    type_code: Mapped[str] = mapped_column(ForeignKey("service_type.code"), primary_key=True, info=STAFF)
