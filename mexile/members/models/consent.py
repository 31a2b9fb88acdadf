"""The table ``consent``: what a person agreed to, in which words, and on which day."""

from datetime import date, datetime

from sqlalchemy import Date, ForeignKey, Index, Text
from sqlalchemy.orm import Mapped, mapped_column

from mexile.ground.db import Base, Moment, pk
from mexile.ground.privacy import STAFF


class Consent(Base):
    """One consent for one purpose. ``version`` names the words that were read aloud, kept with both languages
    in the vocabulary ``consent_text``; ``given_on`` is the day the person said yes, ``at`` when it was written."""

    __tablename__ = "consent"
    __table_args__ = (Index("ix_consent_member_id", "member_id"),)

    id: Mapped[int] = pk()
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"), info=STAFF)
    purpose: Mapped[str] = mapped_column(Text, info=STAFF)
    version: Mapped[str] = mapped_column(Text, info=STAFF)
    given_on: Mapped[date] = mapped_column(Date, info=STAFF)
    by_user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"), info=STAFF)
    at: Mapped[datetime] = mapped_column(Moment, info=STAFF)
