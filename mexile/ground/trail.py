"""The trail: who did and who read what, append-only and chained.

Each row carries an HMAC over itself and the row before, under a key that derives
from the index root: a row changed, moved or taken out is found by `verify`. A tail
cut off is found by `cut`, which compares with what `anchor.py` keeps outside the database.
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

from mexile.ground import anchor, clock, keyring
from mexile.ground.anchor import Head
from mexile.ground.db import AFTER_COMMIT, Base, Moment, append_only, db, is_writing
from mexile.ground.errors import OpenTransaction, Problem
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
    noted = db.session.info["noted"]
    noted.setdefault("before", (last.seq, last.mac.hex()) if last else (0, ""))
    noted["head"] = Head(row["seq"], row["mac"].hex(), row["at"])


def _keep_head() -> None:
    """What was just committed is the last line seen, unless the trail no longer holds the one seen before."""
    noted = db.session.info["noted"]
    if "head" not in noted:
        return
    if noted.get("accepted"):
        anchor.forget()
    head, last_seen = noted["head"], anchor.seen()
    is_next = last_seen is not None and noted["before"] == (last_seen.seq, last_seen.mac)
    is_first = last_seen is None and not anchor.is_damaged()
    if is_next or is_first or (last_seen is not None and head.seq > last_seen.seq and not cut()):
        anchor.keep(head)


AFTER_COMMIT.append(_keep_head)


@dataclass(frozen=True)
class Cut:
    """Lines that were seen and are gone. `seen` is the last one that was seen; `last` the last one before it that
    is still there, with its moment: what came after that moment is missing or was written anew."""

    seen: Head
    last: int
    since: datetime | None

    @property
    def missing(self) -> int:
        return self.seen.seq - self.last


def cut() -> Cut | None:
    """What of the trail was seen and isn't there any more: its end was cut off, or an old copy of the database
    was put back. None when the line seen last stands where it stood."""
    last_seen = anchor.seen()
    if last_seen is None:
        return None
    row = db.session.execute(select(_table.c.mac).where(_table.c.seq == last_seen.seq)).first()
    if row is not None and row.mac.hex() == last_seen.mac:
        return None
    older = select(_table.c.seq, _table.c.at).where(_table.c.at <= last_seen.at, _table.c.seq < last_seen.seq)
    last = db.session.execute(older.order_by(_table.c.seq.desc()).limit(1)).first()
    return Cut(last_seen, last.seq if last else 0, last.at if last else None)


def cut_problem(gone: Cut) -> Problem:
    """A cut in words, since when."""
    since = f"{gone.since:%Y-%m-%d %H:%M} UTC" if gone.since else "-"
    seen = f"{gone.seen.at:%Y-%m-%d %H:%M} UTC"
    return Problem(
        "trail",
        f"The end of the trail is gone: {gone.missing} lines, written after {since} (line {gone.last}) and up to {seen} "
        f"(line {gone.seen.seq}). Keep a copy of the disk and tell the director. If an old copy of the database "
        "was put back, say so with: mexile audit restored",
        f"Falta el final del registro: {gone.missing} líneas, escritas después de {since} (línea {gone.last}) y hasta "
        f"{seen} (línea {gone.seen.seq}). Guarde copia del disco y avise a la dirección. Si se repuso una copia anterior "
        "de la base, dígalo con: mexile audit restored",
    )


def accept() -> None:
    """A person has said that this trail is right as it stands, an old copy put back: go on from here.
    Inside `writing()`; what was seen stands in the new line."""
    gone = cut()
    record("trail.restored", missing=gone.missing if gone else 0, seen=gone.seen.seq if gone else 0)
    db.session.info["noted"]["accepted"] = True


def holds(seq: int, seal: str) -> bool:
    """Whether the line of this number has a seal that begins so: for one that was kept elsewhere."""
    mac = db.session.scalar(select(_table.c.mac).where(_table.c.seq == seq))
    return mac is not None and len(seal) >= 8 and mac.hex().startswith(seal.lower())


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
    """Check every row of the chain. Returns (rows checked, number of the first bad row or None)."""
    before, expected = START, 1
    query = select(TrailRow.__table__).order_by(TrailRow.seq).execution_options(yield_per=1000)
    with closing(db.session.execute(query)) as rows:
        for row in rows:
            values = dict(row._mapping)
            mac = values.pop("mac")
            if values["seq"] != expected or not hmac.compare_digest(mac, _mac(before, values)):
                return expected - 1, expected
            before, expected = mac, expected + 1
    return expected - 1, None
