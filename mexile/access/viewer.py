"""Who looks: the first argument of every query."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from mexile.access import roles
from mexile.ground import clock

FRESH = timedelta(minutes=5)
SECOND_FACTOR_FRESH = timedelta(minutes=15)


@dataclass(frozen=True)
class Viewer:
    """A signed-in person as this request sees her. `roles` are those that count now."""

    user_id: int
    code: str
    name: str
    language: str
    roles: frozenset[str]
    session_id: int = 0
    key_id: bytes = b""
    confirmed_at: datetime | None = None
    second_factor_at: datetime | None = None
    shortcuts: bool = True

    def is_any(self, *wanted: str) -> bool:
        return not self.roles.isdisjoint(wanted)

    @property
    def sees_all_members(self) -> bool:
        return not self.roles.isdisjoint(roles.SEES_ALL_MEMBERS)

    @property
    def sees_members(self) -> bool:
        return not self.roles.isdisjoint(roles.SEES_MEMBERS)

    @property
    def sees_first_names_only(self) -> bool:
        """A volunteer, and nothing more that sees members."""
        return self.roles & roles.SEES_MEMBERS == {roles.VOLUNTEER}

    @property
    def is_confirmed(self) -> bool:
        """She gave her password in the last five minutes."""
        return clock.is_within(self.confirmed_at, FRESH)

    @property
    def needs_second_factor(self) -> bool:
        """Her second factor is older than fifteen minutes."""
        return not clock.is_within(self.second_factor_at, SECOND_FACTOR_FRESH)

    @property
    def role(self) -> str:
        """The role that the trail names where a request used no particular one."""
        return next((role for role in roles.ROLES if role in self.roles), "none")
