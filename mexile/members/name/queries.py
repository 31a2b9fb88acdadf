"""Finding members by name: sealed names live unsealed in the memory of each process and nowhere else.

The index is built at the first search and follows the column ``name_seq``: at each search one small
query says whether a row changed since, and only those rows are read again. Rows taken away or a
database made anew are noticed by their count and by the first row's ``rid``; then it is built afresh.
"""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from threading import RLock
from typing import Any
from weakref import WeakKeyDictionary

from sqlalchemy import Engine, Row, Select, func, or_, select

from mexile.access.viewer import Viewer
from mexile.ground import seal
from mexile.ground.db import db
from mexile.ground.errors import KeyGone, Tampered
from mexile.ground.phone import phones_in
from mexile.members.assignment.rights import ALL, NONE, STANDS, rights_of, rights_values, visible
from mexile.members.contact.models import MemberContact
from mexile.members.contact.queries import has_phone, phone_index
from mexile.members.detail.models import MemberANumber, MemberName
from mexile.members.name.index import Entry, NameIndex, answers, entry
from mexile.members.name.rules import ShownName, parted, shown_name, words
from mexile.members.person.models import Member
from mexile.members.person.rules import A_NUMBER_PLACE, normal_a_number
from mexile.members.status.queries import is_closed

NAME_COLUMNS = (
    Member.rid,
    Member.key_id,
    Member.alias_enc,
    Member.preferred_name_enc,
    Member.legal_name_enc,
    Member.surnames_enc,
)
_FEW = 200
_CODE = re.compile(r"me[- ]?0*(\d{1,9})", re.IGNORECASE)
"""A member's code as one types it."""
_first = select(Member.rid).order_by(Member.id).limit(1).scalar_subquery()
# Three small questions: together as aggregates of one SELECT they would walk the whole table.
_state = select(
    select(func.max(Member.name_seq)).scalar_subquery(),
    select(func.count()).select_from(Member).where(STANDS).scalar_subquery(),
    _first,
)
_searched = select(
    Member.id,
    Member.code,
    Member.phone_enc,
    Member.name_seq,
    is_closed().label("is_closed"),
    STANDS.label("stands"),
    *NAME_COLUMNS,
)


@dataclass(frozen=True)
class Found:
    """A member as a search shows one: all that is needed to choose, nothing that is not."""

    id: int
    code: str
    name: ShownName
    is_closed: bool


class _Held:
    """The index of one database in this process."""

    def __init__(self) -> None:
        self.lock = RLock()
        self.index = NameIndex()
        self.seq = 0
        self.mark: bytes | None = None

    def refresh(self) -> NameIndex:
        """The index as the database stands now. Notes no reads: nobody is shown what it holds."""
        seq, count, mark = db.session.connection().execute(_state).one()
        if mark != self.mark or (seq or 0) < self.seq:
            self._build()
        elif (seq or 0) > self.seq:
            self._follow()
        if len(self.index) != count:
            self._build()
        self.seq, self.mark = seq or 0, mark
        return self.index

    def _build(self) -> None:
        with seal.silent():
            self.index = NameIndex([_entry(*known) for known in _with_more(_searched.where(STANDS))])

    def _follow(self) -> None:
        """Read again what changed since; who was merged into another or removed is forgotten."""
        with seal.silent():
            for row, others, phones in _with_more(_searched.where(Member.name_seq > self.seq)):
                if row.stands:
                    self.index.put(_entry(row, others, phones))
                else:
                    self.index.take(row.id)


_held: WeakKeyDictionary[Engine, _Held] = WeakKeyDictionary()
_held_lock = RLock()


def held_names() -> _Held:
    """What this process holds for the database of the running application."""
    with _held_lock:
        return _held.setdefault(db.engine, _Held())


def _with_more(statement: Any) -> Iterator[tuple[Row[Any], Sequence[str], Sequence[str]]]:
    """Each row with the other names of that member and the numbers they are reached at: three statements,
    whatever the number of rows."""
    rows = db.session.execute(statement).all()
    ids = [row.id for row in rows] if len(rows) <= _FEW else None
    names, phones = _opened(MemberName, "name_enc", ids), _opened(MemberContact, "value_enc", ids)
    return ((row, names.get(row.id, ()), phones.get(row.id, ())) for row in rows)


