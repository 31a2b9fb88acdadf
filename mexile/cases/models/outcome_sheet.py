"""What the outcome sheet says beside the outcome: the result, what was decided, whose delay it was, who was there."""

from __future__ import annotations

from sqlalchemy import Boolean, CheckConstraint, ForeignKey, Text
from sqlalchemy.orm import Mapped, mapped_column

from mexile.cases.models.event import one_of
from mexile.ground.db import Base
from mexile.ground.privacy import STAFF

CLOCK_CAUSES = ("applicant", "government", "court", "neutral")
INTERPRETERS = ("in_room", "phone", "none", "not_needed")
ATTORNEYS = ("ours", "other", "none")


class OutcomeSheet(Base):
    """The facts of one outcome. `clock_cause` says whose continuance it was: one of the
    applicant's stops the clock of the work permit (8 CFR 208.7(a)(2)). Gone with its outcome,
    when that is taken back."""

    __tablename__ = "outcome_sheet"
    __table_args__ = (
        CheckConstraint(f"clock_cause IS NULL OR {one_of('clock_cause', CLOCK_CAUSES)}", name="clock_cause"),
        CheckConstraint(f"interpreter IS NULL OR {one_of('interpreter', INTERPRETERS)}", name="interpreter"),
        CheckConstraint(f"attorney IS NULL OR {one_of('attorney', ATTORNEYS)}", name="attorney"),
    )

    outcome_id: Mapped[int] = mapped_column(ForeignKey("event_outcome.id"), primary_key=True, info=STAFF)
    result: Mapped[str | None] = mapped_column(Text, info=STAFF)
    decision: Mapped[str | None] = mapped_column(Text, info=STAFF)
    clock_cause: Mapped[str | None] = mapped_column(Text, info=STAFF)
    interpreter: Mapped[str | None] = mapped_column(Text, info=STAFF)
    attorney: Mapped[str | None] = mapped_column(Text, info=STAFF)
    enforcement_seen: Mapped[bool | None] = mapped_column(Boolean, info=STAFF)
