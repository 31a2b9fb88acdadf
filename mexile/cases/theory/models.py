"""The theory of a case: privileged, sealed, and read by the attorney and whom she delegated."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, Integer, LargeBinary, text
from sqlalchemy.orm import Mapped, mapped_column

from mexile.ground.db import Base, Moment, WithRid, pk
from mexile.ground.privacy import SEALED, STAFF
from mexile.ground.seal import Sealed

_OPEN = text("to_at IS NULL")


class CaseTheory(WithRid, Base):
    """Attorney work product. `grounds` and `relocation` hold codes of the vocabularies
    `protected_ground` and `relocation_evidence`, separated by spaces; what is ticked is evidence
    that lies there, never a conclusion in law. No grant, report or export knows this table.
    """

    __tablename__ = "case_theory"
    __table_args__ = (
        CheckConstraint("length(key_id) = 16", name="key_id_length"),
        Index("ix_case_theory_member_id", "member_id"),
    )

    id: Mapped[int] = pk()
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"), unique=True, info=STAFF)
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"), info=STAFF)
    key_id: Mapped[bytes] = mapped_column(LargeBinary(16), info=STAFF)
    grounds_enc: Mapped[bytes | None] = mapped_column(LargeBinary, info=SEALED)
    social_group_enc: Mapped[bytes | None] = mapped_column(LargeBinary, info=SEALED)
    nexus_enc: Mapped[bytes | None] = mapped_column(LargeBinary, info=SEALED)
    persecutors_enc: Mapped[bytes | None] = mapped_column(LargeBinary, info=SEALED)
    relocation_enc: Mapped[bytes | None] = mapped_column(LargeBinary, info=SEALED)
    relocation_words_enc: Mapped[bytes | None] = mapped_column(LargeBinary, info=SEALED)
    version: Mapped[int] = mapped_column(Integer, info=STAFF)

    grounds = Sealed("grounds_enc")
    social_group = Sealed("social_group_enc")
    nexus = Sealed("nexus_enc")
    persecutors = Sealed("persecutors_enc")
    relocation = Sealed("relocation_enc")
    relocation_words = Sealed("relocation_words_enc")

    __mapper_args__ = {"version_id_col": version}


class CaseDelegation(Base):
    """An attorney let somebody of the staff read and write the theory, from a moment to a moment.
    Open while `to_at` is empty."""

    __tablename__ = "case_delegation"
    __table_args__ = (
        CheckConstraint("to_at IS NULL OR to_at >= from_at", name="moments"),
        Index(
            "uq_case_delegation_open",
            "case_id",
            "user_id",
            unique=True,
            sqlite_where=_OPEN,
            postgresql_where=_OPEN,
        ),
    )

    id: Mapped[int] = pk()
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"), info=STAFF)
    user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"), info=STAFF)
    by_user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"), info=STAFF)
    from_at: Mapped[datetime] = mapped_column(Moment, info=STAFF)
    to_at: Mapped[datetime | None] = mapped_column(Moment, info=STAFF)
