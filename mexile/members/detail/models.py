"""What else is known of a person, several of each: other names, nationalities, languages, profiles, harms, A-numbers."""

from datetime import date, datetime

from sqlalchemy import Boolean, CheckConstraint, Date, ForeignKey, Index, Integer, LargeBinary, Text
from sqlalchemy.orm import Mapped, mapped_column

from mexile.ground.db import Base, Moment, WithRid, pk
from mexile.ground.privacy import PUBLIC, SEALED, STAFF
from mexile.ground.seal import Sealed


class MemberDetail(WithRid, Base):
    """The one row of a member's details, from the first time somebody wrote any.

    ``born_precision`` says how well the date of birth on ``member`` is known. ``municipality`` is the name
    and ``municipality_code`` INEGI's five digits where a list was imported: both are shown to an attorney only.
    ``version`` counts the saved forms, so that two people can't overwrite one another.
    """

    __tablename__ = "member_detail"
    __table_args__ = (
        CheckConstraint("length(key_id) = 16", name="key_id_length"),
        CheckConstraint("born_precision IN ('day', 'month', 'year', 'about', 'unknown')", name="born_precision"),
    )

    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"), primary_key=True, autoincrement=False, info=STAFF)
    key_id: Mapped[bytes] = mapped_column(LargeBinary(16), info=STAFF)
    born_precision: Mapped[str | None] = mapped_column(Text, info=STAFF)
    municipality_enc: Mapped[bytes | None] = mapped_column(LargeBinary, info=SEALED)
    municipality_code_enc: Mapped[bytes | None] = mapped_column(LargeBinary, info=SEALED)
    by_user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"), info=STAFF)
    at: Mapped[datetime] = mapped_column(Moment, info=STAFF)
    version: Mapped[int] = mapped_column(Integer, info=STAFF)

    municipality = Sealed("municipality_enc")
    municipality_code = Sealed("municipality_code_enc")

    __mapper_args__ = {"version_id_col": version}


class MemberName(WithRid, Base):
    """Another name that a person goes by, went by, or is written with."""

    __tablename__ = "member_name"
    __table_args__ = (
        CheckConstraint("length(key_id) = 16", name="key_id_length"),
        Index("ix_member_name_member_id", "member_id"),
    )

    id: Mapped[int] = pk()
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"), info=STAFF)
    key_id: Mapped[bytes] = mapped_column(LargeBinary(16), info=STAFF)
    name_enc: Mapped[bytes | None] = mapped_column(LargeBinary, info=SEALED)

    name = Sealed("name_enc")


class MemberANumber(WithRid, Base):
    """An alien registration number. ``number_bidx`` is the blind index of its nine digits."""

    __tablename__ = "member_a_number"
    __table_args__ = (
        CheckConstraint("length(key_id) = 16", name="key_id_length"),
        Index("uq_member_a_number", "member_id", "number_bidx", unique=True),
        Index("ix_member_a_number_number_bidx", "number_bidx"),
    )

    id: Mapped[int] = pk()
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"), info=STAFF)
    key_id: Mapped[bytes] = mapped_column(LargeBinary(16), info=STAFF)
    number_enc: Mapped[bytes | None] = mapped_column(LargeBinary, info=SEALED)
    number_bidx: Mapped[bytes | None] = mapped_column(LargeBinary(32), info=SEALED)

    number = Sealed("number_enc")


class MemberNationality(Base):
    """A nationality beside the first, which stands on ``member``. ISO 3166-1 alpha-2."""

    __tablename__ = "member_nationality"
    __table_args__ = (CheckConstraint("length(country) = 2", name="country"),)

    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"), primary_key=True, autoincrement=False, info=STAFF)
    country: Mapped[str] = mapped_column(Text, primary_key=True, info=STAFF)


class MemberLanguage(WithRid, Base):
    """A language a person speaks, by ISO 639-3. ``variant`` is the village or region whose way of speaking it is;
    ``place`` is the order: the first is also ``member.language``."""

    __tablename__ = "member_language"
    __table_args__ = (
        CheckConstraint("length(key_id) = 16", name="key_id_length"),
        CheckConstraint("length(language) = 3", name="language"),
        Index("uq_member_language", "member_id", "language", unique=True),
    )

    id: Mapped[int] = pk()
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"), info=STAFF)
    key_id: Mapped[bytes] = mapped_column(LargeBinary(16), info=STAFF)
    place: Mapped[int] = mapped_column(Integer, info=STAFF)
    language: Mapped[str] = mapped_column(Text, info=STAFF)
    level: Mapped[str | None] = mapped_column(Text, info=STAFF)
    needs_interpreter: Mapped[bool] = mapped_column(Boolean, info=STAFF)
    variant_enc: Mapped[bytes | None] = mapped_column(LargeBinary, info=SEALED)

    variant = Sealed("variant_enc")


class MemberProfile(Base):
    """A reason to be at risk beside the first, which stands on ``member``."""

    __tablename__ = "member_profile"

    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"), primary_key=True, autoincrement=False, info=STAFF)
    profile: Mapped[str] = mapped_column(Text, primary_key=True, info=STAFF)


class MemberHarm(Base):
    """A harm that was done to a person, by the word of the vocabulary ``harm``."""

    __tablename__ = "member_harm"

    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"), primary_key=True, autoincrement=False, info=STAFF)
    harm: Mapped[str] = mapped_column(Text, primary_key=True, info=STAFF)


class Municipality(Base):
    """A municipality of Mexico from a list that the organization imported; none comes with the program.
    ``code`` is INEGI's five digits, ``state`` ISO 3166-2."""

    __tablename__ = "municipality"
    __table_args__ = (
        CheckConstraint("length(code) = 5", name="code"),
        Index("ix_municipality_state", "state", "name"),
    )

    code: Mapped[str] = mapped_column(Text, primary_key=True, info=PUBLIC)
    state: Mapped[str] = mapped_column(Text, info=PUBLIC)
    name: Mapped[str] = mapped_column(Text, info=PUBLIC)
    imported_on: Mapped[date] = mapped_column(Date, info=STAFF)
