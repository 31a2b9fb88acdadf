"""An event: something with a day, at which members and who accompanies them meet an office,
a judge or one another. Its outcome is a row of its own, and so is taking an outcome back.

Who answered for a date, or accompanied at it, and no longer does.

What the outcome sheet says beside the outcome: the result, what was decided, whose delay it was, who was there.
"""

from __future__ import annotations

from datetime import date, datetime, time

from sqlalchemy import Boolean, CheckConstraint, Date, ForeignKey, Index, Integer, Text, Time, text
from sqlalchemy.orm import Mapped, mapped_column

from mexile.ground import clock
from mexile.ground.db import Base, Moment, WithRid, pk
from mexile.ground.privacy import STAFF

KINDS = (
    "hearing",
    "ice_checkin",
    "biometrics",
    "interview",
    "visit",
    "food_table",
    "group",
    "other",
    "fee_due",
    "filing",
)
PRECISIONS = ("exact", "day", "month", "to_be_set", "unknown")
DAYLESS = ("to_be_set", "unknown")
OFFICIAL = ("hearing", "ice_checkin", "biometrics", "interview", "fee_due", "filing")
"""Dates that an office sets, and may move without a word: they are verified."""
OUTCOMES = ("done", "continued", "no_show", "detained", "cancelled")
MODES = ("in_person", "phone", "video", "message")
COMPANIONS = ("accompanier", "driver", "interpreter", "observer", "childcare")


def one_of(column: str, words: tuple[str, ...]) -> str:
    """The SQL that says that `column` holds one of these codes."""
    return f"{column} IN ({', '.join(repr(word) for word in words)})"


_ONLY_MONTH = text("precision = 'month'")


class Event(WithRid, Base):
    """One meeting with an office, a judge, a detained member or one another.

    `on` and `at` are read in `zone`, the zone of the place: El Paso is
    America/Denver, Juárez has its own. `precision` says how much of them is known: of a
    month, `on` is the first day; an office will set the day of what is `to_be_set`.
    `fold` is 1 for the second of two equal hours, on the night on which clocks go back.
    `place` is what the date says of where, `place_id` the place where it is one we know.
    `source` says where the date was read, `verified_by_user_id` who saw it there, when;
    after `stale_days` it wants to be seen again. `changed_at` is when the row last changed.
    """

    __tablename__ = "event"
    __table_args__ = (
        CheckConstraint(one_of("kind", KINDS), name="kind"),
        CheckConstraint(one_of("precision", PRECISIONS), name="precision"),
        CheckConstraint(one_of("mode", MODES), name="mode"),
        CheckConstraint(f'({one_of("precision", DAYLESS)}) = ("on" IS NULL)', name="unknown_has_no_day"),
        CheckConstraint("at IS NULL OR precision = 'exact'", name="hour_needs_exact_day"),
        CheckConstraint("fold IS NULL OR fold IN (0, 1)", name="fold"),
        CheckConstraint("stale_days BETWEEN 1 AND 365", name="stale_days"),
        Index("ix_event_on_at", "on", "at"),
        Index("ix_event_case_id", "case_id"),
        Index("ix_event_owner_user_id_on", "owner_user_id", "on"),
        Index("ix_event_month", "precision", sqlite_where=_ONLY_MONTH, postgresql_where=_ONLY_MONTH),
    )

    id: Mapped[int] = pk()
    code: Mapped[str] = mapped_column(Text, unique=True, info=STAFF)
    kind: Mapped[str] = mapped_column(Text, info=STAFF)
    on: Mapped[date | None] = mapped_column(Date, info=STAFF)
    at: Mapped[time | None] = mapped_column(Time, info=STAFF)
    zone: Mapped[str] = mapped_column(Text, default="America/Denver", info=STAFF)
    precision: Mapped[str] = mapped_column(Text, default="exact", info=STAFF)
    place: Mapped[str | None] = mapped_column(Text, info=STAFF)
    mode: Mapped[str] = mapped_column(Text, default="in_person", info=STAFF)
    owner_user_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"), info=STAFF)
    fold: Mapped[int | None] = mapped_column(Integer, info=STAFF)
    place_id: Mapped[int | None] = mapped_column(ForeignKey("place.id"), info=STAFF)
    room: Mapped[str | None] = mapped_column(Text, info=STAFF)
    case_id: Mapped[int | None] = mapped_column(ForeignKey("case.id"), info=STAFF)
    proceeding_id: Mapped[int | None] = mapped_column(ForeignKey("proceeding.id"), info=STAFF)
    hearing_type: Mapped[str | None] = mapped_column(Text, info=STAFF)
    source: Mapped[str | None] = mapped_column(Text, info=STAFF)
    verified_at: Mapped[datetime | None] = mapped_column(Moment, info=STAFF)
    verified_by_user_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"), info=STAFF)
    stale_days: Mapped[int] = mapped_column(Integer, default=7, server_default="7", info=STAFF)
    version: Mapped[int] = mapped_column(Integer, default=1, server_default="1", info=STAFF)
    changed_at: Mapped[datetime | None] = mapped_column(Moment, default=clock.now, onupdate=clock.now, info=STAFF)

    __mapper_args__ = {"version_id_col": version}


