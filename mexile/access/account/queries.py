"""The people of the staff."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache

from sqlalchemy import Boolean, ColumnElement, Select, bindparam, case, exists, func, or_, select
from sqlalchemy.orm import aliased

from mexile.access.account.models import AccessRevocation, RecoveryCode, UserAccount, UserRole
from mexile.access.roles import ADMINISTRATOR, ROLES, SEES_MEMBERS
from mexile.access.session.queries import counts, effective
from mexile.access.viewer import Viewer
from mexile.ground import clock
from mexile.ground.db import Moment, db
from mexile.ground.errors import NotHere, Problem
from mexile.ground.sender import is_address


@dataclass(frozen=True)
class Colleague:
    """One line of the People page."""

    id: int
    code: str
    name: str
    email: str
    roles: tuple[str, ...]
    waiting: tuple[str, ...]
    has_ended: bool
    has_come: bool
    due: dict[str, datetime]
    """Roles that wait and begin by themselves, and when."""


def people(viewer: Viewer | None) -> list[Colleague]:
    """All the staff with their roles; `waiting` are roles a director hasn't confirmed, or that begin later."""
    rows = db.session.execute(
        select(
            UserAccount.id,
            UserAccount.code,
            UserAccount.name,
            UserAccount.email,
            UserRole.role,
            UserRole.confirmed_by,
            UserRole.due_at,
            counts(clock.now()).label("counts"),
            UserAccount.password_hash,
            AccessRevocation.user_id.label("ended"),
        )
        .outerjoin(UserRole, (UserRole.user_id == UserAccount.id) & UserRole.to_at.is_(None))
        .outerjoin(AccessRevocation, AccessRevocation.user_id == UserAccount.id)
        .order_by(UserAccount.name, UserAccount.id, UserRole.role)
    ).all()
    rows_of: dict[int, list] = {}
    for row in rows:
        rows_of.setdefault(row.id, []).append(row)
    return [_person(lines) for lines in rows_of.values()]


def _person(lines: Sequence) -> Colleague:
    first = lines[0]
    due_of = {line.role: line.due_at for line in lines if line.role}
    counting = effective({line.role: line.confirmed_by for line in lines if line.role and line.counts})
    return Colleague(
        first.id,
        first.code,
        first.name,
        first.email,
        tuple(sorted(counting)),
        tuple(sorted(set(due_of) - counting)),
        first.ended is not None,
        bool(first.password_hash),
        {role: due for role, due in due_of.items() if due and role not in counting},
    )


def problems_of_account(*, name: str, email: str, roles: list[str]) -> list[Problem]:
    """What is wrong with a new account, all at once."""
    problems = []
    if not name.strip():
        problems.append(Problem("name", "Write the person's name.", "Escriba el nombre de la persona."))
    if not is_address(email):
        problems.append(Problem("email", "Write a mail address.", "Escriba un correo electrónico."))
    if not roles:
        problems.append(Problem("role", "Give at least one role.", "Dé al menos un rol."))
    for role in roles:
        if role not in ROLES:
            known = ", ".join(ROLES)
            problems.append(
                Problem(
                    "role", f"{role} is no role. The roles are {known}.", f"{role} no es un rol. Los roles son {known}."
                )
            )
    taken = db.session.scalar(select(UserAccount.id).where(UserAccount.email == email.lower()))
    if taken:
        problems.append(Problem("email", "Somebody has this mail address already.", "Alguien ya tiene este correo."))
    return problems


def get_colleague(code: str) -> Colleague:
    """One of the staff by code. Raises NotHere."""
    colleague = next((get_colleague for get_colleague in people(None) if get_colleague.code == code), None)
    if colleague is None:
        raise NotHere
    return colleague


def with_roles(*roles: str) -> list[tuple[int, str]]:
    """(id, name) of the staff that hold any of the roles now, by name."""
    return [(id, name) for id, _code, name in holding(*roles)]


