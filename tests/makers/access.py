"""People of the staff, their sessions, and who looks."""

import secrets
from datetime import timedelta
from functools import cache

from mexile.access import passwords, second_factor
from mexile.access.account.models import AccessRevocation, UserAccount, UserRole
from mexile.access.invitation.actions import invite
from mexile.access.password_reset.queries import token_of as reset_token_of
from mexile.access.session.models import UserSession
from mexile.access.session.queries import effective, token_hash
from mexile.access.viewer import Viewer
from mexile.ground import clock, keyring
from mexile.ground.db import db

PASSWORD = "a lantern on the second line"


@cache
def _hashed() -> str:
    return passwords.hash_password(PASSWORD)


def user(make, role="caseworker", *, roles=None, name=None, email=None, language="en", confirmed_by=None, **values):
    """Somebody of the staff with one role or several; `password_of` every one is PASSWORD."""
    number = make.number()
    row = UserAccount(
        key_id=keyring.new_key(),
        code=values.pop("code", f"U-{number:02d}"),
        name=name or f"Staff {number}",
        email=email or f"staff{number}@example.org",
        language=language,
        password_hash=values.pop("password_hash", _hashed()),
        totp=second_factor.new_seed(),
        **values,
    )
    db.session.add(row)
    db.session.flush()
    for held in roles if roles is not None else [role]:
        db.session.add(UserRole(user_id=row.id, role=held, from_at=clock.now(), confirmed_by=confirmed_by))
    db.session.flush()
    return row


def ended_access(make, user, *, by=None, reason="left"):
    """Somebody whose access was ended."""
    db.session.add(AccessRevocation(user_id=user.id, by_user_id=(by or user).id, at=clock.now(), reason=reason))
    db.session.flush()
    return user


def session(make, user, *, started=timedelta(0), seen=timedelta(0), confirmed=timedelta(0)):
    """A sign-in of `user`, so long ago; returns the cookie's token."""
    token, now = secrets.token_urlsafe(32), clock.now()
    db.session.add(
        UserSession(
            token_hash=token_hash(token),
            user_id=user.id,
            started_at=now - started,
            last_seen_at=now - seen,
            second_factor_at=now - started,
            confirmed_at=now - confirmed,
            device="a test",
        )
    )
    db.session.flush()
    return token


def viewer(make, role="caseworker", *, user=None, roles=None):
    """Who looks, for queries: the person of `user`, or a new one."""
    held = frozenset(roles) if roles is not None else frozenset({role})
    who = user or make.user(roles=sorted(held))
    return Viewer(
        user_id=who.id,
        code=who.code,
        name=who.name,
        language=who.language,
        roles=effective(dict.fromkeys(held)),
        key_id=who.key_id,
        confirmed_at=clock.now(),
        second_factor_at=clock.now(),
    )


def invitation(make, user=None):
    """Somebody's invitation, mailed and not used yet; returns the secret of its address."""
    return invite(user=user or make.user()).rpartition("/")[2]


def password_reset(make, user=None):
    """The secret of the link that somebody was mailed for a new password."""
    return reset_token_of(user or make.user(), int(clock.now().timestamp()))
