"""Whose link this is. It lies in no table: it is signed with what the account's password is now, so that it is worth
nothing once that was changed, whether by it or otherwise."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime, timedelta

from itsdangerous import BadSignature, Signer
from sqlalchemy import select

from mexile.access.account.models import AccessRevocation, UserAccount
from mexile.ground import clock, keyring
from mexile.ground.db import db

GOOD_FOR = timedelta(hours=1)


def token_of(user: UserAccount, asked: int) -> str:
    """The secret of the address: for this account, asked for at this second."""
    return _signer(user).sign(f"{user.rid.hex()}-{asked:x}").decode()


def user_of(token: str) -> UserAccount | None:
    """Whose password this link sets, while it is good."""
    rid, _, asked = token.rpartition(".")[0].partition("-")
    try:
        user, asked_at = _account(bytes.fromhex(rid)), datetime.fromtimestamp(int(asked, 16), UTC)
        if user is None or not clock.is_within(asked_at, GOOD_FOR):
            return None
        _signer(user).unsign(token)
    except (BadSignature, ValueError, OverflowError, OSError):
        return None
    return user


def _account(rid: bytes) -> UserAccount | None:
    """Of somebody who has come in before and whose access stands."""
    return db.session.scalar(
        select(UserAccount)
        .outerjoin(AccessRevocation, AccessRevocation.user_id == UserAccount.id)
        .where(UserAccount.rid == rid, UserAccount.password_hash != "", AccessRevocation.user_id.is_(None)),
        execution_options={"populate_existing": True},
    )


def _signer(user: UserAccount) -> Signer:
    key = keyring.index_key("password_reset")
    return Signer(key, salt=user.password_hash.encode(), key_derivation="hmac", digest_method=hashlib.sha256)
