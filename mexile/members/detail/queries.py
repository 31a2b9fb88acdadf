"""What else is known of a person, gathered: other names, nationalities, languages, profiles, harms, A-numbers."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from sqlalchemy import select
from sqlalchemy.orm import InstrumentedAttribute

from mexile.access.roles import ATTORNEY
from mexile.access.viewer import Viewer
from mexile.ground import seal
from mexile.ground.db import db
from mexile.members.detail.models import (
    MemberANumber,
    MemberDetail,
    MemberHarm,
    MemberLanguage,
    MemberName,
    MemberNationality,
    MemberProfile,
    Municipality,
)
from mexile.members.person.models import Member
from mexile.members.person.rules import A_NUMBER_PLACE


@dataclass(frozen=True)
class Details:
    """The rows beside a member's record. Nothing sealed is opened until it is asked for."""

    detail: MemberDetail | None
    names: Sequence[MemberName] = ()
    a_numbers: Sequence[MemberANumber] = ()
    nationalities: Sequence[str] = ()
    languages: Sequence[MemberLanguage] = ()
    profiles: Sequence[str] = ()
    harms: Sequence[str] = ()
    version: int = field(default=0)


def details_of(member: Member) -> Details:
    """The details of a member whom the viewer may know of. Seven small statements."""
    detail = db.session.get(MemberDetail, member.id)
    return Details(
        detail,
        names=_rows(MemberName, member),
        a_numbers=a_numbers_of(member),
        nationalities=_words(MemberNationality.country, MemberNationality.member_id, member),
        languages=languages_of(member),
        profiles=_words(MemberProfile.profile, MemberProfile.member_id, member),
        harms=harms_of(member),
        version=detail.version if detail else 0,
    )


def languages_of(member: Member) -> list[MemberLanguage]:
    """The languages of a member with their variants, the first one first."""
    return list(db.session.scalars(_languages(member.id)))


def _languages(member_id: int) -> Any:
    of_member = MemberLanguage.member_id == member_id
    return select(MemberLanguage).where(of_member).order_by(MemberLanguage.place)


def harms_of(member: Member) -> list[str]:
    return _words(MemberHarm.harm, MemberHarm.member_id, member)


def a_numbers_of(member: Member) -> list[MemberANumber]:
    return _rows(MemberANumber, member)


def sees_municipality(viewer: Viewer) -> bool:
    """The municipality of origin tells who a family is: an attorney alone reads it, others read the state."""
    return viewer.is_any(ATTORNEY)


def a_number_index(number: str) -> bytes:
    """The blind index of the nine digits of an A-number."""
    return seal.blind(A_NUMBER_PLACE, number)


def municipalities(state: str | None) -> list[tuple[str, str]]:
    """(code, name) of a state's municipalities, where a list was imported."""
    if not state:
        return []
    query = select(Municipality.code, Municipality.name).where(Municipality.state == state).order_by(Municipality.name)
    return [(code, name) for code, name in db.session.execute(query)]


_Row = TypeVar("_Row", MemberName, MemberANumber)


def _rows(model: type[_Row], member: Member) -> list[_Row]:
    return list(db.session.scalars(select(model).where(model.member_id == member.id).order_by(model.id)))


def _words(column: InstrumentedAttribute[str], owner: InstrumentedAttribute[int], member: Member) -> list[str]:
    return list(db.session.scalars(select(column).where(owner == member.id).order_by(column)))
