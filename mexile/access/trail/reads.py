"""The trail of a request: one row for all that it read, written before the page leaves."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta

from flask import g, request
from sqlalchemy import update

from mexile.access.session.models import UserSession
from mexile.access.trail import actions as searched
from mexile.access.viewer import Viewer
from mexile.ground import clock, trail
from mexile.ground.db import db, writing
from mexile.ground.hook import Hook
from mexile.ground.trouble import trouble_of

log = logging.getLogger("mexile.gate")

SEEN_EVERY = timedelta(seconds=60)
mark_reads: Hook[[Viewer, datetime], dict[str, list[str]]] = Hook("what the trail tells of reads")
"""``mark_reads(viewer, entered)``: what other houses add to the row of what a request read that entered at that
moment, the codes under which it was open; an empty dict is nothing."""


def write_reads() -> str | None:
    """Write what this request read, and that its session is alive. Returns None when all is well, else the word of
    the trouble for which it could not be written ("" for one without a word)."""
    reads, session = g.get("reads"), g.get("session_seen")
    page = g.get("act") or request.endpoint or ""
    has_read = reads is not None and bool(reads.rids) and not reads.written
    marks = _marks() if has_read else {}
    is_search = has_read and bool(g.get("is_search")) and not marks  # what carries a mark stands alone
    if is_search and searched.is_noted(g.viewer, reads, page):
        has_read, reads.written = False, True
    # A denied call leaves its one row at most and touches nothing else.
    session = None if g.get("denied") else session
    was_searching = session is not None and searched.is_due(session.searched_since)
    is_here = (
        session is not None
        and not session.is_locked
        and not g.rule.quiet
        and clock.now() - session.last_seen_at >= SEEN_EVERY
    )
    if not has_read and not is_here and not was_searching:
        return None
    session_id = session.viewer.session_id if session is not None else None
    try:
        with writing():
            if was_searching:
                searched.settle(UserSession.id == session_id)
            if has_read and is_search:
                searched.note_search(viewer=g.viewer, reads=reads, page=page)
            elif has_read:
                trail.record_reads(reads, page, **marks)
            if is_here:
                db.session.execute(
                    update(UserSession).where(UserSession.id == session_id).values(last_seen_at=clock.now())
                )
    except Exception as error:  # noqa: BLE001 - whatever it was: no trail, no page
        log.error("the trail could not be written: %s", type(error).__name__)
        if reads is not None:
            reads.clear()
        return trouble_of(error) or ""
    return None


def _marks() -> dict[str, list[str]]:
    """What the houses say of this request's reads."""
    if g.get("viewer") is None:
        return {}
    return {name: codes for marks in mark_reads.each(g.viewer, g.entered) for name, codes in marks.items()}