def holds(user_id: int, role: str) -> bool:
    """Whether somebody who acts holds this role, and it counts, now."""
    return any(id == user_id for id, _, _ in holding(role, invited=True))


def holding(*roles: str, invited: bool = False) -> list[tuple[int, str, str]]:
    """(id, code, name) of the staff that hold any of the roles now, by name; `invited`: also of those who were
    invited and haven't come yet, to whom a letter may go and on whom nobody can count."""
    rows = db.session.connection().execute(_holding(), {"roles": list(roles), "now": clock.now(), "invited": invited})
    return [(row.id, row.code, row.name) for row in rows]


@cache
def _holding() -> Select[int, str, str]:
    """Made once: every list and many forms ask."""
    also = aliased(UserRole)
    runs_the_system = exists().where(also.user_id == UserAccount.id, also.role == ADMINISTRATOR, also.to_at.is_(None))
    return (
        select(UserAccount.id, UserAccount.code, UserAccount.name)
        .join(UserRole, (UserRole.user_id == UserAccount.id) & counts(bindparam("now", type_=Moment())))
        .outerjoin(AccessRevocation, AccessRevocation.user_id == UserAccount.id)
        .where(
            UserRole.role.in_(bindparam("roles", expanding=True)),
            AccessRevocation.user_id.is_(None),
            or_(UserAccount.password_hash != "", bindparam("invited", type_=Boolean())),
            # As `effective` says: beside administrator a role that sees members counts when it was confirmed.
            or_(UserRole.confirmed_by.is_not(None), UserRole.role.not_in(SEES_MEMBERS), ~runs_the_system),
        )
        .distinct()
        .order_by(UserAccount.name)
    )


def reader(user_id: int) -> UserAccount | None:
    """Whom a letter goes to, asked when it is sent: nobody any more once their access has ended."""
    ended = select(AccessRevocation.user_id)
    return db.session.scalar(select(UserAccount).where(UserAccount.id == user_id, UserAccount.id.not_in(ended)))


def name_of_user(user_id: int) -> str:
    """Somebody's name, also of one whose access has ended."""
    return db.session.scalars(select(UserAccount.name).where(UserAccount.id == user_id)).one()


def absence() -> ColumnElement[str]:
    """The SQL, on `UserAccount`, of why somebody doesn't stand where a role is needed: their access has "ended", they
    were "invited" and haven't come, or they are here and the "role" ended, waits or never was."""
    is_ended = exists().where(AccessRevocation.user_id == UserAccount.id)
    return case((is_ended, "ended"), (UserAccount.password_hash == "", "invited"), else_="role")


def absence_of(user_id: int) -> str:
    return db.session.scalars(select(absence()).where(UserAccount.id == user_id)).one()


def email_of(viewer: Viewer) -> str:
    """The viewer's own mail address."""
    return db.session.scalars(select(UserAccount.email).where(UserAccount.id == viewer.user_id)).one()


def codes_left(viewer: Viewer) -> int:
    """How many of the viewer's recovery codes were not used yet."""
    mine = (RecoveryCode.user_id == viewer.user_id, RecoveryCode.used_at.is_(None))
    return db.session.scalar(select(func.count()).select_from(RecoveryCode).where(*mine)) or 0


def names_of(user_ids: set[int]) -> dict[int, str]:
    """user id -> name."""
    if not user_ids:
        return {}
    rows = db.session.connection().execute(_names, {"ids": list(user_ids)})
    return {id: name for id, name in rows}


_names = select(UserAccount.id, UserAccount.name).where(UserAccount.id.in_(bindparam("ids", expanding=True)))


def missing() -> list[Problem]:
    """Whoever works alone can't be stood in for, and what needs two can't be done."""
    return [] if (db.session.scalar(select(func.count()).select_from(UserAccount)) or 0) > 1 else [ALONE]


ALONE = Problem(
    "people",
    "Nobody else was invited yet, on the page Team.",
    "Todavía no se ha invitado a nadie más, en la página Equipo.",
)
