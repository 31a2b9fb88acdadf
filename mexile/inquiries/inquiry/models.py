"""The table ``inquiry``: one person who asked us for help.

The table ``inquiry_count``: all that remains of inquiries that were not taken.
"""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Date, ForeignKey, Index, Integer, LargeBinary, Text
from sqlalchemy.orm import Mapped, mapped_column

from mexile.ground.db import Base, Moment, WithRid, pk
from mexile.ground.privacy import SEALED, STAFF
from mexile.ground.seal import Sealed


class Inquiry(WithRid, Base):
    """An alias and a safe way to answer; who they are, from where, and who of us answers by when.

    ``answer`` is the number, account or go-between of the safe way. Nothing else that identifies is here, and nothing at all about how, where or
    when somebody means to cross, or what was paid to whom.

    ``key_id`` is a key of the inquiry's own. A person who is taken becomes a member under the same key
    (``member_id``); of one who is not, the key is destroyed after ninety days.
    """

    __tablename__ = "inquiry"
    __table_args__ = (
        CheckConstraint("length(key_id) = 16", name="key_id_length"),
        CheckConstraint("country IS NULL OR length(country) = 2", name="country"),
        CheckConstraint("language IS NULL OR length(language) = 3", name="language"),
        CheckConstraint("(consent_on IS NULL) = (consent_version IS NULL)", name="consent"),
        Index("ix_inquiry_answer_due_on", "answer_due_on", "id"),
        Index("ix_inquiry_answers_user_id", "answers_user_id"),
        Index("ix_inquiry_member_id", "member_id"),
    )

    id: Mapped[int] = pk()
    key_id: Mapped[bytes] = mapped_column(LargeBinary(16), info=STAFF)
    code: Mapped[str] = mapped_column(Text, unique=True, info=STAFF)

    alias_enc: Mapped[bytes | None] = mapped_column(LargeBinary, info=SEALED)
    answer_enc: Mapped[bytes | None] = mapped_column(LargeBinary, info=SEALED)
    note_enc: Mapped[bytes | None] = mapped_column(LargeBinary, info=SEALED)

    safe_contact: Mapped[str | None] = mapped_column(Text, info=STAFF)
    country: Mapped[str | None] = mapped_column(Text, info=STAFF)
    state: Mapped[str | None] = mapped_column(Text, info=STAFF)
    language: Mapped[str | None] = mapped_column(Text, info=STAFF)
    profile: Mapped[str | None] = mapped_column(Text, info=STAFF)
    urgency: Mapped[str | None] = mapped_column(Text, info=STAFF)
    heard_of_us: Mapped[str | None] = mapped_column(Text, info=STAFF)
    consent_version: Mapped[str | None] = mapped_column(Text, info=STAFF)
    consent_on: Mapped[date | None] = mapped_column(Date, info=STAFF)

    asked_on: Mapped[date] = mapped_column(Date, info=STAFF)
    answers_user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"), info=STAFF)
    answer_due_on: Mapped[date] = mapped_column(Date, info=STAFF)
    by_user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"), info=STAFF)
    at: Mapped[datetime] = mapped_column(Moment, info=STAFF)
    arrival_party_id: Mapped[int | None] = mapped_column(ForeignKey("arrival_party.id"), info=STAFF)
    member_id: Mapped[int | None] = mapped_column(ForeignKey("member.id"), info=STAFF)
    version: Mapped[int] = mapped_column(Integer, info=STAFF)

    alias = Sealed("alias_enc")
    answer = Sealed("answer_enc")
    note = Sealed("note_enc")

    __mapper_args__ = {"version_id_col": version}


class InquiryCount(Base):
    """How many asked in a month (or, where those were few, in a year), and what is kept of them together.

    "" is unknown; "*" was left out so that no small combination points at a person: see ``forgetting/rules.py``.
    """

    __tablename__ = "inquiry_count"
    __table_args__ = (
        CheckConstraint("span IN ('month', 'year')", name="span"),
        CheckConstraint("number > 0 AND in_juarez <= talked AND talked <= number", name="number"),
        Index("uq_inquiry_count_cell", "span", "first_on", "country", "state", "heard_of_us", "decision", unique=True),
    )

    id: Mapped[int] = pk()
    span: Mapped[str] = mapped_column(Text, info=STAFF)
    first_on: Mapped[date] = mapped_column(Date, info=STAFF)
    country: Mapped[str] = mapped_column(Text, info=STAFF)
    state: Mapped[str] = mapped_column(Text, info=STAFF)
    heard_of_us: Mapped[str] = mapped_column(Text, info=STAFF)
    decision: Mapped[str] = mapped_column(Text, info=STAFF)
    number: Mapped[int] = mapped_column(Integer, info=STAFF)
    talked: Mapped[int] = mapped_column(Integer, info=STAFF)
    in_juarez: Mapped[int] = mapped_column(Integer, info=STAFF)
