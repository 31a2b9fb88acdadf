"""The recovery that waits for somebody's account, and who may confirm it."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select

from mexile.access.account.queries import holding, name_of_user
from mexile.access.invitation.queries import waiting_of
from mexile.access.recovery.models import GOOD_FOR, AccountRecovery
from mexile.access.role.queries import others_who_may
from mexile.access.roles import ADMINISTRATOR, DIRECTOR
from mexile.access.viewer import Viewer
from mexile.ground import clock
from mexile.ground.db import db

MAY = (ADMINISTRATOR, DIRECTOR)


@dataclass(frozen=True)
class RecoveryState:
    """What a person's page says: what was asked, by whom, who confirmed it, and who of the others could be the second."""

    asked: AccountRecovery | None
    asker: str
    confirmer: str
    """Who confirmed it, while the mailed address wasn't used; "" before."""
    may_confirm: bool
    has_confirmer: bool
    """Whether anybody could confirm what was asked; where nothing was, what the viewer would ask."""


def open_recovery(user_id: int) -> AccountRecovery | None:
    """What can still be stopped: a wish that waits, or that was confirmed and whose mailed address wasn't used yet."""
    asked = db.session.scalar(
        select(AccountRecovery)
        .where(AccountRecovery.user_id == user_id, AccountRecovery.ended_at.is_(None))
        .order_by(AccountRecovery.id.desc())
        .limit(1)
    )
    if asked is None or asked.confirmed_at is None:
        return asked if asked and _waits(asked) else None
    return asked if clock.is_within(asked.confirmed_at, GOOD_FOR) and waiting_of(user_id) else None


def waiting_recovery(user_id: int) -> AccountRecovery | None:
    """What was asked for this account and can still be confirmed."""
    asked = open_recovery(user_id)
    return asked if asked is not None and asked.confirmed_at is None else None


def _waits(asked: AccountRecovery) -> bool:
    """For its time, and while who asked may ask: whose access or role has ended asks for nothing any more."""
    return clock.is_within(asked.at, GOOD_FOR) and any(id == asked.by_user_id for id, _, _ in holding(*MAY))


def recovery_of(viewer: Viewer, user_id: int) -> RecoveryState:
    asked = open_recovery(user_id)
    asker_id = asked.by_user_id if asked else viewer.user_id
    seconds = confirmers(asker_id, user_id)
    asker = name_of_user(asker_id) if asked else ""
    confirmer = name_of_user(asked.confirmed_by) if asked and asked.confirmed_by else ""
    return RecoveryState(asked, asker, confirmer, viewer.user_id in seconds, bool(seconds))


def confirmers(asker_id: int, user_id: int) -> list[int]:
    """Who may confirm what `asker_id` asked for: neither of the two, nor oneself under another name."""
    return [id for id in others_who_may(asker_id, *MAY) if id != user_id]
