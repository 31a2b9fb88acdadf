"""The people of the staff."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from sqlalchemy import Select, bindparam, select

from mexile.access.models import AccessRevocation, UserAccount, UserRole
from mexile.access.queries.session import effective
from mexile.access.viewer import Viewer
from mexile.ground.db import db
from mexile.ground.errors import NotHere


@dataclass(frozen=True)
class Person:
    """One line of the People page."""

    id: int
    code: str
    name: str
    email: str
    roles: tuple[str, ...]
    waiting: tuple[str, ...]
    has_ended: bool


def people(viewer: Viewer | None) -> list[Person]:
    """All the staff with their roles; `waiting` are roles a director hasn't confirmed."""
    rows = db.session.execute(
        select(
            UserAccount.id,
            UserAccount.code,
            UserAccount.name,
            UserAccount.email,
            UserRole.role,
            UserRole.confirmed_by,
            AccessRevocation.user_id.label("ended"),
        )
        .outerjoin(UserRole, (UserRole.user_id == UserAccount.id) & UserRole.to_at.is_(None))
        .outerjoin(AccessRevocation, AccessRevocation.user_id == UserAccount.id)
        .order_by(UserAccount.name, UserAccount.id, UserRole.role)
    ).all()
    found: dict[int, list] = {}
    for row in rows:
        found.setdefault(row.id, []).append(row)
    return [_person(lines) for lines in found.values()]


def _person(lines: Sequence) -> Person:
    first = lines[0]
    held = {line.role: line.confirmed_by for line in lines if line.role}
    counting = effective(held)
    return Person(
        first.id,
        first.code,
        first.name,
        first.email,
        tuple(sorted(counting)),
        tuple(sorted(set(held) - counting)),
        first.ended is not None,
    )


def person(code: str) -> Person:
    """One of the staff by code. Raises NotHere."""
    found = next((one for one in people(None) if one.code == code), None)
    if found is None:
        raise NotHere
    return found


def with_roles(*roles: str) -> list[tuple[int, str]]:
    """(id, name) of the staff that hold any of the roles now, by name."""
    return [(id, name) for id, _code, name in holding(*roles)]


def holding(*roles: str) -> list[tuple[int, str, str]]:
    """(id, code, name) of the staff that hold any of the roles now, by name."""
    rows = db.session.connection().execute(_holding(), {"roles": list(roles)})
    return [(row.id, row.code, row.name) for row in rows]


@cache
def _holding() -> Select[tuple[int, str, str]]:
    """Made once: every list and many forms ask."""
    return (
        select(UserAccount.id, UserAccount.code, UserAccount.name)
        .join(UserRole, (UserRole.user_id == UserAccount.id) & UserRole.to_at.is_(None))
        .outerjoin(AccessRevocation, AccessRevocation.user_id == UserAccount.id)
        .where(UserRole.role.in_(bindparam("roles", expanding=True)), AccessRevocation.user_id.is_(None))
        .distinct()
        .order_by(UserAccount.name)
    )
