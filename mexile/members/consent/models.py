"""The tables ``consent``, ``consent_terms`` and ``consent_revocation``: what a person agreed to, and took back."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Date, ForeignKey, Index, LargeBinary, Text
from sqlalchemy.orm import Mapped, mapped_column

from mexile.ground.db import Base, Moment, WithRid, pk
from mexile.ground.privacy import SEALED, STAFF
from mexile.ground.seal import Sealed


class Consent(Base):
    """One consent for one purpose. ``version`` names the words that were read aloud, kept with both languages
    in the vocabularies ``consent_text`` and ``consent_scope``; ``given_on`` is the day the person said yes,
    ``at`` when it was written."""

    __tablename__ = "consent"
    ended_by = ("consent_revocation.consent_id",)
    __table_args__ = (Index("ix_consent_member_id", "member_id"),)

    id: Mapped[int] = pk()
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"), info=STAFF)
    purpose: Mapped[str] = mapped_column(Text, info=STAFF)
    version: Mapped[str] = mapped_column(Text, info=STAFF)
    given_on: Mapped[date] = mapped_column(Date, info=STAFF)
    by_user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"), info=STAFF)
    at: Mapped[datetime] = mapped_column(Moment, info=STAFF)


class ConsentTerms(WithRid, Base):
    """How far a consent goes: to whom, how much of who the person is, by which way, until which day.

    A consent of the first conversation has none: it is for the people who work here and for no one else.
    ``guardian`` names who consented for a minor, ``withheld`` what must not be told to whom.
    ``renews_consent_id`` is the consent that this one follows.
    """

    __tablename__ = "consent_terms"
    __table_args__ = (
        CheckConstraint("length(key_id) = 16", name="key_id_length"),
        CheckConstraint("level IN ('anonymous', 'initials', 'first_name', 'named')", name="level"),
        CheckConstraint("evidence IN ('paper', 'audio', 'witness')", name="evidence"),
        Index("ix_consent_terms_member_id", "member_id"),
    )

    consent_id: Mapped[int] = mapped_column(ForeignKey("consent.id"), primary_key=True, info=STAFF)
    key_id: Mapped[bytes] = mapped_column(LargeBinary(16), info=STAFF)
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"), info=STAFF)
    audience: Mapped[str] = mapped_column(Text, info=STAFF)
    level: Mapped[str] = mapped_column(Text, info=STAFF)
    channel: Mapped[str] = mapped_column(Text, info=STAFF)
    language: Mapped[str] = mapped_column(Text, info=STAFF)
    obtained_by_user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"), info=STAFF)
    expires_on: Mapped[date] = mapped_column(Date, info=STAFF)
    evidence: Mapped[str] = mapped_column(Text, info=STAFF)
    renews_consent_id: Mapped[int | None] = mapped_column(ForeignKey("consent.id"), info=STAFF)
    guardian_enc: Mapped[bytes | None] = mapped_column(LargeBinary, info=SEALED)
    witness_enc: Mapped[bytes | None] = mapped_column(LargeBinary, info=SEALED)
    withheld_enc: Mapped[bytes | None] = mapped_column(LargeBinary, info=SEALED)

    guardian = Sealed("guardian_enc")
    witness = Sealed("witness_enc")
    withheld = Sealed("withheld_enc")


class ConsentRevocation(Base):
    """The person took the consent back: from ``revoked_on`` on nothing leaves under it."""

    __tablename__ = "consent_revocation"
    __table_args__ = (Index("ix_consent_revocation_member_id", "member_id"),)

    consent_id: Mapped[int] = mapped_column(ForeignKey("consent.id"), primary_key=True, info=STAFF)
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"), info=STAFF)
    revoked_on: Mapped[date] = mapped_column(Date, info=STAFF)
    by_user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"), info=STAFF)
    at: Mapped[datetime] = mapped_column(Moment, info=STAFF)
