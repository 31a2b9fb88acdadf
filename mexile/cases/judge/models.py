"""A judge, as published: when and by which administration appointed, and from which background."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Date, ForeignKey, Integer, Text
from sqlalchemy.orm import Mapped, mapped_column

from mexile.ground.db import Base, pk
from mexile.ground.privacy import PUBLIC


class Judge(Base):
    """An editable list. What is said of a judge is what was published; `source` says where,
    `source_on` when it was read there."""

    __tablename__ = "judge"

    id: Mapped[int] = pk()
    code: Mapped[str] = mapped_column(Text, unique=True, info=PUBLIC)
    name: Mapped[str] = mapped_column(Text, info=PUBLIC)
    place_id: Mapped[int | None] = mapped_column(ForeignKey("place.id"), info=PUBLIC)
    appointed_on: Mapped[date | None] = mapped_column(Date, info=PUBLIC)
    administration: Mapped[str | None] = mapped_column(Text, info=PUBLIC)
    background: Mapped[str | None] = mapped_column(Text, info=PUBLIC)
    source: Mapped[str | None] = mapped_column(Text, info=PUBLIC)
    source_on: Mapped[date | None] = mapped_column(Date, info=PUBLIC)
    version: Mapped[int] = mapped_column(Integer, info=PUBLIC)

    __mapper_args__ = {"version_id_col": version}
