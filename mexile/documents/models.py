"""The tables ``document``, a paper kept as a sealed file outside the database, and ``document_link``, what it shows."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Date, ForeignKey, Index, Integer, LargeBinary, Text
from sqlalchemy.orm import Mapped, mapped_column

from mexile.ground.db import Base, Moment, WithRid, pk
from mexile.ground.privacy import PUBLIC, SEALED, STAFF
from mexile.ground.seal import Sealed

FORMATS = ("pdf", "jpeg", "png")


class Document(WithRid, Base):
    """What is known of a file; the file itself is called like the row's `rid` and sealed under the
    member's own key, so that it can be read neither without the row nor after the member was erased.

    The name that the file had on somebody's computer is kept nowhere: it may say too much.
    """

    __tablename__ = "document"
    ended_by = ("document_void.document_id",)
    __table_args__ = (
        CheckConstraint("length(key_id) = 16", name="key_id_length"),
        CheckConstraint("format IN ('pdf', 'jpeg', 'png')", name="format"),
        CheckConstraint("language IS NULL OR length(language) = 3", name="language"),
        Index("ix_document_member_id", "member_id"),
        Index("ix_document_case_id", "case_id"),
        Index("ix_document_expires_on", "expires_on"),
    )

    id: Mapped[int] = pk()
    key_id: Mapped[bytes] = mapped_column(LargeBinary(16), info=STAFF)
    code: Mapped[str] = mapped_column(Text, unique=True, info=PUBLIC)
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"), info=STAFF)
    case_id: Mapped[int | None] = mapped_column(ForeignKey("case.id"), info=STAFF)
    kind: Mapped[str] = mapped_column(Text, info=STAFF)
    format: Mapped[str] = mapped_column(Text, info=STAFF)
    size: Mapped[int] = mapped_column(Integer, info=STAFF)
    pages: Mapped[int | None] = mapped_column(Integer, info=STAFF)
    language: Mapped[str | None] = mapped_column(Text, info=STAFF)
    expires_on: Mapped[date | None] = mapped_column(Date, info=STAFF)
    by_user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"), info=STAFF)
    at: Mapped[datetime] = mapped_column(Moment, info=STAFF)
    note_enc: Mapped[bytes | None] = mapped_column(LargeBinary, info=SEALED)

    note = Sealed("note_enc")

    @property
    def file_name(self) -> str:
        """What the file is called when it is taken out: its code and nobody's name."""
        return f"{self.code}.{'jpg' if self.format == 'jpeg' else self.format}"


class DocumentVoid(Base):
    """The document was kept by mistake or was replaced: it is listed no more and can't be opened."""

    __tablename__ = "document_void"

    document_id: Mapped[int] = mapped_column(ForeignKey("document.id"), primary_key=True, info=STAFF)
    by_user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"), info=STAFF)
    at: Mapped[datetime] = mapped_column(Moment, info=STAFF)
    reason: Mapped[str] = mapped_column(Text, info=STAFF)


class DocumentLink(Base):
    """The paper `document_id` belongs to one event or to one consent. `member_id` is whose paper it is."""

    __tablename__ = "document_link"
    __table_args__ = (
        CheckConstraint("(event_id IS NULL) <> (consent_id IS NULL)", name="one_end"),
        Index("uq_document_link_event_id", "event_id", "document_id", unique=True),
        Index("uq_document_link_consent_id", "consent_id", "document_id", unique=True),
        Index("ix_document_link_document_id", "document_id"),
        Index("ix_document_link_member_id", "member_id"),
    )

    id: Mapped[int] = pk()
    document_id: Mapped[int] = mapped_column(ForeignKey("document.id"), info=STAFF)
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"), info=STAFF)
    event_id: Mapped[int | None] = mapped_column(ForeignKey("event.id"), info=STAFF)
    consent_id: Mapped[int | None] = mapped_column(ForeignKey("consent.id"), info=STAFF)
    by_user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"), info=STAFF)
    at: Mapped[datetime] = mapped_column(Moment, info=STAFF)
