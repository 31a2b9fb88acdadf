"""The tables ``media_...``: who asks for somebody's story, who was offered, what was published and what followed."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Date, ForeignKey, Index, LargeBinary, Text
from sqlalchemy.orm import Mapped, mapped_column

from mexile.ground.db import Base, Moment, WithRid, pk
from mexile.ground.privacy import PUBLIC, SEALED, STAFF
from mexile.ground.seal import Sealed


class MediaRequest(WithRid, Base):
    """Somebody asks to speak with, film, photograph or quote one of us. It is of no member and has a key of its own.

    ``purpose``, ``audience`` and ``level`` say which consent a member must hold to be offered.
    """

    __tablename__ = "media_request"
    __table_args__ = (
        CheckConstraint("length(key_id) = 16", name="key_id_length"),
        CheckConstraint("level IN ('anonymous', 'initials', 'first_name', 'named')", name="level"),
        Index("ix_media_request_by_on", "by_on"),
    )

    id: Mapped[int] = pk()
    key_id: Mapped[bytes] = mapped_column(LargeBinary(16), info=STAFF)
    code: Mapped[str] = mapped_column(Text, unique=True, info=PUBLIC)
    outlet_kind: Mapped[str] = mapped_column(Text, info=STAFF)
    outlet_enc: Mapped[bytes] = mapped_column(LargeBinary, info=SEALED)
    asker_enc: Mapped[bytes | None] = mapped_column(LargeBinary, info=SEALED)
    contact_enc: Mapped[bytes | None] = mapped_column(LargeBinary, info=SEALED)
    wanted_enc: Mapped[bytes] = mapped_column(LargeBinary, info=SEALED)
    purpose: Mapped[str] = mapped_column(Text, info=STAFF)
    audience: Mapped[str] = mapped_column(Text, info=STAFF)
    level: Mapped[str] = mapped_column(Text, info=STAFF)
    asked_on: Mapped[date] = mapped_column(Date, info=STAFF)
    by_on: Mapped[date | None] = mapped_column(Date, info=STAFF)
    by_user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"), info=STAFF)
    at: Mapped[datetime] = mapped_column(Moment, info=STAFF)

    outlet = Sealed("outlet_enc")
    asker = Sealed("asker_enc")
    contact = Sealed("contact_enc")
    wanted = Sealed("wanted_enc")


class MediaChoice(Base):
    """A member was chosen for a request, under this consent, which was live on that day."""

    __tablename__ = "media_choice"
    __table_args__ = (
        Index("ix_media_choice_request_id", "request_id"),
        Index("ix_media_choice_member_id", "member_id"),
    )

    id: Mapped[int] = pk()
    request_id: Mapped[int] = mapped_column(ForeignKey("media_request.id"), info=STAFF)
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"), info=STAFF)
    consent_id: Mapped[int] = mapped_column(ForeignKey("consent.id"), info=STAFF)
    by_user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"), info=STAFF)
    at: Mapped[datetime] = mapped_column(Moment, info=STAFF)


class MediaAnswer(Base):
    """The attorney's yes or no to one choice: what is published can be shown in court. The newest row counts."""

    __tablename__ = "media_answer"
    __table_args__ = (
        CheckConstraint("answer IN ('yes', 'no')", name="answer"),
        Index("ix_media_answer_choice_id", "choice_id"),
    )

    id: Mapped[int] = pk()
    choice_id: Mapped[int] = mapped_column(ForeignKey("media_choice.id"), info=STAFF)
    answer: Mapped[str] = mapped_column(Text, info=STAFF)
    by_user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"), info=STAFF)
    at: Mapped[datetime] = mapped_column(Moment, info=STAFF)


class MediaWithdrawal(Base):
    """The member stepped back from a request, or was chosen by mistake."""

    __tablename__ = "media_withdrawal"

    choice_id: Mapped[int] = mapped_column(ForeignKey("media_choice.id"), primary_key=True, info=STAFF)
    by_user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"), info=STAFF)
    at: Mapped[datetime] = mapped_column(Moment, info=STAFF)


class MediaPublication(WithRid, Base):
    """What was published of a request: the day, and where, under the request's key."""

    __tablename__ = "media_publication"
    __table_args__ = (Index("ix_media_publication_request_id", "request_id"),)

    id: Mapped[int] = pk()
    key_id: Mapped[bytes] = mapped_column(LargeBinary(16), info=STAFF)
    request_id: Mapped[int] = mapped_column(ForeignKey("media_request.id"), info=STAFF)
    published_on: Mapped[date] = mapped_column(Date, info=STAFF)
    place_enc: Mapped[bytes] = mapped_column(LargeBinary, info=SEALED)
    by_user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"), info=STAFF)
    at: Mapped[datetime] = mapped_column(Moment, info=STAFF)

    place = Sealed("place_enc")


class MediaConsequence(WithRid, Base):
    """What followed a request: for one of its members, under her key, or for nobody in particular."""

    __tablename__ = "media_consequence"
    __table_args__ = (
        Index("ix_media_consequence_request_id", "request_id"),
        Index("ix_media_consequence_member_id", "member_id"),
    )

    id: Mapped[int] = pk()
    key_id: Mapped[bytes] = mapped_column(LargeBinary(16), info=STAFF)
    request_id: Mapped[int] = mapped_column(ForeignKey("media_request.id"), info=STAFF)
    member_id: Mapped[int | None] = mapped_column(ForeignKey("member.id"), info=STAFF)
    kind: Mapped[str] = mapped_column(Text, info=STAFF)
    followed_on: Mapped[date] = mapped_column(Date, info=STAFF)
    note_enc: Mapped[bytes | None] = mapped_column(LargeBinary, info=SEALED)
    by_user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"), info=STAFF)
    at: Mapped[datetime] = mapped_column(Moment, info=STAFF)

    note = Sealed("note_enc")


class MediaClosure(Base):
    """The request is finished, and why."""

    __tablename__ = "media_closure"

    request_id: Mapped[int] = mapped_column(ForeignKey("media_request.id"), primary_key=True, info=STAFF)
    reason: Mapped[str] = mapped_column(Text, info=STAFF)
    by_user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"), info=STAFF)
    at: Mapped[datetime] = mapped_column(Moment, info=STAFF)
