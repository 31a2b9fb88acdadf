"""People we may know already, asked for before a new one is saved."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Row, or_, select

from mexile.access.viewer import Viewer
from mexile.ground import seal
from mexile.ground.db import db
from mexile.ground.errors import KeyGone, Tampered
from mexile.members.models.member import Member
from mexile.members.queries.names import NAME_COLUMNS, held_names, name_of
from mexile.members.queries.visible import STANDS, visible
from mexile.members.rules.duplicates import Compared, compared
from mexile.members.rules.names import parted, words
from mexile.members.rules.person import day_of, shown_phone

MOST = 5
_NAMESAKES = 50


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
    Member.language,
    Member.origin_state,
    *NAME_COLUMNS,
)


def look_alikes(viewer: Viewer, values: Mapping[str, Any], phone_bidx: bytes | None) -> LookAlikes:
    """Members who may be this person, by telephone, day of birth with a name, or a name that sounds
    the same. All members are compared in silence; only those the viewer may know of are opened to be shown."""
    names = [values.get(name) for name in ("given_names", "surnames")]
    born = values.get("birth_date")
    found: list[tuple[Row[Any], Compared]] = []
    for row in _candidates(viewer, values, phone_bidx):
        likeness = _likeness(row, names, born, values.get("phone"))
        if likeness:
            found.append((row, likeness))
    found.sort(key=lambda pair: -len(pair[1].reasons))
    people = [_shown(row, likeness, viewer) for row, likeness in found if row.is_visible][:MOST]
    return LookAlikes(people, [row.code for row, _ in found if not row.is_visible])


def _candidates(viewer: Viewer, values: Mapping[str, Any], phone_bidx: bytes | None) -> Sequence[Row[Any]]:
    where = []
    if phone_bidx:
        where.append(Member.phone_bidx == phone_bidx)
    if values.get("birth_date"):
        where.append(Member.birth_year == values["birth_date"].year)
    namesakes = _namesakes(values.get("given_names"), values.get("surnames"))
    if namesakes:
        where.append(Member.id.in_(namesakes))
    if not where:
        return []
    return db.session.execute(
        select(*_columns, visible(viewer).label("is_visible")).where(or_(*where), STANDS).order_by(Member.id)
    ).all()


def look_alikes_of(viewer: Viewer, member: Member) -> Sequence[LookAlike]:
    """Other records that may be the same person as this one; only those the viewer may know of."""
    with seal.silent():
        legal, phone = member.legal_name, member.phone
        given, surnames = parted(legal, member.surnames) if legal else (None, None)
        values = {"given_names": given, "surnames": surnames, "birth_date": day_of(member.birth_date), "phone": phone}
    return [one for one in look_alikes(viewer, values, member.phone_bidx).people if one.code != member.code]


def _namesakes(given: str | None, surnames: str | None) -> list[int]:
    first, last = words(given), words(surnames)
    if not first or not last:
        return []
    held = held_names()
    with held.lock:
        return held.refresh().find(f"{first[0]} {last[0]}", _NAMESAKES)


def _likeness(row: Row[Any], names: list[str | None], born: date | None, phone: str | None) -> Compared:
    try:
        with seal.silent():
            return compared(
                names=names,
                born=born,
                phone=phone,
                other_names=[_open(row, "legal_name_enc")],
                other_born=_born(row),
                other_phone=_open(row, "phone_enc"),
            )
    except (KeyGone, Tampered):
        return Compared(())


def _open(row: Row[Any], column: str) -> str | None:
    return seal.unseal("member", column, row.rid, row.key_id, getattr(row, column))


def _born(row: Row[Any]) -> date | None:
    return day_of(_open(row, "birth_date_enc"))


def _shown(row: Row[Any], likeness: Compared, viewer: Viewer) -> LookAlike:
    phone = _open(row, "phone_enc")
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
