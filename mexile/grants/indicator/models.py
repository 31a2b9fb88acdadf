"""The tables of what a grant promised to reach: ``indicator``, its removal and return."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Integer, Text
from sqlalchemy.orm import Mapped, mapped_column

from mexile.ground.db import Base, Moment, pk
from mexile.ground.privacy import STAFF

MEASURES = ("people", "households", "acts", "units", "minutes", "money", "unnamed")
COHORTS = ("new", "continuing")


class Indicator(Base):
    """What a grant promised to reach, counted from the services and never typed.

    `target` is in the measure's own unit: minutes for time, cents for money.
    `type_codes` narrows the grant's own types further: codes with one space between them.
    """

    __tablename__ = "indicator"

    id: Mapped[int] = pk()
    grant_id: Mapped[int] = mapped_column(ForeignKey("grant_award.id"), index=True, info=STAFF)
    position: Mapped[int] = mapped_column(Integer, default=0, info=STAFF)
    en: Mapped[str] = mapped_column(Text, info=STAFF)
    es: Mapped[str] = mapped_column(Text, info=STAFF)
    measure: Mapped[str] = mapped_column(Text, info=STAFF)
    type_codes: Mapped[str] = mapped_column(Text, default="", info=STAFF)
    target: Mapped[int] = mapped_column(Integer, info=STAFF)

    __table_args__ = (
        CheckConstraint(f"measure IN {MEASURES}", name="measure"),
        CheckConstraint("target > 0", name="target"),
    )

    def name(self, lang: str) -> str:
        return self.es if lang == "es" else self.en

    @property
    def types(self) -> frozenset[str]:
        return frozenset(self.type_codes.split())


class IndicatorRemoval(Base):
    """The promise was entered by mistake or no longer holds. It is out while its newest removal has no return."""

    __tablename__ = "indicator_removal"
    ended_by = ("indicator_return.removal_id",)

    id: Mapped[int] = pk()
    indicator_id: Mapped[int] = mapped_column(ForeignKey("indicator.id"), index=True, info=STAFF)
    by_user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"), info=STAFF)
    at: Mapped[datetime] = mapped_column(Moment, info=STAFF)


class IndicatorReturn(Base):
    """It counts again."""

    __tablename__ = "indicator_return"

    removal_id: Mapped[int] = mapped_column(ForeignKey("indicator_removal.id"), primary_key=True, info=STAFF)
    by_user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"), info=STAFF)
    at: Mapped[datetime] = mapped_column(Moment, info=STAFF)
