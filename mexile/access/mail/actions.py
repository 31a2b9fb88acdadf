"""Letters and other work that failed are tried again because somebody says so."""

from __future__ import annotations

from sqlalchemy import update

from mexile.access.mail.queries import is_in_trouble
from mexile.ground import clock, trail
from mexile.ground.db import db
from mexile.ground.queue import Job


def send_again(job_id: int | None) -> int:
    """Try the one of this number, or all that failed, at once and with all their tries before them; returns how
    many. Inside `writing()`."""
    which = [is_in_trouble()] if job_id is None else [is_in_trouble(), Job.id == job_id]
    again = {"state": "waiting", "tries": 0, "trouble": "", "run_at": clock.now(), "set_at": clock.now()}
    count = db.session.connection().execute(update(Job).where(*which).values(**again)).rowcount
    if count:
        trail.record("mail.again", number=count)
    return count
