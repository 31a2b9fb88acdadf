"""A kind of service, with the unit in which funders count it and what is usual for it."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Date, ForeignKey, Index, Integer, Text
from sqlalchemy.orm import Mapped, mapped_column

from mexile.ground.db import Base, Moment, append_only, pk
from mexile.ground.privacy import PUBLIC, STAFF
from mexile.services.service.rules import MODES

COUNTS = ("act", "person", "household", "given")
UNITS = ("hours", "units", "usd", "people", "nights", "pages")


class ServiceType(Base):
    """`counts` is how many units one act is: see `rules/counting.py`. `minutes`, `place` and `mode` are what a log takes when nothing else is said.

    `words_en` and `words_es` are what people type for it, separated by commas. From `retired_on` on nothing is logged
    as it, and what was stays.
    """

    __tablename__ = "service_type"
    __table_args__ = (
        CheckConstraint(f"unit IN {UNITS}", name="unit"),
        CheckConstraint(f"mode IN {MODES}", name="mode"),
        CheckConstraint("minutes BETWEEN 0 AND 1440", name="minutes"),
    )

    code: Mapped[str] = mapped_column(Text, primary_key=True, info=PUBLIC)
    en: Mapped[str] = mapped_column(Text, info=PUBLIC)
    es: Mapped[str] = mapped_column(Text, info=PUBLIC)
    category: Mapped[str] = mapped_column(Text, info=PUBLIC)
    unit: Mapped[str] = mapped_column(Text, info=PUBLIC)
    counts: Mapped[str] = mapped_column(
        Text, CheckConstraint(f"counts IN {COUNTS}", name="counts"), default="act", server_default="act", info=PUBLIC
    )
    minutes: Mapped[int] = mapped_column(Integer, default=30, info=PUBLIC)
    place: Mapped[str] = mapped_column(Text, default="office", info=PUBLIC)
    mode: Mapped[str] = mapped_column(Text, default="in_person", info=PUBLIC)
    position: Mapped[int] = mapped_column(Integer, default=0, info=PUBLIC)
    words_en: Mapped[str] = mapped_column(Text, default="", info=PUBLIC)
    words_es: Mapped[str] = mapped_column(Text, default="", info=PUBLIC)
    retired_on: Mapped[date | None] = mapped_column(Date, info=PUBLIC)
    version: Mapped[int] = mapped_column(Integer, default=1, server_default="1", info=PUBLIC)

    __mapper_args__ = {"version_id_col": version}

    def name(self, lang: str) -> str:
        return self.es if lang == "es" else self.en


@append_only
class ServiceTypeChange(Base):
    """One field of a type as it was and as somebody made it, in the words of the column; of a new one no field."""

    __tablename__ = "service_type_change"
    __table_args__ = (Index("ix_service_type_change_type_code", "type_code", "id"),)

    id: Mapped[int] = pk()
    type_code: Mapped[str] = mapped_column(ForeignKey("service_type.code"), info=STAFF)
    field: Mapped[str] = mapped_column(Text, info=STAFF)
    before: Mapped[str] = mapped_column(Text, info=STAFF)
    after: Mapped[str] = mapped_column(Text, info=STAFF)
    by_user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"), info=STAFF)
    at: Mapped[datetime] = mapped_column(Moment, info=STAFF)
