"""Whether the names of an inquiry or of a member meet names we know: yes or no, never who, never how many."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, or_, select

from mexile.access.viewer import Viewer
from mexile.ground import seal
from mexile.ground.db import db
from mexile.ground.errors import KeyGone, Tampered
from mexile.ground.phone import phones_in
from mexile.inquiries.conflict.models import NamedPerson
from mexile.inquiries.conflict.rules import may_be_one, sounds
from mexile.inquiries.inquiry.models import Inquiry
from mexile.inquiries.inquiry.queries import known_inquiries
from mexile.members.assignment.rights import STANDS
from mexile.members.contact.models import MemberContact
from mexile.members.contact.queries import any_meet, has_phone, phone_index
from mexile.members.detail.models import MemberName
from mexile.members.family.models import Relative
from mexile.members.persecutor.models import MemberPersecutor
from mexile.members.persecutor.queries import members_who_fled, name_index
from mexile.members.person.models import Member
from mexile.members.plan.models import EmergencyChild

_NAMES: dict[Any, tuple[str, ...]] = {
    MemberName: ("name_enc",),
    MemberPersecutor: ("name_enc",),
    Relative: ("called_enc",),
    MemberContact: ("through_enc",),
    EmergencyChild: ("collector_enc", "collector_phone_enc"),
    NamedPerson: ("name_enc",),
}
"""Where names stand that are of a member or were named to us: the table, its name, and a number beside it.
They are opened at a check, all of them, and shown to nobody: no index of single words lies about."""
_OF_A_MEMBER = ("legal_name_enc", "preferred_name_enc", "surnames_enc", "alias_enc")


@dataclass
class Comparison:
    """What a check compares. ``named_phones`` are of whom somebody named, ``own_phones`` those at which the
    person is answered: two who share a telephone, as in a shelter or a family, are no conflict."""

    names: list[str]
    named_phones: set[bytes]
    own_phones: set[bytes]
    inquiry_id: int = 0
    member_ids: Sequence[int] = ()
    heard: list[tuple[str, ...]] = field(init=False)

    def __post_init__(self) -> None:
        self.heard = [sounds(name) for name in self.names]

    def meets(self, name: str | None) -> bool:
        theirs = sounds(name)
        return any([may_be_one(mine, theirs) for mine in self.heard])

    def others(self) -> ColumnElement[bool]:
        """The WHERE on ``NamedPerson``: named by or for somebody else."""
        inquiry, member = NamedPerson.inquiry_id, NamedPerson.member_id
        return and_(
            or_(inquiry.is_(None), inquiry != self.inquiry_id), or_(member.is_(None), member.not_in(self.member_ids))
        )


def is_conflict_possible(inquiry: Inquiry) -> bool:
    """Whether anybody named in the inquiry is, or is named by, somebody we know: the same persecutor, an
    adverse person, one of our own members, a relative of theirs, who passes word on to them, who collects
    their children. The number at which the person is answered is compared too. All members and all inquiries
    are compared, whoever asks; nothing of what is compared is shown, so nothing is noted as read.
    """
    own = [inquiry.member_id] if inquiry.member_id else []
    with seal.silent():
        answered = _phones(_opened("inquiry", "answer_enc", inquiry))
        names, phones = _named(NamedPerson.inquiry_id == inquiry.id)
        return _met(Comparison(names, phones, answered, inquiry.id, own), phones | answered)


def is_conflict_possible_for(member: Member) -> bool:
    """The same for a member, also one who came without an inquiry: their own name, whom they flee from, their
    relatives and who else was named for them, against everybody else."""
    reached = select(MemberContact.value_bidx).where(MemberContact.member_id == member.id)
    own_phones = {*db.session.scalars(reached), member.phone_bidx} - {None}
    inquiry_id = db.session.scalar(select(Inquiry.id).where(Inquiry.member_id == member.id)) or 0
    with seal.silent():
        names, phones = _named(NamedPerson.member_id == member.id)
        names += _members(Member.id == member.id)
        for table in (MemberPersecutor, Relative):
            names += [name for name, _ in _texts(table, table.member_id == member.id) if name]
        return _met(Comparison(names, phones, own_phones, inquiry_id, [member.id]), phones)


def names_for(viewer: Viewer, member: Member) -> list[NamedPerson]:
    """The names written down for a member. Those of an inquiry are for whoever may know of that inquiry."""
    inquiries = select(Inquiry.id).where(known_inquiries(viewer))
    seen = or_(NamedPerson.inquiry_id.is_(None), NamedPerson.inquiry_id.in_(inquiries))
    mine = select(NamedPerson).where(NamedPerson.member_id == member.id, seen)
    return list(db.session.scalars(mine.order_by(NamedPerson.id)))


def _met(asked: Comparison, at_a_member: Collection[bytes]) -> bool:
    """Every comparison is made every time, so that neither the answer nor its time says which one was met.
    A name of one word ("Chuy") meets only the same one word, of a persecutor or of somebody named to us."""
    whole = {index for name in asked.names if (index := name_index(name))}
    met = [
        bool(members_who_fled(whole, but=asked.member_ids)),
        _named_elsewhere(asked, whole),
        _is_phone_of_a_member(at_a_member, asked.member_ids),
        _asks_us(asked),
        *[asked.meets(name) for name in _members(STANDS, Member.id.not_in(asked.member_ids))],
    ]
    for table in _NAMES:
        others = asked.others() if table is NamedPerson else table.member_id.not_in(asked.member_ids)
        for name, phone in _texts(table, others):
            met += [asked.meets(name), any_meet(_phones(phone), asked.named_phones | asked.own_phones)]
    return any(met)


def _named(where: ColumnElement[bool]) -> tuple[list[str], set[bytes]]:
    rows = db.session.scalars(select(NamedPerson).where(where)).all()
    names = [name for row in rows if (name := _opened("named_person", "name_enc", row))]
    return names, {row.phone_bidx for row in rows if row.phone_bidx}


def _named_elsewhere(asked: Comparison, whole: Collection[bytes]) -> bool:
    phones = asked.named_phones | asked.own_phones
    same = or_(NamedPerson.name_bidx.in_(whole), has_phone(NamedPerson.phone_bidx, phones))
    return bool(db.session.scalar(select(exists().where(same, asked.others()))))


def _asks_us(asked: Comparison) -> bool:
    """Somebody named here is answered at a number of another inquiry, also at the second that it holds."""
    columns = (Inquiry.rid, Inquiry.key_id, Inquiry.answer_enc)
    rows = db.session.execute(select(*columns).where(Inquiry.id != asked.inquiry_id, Inquiry.answer_enc.is_not(None)))
    return any([any_meet(_phones(_opened("inquiry", "answer_enc", row)), asked.named_phones) for row in rows])


def _is_phone_of_a_member(phones: Collection[bytes], own: Collection[int]) -> bool:
    """The number on a record, or one of the ways to reach a member."""
    on_record = exists().where(has_phone(Member.phone_bidx, phones), Member.id.not_in(own))
    reached = exists().where(has_phone(MemberContact.value_bidx, phones), MemberContact.member_id.not_in(own))
    return bool(db.session.scalar(select(or_(on_record, reached))))


def _members(*where: ColumnElement[bool]) -> Iterator[str]:
    """Every name of these members: as it is written in full, as they are called, and what we call them."""
    columns = (getattr(Member, column) for column in _OF_A_MEMBER)
    for row in db.session.execute(select(Member.rid, Member.key_id, *columns).where(*where)):
        legal, preferred, surnames, alias = (_opened("member", column, row) for column in _OF_A_MEMBER)
        called = f"{preferred} {surnames or ''}" if preferred else None
        yield from (name for name in (legal, called, alias) if name)


def _texts(table: Any, where: ColumnElement[bool]) -> Iterator[tuple[str | None, str | None]]:
    """Each name of a table and the number beside it."""
    columns = _NAMES[table]
    cells = (getattr(table, column) for column in columns)
    for row in db.session.execute(select(table.rid, table.key_id, *cells).where(where)):
        name, *phone = (_opened(table.__tablename__, column, row) for column in columns)
        yield name, phone[0] if phone else None


def _opened(table: str, column: str, row: Any) -> str | None:
    blob = getattr(row, column)
    try:
        return seal.unseal(table, column, row.rid, row.key_id, blob) if blob else None
    except (KeyGone, Tampered):
        return None


def _phones(text: str | None) -> set[bytes]:
    """The indexes of every number that a text may name."""
    return {index for number in phones_in(text) if (index := phone_index(number))}
