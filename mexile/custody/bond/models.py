"""A bond: asked for, decided by a judge, paid, given back."""

from __future__ import annotations

from datetime import date

from sqlalchemy import CheckConstraint, Date, ForeignKey, Index, Integer, LargeBinary, Text
from sqlalchemy.orm import Mapped, mapped_column

from mexile.cases.event.models import one_of
from mexile.ground.db import Base, WithRid, pk
from mexile.ground.privacy import PUBLIC, SEALED, STAFF
from mexile.ground.seal import Sealed

DECISIONS = ("granted", "denied", "no_jurisdiction", "withdrawn")
PAYERS = ("family", "sponsor", "us", "bond_fund", "mixed")


class Bond(WithRid, Base):
    """One request. `reason` is the code of what the judge said, `stated` the words: a refusal for
    "no relative" or "not enough income" is counted, and read aloud one day."""

    __tablename__ = "bond"
    __table_args__ = (
        CheckConstraint("length(key_id) = 16", name="key_id_length"),
        CheckConstraint(f"decision IS NULL OR {one_of('decision', DECISIONS)}", name="decision"),
        CheckConstraint("(decision IS NULL) = (decided_on IS NULL)", name="decision_has_its_day"),
        CheckConstraint("decided_on IS NULL OR decided_on >= asked_on", name="decided_after_asked"),
        CheckConstraint("amount_cents IS NULL OR amount_cents > 0", name="amount"),
        CheckConstraint(
            "posted_on IS NULL OR (decision = 'granted' AND posted_on >= decided_on)", name="posted_when_granted"
        ),
        CheckConstraint(
            "returned_on IS NULL OR (posted_on IS NOT NULL AND returned_on >= posted_on)", name="returned_after_posted"
        ),
        CheckConstraint(f"payer IS NULL OR {one_of('payer', PAYERS)}", name="payer"),
        Index("ix_bond_member_id", "member_id"),
    )

    id: Mapped[int] = pk()
    key_id: Mapped[bytes] = mapped_column(LargeBinary(16), info=STAFF)
    code: Mapped[str] = mapped_column(Text, unique=True, info=PUBLIC)
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"), info=STAFF)
    asked_on: Mapped[date] = mapped_column(Date, info=STAFF)
    decided_on: Mapped[date | None] = mapped_column(Date, info=STAFF)
    decision: Mapped[str | None] = mapped_column(Text, info=STAFF)
    reason: Mapped[str | None] = mapped_column(Text, info=STAFF)
    amount_cents: Mapped[int | None] = mapped_column(Integer, info=STAFF)
    payer: Mapped[str | None] = mapped_column(Text, info=STAFF)
    posted_on: Mapped[date | None] = mapped_column(Date, info=STAFF)
    returned_on: Mapped[date | None] = mapped_column(Date, info=STAFF)
    stated_enc: Mapped[bytes | None] = mapped_column(LargeBinary, info=SEALED)
    version: Mapped[int] = mapped_column(Integer, info=STAFF)

    stated = Sealed("stated_enc")

    __mapper_args__ = {"version_id_col": version}
