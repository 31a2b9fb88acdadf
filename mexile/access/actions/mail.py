"""Letters and other work that failed are tried again because somebody says so."""

from __future__ import annotations

from sqlalchemy import or_, update

from mexile.ground import clock, trail
from mexile.ground.db import db
from mexile.ground.queue import Job


def send_again(job_id: int | None) -> int:
    """Try the one of this number, or all that failed, at once and with all their tries before them; returns how
    many. Inside `writing()`."""
    failed = or_(Job.state == "dead", (Job.state == "waiting") & (Job.trouble != ""))
    which = [failed] if job_id is None else [failed, Job.id == job_id]
    done = db.session.execute(
        update(Job).where(*which).values(state="waiting", tries=0, trouble="", run_at=clock.now(), set_at=clock.now())
    )
    count = int(done.rowcount)  # type: ignore[attr-defined]
    if count:
        trail.record("mail.again", number=count)
    return count
