"""The tables ``inquiry_conversation`` and ``conversation_told``: what was talked about, and what was explained."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Date, ForeignKey, Index, Integer, LargeBinary, Text
from sqlalchemy.orm import Mapped, mapped_column

from mexile.ground.db import Base, Moment, WithRid, pk
from mexile.ground.privacy import SEALED, STAFF
from mexile.ground.seal import Sealed

PLACES = ("office", "juarez", "safe_place", "phone")
WISHES = ("go_on", "wait", "stay", "other_country", "thinking")
"""What the person decides. It is theirs, and it may change from one conversation to the next."""


def _one_of(column: str, words: tuple[str, ...]) -> str:
    return f"{column} IN ({', '.join(repr(word) for word in words)})"


class Conversation(WithRid, Base):
    """One conversation with the person of an inquiry, under the inquiry's key.

    ``likely_bp`` is the share that prevails in hundredths of a percent, ``likely_of`` what it is a share of,
    ``likely_source`` who counted it and when: no figure stands without them. ``likely_words`` is how it was said.
    """

    __tablename__ = "inquiry_conversation"
    __table_args__ = (
        CheckConstraint("length(key_id) = 16", name="key_id_length"),
        CheckConstraint(_one_of("place", PLACES), name="place"),
        CheckConstraint(f"wish IS NULL OR {_one_of('wish', WISHES)}", name="wish"),
        CheckConstraint("likely_bp IS NULL OR likely_bp BETWEEN 0 AND 10000", name="likely_bp"),
        CheckConstraint(
            "likely_bp IS NULL OR (likely_of IS NOT NULL AND likely_source IS NOT NULL)", name="likely_source"
        ),
        Index("ix_inquiry_conversation_inquiry_id", "inquiry_id", "held_on"),
        Index("ix_inquiry_conversation_member_id", "member_id"),
    )

    id: Mapped[int] = pk()
    inquiry_id: Mapped[int] = mapped_column(ForeignKey("inquiry.id"), info=STAFF)
    member_id: Mapped[int | None] = mapped_column(ForeignKey("member.id"), info=STAFF)
    key_id: Mapped[bytes] = mapped_column(LargeBinary(16), info=STAFF)
    held_on: Mapped[date] = mapped_column(Date, info=STAFF)
    place: Mapped[str] = mapped_column(Text, info=STAFF)
    language: Mapped[str | None] = mapped_column(Text, info=STAFF)
    interpreter_enc: Mapped[bytes | None] = mapped_column(LargeBinary, info=SEALED)
    wish: Mapped[str | None] = mapped_column(Text, info=STAFF)
    likely_bp: Mapped[int | None] = mapped_column(Integer, info=STAFF)
    likely_of: Mapped[str | None] = mapped_column(Text, info=STAFF)
    likely_source: Mapped[str | None] = mapped_column(Text, info=STAFF)
    likely_words_enc: Mapped[bytes | None] = mapped_column(LargeBinary, info=SEALED)
    note_enc: Mapped[bytes | None] = mapped_column(LargeBinary, info=SEALED)
    by_user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"), info=STAFF)
    at: Mapped[datetime] = mapped_column(Moment, info=STAFF)
    version: Mapped[int] = mapped_column(Integer, info=STAFF)

    interpreter = Sealed("interpreter_enc")
    likely_words = Sealed("likely_words_enc")
    note = Sealed("note_enc")

    __mapper_args__ = {"version_id_col": version}


class Told(Base):
    """One thing that was explained: on which day, and the initials of who said it."""

    __tablename__ = "conversation_told"

    conversation_id: Mapped[int] = mapped_column(ForeignKey("inquiry_conversation.id"), primary_key=True, info=STAFF)
    what: Mapped[str] = mapped_column(Text, primary_key=True, info=STAFF)
    said_on: Mapped[date] = mapped_column(Date, info=STAFF)
    initials: Mapped[str] = mapped_column(Text, info=STAFF)
    by_user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"), info=STAFF)
    at: Mapped[datetime] = mapped_column(Moment, info=STAFF)
