"""Adding people of the staff, inviting them again, ending access.

The first director comes by the address that `mexile init` prints, and by nothing else.
"""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select, update

from mexile.access.account.models import AccessRevocation, UserAccount, UserRole
from mexile.access.account.queries import problems_of_account
from mexile.access.holding.actions import let_go
from mexile.access.invitation.actions import invite
from mexile.access.letter.actions import tell_directors
from mexile.access.role.actions import keep_last, write_role
from mexile.access.roles import ADMINISTRATOR, DIRECTOR
from mexile.access.session.models import UserSession
from mexile.ground import clock, keyring, trail
from mexile.ground.codes import next_code
from mexile.ground.db import db
from mexile.ground.errors import Conflict, Invalid, Problem


@dataclass(frozen=True)
class Invited:
    """A new account: its code, and the address at which the person sets the rest."""

    code: str
    address: str


def add_user(
    *,
    name: str,
    email: str,
    roles: list[str],
    language: str = "en",
    key_id: bytes | None = None,
    by: int | None = None,
    is_mailed: bool = True,
) -> Invited:
    """Make an account and invite its person to set password and second factor. `by` is who adds it, None the
    command line. Every director is told. Inside `writing()`."""
    problems = problems_of_account(name=name, email=email, roles=roles)
    if problems:
        raise Invalid(problems)
    user = UserAccount(
        key_id=key_id or keyring.new_key(),
        code=next_code("U", UserAccount.code, 2),
        name=name.strip(),
        email=email.lower(),
        language=language,
        password_hash="",
    )
    db.session.add(user)
    db.session.flush()
    given = sorted(set(roles))
    for role in given:
        write_role(user=user, role=role, by=by, beside=frozenset(given))
    trail.record("user.add", user.code, roles=given)
    tell_directors("account", user, given)
    return Invited(user.code, invite(user=user, is_mailed=is_mailed))


def invite_again(*, user_id: int, by: int | None = None) -> str:
    """A new invitation for somebody whose first one is too old. Every director is told. `by` is who invites, None the
    command line, which also invites who has come in before and lost everything; on a page that takes two people (see
    `recovery`). Raises Conflict, also where the access has ended. Inside `writing()`."""
    user = db.session.get_one(UserAccount, user_id)
    if db.session.get(AccessRevocation, user_id) is not None:
        raise Conflict(Problem("", "The access of this person has ended.", "El acceso de esta persona terminó."))
    if by is not None and user.password_hash:
        raise Conflict(
            Problem(
                "",
                "This person has come in. A new second factor is asked for by one colleague and confirmed by another.",
                "Esta persona ya entró. Un segundo factor nuevo lo pide un colega y lo confirma otro.",
            )
        )
    tell_directors("invitation", user, [])
    return invite(user=user)


def end_access(*, user_id: int, by: int, reason: str) -> None:
    """End somebody's access at once: her next request is a stranger's.

    Every director is told. Raises Conflict for oneself, for the last administrator and for the last director:
    nobody would be left to open the door again, or to confirm and to be told.
    """
    user = db.session.get_one(UserAccount, user_id)
    if user_id == by:
        raise Conflict(
            Problem(
                "",
                "Nobody ends their own access. Ask a colleague.",
                "Nadie termina su propio acceso. Pida a un colega.",
            )
        )
    keep_last(user_id, ADMINISTRATOR, DIRECTOR)
    if db.session.get(AccessRevocation, user_id) is not None:
        return
    roles = db.session.scalars(select(UserRole.role).where(UserRole.user_id == user_id, UserRole.to_at.is_(None)))
    tell_directors("access_ended", user, sorted(roles))
    db.session.add(AccessRevocation(user_id=user_id, by_user_id=by, at=clock.now(), reason=reason))
    db.session.execute(
        update(UserSession)
        .where(UserSession.user_id == user_id, UserSession.ended_at.is_(None))
        .values(ended_at=clock.now())
    )
    db.session.flush()
    trail.record("user.end", user.code)
    let_go(by=by, user_id=user_id)
