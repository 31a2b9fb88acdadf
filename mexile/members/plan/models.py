"""The tables ``emergency_plan`` and ``emergency_child``: what to do when a person is taken, said by that person."""

from datetime import datetime

from sqlalchemy import Boolean, CheckConstraint, ForeignKey, Index, Integer, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from mexile.ground.db import Base, Moment, WithRid, pk
from mexile.ground.privacy import SEALED, STAFF
from mexile.ground.seal import Sealed


class EmergencyPlan(WithRid, Base):
    """The plan of one member. ``tell_consulate``: True and False are what the person decided, None is not asked yet.

    ``tell`` says whom to tell what, ``tell_not`` who must not hear of it.
    """

    __tablename__ = "emergency_plan"
    __table_args__ = (CheckConstraint("length(key_id) = 16", name="key_id_length"),)

    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"), primary_key=True, autoincrement=False, info=STAFF)
    key_id: Mapped[bytes] = mapped_column(LargeBinary(16), info=STAFF)
    attorney_enc: Mapped[bytes | None] = mapped_column(LargeBinary, info=SEALED)
    attorney_phone_enc: Mapped[bytes | None] = mapped_column(LargeBinary, info=SEALED)
    medicine_enc: Mapped[bytes | None] = mapped_column(LargeBinary, info=SEALED)
    keys_enc: Mapped[bytes | None] = mapped_column(LargeBinary, info=SEALED)
    tell_enc: Mapped[bytes | None] = mapped_column(LargeBinary, info=SEALED)
    tell_not_enc: Mapped[bytes | None] = mapped_column(LargeBinary, info=SEALED)
    tell_consulate: Mapped[bool | None] = mapped_column(Boolean, info=STAFF)
    by_user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"), info=STAFF)
    at: Mapped[datetime] = mapped_column(Moment, info=STAFF)
    version: Mapped[int] = mapped_column(Integer, info=STAFF)

    attorney = Sealed("attorney_enc")
    attorney_phone = Sealed("attorney_phone_enc")
    medicine = Sealed("medicine_enc")
    keys = Sealed("keys_enc")
    tell = Sealed("tell_enc")
    tell_not = Sealed("tell_not_enc")

    __mapper_args__ = {"version_id_col": version}


class EmergencyChild(WithRid, Base):
    """One child, or several who stay together, and who collects them. ``place`` is the order on the form."""

    __tablename__ = "emergency_child"
    __table_args__ = (
        CheckConstraint("length(key_id) = 16", name="key_id_length"),
        Index("ix_emergency_child_member_id", "member_id", "place"),
    )

    id: Mapped[int] = pk()
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"), info=STAFF)
    key_id: Mapped[bytes] = mapped_column(LargeBinary(16), info=STAFF)
    place: Mapped[int] = mapped_column(Integer, info=STAFF)
    child_enc: Mapped[bytes | None] = mapped_column(LargeBinary, info=SEALED)
    school_enc: Mapped[bytes | None] = mapped_column(LargeBinary, info=SEALED)
    collector_enc: Mapped[bytes | None] = mapped_column(LargeBinary, info=SEALED)
    collector_phone_enc: Mapped[bytes | None] = mapped_column(LargeBinary, info=SEALED)

    child = Sealed("child_enc")
    school = Sealed("school_enc")
    collector = Sealed("collector_enc")
    collector_phone = Sealed("collector_phone_enc")
