"""The organization whose mexile this is: one row of settings."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date

from sqlalchemy import CheckConstraint, Integer, Text, select, text
from sqlalchemy.orm import Mapped, mapped_column

from mexile.ground import clock
from mexile.ground.db import Base, db
from mexile.ground.privacy import PUBLIC, STAFF


class Organization(Base):
    """Legal name, EIN, address, zone, fiscal year, languages: printed on receipts and reports."""

    __tablename__ = "organization"

    id: Mapped[int] = mapped_column(Integer, primary_key=True, info=STAFF)
    legal_name: Mapped[str] = mapped_column(Text, info=PUBLIC)
    short_name: Mapped[str] = mapped_column(Text, info=PUBLIC)
    ein: Mapped[str] = mapped_column(Text, info=PUBLIC)
    is_exempt: Mapped[int] = mapped_column(Integer, default=0, server_default=text("0"), info=PUBLIC)
    """1 where the IRS has recognized it under section 501(c)(3)."""
    address: Mapped[str] = mapped_column(Text, info=PUBLIC)
    sentence_en: Mapped[str] = mapped_column(Text, info=PUBLIC)
    sentence_es: Mapped[str] = mapped_column(Text, info=PUBLIC)
    mail_from: Mapped[str] = mapped_column(Text, info=PUBLIC)
    zone: Mapped[str] = mapped_column(Text, default="America/Denver", info=PUBLIC)
    fiscal_year_month: Mapped[int] = mapped_column(Integer, default=1, info=PUBLIC)
    languages: Mapped[str] = mapped_column(Text, default="en es", info=PUBLIC)
    color: Mapped[str] = mapped_column(Text, default="", server_default="", info=PUBLIC)
    title_color: Mapped[str] = mapped_column(Text, default="", server_default="", info=PUBLIC)
    mark_digest: Mapped[str] = mapped_column(Text, default="", server_default="", info=PUBLIC)
    """Names what lies in `organization_mark`; "" without one. The colors are #rrggbb, or "" for our own."""
    invented: Mapped[int] = mapped_column(Integer, default=0, info=PUBLIC)
    version: Mapped[int] = mapped_column(Integer, default=1, server_default=text("1"), info=STAFF)

    __mapper_args__ = {"version_id_col": version}
    __table_args__ = (
        CheckConstraint("id = 1", name="one_row"),
        CheckConstraint("fiscal_year_month BETWEEN 1 AND 12", name="fiscal_year_month"),
    )


@dataclass(frozen=True)
class Settings:
    """What pages, mails and files read of the organization."""

    legal_name: str
    short_name: str
    ein: str
    is_exempt: int
    address: str
    sentence_en: str
    sentence_es: str
    mail_from: str
    zone: str
    fiscal_year_month: int
    languages: str
    color: str
    title_color: str
    mark_digest: str
    invented: int
    version: int

    def sentence(self, lang: str) -> str:
        other, own = (self.sentence_en, self.sentence_es) if lang == "es" else (self.sentence_es, self.sentence_en)
        return own or other

    @property
    def initials(self) -> str:
        """Of the first two words of the name that begin with a capital; for who has no mark."""
        return "".join(word[0] for word in self.short_name.split() if word[0].isupper())[:2]

    @property
    def offered(self) -> tuple[str, ...]:
        """The languages that pages of the public offer."""
        return tuple(self.languages.split())


_settings = select(*(Organization.__table__.c[field.name] for field in fields(Settings)))


def organization() -> Settings:
    """The settings, by one plain statement a session: every page asks, some several times.
    Raises LookupError when `mexile init` never ran."""
    kept = db.session().info
    if "organization" not in kept:
        row = db.session.connection().execute(_settings).first()
        if row is None:
            raise LookupError("this installation has no organization yet: run 'mexile init'")
        kept["organization"] = Settings(*row)
    return kept["organization"]


def forget() -> None:
    """Read the settings anew: they were changed in this session."""
    db.session().info.pop("organization", None)


def zone() -> str:
    """The zone (IANA name) in which the organization's days begin and end."""
    return organization().zone


def today() -> date:
    """The day it is where the organization works."""
    return clock.today(zone())
