"""Letters and other work that failed are tried again because somebody says so; a letter to oneself."""

from __future__ import annotations

from typing import Any

from sqlalchemy import update

from mexile.access.account.queries import reader
from mexile.access.letter.rules import test_letter
from mexile.access.mail.queries import is_in_trouble
from mexile.access.viewer import Viewer
from mexile.ground import clock, mail, trail
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


def send_test(*, viewer: Viewer, token: str) -> None:
    """A letter to oneself, which says that letters arrive. One form sends one. Inside `writing()`."""
    mail.put("access.test", f"{viewer.user_id}/{token}", {"user": viewer.user_id})
    trail.record("mail.test")


@mail.renders("access.test")
def render_test(body: dict[str, Any]) -> mail.Letter | None:
    user = reader(body["user"])
    return mail.Letter(user.email, *test_letter(user.language)) if user else None
