"""The table ``funder``: who gives a grant."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Integer, Text
from sqlalchemy.orm import Mapped, mapped_column

from mexile.ground.db import Base, pk
from mexile.ground.privacy import STAFF


class Funder(Base):
    """Who gives: a foundation, an agency, a church. Its own staff are not kept here."""

    __tablename__ = "funder"

    id: Mapped[int] = pk()
    code: Mapped[str] = mapped_column(Text, unique=True, info=STAFF)
    name: Mapped[str] = mapped_column(Text, info=STAFF)
    fiscal_year_month: Mapped[int] = mapped_column(Integer, default=1, info=STAFF)

    __table_args__ = (CheckConstraint("fiscal_year_month BETWEEN 1 AND 12", name="fiscal_year_month"),)
