"""Who holds what, and what is held by somebody who can't any more."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, func, not_, or_, select
from sqlalchemy.orm import aliased

from mexile.access.account.models import AccessRevocation, UserAccount, UserRole
from mexile.access.account.queries import absence
from mexile.access.holding.kinds import HOLDINGS
from mexile.access.policy import WORKS
from mexile.access.roles import ADMINISTRATOR, SEES_MEMBERS
from mexile.access.session.queries import counts
from mexile.ground import clock
from mexile.ground.db import db


@dataclass(frozen=True)
class HeldThing:
    """One thing that somebody holds. `key` is how a form says it."""

    kind: str
    code: str
    on: date | None

    @property
    def key(self) -> str:
        return f"{self.kind}:{self.code}"


def holds_role(user_id: Any, *roles: str) -> ColumnElement[bool]:
    """The SQL that says that this person has come in, has one of the roles now, that it counts as in `with_roles`,
    and access."""
    also, account = aliased(UserRole), aliased(UserAccount)
    runs_the_system = exists().where(also.user_id == UserRole.user_id, also.role == ADMINISTRATOR, also.to_at.is_(None))
    return and_(
        exists().where(
            UserRole.user_id == user_id,
            UserRole.role.in_(roles),
            counts(clock.now()),
            or_(UserRole.confirmed_by.is_not(None), UserRole.role.not_in(SEES_MEMBERS), ~runs_the_system),
        ),
        exists().where(account.id == user_id, account.password_hash != ""),
        not_(exists().where(AccessRevocation.user_id == user_id)),
    )


def gone_ids() -> dict[int, str]:
    """The accounts that don't work with members, and why, as `absence` says. One query."""
    rows = db.session.execute(select(UserAccount.id, absence()).where(not_(holds_role(UserAccount.id, *WORKS))))
    return {id: why for id, why in rows}


def held_by(user_id: int) -> list[HeldThing]:
    """All that somebody holds, by kind and day. One query a kind."""
    things = []
    for kind, holding in HOLDINGS.items():
        things_held = holding.held().subquery()
        rows = db.session.execute(
            select(things_held.c.code, things_held.c.on)
            .where(things_held.c.user_id == user_id)
            .order_by(things_held.c.on.nulls_last(), things_held.c.code)
            .distinct()
        )
        things += [HeldThing(kind, row.code, row.on) for row in rows]
    return things


@dataclass(frozen=True)
class LeftBehind:
    """Somebody who can't hold any more what still stands under their name."""

    code: str
    name: str
    count: int


def left_behind() -> list[LeftBehind]:
    """Whose things wait for a colleague, those with the most first. One query a kind."""
    counts: Counter[tuple[str, str]] = Counter()
    for holding in HOLDINGS.values():
        things_held = holding.held().subquery()
        rows = db.session.execute(
            select(UserAccount.code, UserAccount.name, func.count().label("count"))
            .join(things_held, things_held.c.user_id == UserAccount.id)
            .where(not_(holds_role(things_held.c.user_id, *holding.roles)))
            .group_by(UserAccount.code, UserAccount.name)
        )
        for code, name, count in rows:
            counts[code, name] += count
    return [LeftBehind(code, name, count) for (code, name), count in counts.most_common()]
