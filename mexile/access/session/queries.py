"""Finding the viewer of a session cookie, and a person's sessions."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, bindparam, or_, select

from mexile.access import roles as words
from mexile.access.account.models import AccessRevocation, UserAccount, UserRole
from mexile.access.session.models import UserSession
from mexile.access.viewer import Viewer
from mexile.ground import clock
from mexile.ground.db import Moment, db

IDLE = timedelta(minutes=15)
LONGEST = timedelta(hours=10)


@dataclass(frozen=True)
class Seen:
    """A living session: who, since when, and whether it waits behind the lock."""

    viewer: Viewer
    last_seen_at: datetime
    is_locked: bool
    searched_since: datetime | None
    """When this session's open list of what a search has shown was begun."""


def token_hash(token: str) -> bytes:
    return hashlib.sha256(token.encode()).digest()


# A plain statement on the tables: every request passes here.
_session, _account = UserSession.__table__, UserAccount.__table__
_role, _revocation = UserRole.__table__, AccessRevocation.__table__


def counts(now: Any) -> ColumnElement[bool]:
    """The WHERE on ``user_role`` for roles that run and don't wait; see `effective` for what counts of them."""
    return and_(_role.c.to_at.is_(None), or_(_role.c.waits == 0, _role.c.due_at <= now))


_lookup = (
    select(
        _session.c.id,
        _session.c.last_seen_at,
        _session.c.confirmed_at,
        _session.c.second_factor_at,
        _session.c.started_at,
        _session.c.searched_since,
        _account.c.id.label("user_id"),
        _account.c.code,
        _account.c.name,
        _account.c.language,
        _account.c.key_id,
        _account.c.shortcuts,
        _role.c.role,
        _role.c.confirmed_by,
    )
    .select_from(_session)
    .join(_account, _account.c.id == _session.c.user_id)
    .outerjoin(_role, (_role.c.user_id == _account.c.id) & counts(bindparam("now", type_=Moment())))
    .outerjoin(_revocation, _revocation.c.user_id == _account.c.id)
    .where(
        _session.c.token_hash == bindparam("token_hash"),
        _session.c.ended_at.is_(None),
        _revocation.c.user_id.is_(None),
    )
)


def seen(token: str) -> Seen | None:
    """The session of a cookie, or None when it never was, ended or grew too old. One query."""
    now = clock.now()
    rows = db.session.connection().execute(_lookup, {"token_hash": token_hash(token), "now": now}).all()
    if not rows or now - rows[0].started_at >= LONGEST:
        return None
    first = rows[0]
    confirmed_by = {row.role: row.confirmed_by for row in rows if row.role}
    viewer = Viewer(
        user_id=first.user_id,
        code=first.code,
        name=first.name,
        language=first.language,
        roles=effective(confirmed_by),
        session_id=first.id,
        key_id=first.key_id,
        confirmed_at=first.confirmed_at,
        second_factor_at=first.second_factor_at,
        shortcuts=bool(first.shortcuts),
    )
    return Seen(viewer, first.last_seen_at, not clock.is_within(first.last_seen_at, IDLE), first.searched_since)


def effective(confirmed_by: dict[str, int | None]) -> frozenset[str]:
    """The roles that count. Who runs the system sees no member unless a director said so."""
    counting = set(confirmed_by)
    if words.ADMINISTRATOR in counting:
        counting -= {role for role in counting & words.SEES_MEMBERS if confirmed_by[role] is None}
    return frozenset(counting)


def sessions_of(viewer: Viewer) -> list[UserSession]:
    """The viewer's own living sessions, the newest first."""
    return list(
        db.session.scalars(
            select(UserSession)
            .where(
                UserSession.user_id == viewer.user_id,
                UserSession.ended_at.is_(None),
                UserSession.started_at > clock.now() - LONGEST,
            )
            .order_by(UserSession.started_at.desc())
        )
    )
