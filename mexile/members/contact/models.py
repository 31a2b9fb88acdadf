"""The tables ``member_contact`` and ``member_contact_rule``: the ways to reach a person, and what they ask of us."""

from datetime import datetime, time

from sqlalchemy import Boolean, CheckConstraint, ForeignKey, Index, Integer, LargeBinary, Text, Time, event
from sqlalchemy.engine import Connection
from sqlalchemy.orm import Mapped, Mapper, mapped_column

from mexile.ground.db import Base, Moment, WithRid, pk
from mexile.ground.privacy import SEALED, STAFF
from mexile.ground.seal import Sealed
from mexile.members.person.models import tell_the_search

KINDS = ("phone", "signal", "whatsapp", "email", "through")


class MemberContact(WithRid, Base):
    """One telephone number, address or go-between of one member.

    The rules stand in the clear, since the program enforces them at each use: ``no_voicemail``, ``no_content``
    (nothing but "please call us" in a message), ``is_shared`` (others use it too), ``via_attorney``,
    ``days`` (seven signs from Monday, "1" is allowed) and the hours from ``from_at`` to ``to_at`` in ``zone``;
    hours that end before they begin go over midnight. ``value`` is the number or address, ``through`` who
    passes a message on, ``code_name`` whom to ask for. ``value_bidx`` is the blind index of a number under
    "member.phone", the same as ``member.phone_bidx``, so that one number is one wherever it stands.
    """

    __tablename__ = "member_contact"
    __table_args__ = (
        CheckConstraint("length(key_id) = 16", name="key_id_length"),
        CheckConstraint("kind IN ('phone', 'signal', 'whatsapp', 'email', 'through')", name="kind"),
        CheckConstraint("length(days) = 7", name="days"),
        CheckConstraint("(from_at IS NULL) = (to_at IS NULL)", name="hours"),
        Index("ix_member_contact_member_id", "member_id"),
        Index("ix_member_contact_value_bidx", "value_bidx"),
    )

    id: Mapped[int] = pk()
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"), info=STAFF)
    key_id: Mapped[bytes] = mapped_column(LargeBinary(16), info=STAFF)
    kind: Mapped[str] = mapped_column(Text, info=STAFF)
    value_enc: Mapped[bytes | None] = mapped_column(LargeBinary, info=SEALED)
    value_bidx: Mapped[bytes | None] = mapped_column(LargeBinary(40), info=SEALED)
    through_enc: Mapped[bytes | None] = mapped_column(LargeBinary, info=SEALED)
    code_name_enc: Mapped[bytes | None] = mapped_column(LargeBinary, info=SEALED)
    note_enc: Mapped[bytes | None] = mapped_column(LargeBinary, info=SEALED)
    no_voicemail: Mapped[bool] = mapped_column(Boolean, info=STAFF)
    no_content: Mapped[bool] = mapped_column(Boolean, info=STAFF)
    is_shared: Mapped[bool] = mapped_column(Boolean, info=STAFF)
    via_attorney: Mapped[bool] = mapped_column(Boolean, info=STAFF)
    days: Mapped[str] = mapped_column(Text, info=STAFF)
    from_at: Mapped[time | None] = mapped_column(Time, info=STAFF)
    to_at: Mapped[time | None] = mapped_column(Time, info=STAFF)
    zone: Mapped[str] = mapped_column(Text, info=STAFF)
    by_user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"), info=STAFF)
    at: Mapped[datetime] = mapped_column(Moment, info=STAFF)
    version: Mapped[int] = mapped_column(Integer, info=STAFF)

    value = Sealed("value_enc")
    through = Sealed("through_enc")
    code_name = Sealed("code_name_enc")
    note = Sealed("note_enc")

    __mapper_args__ = {"version_id_col": version}


@event.listens_for(MemberContact, "after_insert")
@event.listens_for(MemberContact, "after_update")
@event.listens_for(MemberContact, "after_delete")
def _changed(_mapper: Mapper[MemberContact], connection: Connection, contact: MemberContact) -> None:
    """The search finds a member by how any of their numbers ends."""
    tell_the_search(connection, contact.member_id)


class MemberContactRule(Base):
    """What holds for every way to reach a member, beside ``member.safe_contact``: a word of the vocabulary
    ``safe_contact``, such as "never_mx"."""

    __tablename__ = "member_contact_rule"

    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"), primary_key=True, autoincrement=False, info=STAFF)
    rule: Mapped[str] = mapped_column(Text, primary_key=True, info=STAFF)
