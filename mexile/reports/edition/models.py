"""The tables of what an edition said: ``report_edition_content``, and ``report_submission_edition``, that it was sent."""

from __future__ import annotations

from sqlalchemy import ForeignKey, LargeBinary, Text
from sqlalchemy.orm import Mapped, mapped_column

from mexile.ground.db import Base, append_only
from mexile.ground.privacy import PUBLIC, STAFF


@append_only
class EditionContent(Base):
    """An edition for release, kept so that it can be shown again and explained: the report file and the version of the
    program that counted it, its numbers as canonical JSON, and the bytes that left.

    An internal edition has a row for every service and is kept by its hash alone."""

    __tablename__ = "report_edition_content"

    edition_id: Mapped[int] = mapped_column(ForeignKey("report_edition.id"), primary_key=True, info=STAFF)
    report_file: Mapped[str] = mapped_column(Text, info=PUBLIC)
    program: Mapped[str] = mapped_column(Text, info=PUBLIC)
    numbers: Mapped[str] = mapped_column(Text, info=STAFF)
    body: Mapped[bytes] = mapped_column(LargeBinary, info=STAFF)


@append_only
class SubmissionEdition(Base):
    """Which edition was sent. One that was marked as sent before editions were kept has no row."""

    __tablename__ = "report_submission_edition"

    submission_id: Mapped[int] = mapped_column(ForeignKey("report_submission.id"), primary_key=True, info=STAFF)
    edition_id: Mapped[int] = mapped_column(ForeignKey("report_edition.id"), index=True, info=STAFF)