def _opened(table: type[MemberName] | type[MemberContact], column: str, ids: list[int] | None) -> dict[int, list[str]]:
    """Member -> the values of a sealed column that can be opened; ``ids``: only of these members."""
    query = select(table.member_id, table.rid, table.key_id, getattr(table, column).label("sealed"))
    if ids is not None:
        query = query.where(table.member_id.in_(ids))
    values: dict[int, list[str]] = {}
    for row in db.session.execute(query):
        if row.sealed is None:
            continue
        try:
            value = seal.unseal(table.__tablename__, column, row.rid, row.key_id, row.sealed)
        except (KeyGone, Tampered):
            continue
        if value:
            values.setdefault(row.member_id, []).append(value)
    return values


def _entry(row: Row[Any], others: Sequence[str], phones: Sequence[str]) -> Entry:
    alias, preferred = _quietly(row, "alias_enc"), _quietly(row, "preferred_name_enc")
    legal, surnames = _quietly(row, "legal_name_enc"), _quietly(row, "surnames_enc")
    shown = shown_name(alias, preferred, legal, surnames)
    return entry(
        row.id,
        row.code,
        first=shown.first,
        listed=shown.listed or "~" + row.code,
        short=shown.short,
        names=(alias, preferred, legal, surnames, *others),
        phones=(_quietly(row, "phone_enc"), *phones),
        is_closed=row.is_closed,
    )


def _quietly(row: Any, column: str) -> str | None:
    """A value for the index; one that can't be opened any more is not there, and the others still are."""
    try:
        return _open(row, column)
    except (KeyGone, Tampered):
        return None


def _open(row: Any, column: str) -> str | None:
    blob = getattr(row, column)
    return None if blob is None else seal.unseal("member", column, row.rid, row.key_id, blob)


def name_of(row: Any, viewer: Viewer) -> ShownName:
    """How this viewer may read a person's name, from a row that has ``NAME_COLUMNS``: a volunteer
    only the first one. Opens no more than it shows, and notes what it opens."""
    preferred = _open(row, "preferred_name_enc")
    if viewer.sees_first_names_only and preferred:
        return first_only(shown_name(None, preferred, None))
    legal, surnames = _open(row, "legal_name_enc"), _open(row, "surnames_enc")
    alias = None if preferred or legal else _open(row, "alias_enc")
    shown = shown_name(alias, preferred, legal, surnames)
    return first_only(shown) if viewer.sees_first_names_only else shown


def listed_name(sealed: Sequence[Any]) -> str:
    """The name as a list shows it, from the values of ``NAME_COLUMNS`` in their order.
    The same as ``name_of(...).listed``, for fifty rows at a time."""
    rid, key_id, alias, preferred, legal, surnames = sealed
    called = preferred and seal.unseal("member", "preferred_name_enc", rid, key_id, preferred)
    whole = legal and seal.unseal("member", "legal_name_enc", rid, key_id, legal)
    if not whole:
        return called or seal.unseal("member", "alias_enc", rid, key_id, alias) or ""
    told = surnames and seal.unseal("member", "surnames_enc", rid, key_id, surnames)
    given, last = parted(whole, told)
    called = called or given or last
    return f"{last}, {called}" if last and given else called


def first_only(shown: ShownName) -> ShownName:
    return ShownName(shown.first, shown.first, shown.first, shown.first)


def allowed_ids(viewer: Viewer) -> set[int] | None:
    """The ids this viewer may know of; None is all. The same rights as ``visible``."""
    rights = rights_of(viewer)
    if rights == ALL:
        return None
    if rights == NONE:
        return set()
    known = db.session.connection().execute(_allowed_ids(rights), rights_values(viewer))
    return {row[0] for row in known}


@cache
def _allowed_ids(rights: str) -> Select[int]:
    """Made once for each kind of rights: every search and every list asks."""
    return select(Member.id).where(visible(rights))


