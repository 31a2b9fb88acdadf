"""A place where people meet an office or a judge: courts, detention, offices, ours too."""

from __future__ import annotations

from datetime import date

from sqlalchemy import CheckConstraint, Date, Index, Integer, Text
from sqlalchemy.orm import Mapped, mapped_column

from mexile.ground.db import Base, pk
from mexile.ground.privacy import PUBLIC


class Place(Base):
    """One place with its own time zone. People fill and import them; a few come with the program.

    `circuit` is that of the federal courts of appeals, which changes with the place of detention:
    El Paso is Texas and the 5th, Otero New Mexico and the 10th. `verified_on` is the day somebody
    last made sure of address and telephone.
    """

    __tablename__ = "place"
    __table_args__ = (
        CheckConstraint("circuit IS NULL OR circuit BETWEEN 1 AND 12", name="circuit"),
        CheckConstraint("state IS NULL OR length(state) = 2", name="state"),
        CheckConstraint("length(country) = 2", name="country"),
        Index("ix_place_kind", "kind"),
    )

    id: Mapped[int] = pk()
    code: Mapped[str] = mapped_column(Text, unique=True, info=PUBLIC)
    kind: Mapped[str] = mapped_column(Text, info=PUBLIC)
    name: Mapped[str] = mapped_column(Text, unique=True, info=PUBLIC)
    name_es: Mapped[str | None] = mapped_column(Text, info=PUBLIC)
    zone: Mapped[str] = mapped_column(Text, info=PUBLIC)
    country: Mapped[str] = mapped_column(Text, default="US", info=PUBLIC)
    state: Mapped[str | None] = mapped_column(Text, info=PUBLIC)
    circuit: Mapped[int | None] = mapped_column(Integer, info=PUBLIC)
    office_code: Mapped[str | None] = mapped_column(Text, info=PUBLIC)
    address: Mapped[str | None] = mapped_column(Text, info=PUBLIC)
    phone: Mapped[str | None] = mapped_column(Text, info=PUBLIC)
    verified_on: Mapped[date | None] = mapped_column(Date, info=PUBLIC)
    version: Mapped[int] = mapped_column(Integer, info=PUBLIC)

    __mapper_args__ = {"version_id_col": version}

    def called(self, lang: str) -> str:
        """Its name in this language, where it has one."""
        return (self.name_es if lang == "es" else None) or self.name
