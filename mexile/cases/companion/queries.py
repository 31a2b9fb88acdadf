"""Who accompanies at dates, and whom they call on the way."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from mexile.access.account.models import UserAccount
from mexile.cases.companion.models import CompanionRefusal, EventNeed
from mexile.cases.event.models import COMPANIONS, EventCompanion
from mexile.ground.db import db
from mexile.ground.hook import Hook


@dataclass(frozen=True)
class CallTo:
    """Whom a companion calls when something happens on the way."""

    name: str
    phone: str | None


whom_to_call: Hook[[int | None], CallTo | None] = Hook("whom a companion calls")
"""``whom_to_call(owner_user_id)``: who is responsible for the date, with the number in the line of alerts; else who
stands first in it."""


@dataclass(frozen=True)
class Companion:
    """Who was asked to accompany, and whether they said yes."""

    user_id: int
    name: str
    role: str
    is_confirmed: bool


def companions_of(ids: Sequence[int]) -> dict[int, list[Companion]]:
    """event id -> who was asked to accompany at it, by name. One query."""
    companions: dict[int, list[Companion]] = defaultdict(list)
    if not ids:
        return companions
    rows = db.session.connection().execute(_companions(list(ids)))
    for row in rows:
        companions[row.event_id].append(Companion(row.user_id, row.name, row.role, row.confirmed_at is not None))
    return companions


def _companions(ids: Sequence[int]) -> Any:
    return (
        select(
            EventCompanion.event_id,
            EventCompanion.user_id,
            UserAccount.name,
            EventCompanion.role,
            EventCompanion.confirmed_at,
        )
        .join(UserAccount, UserAccount.id == EventCompanion.user_id)
        .where(EventCompanion.event_id.in_(ids))
        .order_by(UserAccount.name)
    )


@dataclass(frozen=True)
class Need:
    """One role at a date: how many are needed, and how many said yes."""

    role: str
    seats: int
    taken: int

    @property
    def is_open(self) -> bool:
        return self.taken < self.seats


def needs_of(lines: Sequence[Any]) -> dict[int, list[Need]]:
    """event id -> what each of these dates, with their companions, needs. One query."""
    needs: dict[int, list[Need]] = defaultdict(list)
    yes = {line.id: [one.role for one in line.companions if one.is_confirmed] for line in lines}
    rows = db.session.scalars(select(EventNeed).where(EventNeed.event_id.in_(yes))).all() if yes else ()
    for row in sorted(rows, key=lambda row: COMPANIONS.index(row.role)):
        needs[row.event_id].append(Need(row.role, row.seats, yes[row.event_id].count(row.role)))
    return needs


def refusals_of(event_id: int) -> list[Any]:
    """Who said no at a date, as what and why, the newest first."""
    return list(
        db.session.execute(
            select(UserAccount.name, CompanionRefusal.role, CompanionRefusal.reason, CompanionRefusal.at)
            .join(UserAccount, UserAccount.id == CompanionRefusal.user_id)
            .where(CompanionRefusal.event_id == event_id)
            .order_by(CompanionRefusal.id.desc())
            .limit(20)
        )
    )
