"""Finding an invitation by the secret of its address, and those that wait."""

from __future__ import annotations

import base64
import hashlib
import hmac
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from mexile.access.account.models import AccessRevocation, UserAccount
from mexile.access.account.queries import holding
from mexile.access.invitation.models import GOOD_FOR, Invitation
from mexile.access.roles import DIRECTOR
from mexile.ground import clock, keyring
from mexile.ground.db import db

GOOD, USED, LATE, AHEAD, ENDED, UNKNOWN = "good", "used", "late", "ahead", "ended", "unknown"


@dataclass(frozen=True)
class InvitationState:
    """What an address is worth now; `at` is when it was used."""

    state: str
    invitation: Invitation | None = None
    user: UserAccount | None = None
    at: datetime | None = None

    @property
    def is_good(self) -> bool:
        return self.state == GOOD

    @property
    def is_first(self) -> bool:
        """The one that makes the first director."""
        return self.invitation is not None and self.invitation.user_id is None


def token_of(rid: bytes) -> str:
    """The secret of the address: only who holds the index root can work it out."""
    secret = hmac.digest(keyring.index_key("invitation"), rid, hashlib.sha256)
    return base64.urlsafe_b64encode(secret).decode().rstrip("=")


def hash_of(token: str) -> bytes:
    return hashlib.sha256(token.encode("utf-8", "replace")).digest()


def state_of(token: str) -> InvitationState:
    """What this secret is worth. Somebody whose access ended has no invitation, and nobody is the first director
    where one has come."""
    row = db.session.execute(
        select(Invitation, UserAccount, AccessRevocation.user_id)
        .outerjoin(UserAccount, UserAccount.id == Invitation.user_id)
        .outerjoin(AccessRevocation, AccessRevocation.user_id == Invitation.user_id)
        .where(Invitation.token_hash == hash_of(token)),
        execution_options={"populate_existing": True},
    ).first()
    if row is None:
        return InvitationState(UNKNOWN)
    invitation, user, revoked = row
    if invitation.used_at is not None:
        return InvitationState(USED, invitation, user, invitation.used_at)
    if invitation.ended_at is not None or revoked is not None or (user is None and holding(DIRECTOR)):
        return InvitationState(ENDED, invitation, user)
    return InvitationState(_age(invitation.made_at), invitation, user)


def _age(made_at: datetime) -> str:
    """Good for its time; also where the clock was set back since, by less than that."""
    if abs(clock.now() - made_at) < GOOD_FOR:
        return GOOD
    return AHEAD if clock.is_ahead(made_at) else LATE


def waiting_of(user_id: int) -> Invitation | None:
    """The newest invitation of somebody who hasn't used it yet."""
    return db.session.scalar(
        select(Invitation)
        .where(Invitation.user_id == user_id, Invitation.used_at.is_(None), Invitation.ended_at.is_(None))
        .order_by(Invitation.id.desc())
        .limit(1)
    )
