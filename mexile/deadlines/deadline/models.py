"""A deadline: the last day on which something may be done for a member, and why that day."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import Boolean, CheckConstraint, Date, ForeignKey, Index, LargeBinary, Text
from sqlalchemy.orm import Mapped, mapped_column

from mexile.cases.event.models import one_of
from mexile.deadlines.rule.rules import SEVERITIES, SIDES
from mexile.ground.db import Base, Moment, WithRid, append_only, pk
from mexile.ground.privacy import SEALED, STAFF
from mexile.ground.seal import Sealed

REASONS = ("done", "waived", "missed", "set_aside")


class Deadline(Base):
    """`due_on` is the day that holds, `internal_on` the day we set ourselves before it,
    `computed_on` the rule's own day, `ordered_on` the one a judge set, which goes before it.

    `rule_id` is the version of the rule by which it was reckoned, `inputs` all that went into
    it (JSON), so that it can be reckoned again; `why_en` and `why_es` say it as a sentence
    ("entry 23 Nov 2024 + 1 year = ..."). A deadline stays visible past its day until somebody
    closes it with a reason. A fatal one has two who answer for it.
    """

    __tablename__ = "deadline"
    __table_args__ = (
        CheckConstraint("internal_on IS NULL OR internal_on <= due_on", name="target_before_limit"),
        CheckConstraint(one_of("severity", SEVERITIES), name="severity"),
        CheckConstraint(one_of("side", SIDES), name="side"),
        Index("ix_deadline_owner_user_id_due_on", "owner_user_id", "due_on"),
        Index("ix_deadline_second_owner_user_id", "second_owner_user_id"),
        Index("ix_deadline_member_id_due_on", "member_id", "due_on"),
        Index("ix_deadline_due_on", "due_on"),
        Index("ix_deadline_rule_code", "rule_code"),
        Index("ix_deadline_event_id", "event_id"),
    )

    id: Mapped[int] = pk()
    code: Mapped[str] = mapped_column(Text, unique=True, info=STAFF)
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"), info=STAFF)
    rule_code: Mapped[str] = mapped_column(Text, info=STAFF)
    due_on: Mapped[date] = mapped_column(Date, info=STAFF)
    internal_on: Mapped[date | None] = mapped_column(Date, info=STAFF)
    fatal: Mapped[bool] = mapped_column(Boolean, default=False, info=STAFF)
    owner_user_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"), info=STAFF)
    why_en: Mapped[str] = mapped_column(Text, info=STAFF)
    why_es: Mapped[str] = mapped_column(Text, info=STAFF)
    severity: Mapped[str] = mapped_column(Text, default="routine", server_default="routine", info=STAFF)
    side: Mapped[str] = mapped_column(Text, default="last_day", server_default="last_day", info=STAFF)
    trigger_on: Mapped[date | None] = mapped_column(Date, info=STAFF)
    computed_on: Mapped[date | None] = mapped_column(Date, info=STAFF)
    ordered_on: Mapped[date | None] = mapped_column(Date, info=STAFF)
    inputs: Mapped[str] = mapped_column(Text, default="{}", server_default="{}", info=STAFF)
    rule_id: Mapped[int | None] = mapped_column(ForeignKey("deadline_rule.id"), info=STAFF)
    case_id: Mapped[int | None] = mapped_column(ForeignKey("case.id"), info=STAFF)
    event_id: Mapped[int | None] = mapped_column(ForeignKey("event.id"), info=STAFF)
    second_owner_user_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"), info=STAFF)
    set_by_user_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"), info=STAFF)
    set_at: Mapped[datetime | None] = mapped_column(Moment, info=STAFF)


@append_only
class DeadlinePast(Base):
    """What a deadline said until it was changed, by whom and why. History is added to, never rewritten."""

    __tablename__ = "deadline_past"
    __table_args__ = (Index("ix_deadline_past_deadline_id", "deadline_id"),)

    id: Mapped[int] = pk()
    deadline_id: Mapped[int] = mapped_column(ForeignKey("deadline.id"), info=STAFF)
    due_on: Mapped[date] = mapped_column(Date, info=STAFF)
    internal_on: Mapped[date | None] = mapped_column(Date, info=STAFF)
    trigger_on: Mapped[date | None] = mapped_column(Date, info=STAFF)
    computed_on: Mapped[date | None] = mapped_column(Date, info=STAFF)
    ordered_on: Mapped[date | None] = mapped_column(Date, info=STAFF)
    inputs: Mapped[str] = mapped_column(Text, info=STAFF)
    rule_id: Mapped[int | None] = mapped_column(ForeignKey("deadline_rule.id"), info=STAFF)
    owner_user_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"), info=STAFF)
    second_owner_user_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"), info=STAFF)
    why_en: Mapped[str] = mapped_column(Text, info=STAFF)
    why_es: Mapped[str] = mapped_column(Text, info=STAFF)
    cause: Mapped[str] = mapped_column(Text, info=STAFF)
    until_at: Mapped[datetime] = mapped_column(Moment, info=STAFF)
    by_user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"), info=STAFF)


class DeadlineClosure(WithRid, Base):
    """A deadline that was met, or set aside with a reason. `note` is the evidence, or why not; it
    is sealed with the member's key. It holds until a `DeadlineReopening` takes it back."""

    __tablename__ = "deadline_closure"
    ended_by = ("deadline_reopening.closure_id",)
    __table_args__ = (
        CheckConstraint(one_of("reason", REASONS), name="reason"),
        Index("ix_deadline_closure_deadline_id", "deadline_id"),
    )

    id: Mapped[int] = pk()
    key_id: Mapped[bytes] = mapped_column(LargeBinary(16), info=STAFF)
    deadline_id: Mapped[int] = mapped_column(ForeignKey("deadline.id"), info=STAFF)
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"), info=STAFF)
    by_user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"), info=STAFF)
    at: Mapped[datetime] = mapped_column(Moment, info=STAFF)
    reason: Mapped[str] = mapped_column(Text, info=STAFF)
    note_enc: Mapped[bytes | None] = mapped_column(LargeBinary, info=SEALED)

    note = Sealed("note_enc")


class DeadlineReopening(Base):
    """It isn't done after all: the deadline stands open again."""

    __tablename__ = "deadline_reopening"

    closure_id: Mapped[int] = mapped_column(ForeignKey("deadline_closure.id"), primary_key=True, info=STAFF)
    by_user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"), info=STAFF)
    at: Mapped[datetime] = mapped_column(Moment, info=STAFF)
