"""What every part of the filling shares: rows in bulk, keys, moments, who is who."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import insert

from mexile.demo.fill.account import Account
from mexile.demo.organization.whole import Organization
from mexile.ground import seal
from mexile.ground.db import Base, db

ZONE = ZoneInfo("America/Denver")


@dataclass
class Site:
    """The organization being laid, with the numbers that its rows got."""

    plan: Organization
    now: datetime
    demo_key: str
    account: Account
    keys: list[bytes]
    users: dict[str, int] = field(default_factory=dict)
    members: dict[str, int] = field(default_factory=dict)
    member_keys: dict[str, bytes] = field(default_factory=dict)
    inquiry_keys: dict[int, bytes] = field(default_factory=dict)
    donors: dict[str, int] = field(default_factory=dict)
    donor_keys: dict[str, bytes] = field(default_factory=dict)

    def key(self) -> bytes:
        """A data key that is already in the keyring and belongs to nobody yet."""
        return self.keys.pop()

    def at(self, on: date, minute: int = 9 * 60) -> datetime:
        """A moment of a day in the organization's zone, never later than now."""
        local = datetime.combine(on, time(minute // 60, minute % 60), ZONE)
        return min(local.astimezone(UTC), self.now)


def add(table: type[Base], rows: Iterable[dict[str, Any]]) -> int:
    """Insert many rows at once; returns how many."""
    found = list(rows)
    if found:
        db.session.execute(insert(table.__table__), found)
    return len(found)


def rid() -> bytes:
    return secrets.token_bytes(16)


def sealed(table: str, row: dict[str, Any], **texts: str | None) -> dict[str, Any]:
    """`row` with these texts sealed into their columns (`name` goes to `name_enc`)."""
    for name, text in texts.items():
        column = f"{name}_enc"
        row[column] = seal.seal(table, column, row["rid"], row["key_id"], text) if text else None
    return row
