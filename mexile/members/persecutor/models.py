"""The table ``member_persecutor``: whom a person flees from."""

from datetime import datetime

from sqlalchemy import Boolean, CheckConstraint, ForeignKey, Index, LargeBinary, Text
from sqlalchemy.orm import Mapped, mapped_column

from mexile.ground.db import Base, Moment, WithRid, pk
from mexile.ground.privacy import SEALED, STAFF
from mexile.ground.seal import Sealed


class MemberPersecutor(WithRid, Base):
    """One persecutor of one member. ``kind``, ``reach`` and ``collusion`` are words of the vocabularies
    ``persecutor``, ``persecutor_reach`` and ``collusion``; ``state_actor`` is what was said of this one.

    ``name`` is the person or group by name, sealed under the member's key. ``name_bidx`` is
    ``rules.persecutor.name_key`` behind ``seal.blind(NAME_PLACE, ...)``: two members who name the same
    one are found by it, and nothing else shows.
    """

    __tablename__ = "member_persecutor"
    __table_args__ = (
        CheckConstraint("length(key_id) = 16", name="key_id_length"),
        Index("ix_member_persecutor_member_id", "member_id"),
        Index("ix_member_persecutor_name_bidx", "name_bidx"),
        Index("ix_member_persecutor_kind", "kind"),
    )

    id: Mapped[int] = pk()
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"), info=STAFF)
    key_id: Mapped[bytes] = mapped_column(LargeBinary(16), info=STAFF)
    kind: Mapped[str] = mapped_column(Text, info=STAFF)
    state_actor: Mapped[bool] = mapped_column(Boolean, info=STAFF)
    reach: Mapped[str] = mapped_column(Text, info=STAFF)
    collusion: Mapped[str | None] = mapped_column(Text, info=STAFF)
    name_enc: Mapped[bytes | None] = mapped_column(LargeBinary, info=SEALED)
    name_bidx: Mapped[bytes | None] = mapped_column(LargeBinary(32), info=SEALED)
    note_enc: Mapped[bytes | None] = mapped_column(LargeBinary, info=SEALED)
    by_user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"), info=STAFF)
    at: Mapped[datetime] = mapped_column(Moment, info=STAFF)

    name = Sealed("name_enc")
    note = Sealed("note_enc")
