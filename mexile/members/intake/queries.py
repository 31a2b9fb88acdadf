"""People we may know already, asked for before a new one is saved."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations
from typing import Any

from sqlalchemy import ColumnElement, Row, or_, select

from mexile.access.viewer import Viewer
from mexile.ground import seal
from mexile.ground.dates import day_of
from mexile.ground.db import db
from mexile.ground.errors import KeyGone, Tampered
from mexile.ground.phone import shown_phone
from mexile.members.assignment.rights import STANDS, visible
from mexile.members.contact.models import MemberContact
from mexile.members.contact.queries import any_meet, has_phone, phone_index
from mexile.members.detail.models import MemberANumber
from mexile.members.detail.queries import a_number_index
from mexile.members.intake.rules import Compared, compared
from mexile.members.name.queries import NAME_COLUMNS, held_names, name_of
from mexile.members.name.rules import parted, words
from mexile.members.person.models import Member

MOST = 5
_NAMESAKES = 50
_WORDS = 6


@dataclass(frozen=True)
class LookAlike:
    """A member who may be the person that is being written down, with what they have in common."""

    code: str
    name: str
    birth_date: date | None
    birth_year: int | None
    phone: str | None
    language: str | None
    origin_state: str | None
    reasons: tuple[str, ...]


@dataclass(frozen=True)
class LookAlikes:
    """Those whom the viewer may know of, and whether there are others: never who they are."""

    people: Sequence[LookAlike]
    hidden: Sequence[str] = ()

    def __bool__(self) -> bool:
        return bool(self.people or self.hidden)


_columns = (
    Member.id,
    Member.code,
    Member.birth_year,
    Member.birth_date_enc,
    Member.phone_enc,
    Member.phone_bidx,
    Member.language,
    Member.origin_state,
    *NAME_COLUMNS,
)

_Row = Row[*tuple[Any, ...]]
"""A candidate: the columns above, what is the same, and whether the viewer may know of them."""


def look_alikes(
    viewer: Viewer,
    values: Mapping[str, Any],
    phones: Collection[bytes | None] = (),
    a_numbers: Collection[bytes] = (),
    *,
    but: int = 0,
) -> LookAlikes:
    """Members who may be this person, by A-number, by any telephone they are reached at, by day of birth with
    a name, or by a name that sounds the same. ``phones`` and ``a_numbers`` are blind indexes; ``but`` is the
    person's own record, if there is one.

    All members are compared in silence; only those the viewer may know of are opened to be shown."""
    names = [values.get(name) for name in ("given_names", "surnames")]
    born = values.get("birth_date")
    reached_at = [phone for phone in phones if phone]
    alike: list[tuple[_Row, Compared]] = []
    for row in _candidates(viewer, values, reached_at, a_numbers):
        likeness = _likeness(row, names, born)
        if likeness and row.id != but:
            alike.append((row, likeness))
    alike.sort(key=lambda pair: -len(pair[1].reasons))
    people = [_shown(row, likeness, viewer, reached_at) for row, likeness in alike if row.is_visible][:MOST]
    return LookAlikes(people, [row.code for row, _ in alike if not row.is_visible])


def _candidates(
    viewer: Viewer, values: Mapping[str, Any], phones: Collection[bytes], a_numbers: Collection[bytes]
) -> Sequence[_Row]:
    same_phone, same_number = _has_phone(phones), Member.id.in_(_numbered(a_numbers))
    where: list[ColumnElement[bool]] = [*([same_phone] if phones else []), *([same_number] if a_numbers else [])]
    if values.get("birth_date"):
        where.append(Member.birth_year == values["birth_date"].year)
    namesakes = _namesakes(values.get("given_names"), values.get("surnames"))
    if namesakes:
        where.append(Member.id.in_(namesakes))
    if not where:
        return []
    marks = same_phone.label("same_phone"), same_number.label("same_a_number")
    return db.session.execute(
        select(*_columns, *marks, visible(viewer).label("is_visible")).where(or_(*where), STANDS).order_by(Member.id)
    ).all()


def _has_phone(phones: Collection[bytes]) -> ColumnElement[bool]:
    """Reached at one of these numbers: the one on the record, or any of the ways written down."""
    reached = select(MemberContact.member_id).where(has_phone(MemberContact.value_bidx, phones))
    return or_(has_phone(Member.phone_bidx, phones), Member.id.in_(reached))


def _numbered(a_numbers: Collection[bytes]) -> Any:
    return select(MemberANumber.member_id).where(MemberANumber.number_bidx.in_(a_numbers))


def known_by(
    viewer: Viewer, member: Member, *, phone: str | None = None, a_numbers: Collection[str] = ()
) -> LookAlikes:
    """Other members with this telephone or one of these A-numbers, asked when either is added to a record.
    What the record had already is not asked again."""
    phones = {phone_index(phone)} if phone else set()
    numbers = {a_number_index(number) for number in a_numbers}
    held_phones, held_numbers = _own(member)
    return look_alikes(viewer, {}, phones - held_phones, numbers - held_numbers, but=member.id)


def look_alikes_of(viewer: Viewer, member: Member) -> Sequence[LookAlike]:
    """Other records that may be the same person as this one; only those the viewer may know of."""
    with seal.silent():
        legal = member.legal_name
        given, surnames = parted(legal, member.surnames) if legal else (None, None)
        values = {"given_names": given, "surnames": surnames, "birth_date": day_of(member.birth_date)}
    return look_alikes(viewer, values, *_own(member), but=member.id).people


def _own(member: Member) -> tuple[set[bytes], set[bytes]]:
    """The blind indexes of the telephones and A-numbers that a record has."""
    reached = select(MemberContact.value_bidx).where(MemberContact.member_id == member.id)
    numbers = select(MemberANumber.number_bidx).where(MemberANumber.member_id == member.id)
    phones = {*db.session.scalars(reached), member.phone_bidx}
    return {phone for phone in phones if phone}, {number for number in db.session.scalars(numbers) if number}


def _namesakes(given: str | None, surnames: str | None) -> set[int]:
    """Who has two words of this name, in whatever order and fields they stand."""
    names = list(dict.fromkeys(word for word in words(given) + words(surnames) if len(word) > 1))[:_WORDS]
    pairs = list(combinations(names, 2))
    if not pairs:
        return set()
    held = held_names()
    with held.lock:
        index = held.refresh()
        return {id for pair in pairs for id in index.find(" ".join(pair), _NAMESAKES)}


def _likeness(row: _Row, names: list[str | None], born: date | None) -> Compared:
    try:
        with seal.silent():
            return compared(
                names=names,
                born=born,
                other_names=[_open(row, "legal_name_enc")],
                other_born=_born(row),
                same_phone=row.same_phone,
                same_a_number=row.same_a_number,
            )
    except (KeyGone, Tampered):
        return Compared(())


def _open(row: _Row, column: str) -> str | None:
    return seal.unseal("member", column, row.rid, row.key_id, getattr(row, column))


def _born(row: _Row) -> date | None:
    return day_of(_open(row, "birth_date_enc"))


def _shown(row: _Row, likeness: Compared, viewer: Viewer, phones: Collection[bytes]) -> LookAlike:
    """What may be seen side by side. Where another of their numbers is the same, theirs stays closed."""
    by_another_way = row.same_phone and not any_meet([row.phone_bidx] if row.phone_bidx else [], phones)
    phone = None if by_another_way else _open(row, "phone_enc")
    return LookAlike(
        row.code,
        name_of(row, viewer).full,
        _born(row),
        row.birth_year,
        shown_phone(phone) if phone else None,
        row.language,
        row.origin_state,
        likeness.reasons,
    )