def code_typed(text: str) -> str | None:
    """The code that `text` is, as it is written: "me 42" is ME-0042."""
    typed = _CODE.fullmatch(text.strip())
    return f"ME-{int(typed[1]):04d}" if typed else None


def find_members(viewer: Viewer, text: str, limit: int = 8, *, first: Sequence[Collection[int]] = ()) -> list[Found]:
    """Members whose name, alias, code, or the last three or four digits of any of whose telephones answer
    ``text``, best first; ahead of them who has the whole telephone or A-number that ``text`` is. A code is exact
    and answers alone: no telephone that ends in its digits comes beside it.

    Only those the viewer may know of are ever compared for showing; who is in one of ``first`` (ids) goes
    ahead of the others, in its order. What it returns is noted as read, what it looked through is not.
    """
    allowed = allowed_ids(viewer)
    if allowed is not None and not allowed:
        return []
    if code := code_typed(text):
        return found_members(viewer, db.session.scalars(select(Member.id).where(Member.code == code)).all())
    held = held_names()
    with held.lock:
        ids = held.refresh().find(text, limit, allowed=allowed, own_only=viewer.sees_first_names_only, first=first)
    if sum(map(str.isdecimal, text)) >= 7:
        ids = list(dict.fromkeys([*_numbered(viewer, text), *ids]))[:limit]
    return found_members(viewer, ids)


def unshown_words(viewer: Viewer, text: str, found: Sequence[Found]) -> dict[int, str]:
    """Of whom `text` found by a word of a name that the lists don't show, that word as it is written: Lupita was found
    as María. What it opens is noted as read; of the others it opens nothing."""
    asked = [word for word in words(text) if not word.isdecimal()]
    if viewer.sees_first_names_only or not asked:
        return {}

    def hidden(name: str | None, shown: str) -> list[str]:
        left = [word for word in asked if not any(answers(word, known) for known in words(shown))]
        return [part for part in (name or "").split() for w in words(part) if any(answers(word, w) for word in left)]

    ids = [one.id for one in found if not all(any(answers(w, k) for k in words(one.name.full)) for w in asked)]
    if not ids:
        return {}
    rows = db.session.execute(select(Member.id, *NAME_COLUMNS).where(Member.id.in_(ids), visible(viewer)))
    others = _opened(MemberName, "name_enc", ids)
    full = {one.id: one.name.full for one in found}
    said: dict[int, str] = {}
    for row in rows:
        names = (_quietly(row, "legal_name_enc"), _quietly(row, "alias_enc"), *others.get(row.id, ()))
        parts = next((parts for name in names if (parts := hidden(name, full[row.id]))), [])
        if parts:
            said[row.id] = " ".join(parts)
    return said


def _numbered(viewer: Viewer, text: str) -> list[int]:
    """Who has this telephone, as it is dialled here or in Mexico, or this A-number: by their blind indexes."""
    phones = [index for number in phones_in(text) if (index := phone_index(number))]
    reached = select(MemberContact.member_id).where(has_phone(MemberContact.value_bidx, phones))
    has = [has_phone(Member.phone_bidx, phones), Member.id.in_(reached)]
    number = None if viewer.sees_first_names_only else normal_a_number(text)
    if number:
        index = seal.blind(A_NUMBER_PLACE, number)
        has.append(Member.id.in_(select(MemberANumber.member_id).where(MemberANumber.number_bidx == index)))
    return list(db.session.scalars(select(Member.id).where(or_(*has), visible(viewer)).order_by(Member.id)))


def found_members(viewer: Viewer, ids: Sequence[int]) -> list[Found]:
    """These members, as far as the viewer may know of them, in this order."""
    if not ids:
        return []
    rows = db.session.execute(
        select(Member.id, Member.code, is_closed().label("is_closed"), *NAME_COLUMNS).where(
            Member.id.in_(ids), visible(viewer)
        )
    )
    people = {row.id: Found(row.id, row.code, name_of(row, viewer), row.is_closed) for row in rows}
    return [people[id] for id in ids if id in people]
