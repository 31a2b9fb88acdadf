"""Who may be the second of two: not oneself under another name.

Who added, invited or reset an account stands in the trail; by it an account's makers are known, and theirs.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import select

from mexile.access.account.models import UserAccount, UserRole
from mexile.access.account.queries import holding, holds
from mexile.access.roles import DIRECTOR
from mexile.ground import clock
from mexile.ground.db import db
from mexile.ground.trail import TrailRow

WAIT = timedelta(hours=72)
"""So long everybody has to notice a new account, a new director, a wish that nobody else can confirm."""
MADE = ("user.add", "user.invite", "user.recovery")


def makers_of(user_id: int) -> set[int]:
    """Everybody who made this account or invited it anew, and who made those; the program itself is nobody."""
    known: set[int] = set()
    asked = {user_id}
    while asked:
        codes = select(UserAccount.code).where(UserAccount.id.in_(asked))
        rows = select(TrailRow.actor_id).where(
            TrailRow.act.in_(MADE), TrailRow.subject.in_(codes), TrailRow.actor_id > 0
        )
        asked = set(db.session.scalars(rows)) - known
        known |= asked
    return known


def is_apart(first: int, second: int) -> bool:
    """Whether `second` may confirm what `first` asked for: somebody else, whose account `first` had no hand in;
    and `first` is no account that `second` made on purpose within the last three days."""
    if first == second or first in makers_of(second):
        return False
    return second not in makers_of(first) or not _is_young(first)


def _is_young(user_id: int) -> bool:
    code = select(UserAccount.code).where(UserAccount.id == user_id).scalar_subquery()
    added = select(TrailRow.at).where(TrailRow.act.in_(MADE), TrailRow.subject == code).order_by(TrailRow.seq.desc())
    at = db.session.scalar(added.limit(1))
    return at is not None and at > clock.now() - WAIT


def others_who_may(first: int, *roles: str) -> list[int]:
    """Who of these roles may confirm what `first` asked for."""
    return [id for id, _, _ in holding(*roles) if is_apart(first, id)]


def directed_since(user_id: int) -> datetime | None:
    """Since when somebody is a director whose role counts; None who is none. The first one, whom `mexile init`
    made and nobody else could have confirmed, counts as long-standing."""
    if not holds(user_id, DIRECTOR):
        return None
    row = db.session.scalars(
        select(UserRole).where(UserRole.user_id == user_id, UserRole.role == DIRECTOR, UserRole.to_at.is_(None))
    ).one()
    if row.confirmed_by == user_id:
        return row.from_at - WAIT
    return row.due_at if row.waits else row.from_at


def confirmers(asker: int, target: int) -> list[int]:
    """The directors who may confirm now, or will when they have been directors for long enough, what `asker`
    gave to `target`."""
    return [id for id in others_who_may(asker, DIRECTOR) if is_apart(target, id)]
