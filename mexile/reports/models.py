"""The register of exports: every file that was made of a report, and what it was."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Date, ForeignKey, Index, LargeBinary, Text
from sqlalchemy.orm import Mapped, mapped_column

from mexile.ground.db import Base, Moment, WithRid, append_only, pk
from mexile.ground.privacy import PUBLIC, STAFF

AUDIENCES = ("internal", "release")


@append_only
class ReportEdition(WithRid, Base):
    """One file. `rid` is also the key under which persons in its Detail got their codes, so
    that the codes of two editions can't be matched. `by_user_id` is empty where the command
    line made it; `sha256` is that of the file's bytes."""

    __tablename__ = "report_edition"

    id: Mapped[int] = pk()
    code: Mapped[str] = mapped_column(Text, unique=True, info=STAFF)
    report_name: Mapped[str] = mapped_column(Text, info=PUBLIC)
    audience: Mapped[str] = mapped_column(Text, info=STAFF)
    grant_id: Mapped[int | None] = mapped_column(ForeignKey("grant_award.id"), info=STAFF)
    period_from: Mapped[date] = mapped_column(Date, info=STAFF)
    period_to: Mapped[date] = mapped_column(Date, info=STAFF)
    language: Mapped[str] = mapped_column(Text, info=STAFF)
    by_user_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"), info=STAFF)
    at: Mapped[datetime] = mapped_column(Moment, info=STAFF)
    sha256: Mapped[bytes] = mapped_column(LargeBinary(32), info=STAFF)

    __table_args__ = (
        CheckConstraint(f"audience IN {AUDIENCES}", name="audience"),
        CheckConstraint("language IN ('en', 'es')", name="language"),
        CheckConstraint("period_to >= period_from", name="period"),
        CheckConstraint("length(sha256) = 32", name="sha256_length"),
        Index("ix_report_edition_at", "at"),
    )
