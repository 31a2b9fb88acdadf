"""The first administrator and the first director: made by `mexile init` and by nothing else."""

from __future__ import annotations

from sqlalchemy import select

from mexile.access.actions.accounts import problems_of_account
from mexile.access.actions.invitations import invite
from mexile.access.models import UserAccount, UserRole
from mexile.access.queries.people import holding
from mexile.access.roles import ADMINISTRATOR, DIRECTOR
from mexile.ground import clock, keyring, trail
from mexile.ground.codes import next_code
from mexile.ground.db import db
from mexile.ground.errors import Invalid


def first_people(*, email: str, director: str = "") -> list[tuple[str, str]]:
    """Make both, or one person who is both; returns mail address and invitation of each. Inside `writing()`."""
    if director.strip().lower() in ("", email.strip().lower()):
        return [_person("Administrator", email, [ADMINISTRATOR, DIRECTOR])]
    return [_person("Administrator", email, [ADMINISTRATOR]), _person("Director", director, [DIRECTOR])]


def missing_people(*, email: str, director: str = "") -> list[tuple[str, str]]:
    """New invitations while nobody at all has come in yet; a first director where there is none. Inside `writing()`."""
    accounts = list(db.session.scalars(select(UserAccount).order_by(UserAccount.id)))
    if not any(account.password_hash for account in accounts):
        return [(account.email, invite(user=account, is_mailed=False)) for account in accounts]
    if director and not holding(DIRECTOR, invited=True):
        return [_person("Director", director, [DIRECTOR])]
    return []


def _person(name: str, email: str, roles: list[str]) -> tuple[str, str]:
    """Somebody whose roles count at once: there is nobody yet who could confirm them."""
    email = email.strip().lower()
    if problems := problems_of_account(name=name, email=email, roles=roles):
        raise Invalid(problems)
    code = next_code("U", UserAccount.code, 2)
    user = UserAccount(key_id=keyring.new_key(), code=code, name=name, email=email, password_hash="")
    db.session.add(user)
    db.session.flush()
    for role in roles:
        db.session.add(UserRole(user_id=user.id, role=role, from_at=clock.now(), confirmed_by=user.id))
    db.session.flush()
    trail.record("user.add", user.code, roles=roles)
    return email, invite(user=user, is_mailed=False)
