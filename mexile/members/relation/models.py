"""The tables ``relation`` and ``relation_end``: what two people are to each other, written down once."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text
from sqlalchemy.orm import Mapped, mapped_column

from mexile.ground.db import Base, Moment, pk
from mexile.ground.privacy import STAFF


class Relation(Base):
    """The first person is ``kind`` of the second: parent of, guardian of. The other way round is derived.

    The first is ``member_id``, or that member's relative where ``relative_id`` says so; likewise the
    second with ``other_``. Partners and siblings, who are the same to each other, stand once as well.
    """

    __tablename__ = "relation"
    ended_by = ("relation_end.relation_id",)
    __table_args__ = (
        CheckConstraint("kind IN ('partner', 'parent', 'sibling', 'grandparent', 'guardian', 'other')", name="kind"),
        Index("ix_relation_member_id", "member_id"),
        Index("ix_relation_other_member_id", "other_member_id"),
    )

    id: Mapped[int] = pk()
    kind: Mapped[str] = mapped_column(Text, info=STAFF)
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"), info=STAFF)
    relative_id: Mapped[int | None] = mapped_column(ForeignKey("relative.id"), info=STAFF)
    other_member_id: Mapped[int] = mapped_column(ForeignKey("member.id"), info=STAFF)
    other_relative_id: Mapped[int | None] = mapped_column(ForeignKey("relative.id"), info=STAFF)
    by_user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"), info=STAFF)
    at: Mapped[datetime] = mapped_column(Moment, info=STAFF)


class RelationEnd(Base):
    """The relation is over, or was a mistake. The row of what was said stays."""

    __tablename__ = "relation_end"

    relation_id: Mapped[int] = mapped_column(ForeignKey("relation.id"), primary_key=True, info=STAFF)
    by_user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"), info=STAFF)
    at: Mapped[datetime] = mapped_column(Moment, info=STAFF)
