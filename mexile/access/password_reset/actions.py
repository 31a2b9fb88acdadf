"""A forgotten password: the wish for a link, the letter with it, the new password.

Whoever asks gets one answer after the same work, whether the address is known or not. The new password alone opens
nothing: the second factor is asked for as ever.
"""

from __future__ import annotations

import secrets
from typing import Any

from sqlalchemy import select

from mexile.access import passwords, rate
from mexile.access.account.models import AccessRevocation, UserAccount
from mexile.access.account.queries import reader
from mexile.access.letter import actions as letters
from mexile.access.letter import rules as letter_words
from mexile.access.own_account.actions import SAME, end_sessions
from mexile.access.password_reset.queries import token_of, user_of
from mexile.config import config
from mexile.ground import clock, mail, trail
from mexile.ground.db import db, writing
from mexile.ground.errors import Conflict, Invalid, Problem

LETTERS = ((3600, 3), (86_400, 10))
"""(seconds, letters to one address): more would fill somebody's letter box; the answer stays the same."""
OVER = Problem(
    "",
    "This link no longer opens anything. Ask for a new one.",
    "Este enlace ya no abre nada. Pida otro.",
)


def ask_for_link(*, email: str) -> None:
    """A letter to whoever has this address, if anybody does. Inside `writing()`."""
    email = email.strip().lower()
    counts = [(rate.count("password_reset", email, seconds), most) for seconds, most in LETTERS]
    user_id = db.session.scalar(
        select(UserAccount.id)
        .outerjoin(AccessRevocation, AccessRevocation.user_id == UserAccount.id)
        .where(UserAccount.email == email, UserAccount.password_hash != "", AccessRevocation.user_id.is_(None))
    )
    told = user_id if user_id and all(count <= most for count, most in counts) else 0
    mail.put("access.password_reset", secrets.token_hex(8), {"user": told, "asked": int(clock.now().timestamp())})


@mail.renders("access.password_reset")
def render_link(body: dict[str, Any]) -> mail.Letter | None:
    """The letter with the link, whose secret is made here; none for nobody, and none whose hour is over."""
    user = reader(body["user"]) if body["user"] else None
    token = token_of(user, body["asked"]) if user else ""
    if user is None or user_of(token) is None:
        return None
    return mail.Letter(user.email, *letter_words.reset_letter(address_of(token), user.language))


def address_of(token: str) -> str:
    return f"{config().base_url}/password-reset/{token}"


def reset_password(*, token: str, password: str) -> None:
    """A new password for whom the link is for; all their sessions end. Raises Invalid, and Conflict where the link is
    no longer good."""
    user, problems = user_of(token), passwords.problems_of(password)
    if user is None:
        raise Conflict(OVER)
    if not problems and passwords.fits(user.password_hash, password):
        problems = [SAME]
    if problems:
        raise Invalid(problems)
    hashed = passwords.hash_password(password)
    with writing():
        user = user_of(token)
        if user is None:
            raise Conflict(OVER)
        user.password_hash = hashed
        end_sessions(user.id)
        db.session.flush()
        who = trail.actor.set(trail.Actor(user.id, "self"))
        trail.record("user.password_reset", user.code)
        trail.actor.reset(who)
        letters.tell(user, letters.PASSWORD_RESET)
