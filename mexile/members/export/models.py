"""The tables ``saved_view`` (a list asked for again and again, under a name), ``export`` and ``export_member``.

The last two are the register of exports: what left the house, who took it, of whom it spoke. Rows are only ever added.
"""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, Integer, Text
from sqlalchemy.orm import Mapped, mapped_column

from mexile.ground.db import Base, Moment, append_only, pk
from mexile.ground.privacy import PUBLIC, STAFF


class SavedView(Base):
    """The filters of a list, as its address says them: codes, never people. A ``shared`` one is everybody's
    to use; whom it shows is still each reader's own right."""

    __tablename__ = "saved_view"
    __table_args__ = (
        CheckConstraint("shared IN (0, 1)", name="shared"),
        Index("uq_saved_view_user_id_title", "user_id", "title", unique=True),
    )

    id: Mapped[int] = pk()
    user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"), info=STAFF)
    title: Mapped[str] = mapped_column(Text, info=STAFF)
    asked: Mapped[str] = mapped_column(Text, info=STAFF)
    shared: Mapped[int] = mapped_column(Integer, default=0, info=STAFF)
    at: Mapped[datetime] = mapped_column(Moment, info=STAFF)


@append_only
class Export(Base):
    """One file that somebody took. ``filters`` and ``columns`` are codes; ``purpose`` and ``audience`` are what
    each person's consent was asked for; ``left_out`` counts those whose consent did not fit."""

    __tablename__ = "export"
    __table_args__ = (
        CheckConstraint("rows >= 0", name="rows"),
        CheckConstraint("left_out >= 0", name="left_out"),
        Index("ix_export_by_user_id", "by_user_id"),
    )

    id: Mapped[int] = pk()
    code: Mapped[str] = mapped_column(Text, unique=True, info=PUBLIC)
    by_user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"), info=STAFF)
    at: Mapped[datetime] = mapped_column(Moment, info=STAFF)
    purpose: Mapped[str] = mapped_column(Text, info=STAFF)
    audience: Mapped[str] = mapped_column(Text, info=STAFF)
    reason: Mapped[str] = mapped_column(Text, info=STAFF)
    filters: Mapped[str] = mapped_column(Text, info=STAFF)
    columns: Mapped[str] = mapped_column(Text, info=STAFF)
    rows: Mapped[int] = mapped_column(Integer, info=STAFF)
    left_out: Mapped[int] = mapped_column(Integer, info=STAFF)


@append_only
class ExportMember(Base):
    """A person of whom the file spoke, under the code that stood in it."""

    __tablename__ = "export_member"
    __table_args__ = (Index("ix_export_member_member_id", "member_id"),)

    export_id: Mapped[int] = mapped_column(ForeignKey("export.id"), primary_key=True, info=STAFF)
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"), primary_key=True, info=STAFF)
