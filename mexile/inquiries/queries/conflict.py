"""Whether the names of an inquiry meet names we know: yes or no, never who, never how many."""

from sqlalchemy import exists, or_, select

from mexile.ground import seal
from mexile.ground.db import db
from mexile.ground.errors import KeyGone, Tampered
from mexile.inquiries.models.conflict import NamedPerson
from mexile.inquiries.models.inquiry import Inquiry
from mexile.members.models.member import Member
from mexile.members.queries.names import held_names
from mexile.members.queries.persecutors import members_who_fled, name_index
from mexile.members.rules.names import words

_NAMESAKES = 5
_ALONE = 2
"""A name of fewer words ("Juan") is compared with whole names alone, never with every Juan we accompany."""


def is_conflict_possible(inquiry: Inquiry) -> bool:
    """Whether anybody named in the inquiry is, or is named by, somebody we know: the same persecutor, a
    relative, an adverse person, or one of our own members. All members and all inquiries are compared,
    whoever asks; nothing of what is compared is shown, so nothing is noted as read.

    Every comparison is made every time, so that neither the answer nor its time says which one was met.
    """
    with seal.silent():
        named = db.session.scalars(select(NamedPerson).where(NamedPerson.inquiry_id == inquiry.id)).all()
        names = [name for one in named if (name := _opened(one))]
    indexes = {index for name in names if (index := name_index(name))}
    phones = {one.phone_bidx for one in named if one.phone_bidx}
    own = [inquiry.member_id] if inquiry.member_id else []
    met = [
        bool(members_who_fled(indexes, but=own)),
        _named_elsewhere(inquiry, indexes, phones),
        _is_phone_of_a_member(phones, own),
        *[_is_a_member(name, own) for name in names],
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


def _is_phone_of_a_member(phones: set[bytes], own: list[int]) -> bool:
    return bool(db.session.scalar(select(exists().where(Member.phone_bidx.in_(phones), Member.id.not_in(own)))))


def _is_a_member(name: str, own: list[int]) -> bool:
    """All words of the name, as they sound, are among those of one member."""
    if len(words(name)) < _ALONE:
        return False
    held = held_names()
    with held.lock:
        found = held.refresh().find(name, _NAMESAKES)
    return bool(set(found) - set(own))
