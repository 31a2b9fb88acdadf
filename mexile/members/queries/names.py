"""Finding members by name: sealed names live unsealed in the memory of each process and nowhere else.

The index is built at the first search and follows the column ``name_seq``: at each search one small
query says whether a row changed since, and only those rows are read again. Rows taken away or a
database laid anew are noticed by their count and by the first row's ``rid``; then it is built afresh.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from threading import RLock
from typing import Any
from weakref import WeakKeyDictionary

from sqlalchemy import Engine, Row, bindparam, func, select

from mexile.access.viewer import Viewer
from mexile.ground import clock, seal
from mexile.ground.db import Moment, db
from mexile.ground.errors import KeyGone, Tampered
from mexile.members.models.detail import MemberName
from mexile.members.models.member import Member
from mexile.members.queries.closed import is_closed
from mexile.members.queries.visible import STANDS, open_ids, visible
from mexile.members.rules.name_index import Entry, NameIndex, entry
from mexile.members.rules.names import ShownName, parted, shown_name

NAME_COLUMNS = (
    Member.rid,
    Member.key_id,
    Member.alias_enc,
    Member.preferred_name_enc,
    Member.legal_name_enc,
    Member.surnames_enc,
)
_FEW = 200
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
            self.index = NameIndex([_entry(*pair) for pair in _with_other_names(_searched.where(STANDS))])

    def _follow(self) -> None:
        """Read again what changed since; who was merged into another or removed is forgotten."""
        with seal.silent():
            for row, others in _with_other_names(_searched.where(Member.name_seq > self.seq)):
                if row.stands:
                    self.index.put(_entry(row, others))
                else:
                    self.index.take(row.id)


_held: WeakKeyDictionary[Engine, _Held] = WeakKeyDictionary()
_held_lock = RLock()


def held_names() -> _Held:
    """What this process holds for the database of the running application."""
    with _held_lock:
        return _held.setdefault(db.engine, _Held())


def _with_other_names(statement: Any) -> Iterator[tuple[Row[Any], Sequence[str]]]:
    """Each row with the other names of that member: two statements, whatever the number of rows."""
    rows = db.session.execute(statement).all()
    query = select(MemberName.member_id, MemberName.rid, MemberName.key_id, MemberName.name_enc)
    if len(rows) <= _FEW:
        query = query.where(MemberName.member_id.in_([row.id for row in rows]))
    found: dict[int, list[str]] = {}
    for one in db.session.execute(query):
        try:
            name = seal.unseal("member_name", "name_enc", one.rid, one.key_id, one.name_enc)
        except (KeyGone, Tampered):
            continue
        if name:
            found.setdefault(one.member_id, []).append(name)
    return ((row, found.get(row.id, ())) for row in rows)


def _entry(row: Row[Any], others: Sequence[str]) -> Entry:
    alias, preferred = _quietly(row, "alias_enc"), _quietly(row, "preferred_name_enc")
    legal, surnames = _quietly(row, "legal_name_enc"), _quietly(row, "surnames_enc")
    shown = shown_name(alias, preferred, legal, surnames)
    return entry(
        row.id,
        row.code,
        first=shown.first,
        listed=shown.listed or "~" + row.code,
        names=(alias, preferred, legal, surnames, *others),
        phone=_quietly(row, "phone_enc"),
        is_closed=row.is_closed,
    )


def _quietly(row: Row[Any], column: str) -> str | None:
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


def listed_name(sealed: Sequence[Any], first_only: bool) -> str:
    """The name as a list shows it, from the values of ``NAME_COLUMNS`` in their order.
    The same as ``name_of(...).listed``, for fifty rows at a time."""
    rid, key_id, alias, preferred, legal, surnames = sealed
    called = preferred and seal.unseal("member", "preferred_name_enc", rid, key_id, preferred)
    if called and first_only:
        return called.split(" ", 1)[0]
    whole = legal and seal.unseal("member", "legal_name_enc", rid, key_id, legal)
    if not whole:
        return called or seal.unseal("member", "alias_enc", rid, key_id, alias) or ""
    told = surnames and seal.unseal("member", "surnames_enc", rid, key_id, surnames)
    given, last = parted(whole, told)
    called = called or given or last
    if first_only:
        return called.split(" ", 1)[0]
    return f"{last}, {called}" if last and given else called


def first_only(shown: ShownName) -> ShownName:
    return ShownName(shown.first, shown.first, shown.first, shown.first)


def allowed_ids(viewer: Viewer) -> set[int] | None:
    """The ids this viewer may know of; None is all. The same rights as ``visible``."""
    if viewer.sees_all_members:
        return None
    if not viewer.sees_members:
        return set()
    known = db.session.connection().execute(_open_ids, bound_rights(viewer))
    return {row[0] for row in known}


_open_ids = open_ids(bindparam("user_id"), bindparam("moment", type_=Moment()))


def bound_rights(viewer: Viewer) -> dict[str, Any]:
    """The values of the parameters ``user_id`` and ``moment`` of ``open_ids``, for this request."""
    return {"user_id": viewer.user_id, "moment": clock.now()}


def find_members(
    viewer: Viewer, text: str, limit: int = 8, *, today_first: Collection[int] = ()
) -> list[Found]:
    """Members whose name, alias, code or phone's last three digits answer ``text``, best first.

    Only those the viewer may know of are ever compared for showing; ``today_first`` (ids) go ahead
    of the others. What it returns is noted as read, what it looked through is not.
    """
    allowed = allowed_ids(viewer)
    if allowed is not None and not allowed:
        return []
    held = held_names()
    with held.lock:
        ids = held.refresh().find(
            text, limit, allowed=allowed, own_only=viewer.sees_first_names_only, first=today_first
        )
    return found_members(viewer, ids)


def found_members(viewer: Viewer, ids: Sequence[int]) -> list[Found]:
    """These members, as far as the viewer may know of them, in this order."""
    if not ids:
        return []
    rows = db.session.execute(
        select(Member.id, Member.code, is_closed().label("is_closed"), *NAME_COLUMNS).where(
            Member.id.in_(ids), visible(viewer)
        )
    )
    found = {
        row.id: Found(row.id, row.code, name_of(row, viewer), row.is_closed) for row in rows
    }
    return [found[id] for id in ids if id in found]