class EventPerson(Base):
    """A member for whom the event is."""

    __tablename__ = "event_person"
    __table_args__ = (Index("ix_event_person_member_id_event_id", "member_id", "event_id"),)

    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"), primary_key=True, info=STAFF)
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"), primary_key=True, info=STAFF)


class EventCompanion(Base):
    """Who accompanies beside the one responsible. Unconfirmed until they say yes."""

    __tablename__ = "event_companion"
    __table_args__ = (
        CheckConstraint(one_of("role", COMPANIONS), name="role"),
        Index("ix_event_companion_user_id_event_id", "user_id", "event_id"),
    )

    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"), primary_key=True, info=STAFF)
    user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"), primary_key=True, info=STAFF)
    role: Mapped[str] = mapped_column(Text, default="accompanier", info=STAFF)
    confirmed_at: Mapped[datetime | None] = mapped_column(Moment, info=STAFF)


class EventOutcome(Base):
    """What came of an event. It holds as long as no `EventOutcomeVoid` takes it back."""

    __tablename__ = "event_outcome"
    ended_by = ("event_outcome_void.outcome_id",)
    __table_args__ = (
        CheckConstraint(one_of("outcome", OUTCOMES), name="outcome"),
        Index("ix_event_outcome_event_id", "event_id"),
    )

    id: Mapped[int] = pk()
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"), info=STAFF)
    outcome: Mapped[str] = mapped_column(Text, info=STAFF)
    by_user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"), info=STAFF)
    at: Mapped[datetime] = mapped_column(Moment, info=STAFF)
    next_event_id: Mapped[int | None] = mapped_column(ForeignKey("event.id"), info=STAFF)


class EventOutcomeVoid(Base):
    """An outcome taken back: the event stands open again."""

    __tablename__ = "event_outcome_void"

    outcome_id: Mapped[int] = mapped_column(ForeignKey("event_outcome.id"), primary_key=True, info=STAFF)
    by_user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"), info=STAFF)
    at: Mapped[datetime] = mapped_column(Moment, info=STAFF)


class EventPast(Base):
    """Until when a date was somebody's, and the day and hour it had then: there it stands in the calendar that
    they took along."""

    __tablename__ = "event_past"
    __table_args__ = (Index("ix_event_past_event_id", "event_id"), Index("ix_event_past_user_id", "user_id"))

    id: Mapped[int] = pk()
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"), info=STAFF)
    user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"), info=STAFF)
    until_at: Mapped[datetime] = mapped_column(Moment, info=STAFF)
    on: Mapped[date] = mapped_column(Date, info=STAFF)
    at: Mapped[time | None] = mapped_column(Time, info=STAFF)
    zone: Mapped[str] = mapped_column(Text, info=STAFF)
    fold: Mapped[int | None] = mapped_column(Integer, info=STAFF)


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
