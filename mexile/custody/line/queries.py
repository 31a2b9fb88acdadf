"""Who stands in the line of alerts, and whom a companion calls when something happens on the way."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select

from mexile.access.account.models import UserAccount
from mexile.access.account.queries import with_roles
from mexile.access.holding.queries import holds_role
from mexile.access.policy import ATTORNEY, DIRECTOR, WORKS
from mexile.cases.companion.queries import CallTo, whom_to_call
from mexile.custody.alert.models import CallLine
from mexile.ground.db import db
from mexile.ground.errors import Problem


@dataclass(frozen=True)
class InLine:
    """Somebody in the line; `phone` opens the sealed number."""

    id: int | None
    user_id: int
    name: str
    row: CallLine | None

    @property
    def phone(self) -> str | None:
        """The number, as +19155550123. Opening it is noted like every other."""
        return self.row.phone if self.row else None


def standing_line() -> list[InLine]:
    """Those who stand in the line and still work here, in order. One query."""
    rows = db.session.execute(
        select(CallLine, UserAccount.name)
        .join(UserAccount, UserAccount.id == CallLine.user_id)
        .where(CallLine.to_at.is_(None), holds_role(CallLine.user_id, *WORKS))
        .order_by(CallLine.position, CallLine.id)
    )
    return [InLine(row.CallLine.id, row.CallLine.user_id, row.name, row.CallLine) for row in rows]


def told_line() -> list[InLine]:
    """The line, or the attorneys and then the directors where nobody made one: an alert is never told to nobody."""
    line = standing_line()
    if line:
        return line
    return [InLine(None, id, name, None) for role in (ATTORNEY, DIRECTOR) for id, name in with_roles(role)]


def line_ids(line: Sequence[InLine]) -> list[int]:
    return list(dict.fromkeys(place.user_id for place in line))


@whom_to_call.fill
def _whom_to_call(owner_user_id: int | None) -> CallTo | None:
    line = standing_line()
    called = next((place for place in line if place.user_id == owner_user_id), line[0] if line else None)
    return CallTo(called.name, called.phone) if called else None


def missing() -> list[Problem]:
    """Nobody said who answers when someone is detained."""
    return [] if standing_line() else [NO_LINE]


NO_LINE = Problem(
    "line",
    "Nobody stands in the line of those who are told when someone is detained.",
    "Nadie está en la lista de quienes reciben el aviso cuando detienen a alguien.",
)
