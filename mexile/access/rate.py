"""How often something may be tried: counted in the database, so that all processes
count together, under an HMAC, so that no address is kept."""

from __future__ import annotations

import hashlib
import hmac
import ipaddress

from sqlalchemy import delete, select
from sqlalchemy.dialects import postgresql, sqlite

from mexile.access.session.models import RateCount
from mexile.ground import clock, keyring, queue
from mexile.ground.db import db, writing


def network(address: str) -> str:
    """The network of an address: itself for IPv4, its /64 for IPv6."""
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return "unknown"
    if parsed.version == 6:
        return str(ipaddress.ip_network((parsed, 64), strict=False))
    return str(parsed)


def count(kind: str, who: str, seconds: int) -> int:
    """Count one try of `kind` by `who` in the running window of whole minutes; returns the new count.
    Inside `writing()`."""
    bucket, window = _place(kind, who, seconds)
    insert = sqlite.insert if db.engine.dialect.name == "sqlite" else postgresql.insert
    statement = (
        insert(RateCount)
        .values(bucket=bucket, window=window, count=1)
        .on_conflict_do_update(index_elements=["bucket", "window"], set_={"count": RateCount.count + 1})
        .returning(RateCount.count)
    )
    return db.session.execute(statement).scalar_one()


def so_far(kind: str, who: str, seconds: int) -> int:
    """How often it was tried in the running window, without counting this as a try."""
    bucket, window = _place(kind, who, seconds)
    counted = select(RateCount.count).where(RateCount.bucket == bucket, RateCount.window == window)
    return db.session.scalar(counted) or 0


def _place(kind: str, who: str, seconds: int) -> tuple[bytes, int]:
    body = f"{kind}|{who}|{seconds}".encode("utf-8", "replace")
    end = (int(clock.now().timestamp()) // seconds + 1) * seconds
    return hmac.digest(keyring.index_key("rate"), body, hashlib.sha256), end // 60


@queue.every(3600)
def forget_ended() -> None:
    """Windows that have ended count nothing any more, and who came once leaves no row for ever."""
    with writing():
        db.session.execute(delete(RateCount).where(RateCount.window <= int(clock.now().timestamp()) // 60))
