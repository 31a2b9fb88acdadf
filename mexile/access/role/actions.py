"""Giving, confirming and ending roles: no role that opens every member by one person alone.

- Only `mexile init` makes the first director. Every other one, an attorney whom no director gave the role, and a
  role that sees members beside administrator, wait.
- Who confirms has been a director for seventy-two hours, is neither the one who asked nor the one it is for, and
  has an account in which neither of these had a hand.
- Where nobody but the asking director could confirm, the role begins by itself after seventy-two hours; where a
  director can only because nobody else is left, it begins seventy-two hours after they confirm. Every director is
  told at once, of each new account, role and confirmation, and can end it until then.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select

from mexile.access.account.models import UserAccount, UserRole
from mexile.access.account.queries import holding, holds
from mexile.access.holding.actions import let_go
from mexile.access.letter.actions import tell_directors
from mexile.access.role.queries import WAIT, confirmers, directed_since, is_apart
from mexile.access.roles import ADMINISTRATOR, DIRECTOR, SEES_ALL_MEMBERS, SEES_MEMBERS
from mexile.ground import clock, trail
from mexile.ground.db import db
from mexile.ground.errors import Conflict, Problem

LAST = {
    ADMINISTRATOR: Problem(
        "",
        "This is the last administrator. Make somebody else administrator first.",
        "Es la última persona de administración. Primero nombre a otra.",
    ),
    DIRECTOR: Problem(
        "",
        "This is the last director. Make somebody else director first, who has come in and whose role has begun.",
        "Es la última persona de dirección. Primero nombre a otra, que ya haya entrado y cuyo rol ya haya empezado.",
    ),
}
"""Nobody would be left who opens doors, or who confirms and is told. Who never came in counts as nobody."""
OWN = Problem(
    "",
    "Nobody confirms their own role, or one that they gave. Ask another director.",
    "Nadie confirma su propio rol, ni uno que dio. Pida a otra persona de dirección.",
)
TOO_NEW = Problem(
    "",
    "Who confirms has to have been a director for seventy-two hours. Ask another director, or wait until then.",
    "Quien confirma debe llevar setenta y dos horas en dirección. Pida a otra persona de dirección, o espere.",
)
NOT_APART = Problem(
    "",
    "You and who asked for this role aren't two: one of you made the other's account. Ask another director.",
    "Usted y quien pidió este rol no cuentan como dos: una cuenta hizo a la otra. Pida a otra persona de dirección.",
)


def keep_last(user_id: int, *roles: str) -> None:
    """Raise Conflict where somebody is the only one who holds one of these roles."""
    for role in roles:
        if [id for id, _, _ in holding(role)] == [user_id]:
            raise Conflict(LAST[role])


def _role(user_id: int, role: str) -> UserRole | None:
    return db.session.scalar(
        select(UserRole).where(UserRole.user_id == user_id, UserRole.role == role, UserRole.to_at.is_(None))
    )


def give_role(*, user_id: int, role: str, by: int | None = None) -> None:
    """Give a role; every director is told. `by` is who gives it, None the command line. Beside administrator the
    roles that see members wait from now on: what can't wait with them is let go of. Raises Conflict where it would
    be the last director who waits. Inside `writing()`."""
    user = db.session.get_one(UserAccount, user_id)
    if _role(user_id, role) is None:
        if role == ADMINISTRATOR and _waits_beside(user_id):
            keep_last(user_id, DIRECTOR)
        write_role(user=user, role=role, by=by)
        trail.record("user.role", user.code, given=role)
        tell_directors("role", user, [role])
        if role == ADMINISTRATOR:
            let_go(by=by or user_id, user_id=user_id)


def write_role(*, user: UserAccount, role: str, by: int | None, beside: frozenset[str] = frozenset()) -> None:
    """The row of a role that is given, and whether it waits. `beside`: roles that come with it."""
    is_director = by is not None and by != user.id and holds(by, DIRECTOR)
    is_administrator = ADMINISTRATOR in beside or _role(user.id, ADMINISTRATOR) is not None
    opens = role in SEES_ALL_MEMBERS or (is_administrator and role in SEES_MEMBERS)
    waits = role == DIRECTOR or (opens and not is_director)
    row = UserRole(user_id=user.id, role=role, from_at=clock.now(), by_user_id=by, waits=int(waits))
    if opens and is_director and not waits:
        row.confirmed_by = by
    if waits and by is not None and holds(by, DIRECTOR) and not confirmers(by, user.id):
        row.due_at, row.confirmed_by = clock.now() + WAIT, by
    db.session.add(row)
    db.session.flush()


def _waits_beside(user_id: int) -> bool:
    """Whether somebody's role of director is unconfirmed, and so doesn't count beside administrator."""
    director = _role(user_id, DIRECTOR)
    return director is not None and director.confirmed_by is None


def end_role(*, user_id: int, role: str, by: int) -> None:
    """End a role at once; every director is told. Raises Conflict for the last administrator's and the last
    director's."""
    user = db.session.get_one(UserAccount, user_id)
    user_role = _role(user_id, role)
    if user_role is None:
        return
    if role in LAST:
        keep_last(user_id, role)
    tell_directors("role_ended", user, [role])
    user_role.to_at = clock.now()
    db.session.flush()
    trail.record("user.role", user.code, ended=role)
    let_go(by=by, user_id=user_id)


def confirm_role(*, user_id: int, role: str, by: int) -> datetime | None:
    """A director lets a role that waits begin; returns when it begins, None when there was nothing to confirm.
    Raises Conflict, in words, when it isn't for this director to do."""
    user = db.session.get_one(UserAccount, user_id)
    user_role = _role(user_id, role)
    if (
        user_role is None
        or user_role.confirmed_by is not None
        or not (user_role.waits or _role(user_id, ADMINISTRATOR))
    ):
        return None
    asker = user_role.by_user_id or user_id
    if by in (user_id, asker):
        raise Conflict(OWN)
    since, now = directed_since(by), clock.now()
    if since is None or since > now - WAIT:
        raise Conflict(TOO_NEW)
    are_two = is_apart(asker, by) and is_apart(user_id, by)
    if not are_two and confirmers(asker, user_id):
        raise Conflict(NOT_APART)
    user_role.confirmed_by, user_role.waits, user_role.due_at = by, 1, now if are_two else now + WAIT
    db.session.flush()
    trail.record("user.role", user.code, confirmed=role)
    tell_directors("confirmation", user, [role])
    return user_role.due_at
