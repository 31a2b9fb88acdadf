"""The tables ``named_person`` and ``conflict_check``: names that may stand against each other, and who looked."""

from datetime import datetime

from sqlalchemy import Boolean, CheckConstraint, ForeignKey, Index, LargeBinary, Text
from sqlalchemy.orm import Mapped, mapped_column

from mexile.ground.db import Base, Moment, WithRid, pk
from mexile.ground.privacy import SEALED, STAFF
from mexile.ground.seal import Sealed


class NamedPerson(WithRid, Base):
    """Somebody who was named in an inquiry, after consent: the person's own name, a relative, a persecutor
    (``persecutor``: a word of that vocabulary) or another adverse person. Once the inquiry became a member
    the row is the member's too.

    ``name_bidx`` is made like that of ``member_persecutor``, ``phone_bidx`` like that of ``member``.
    """

    __tablename__ = "named_person"
    __table_args__ = (
        CheckConstraint("length(key_id) = 16", name="key_id_length"),
        CheckConstraint("kind IN ('self', 'relative', 'persecutor', 'adverse')", name="kind"),
        CheckConstraint("inquiry_id IS NOT NULL OR member_id IS NOT NULL", name="owner"),
        Index("ix_named_person_inquiry_id", "inquiry_id"),
        Index("ix_named_person_member_id", "member_id"),
        Index("ix_named_person_name_bidx", "name_bidx"),
        Index("ix_named_person_phone_bidx", "phone_bidx"),
    )

    id: Mapped[int] = pk()
    inquiry_id: Mapped[int | None] = mapped_column(ForeignKey("inquiry.id"), info=STAFF)
    member_id: Mapped[int | None] = mapped_column(ForeignKey("member.id"), info=STAFF)
    key_id: Mapped[bytes] = mapped_column(LargeBinary(16), info=STAFF)
    kind: Mapped[str] = mapped_column(Text, info=STAFF)
    persecutor: Mapped[str | None] = mapped_column(Text, info=STAFF)
    name_enc: Mapped[bytes | None] = mapped_column(LargeBinary, info=SEALED)
    name_bidx: Mapped[bytes | None] = mapped_column(LargeBinary(32), info=SEALED)
    phone_enc: Mapped[bytes | None] = mapped_column(LargeBinary, info=SEALED)
    phone_bidx: Mapped[bytes | None] = mapped_column(LargeBinary(40), info=SEALED)
    by_user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"), info=STAFF)
    at: Mapped[datetime] = mapped_column(Moment, info=STAFF)

    name = Sealed("name_enc")
    phone = Sealed("phone_enc")


class ConflictCheck(Base):
    """Somebody asked whether the names of an inquiry meet others. ``is_possible`` is all that is kept of
    the answer: never with whom, never how many."""

    __tablename__ = "conflict_check"
    __table_args__ = (Index("ix_conflict_check_inquiry_id", "inquiry_id"),)

    id: Mapped[int] = pk()
    inquiry_id: Mapped[int] = mapped_column(ForeignKey("inquiry.id"), info=STAFF)
    is_possible: Mapped[bool] = mapped_column(Boolean, info=STAFF)
    by_user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"), info=STAFF)
    at: Mapped[datetime] = mapped_column(Moment, info=STAFF)
