"""Inviting somebody to set their own password and second factor: a mailed address, one use, seventy-two hours.

Who invites sees neither the password nor the seed nor the recovery codes; nor does anybody else.
"""

from __future__ import annotations

import hashlib
import hmac
from typing import Any

from sqlalchemy import delete, update

from mexile.access import passwords, second_factor
from mexile.access.account.models import UserAccount, UserRole
from mexile.access.account.queries import problems_of_account
from mexile.access.invitation.models import Invitation
from mexile.access.invitation.queries import hash_of, state_of, token_of
from mexile.access.letter import actions as letters
from mexile.access.letter import rules as letter_words
from mexile.access.own_account.actions import end_sessions, replace_recovery_codes
from mexile.access.passkey.models import Passkey
from mexile.access.roles import ADMINISTRATOR, DIRECTOR
from mexile.config import config
from mexile.ground import clock, keyring, mail, trail
from mexile.ground.codes import next_code
from mexile.ground.db import db, writing
from mexile.ground.errors import Conflict, Invalid, Problem

OVER = Problem(
    "",
    "This invitation is no longer good. Ask who invited you for a new one.",
    "Esta invitación ya no sirve. Pida otra a quien le invitó.",
)


FIRST = (ADMINISTRATOR, DIRECTOR)
"""What the first person is: everybody else gets their roles from them."""


def invite(*, user: UserAccount | None, is_mailed: bool = True) -> str:
    """A new invitation; those before it end. Without a user, the one that makes the first director. Returns its
    address. Inside `writing()`."""
    user_id = user.id if user else None
    end_invitations(user_id)
    invitation = Invitation(user_id=user_id, made_at=clock.now())
    token = token_of(invitation.rid)
    invitation.token_hash = hash_of(token)
    db.session.add(invitation)
    db.session.flush()
    trail.record("user.invite", user.code if user else "")
    if is_mailed:
        mail.put("access.invitation", invitation.rid.hex(), {"invitation": invitation.id})
    return address_of(token)


def end_invitations(user_id: int | None) -> None:
    """Those that weren't used open nothing any more. Inside `writing()`."""
    db.session.execute(
        update(Invitation)
        .where(Invitation.user_id.is_not_distinct_from(user_id))
        .where(Invitation.used_at.is_(None), Invitation.ended_at.is_(None))
        .values(ended_at=clock.now())
    )


def address_of(token: str) -> str:
    return f"{config().base_url}/invitations/open/{token}"


@mail.renders("access.invitation")
def render_invitation(body: dict[str, Any]) -> mail.Letter | None:
    """The letter with the address; none when the invitation is no longer good."""
    invitation = db.session.get(Invitation, body["invitation"])
    token = token_of(invitation.rid) if invitation else ""
    standing = state_of(token)
    if not standing.is_good or standing.user is None:
        return None
    user = standing.user
    return mail.Letter(user.email, *letter_words.invitation_letter(address_of(token), user.language))


def signed_seed(token: str, seed: str) -> str:
    """A seed as the form carries it: only one that was shown for this invitation or account comes back."""
    mac = hmac.digest(keyring.index_key("seed"), f"{token}|{seed}".encode("utf-8", "replace"), hashlib.sha256)
    return f"{seed}-{mac.hex()[:40]}"


def seed_of(token: str, signed: str) -> str | None:
    """The seed that a form sent back signed; None when it was not signed by us for this token."""
    seed = signed.partition("-")[0]
    right = hmac.compare_digest(signed_seed(token, seed).encode("utf-8", "replace"), signed.encode("utf-8", "replace"))
    return seed if right else None


def problems_of(*, password: str, seed: str, code: str, **who: str) -> list[Problem]:
    """Everything that is wrong with what an invited person set, each with its field."""
    problems = problems_of_account(name=who["name"], email=who["email"], roles=list(FIRST)) if who else []
    is_right = second_factor.counter_of(seed, code, 0) is not None
    return problems + passwords.problems_of(password) + ([] if is_right else [second_factor.WRONG])


def accept(*, token: str, password: str, seed: str, code: str, **who: str) -> tuple[str, ...]:
    """Set password and second factor of the invited account and use the invitation up; the first director's account
    is made by it, from `who`: name, email and language. Returns the recovery codes, which are shown once. Raises
    Invalid with everything that is wrong, Conflict when it is no longer good."""
    counter = second_factor.counter_of(seed, code, 0)
    problems = problems_of(password=password, seed=seed, code=code, **who)
    if problems or counter is None:
        raise Invalid(problems)
    hashed = passwords.hash_password(password)
    with writing():
        standing = state_of(token)
        invitation = standing.invitation
        if not standing.is_good or invitation is None or standing.is_first is not bool(who):
            raise Conflict(OVER)
        user = standing.user or _first_director(**who)
        invitation.used_at = clock.now()
        user.password_hash, user.totp = hashed, seed
        # The code that was just shown right may still open the first session: it opened nothing yet.
        user.totp_last = counter - 1
        codes = replace_recovery_codes(user)
        db.session.execute(delete(Passkey).where(Passkey.user_id == user.id))
        end_sessions(user.id)
        before = trail.actor.set(trail.Actor(user.id, "self"))
        trail.record("user.accept", user.code)
        trail.actor.reset(before)
        letters.tell(user, letters.ACCEPTED)
    return codes


def _first_director(*, name: str, email: str, language: str) -> UserAccount:
    """Somebody whose roles count at once: there is nobody yet who could confirm them."""
    user = UserAccount(
        key_id=keyring.new_key(),
        code=next_code("U", UserAccount.code, 2),
        name=name.strip(),
        email=email.strip().lower(),
        language=language,
        password_hash="",
    )
    db.session.add(user)
    db.session.flush()
    for role in FIRST:
        db.session.add(UserRole(user_id=user.id, role=role, from_at=clock.now(), confirmed_by=user.id))
    trail.record("user.add", user.code, roles=list(FIRST))
    return user
