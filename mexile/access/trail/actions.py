"""What a search as one types has shown: one row of the trail for each person of the staff and minute.

The first key of a minute opens a list in the row of its session; the keys that follow, in whatever
session and process of the same person, add to that one. When the minute is over the list becomes a
row of the trail: with the person's next search or page, or by the worker. A list stands in the
database before the answer that it tells of leaves, so that a process that dies loses nothing.

The trail's last line, mailed to the directors once a day: kept where whoever could cut the trail has no hand.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Row, bindparam, or_, select, update

from mexile.access.account.queries import reader, with_roles
from mexile.access.roles import DIRECTOR
from mexile.access.rules import head_letter
from mexile.access.session.models import UserSession
from mexile.access.viewer import Viewer
from mexile.config import config
from mexile.ground import clock, mail, organization, queue, trail
from mexile.ground.db import db, writing
from mexile.ground.seal import Reads

MINUTE = timedelta(seconds=60)
LOOK_EVERY = 15

_table = UserSession.__table__
_open = select(
    _table.c.id, _table.c.user_id, _table.c.searched_since, _table.c.searched_rids, _table.c.searched_detail
).where(_table.c.searched_since.is_not(None))
_open_of = _open.where(_table.c.user_id == bindparam("user_id")).order_by(_table.c.searched_since, _table.c.id)


@dataclass(frozen=True)
class Shown:
    """What was shown within one minute: the rids packed, and in `detail` codes of fields and pages."""

    rids: bytes = b""
    role: str = ""
    fields: frozenset[str] = frozenset()
    pages: frozenset[str] = frozenset()
    damaged: int = 0

    @property
    def people(self) -> set[bytes]:
        return {self.rids[at : at + 16] for at in range(0, len(self.rids), 16)}

    def holds(self, reads: Reads, page: str) -> bool:
        return page in self.pages and reads.fields <= self.fields and reads.rids.keys() <= self.people

    def with_reads(self, reads: Reads, page: str, role: str) -> Shown:
        known = self.people
        return Shown(
            self.rids + b"".join(rid for rid in reads.rids if rid not in known),
            self.role or role,
            self.fields | reads.fields,
            self.pages | {page},
            self.damaged + reads.damaged,
        )

    def packed(self) -> str:
        return json.dumps([self.role, sorted(self.fields), sorted(self.pages), self.damaged])


def is_noted(viewer: Viewer, reads: Reads, page: str) -> bool:
    """Whether the running minute's list holds all of this already: then nothing needs to be written."""
    row = db.session.connection().execute(_open_of, {"user_id": viewer.user_id}).first()
    return row is not None and not _is_over(row.searched_since) and _shown(row).holds(reads, page)


def note_search(*, viewer: Viewer, reads: Reads, page: str) -> None:
    """Add what this search opened to the minute's list, or begin one. Inside `writing()`."""
    settle(_table.c.user_id == viewer.user_id)
    row = db.session.connection().execute(_open_of, {"user_id": viewer.user_id}).first()
    shown = _shown(row) if row else Shown()
    db.session.execute(
        update(_table)
        .where(_table.c.id == (row.id if row else viewer.session_id))
        .values(
            searched_since=row.searched_since if row else clock.now(),
            searched_rids=(shown := shown.with_reads(reads, page, trail.actor.get().role)).rids,
            searched_detail=shown.packed(),
        )
    )
    reads.written = True


def settle(*where: ColumnElement[bool]) -> int:
    """Lists whose minute is over become rows of the trail; returns how many. Inside `writing()`."""
    due = _is_over_now()
    rows = db.session.connection().execute(_open.where(due, *where).order_by(_table.c.searched_since)).all()
    for row in rows:
        _write(row)
    _close([row.id for row in rows])
    return len(rows)


@queue.every(LOOK_EVERY)
def settle_all() -> None:
    """The worker's part: what nobody's next page has settled."""
    due = _is_over_now()
    if db.session.connection().execute(_open.where(due).limit(1)).first():
        with writing():
            settle()


def is_due(since: datetime | None) -> bool:
    return since is not None and _is_over(since)


def _is_over(since: datetime) -> bool:
    return not clock.is_within(since, MINUTE)


def _is_over_now() -> ColumnElement[bool]:
    """`_is_over` as a WHERE: also what was begun before the clock was set back."""
    now, since = clock.now(), _table.c.searched_since
    return or_(since <= now - MINUTE, since > now + clock.SKEW)


def _shown(row: Row) -> Shown:
    role, fields, pages, damaged = json.loads(row.searched_detail)
    return Shown(row.searched_rids, role, frozenset(fields), frozenset(pages), damaged)


def _write(row: Row) -> None:
    shown = _shown(row)
    more = {"damaged": shown.damaged} if shown.damaged else {}
    who = trail.actor.set(trail.Actor(row.user_id, shown.role))
    try:
        trail.record(
            "read",
            sorted(shown.pages),
            rids=shown.rids,
            fields=sorted(shown.fields),
            since=row.searched_since.isoformat(timespec="seconds"),
            **more,
        )
    finally:
        trail.actor.reset(who)


def _close(ids: Iterable[int]) -> None:
    values = {"searched_since": None, "searched_rids": None, "searched_detail": None}
    for id in ids:
        db.session.execute(update(_table).where(_table.c.id == id).values(**values))


KIND = "access.trail_head"


@queue.every(3600)
def mail_head() -> None:
    """Put the letters of this day, once. In the walk through an invented organization there is nobody to keep one."""
    if config().demo_key:
        return
    day = organization.today().isoformat()
    with writing():
        for user_id, _ in with_roles(DIRECTOR):
            mail.put(KIND, f"{day}/{user_id}", {"code": day, "user": user_id})


@mail.renders(KIND)
def render_head(body: dict[str, Any]) -> mail.Letter | None:
    user = reader(body["user"])
    if user is None:
        return None
    seq, mac = trail.head()
    gone = trail.cut()
    return mail.Letter(user.email, *head_letter(body["code"], seq, mac, gone.missing if gone else 0, user.language))
