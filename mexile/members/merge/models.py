"""The tables ``member_merge`` and ``member_merge_undo``: two records turned out to be one person."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, Integer, LargeBinary, Text
from sqlalchemy.orm import Mapped, mapped_column

from mexile.ground.db import Base, Moment, WithRid, pk
from mexile.ground.privacy import SEALED, STAFF
from mexile.ground.seal import Sealed

HOUSEHOLDS = ("kept", "both", "move")


class MemberMerge(WithRid, Base):
    """One record went into another. It stands until it is undone; while it stands the merged record exists
    for nobody and its code leads to the kept one.

    ``member_id`` is the record that is kept. ``log_enc``, under the kept person's key, is what an undo needs (see ``rules.UndoLog``): which rows were
    re-pointed, which were taken away, what the kept record held before. ``version`` is the kept record's
    afterwards. ``households`` says what was answered about them: "kept", "both" or "move".
    """

    __tablename__ = "member_merge"
    ended_by = ("member_merge_undo.merge_id",)
    __table_args__ = (
        CheckConstraint("length(key_id) = 16", name="key_id_length"),
        CheckConstraint("member_id <> merged_id", name="two_records"),
        CheckConstraint(f"households IN {HOUSEHOLDS}", name="households"),
        Index("ix_member_merge_member_id", "member_id"),
        Index("ix_member_merge_merged_id", "merged_id"),
    )

    id: Mapped[int] = pk()
    key_id: Mapped[bytes] = mapped_column(LargeBinary(16), info=STAFF)
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"), info=STAFF)
    merged_id: Mapped[int] = mapped_column(ForeignKey("member.id"), info=STAFF)
    by_user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"), info=STAFF)
    at: Mapped[datetime] = mapped_column(Moment, info=STAFF)
    households: Mapped[str] = mapped_column(Text, info=STAFF)
    version: Mapped[int] = mapped_column(Integer, info=STAFF)
    moved: Mapped[int] = mapped_column(Integer, info=STAFF)
    stayed: Mapped[int] = mapped_column(Integer, info=STAFF)
    log_enc: Mapped[bytes | None] = mapped_column(LargeBinary, info=SEALED)

    log = Sealed("log_enc")


class MemberMergeUndo(Base):
    """The merge was a mistake, and both records are as they were."""

    __tablename__ = "member_merge_undo"

    merge_id: Mapped[int] = mapped_column(ForeignKey("member_merge.id"), primary_key=True, info=STAFF)
    by_user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"), info=STAFF)
    at: Mapped[datetime] = mapped_column(Moment, info=STAFF)
