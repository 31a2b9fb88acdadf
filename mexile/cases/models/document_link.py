"""The table ``document_link``: a paper that shows a date, or that a consent was given."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from mexile.ground.db import Base, Moment, pk
from mexile.ground.privacy import STAFF


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
