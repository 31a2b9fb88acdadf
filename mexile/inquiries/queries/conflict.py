"""Whether the names of an inquiry meet names we know: yes or no, never who, never how many."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import exists, or_, select

from mexile.ground import seal
from mexile.ground.db import db
from mexile.ground.errors import KeyGone, Tampered
from mexile.inquiries.models.conflict import NamedPerson
from mexile.inquiries.models.inquiry import Inquiry
from mexile.members.models.contact import MemberContact
from mexile.members.models.member import Member
from mexile.members.models.plan import EmergencyChild
from mexile.members.models.relative import Relative
from mexile.members.queries.names import held_names
from mexile.members.queries.persecutors import members_who_fled, name_index
from mexile.members.rules.names import by_ear, words
from mexile.members.rules.person import normal_phone

_NAMESAKES = 5
_NEAR: tuple[tuple[Any, str, str | None], ...] = (
    (Relative, "called_enc", None),
    (MemberContact, "through_enc", None),
    (EmergencyChild, "collector_enc", "collector_phone_enc"),
)
"""Who stands near a member by what was written of them: the table, and its columns for a name and a number."""
_ALONE = 2
"""A name of fewer words ("Juan") is compared with whole names alone, never with every Juan we accompany."""


def is_conflict_possible(inquiry: Inquiry) -> bool:
    """Whether anybody named in the inquiry is, or is named by, somebody we know: the same persecutor, an
    adverse person, one of our own members, a relative of theirs, who passes word on to them, who collects
    their children. The number at which the person is answered is compared too. All members and all inquiries
    are compared, whoever asks; nothing of what is compared is shown, so nothing is noted as read.

    Every comparison is made every time, so that neither the answer nor its time says which one was met.
    """
    with seal.silent():
        named = db.session.scalars(select(NamedPerson).where(NamedPerson.inquiry_id == inquiry.id)).all()
        names = [name for one in named if (name := _opened(one))]
    indexes = {index for name in names if (index := name_index(name))}
    named_phones = {one.phone_bidx for one in named if one.phone_bidx}
    phones = named_phones | ({inquiry.answer_bidx} if inquiry.answer_bidx else set())
    own = [inquiry.member_id] if inquiry.member_id else []
    met = [
        bool(members_who_fled(indexes, but=own)),
        _named_elsewhere(inquiry, indexes, phones),
        _is_phone_of_a_member(phones, own),
        _asks_us(inquiry, named_phones),
        *[_is_a_member(name, own) for name in names],
        _is_near_a_member(names, phones, own),
    ]
    return any(met)


def _opened(one: NamedPerson) -> str | None:
    try:
        return one.name
    except (KeyGone, Tampered):
        return None


def _named_elsewhere(inquiry: Inquiry, indexes: set[bytes], phones: set[bytes]) -> bool:
    same = or_(NamedPerson.name_bidx.in_(indexes), NamedPerson.phone_bidx.in_(phones))
    elsewhere = or_(NamedPerson.inquiry_id.is_(None), NamedPerson.inquiry_id != inquiry.id)
    return bool(db.session.scalar(select(exists().where(same, elsewhere))))


def _asks_us(inquiry: Inquiry, phones: set[bytes]) -> bool:
    """Somebody named here is answered at the number of another inquiry. That two people who ask share a
    number, as in a shelter, is no conflict."""
    elsewhere = exists().where(Inquiry.answer_bidx.in_(phones), Inquiry.id != inquiry.id)
    return bool(db.session.scalar(select(elsewhere)))


def _is_phone_of_a_member(phones: set[bytes], own: list[int]) -> bool:
    """The number on a record, or one of the ways to reach a member."""
    on_record = exists().where(Member.phone_bidx.in_(phones), Member.id.not_in(own))
    reached = exists().where(MemberContact.value_bidx.in_(phones), MemberContact.member_id.not_in(own))
    return bool(db.session.scalar(select(or_(on_record, reached))))


def _is_a_member(name: str, own: list[int]) -> bool:
    """All words of the name, as they sound, are among those of one member."""
    if len(words(name)) < _ALONE:
        return False
    held = held_names()
    with held.lock:
        found = held.refresh().find(name, _NAMESAKES)
    return bool(set(found) - set(own))


def _is_near_a_member(names: Collection[str], phones: Collection[bytes], own: Collection[int]) -> bool:
    """All words of a name stand in what was written of somebody near a member, or the number does. These have
    no index: they are opened here, all of them, and shown to nobody."""
    sounds = [heard for name in names if len(heard := _sounds(name)) >= _ALONE]
    met = False
    with seal.silent():
        for table, name_column, phone_column in _NEAR:
            for row in db.session.execute(_near(table, name_column, phone_column).where(table.member_id.not_in(own))):
                theirs = _sounds(_value(row, table, name_column) or "")
                met |= any(heard <= theirs for heard in sounds)
                met |= bool(phone_column) and _phone(_value(row, table, phone_column)) in phones
    return met


def _near(table: Any, *columns: str | None) -> Any:
    return select(table.rid, table.key_id, *(getattr(table, column) for column in columns if column))


def _value(row: Any, table: Any, column: str) -> str | None:
    blob = getattr(row, column)
    try:
        return seal.unseal(table.__tablename__, column, row.rid, row.key_id, blob) if blob else None
    except (KeyGone, Tampered):
        return None


def _phone(text: str | None) -> bytes | None:
    number = normal_phone(text) if text else None
    return seal.blind("member.phone", number) if number else None


def _sounds(text: str) -> frozenset[str]:
    return frozenset(by_ear(word) for word in words(text))
