"""The table ``organization_mark``: the picture that the organization uploaded, as a PNG that we drew anew."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Integer, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from mexile.ground.db import Base
from mexile.ground.privacy import PUBLIC, STAFF


class OrganizationMark(Base):
    """One row, or none; `organization.mark_digest` names what lies in it."""

    __tablename__ = "organization_mark"
    __table_args__ = (CheckConstraint("id = 1", name="one_row"),)

    id: Mapped[int] = mapped_column(Integer, primary_key=True, info=STAFF)
    png: Mapped[bytes] = mapped_column(LargeBinary, info=PUBLIC)
