"""The trail: who did and who read what, append-only and chained.

Each row carries an HMAC over itself and the row before, under a key that derives
from the index root: a row changed, moved or taken out is found by `verify`. A tail
cut off is found by comparing `head()` with one kept elsewhere.
It holds codes, kinds and numbers, never values of a person.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Iterable
from contextlib import closing
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import Index, Integer, LargeBinary, Text, insert, select
from sqlalchemy.orm import Mapped, mapped_column

from mexile.ground import clock, keyring
from mexile.ground.db import Base, Moment, append_only, db, is_writing
from mexile.ground.errors import OpenTransaction
from mexile.ground.privacy import STAFF
from mexile.ground.seal import Reads

START = bytes(32)


@append_only
class TrailRow(Base):
    """One line of the trail. `rids` are the read records, 16 bytes each, packed."""

    __tablename__ = "trail"

    seq: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False, info=STAFF)
    at: Mapped[datetime] = mapped_column(Moment, info=STAFF)
    actor_id: Mapped[int] = mapped_column(Integer, info=STAFF)
    role: Mapped[str] = mapped_column(Text, info=STAFF)
    act: Mapped[str] = mapped_column(Text, info=STAFF)
    subject: Mapped[str] = mapped_column(Text, info=STAFF)
    rids: Mapped[bytes] = mapped_column(LargeBinary, info=STAFF)
    detail: Mapped[str] = mapped_column(Text, info=STAFF)
    mac: Mapped[bytes] = mapped_column(LargeBinary(32), info=STAFF)

    __table_args__ = (Index("ix_trail_subject", "subject"), Index("ix_trail_actor_id", "actor_id"))


@dataclass(frozen=True)
class Actor:
    """Who acts: a user's id (0 is the program itself) and the role used."""

    user_id: int = 0
    role: str = "system"


actor: ContextVar[Actor] = ContextVar("actor", default=Actor())


@lru_cache(maxsize=4)
def _key(ring: keyring.Keyring) -> bytes:
    return keyring.derive(ring.keys.index_root, "trail")


def _mac(before: bytes, row: dict[str, Any]) -> bytes:
    parts = [
        before,
        str(row["seq"]).encode(),
        row["at"].isoformat(timespec="microseconds").encode(),
        str(row["actor_id"]).encode(),
        row["role"].encode(),
        row["act"].encode(),
        row["subject"].encode(),
        row["rids"],
        row["detail"].encode(),
    ]
    body = b"".join(len(part).to_bytes(4, "big") + part for part in parts)
    return hmac.digest(_key(keyring.current()), body, hashlib.sha256)


# Plain statements on the table: every request that writes passes here.
_table = TrailRow.__table__
_last = select(_table.c.seq, _table.c.mac).order_by(_table.c.seq.desc()).limit(1)
_insert = insert(_table)


def record(
    act: str,
    subject: str | Iterable[str] | None = None,
    *,
    rids: bytes = b"",
    **detail: str | int | bool | None | list[str],
) -> None:
    """Add one row inside the running write transaction.

    `act` is a dotted code ("service.log"); `subject` one public code or several;
    `detail` holds codes and numbers only.
    """
    if not is_writing():
        raise OpenTransaction("the trail is written inside writing()")
    connection = db.session.connection()
    last = connection.execute(_last).first()
    who = actor.get()
    row: dict[str, Any] = {
        "seq": (last.seq if last else 0) + 1,
        "at": clock.now(),
        "actor_id": who.user_id,
        "role": who.role,
        "act": act,
        "subject": subject if isinstance(subject, str) else " ".join(subject or ()),
        "rids": rids,
        "detail": json.dumps(detail, sort_keys=True, separators=(",", ":")) if detail else "",
    }
    row["mac"] = _mac(last.mac if last else START, row)
    connection.execute(_insert, row)


def record_reads(reads: Reads, page: str, **marks: list[str]) -> None:
    """One row for all that a request has opened. Inside `writing()`. `marks`: codes under which
    it was open, such as that of an emergency access."""
    more = {"damaged": reads.damaged} if reads.damaged else {}
    record("read", page, rids=b"".join(reads.rids), fields=sorted(reads.fields), **more, **marks)
    reads.written = True


def head() -> tuple[int, str]:
    """The last row's number and mac (hex), to be kept where this database isn't."""
    last = db.session.execute(_last).first()
    return (last.seq, last.mac.hex()) if last else (0, START.hex())


def verify() -> tuple[int, int | None]:
    """Walk the whole chain. Returns (rows checked, number of the first bad row or None)."""
    before, expected = START, 1
    query = select(TrailRow.__table__).order_by(TrailRow.seq).execution_options(yield_per=1000)
    with closing(db.session.execute(query)) as rows:
        for row in rows:
            held = dict(row._mapping)
            mac = held.pop("mac")
            if held["seq"] != expected or not hmac.compare_digest(mac, _mac(before, held)):
                return expected - 1, expected
            before, expected = mac, expected + 1
    return expected - 1, None
