"""Letters about a day that comes closer: the year to ask for asylum at 300, 330 and 350 days, a work
permit at 180, 150, 120 and 90 days before it ends. They say where to look, and nothing else.
"""

from __future__ import annotations

from datetime import UTC, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import select

from mexile.access.account.queries import reader
from mexile.access.rules import name_act
from mexile.config import config
from mexile.deadlines.deadline.models import Deadline
from mexile.deadlines.deadline.queries import is_closed_deadline
from mexile.deadlines.reminder.queries import Reminder, reminders_of
from mexile.deadlines.reminder.rules import reminder_letter
from mexile.ground import mail, organization, queue, trail
from mexile.ground.db import db, writing

name_act("deadline.remind", "Reminded somebody of a deadline", "Recordó un plazo a alguien")


JOB, LETTER = "cases.remind", "cases.reminder"
MORNING = time(8)


@queue.every(3600)
def remind_today() -> None:
    """Put the letters of this day, once, for the morning."""
    today, zone = organization.today(), ZoneInfo(organization.zone())
    with writing():
        queue.put(JOB, today.isoformat(), {}, run_at=datetime.combine(today, MORNING, zone).astimezone(UTC))


@queue.handles(JOB)
def remind(_body: dict[str, Any]) -> None:
    """One letter for each mark, deadline and person, ever: what has left already is left alone."""
    with writing():
        due = reminders_of(organization.today())
        sent = _sent(due)
        for reminder in due:
            if f"{LETTER}:{reminder.key}" not in sent:
                mail.put(LETTER, reminder.key, {"code": reminder.code, "user": reminder.user_id})
                trail.record("deadline.remind", reminder.code, mark=reminder.mark, user=reminder.user_id)


def _sent(due: list[Reminder]) -> set[str]:
    keys = [f"{LETTER}:{reminder.key}" for reminder in due]
    return set(db.session.scalars(select(queue.Job.key).where(queue.Job.kind == "mail", queue.Job.key.in_(keys))))


@mail.renders(LETTER)
def render_reminder(body: dict[str, Any]) -> mail.Letter | None:
    """The letter; none any more once somebody closed the deadline."""
    code = body["code"]
    user = reader(body["user"])
    if user is None or db.session.scalar(select(Deadline.id).where(Deadline.code == code, is_closed_deadline())):
        return None
    path = f"/deadlines/{code}" if code.startswith("DL-") else f"/members/{code}/clock"
    return mail.Letter(user.email, *reminder_letter(code, config().base_url + path, user.language))
