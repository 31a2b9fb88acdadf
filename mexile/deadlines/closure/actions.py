"""Close a deadline with a reason, open it again."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy import select

from mexile.access.roles import ATTORNEY, DIRECTOR
from mexile.access.rules import name_act
from mexile.access.viewer import Viewer
from mexile.deadlines.deadline.actions import get_deadline, get_open_deadline
from mexile.deadlines.deadline.models import REASONS, Deadline, DeadlineClosure, DeadlineReopening
from mexile.deadlines.deadline.queries import is_closed_deadline
from mexile.ground import clock, organization, trail
from mexile.ground.db import db
from mexile.ground.errors import Conflict, Invalid, NotHere, Problem
from mexile.members.person.models import Member

name_act("deadline.close", "Closed a deadline", "Cerró un plazo")
name_act("deadline.reopen", "Opened a deadline again", "Reabrió un plazo")

ONLY_ATTORNEY = Problem(
    "reason",
    "Only an attorney closes a deadline that is fatal, has passed or was not met.",
    "Solo una abogada cierra un plazo fatal, vencido o incumplido.",
)


def close_deadline(*, viewer: Viewer, code: str, reason: str, note: str) -> DeadlineClosure:
    """It was done (with its evidence), waived, missed, or does not apply.

    Whoever is assigned to the member closes what was done in time; anything fatal, past or not met is an attorney's.
    """
    if reason not in REASONS:
        raise Invalid(Problem("reason", "Choose a reason.", "Elija una razón."))
    deadline = get_open_deadline(viewer, code)
    problems = []
    if not note.strip():
        problems.append(
            Problem(
                "note",
                "Say what shows it: a receipt, a stamp, a reason.",
                "Diga qué lo demuestra: un recibo, un sello, una razón.",
            )
        )
    past = deadline.side == "last_day" and deadline.due_on < organization.today()
    if (past or deadline.fatal or reason != "done") and not viewer.is_any(ATTORNEY):
        problems.append(ONLY_ATTORNEY)
    if problems:
        raise Invalid(problems)
    key_id = db.session.scalar(select(Member.key_id).where(Member.id == deadline.member_id))
    closure = DeadlineClosure(
        key_id=key_id,
        deadline_id=deadline.id,
        member_id=deadline.member_id,
        by_user_id=viewer.user_id,
        at=clock.now(),
        reason=reason,
        note=note.strip(),
    )
    db.session.add(closure)
    db.session.flush()
    trail.record("deadline.close", code, reason=reason)
    return closure


def reopen_deadline(*, viewer: Viewer, code: str) -> Deadline:
    """It isn't done after all. An attorney, the director, or the one who closed it."""
    deadline = get_deadline(viewer, code)
    closure = db.session.scalar(
        select(DeadlineClosure).where(DeadlineClosure.deadline_id == deadline.id, DeadlineClosure.stands())
    )
    if closure is None:
        raise Conflict(Problem("", "This stands open already.", "Esto ya está abierto."))
    if not (viewer.is_any(ATTORNEY, DIRECTOR) or closure.by_user_id == viewer.user_id):
        raise NotHere(code)
    db.session.add(DeadlineReopening(closure_id=closure.id, by_user_id=viewer.user_id, at=clock.now()))
    db.session.flush()
    trail.record("deadline.reopen", code)
    return deadline


def set_aside_deadlines(*, viewer: Viewer, event_ids: Sequence[int]) -> None:
    """The outcome they came from was taken back by the one who wrote it: what she set with it
    today is set aside, fatal or not, since its trigger didn't happen."""
    rows = db.session.scalars(
        select(Deadline).where(
            Deadline.event_id.in_(event_ids),
            Deadline.set_by_user_id == viewer.user_id,
            Deadline.set_at >= clock.now() - timedelta(days=1),
            ~is_closed_deadline(),
        )
    )
    for deadline in list(rows):
        key_id = db.session.scalar(select(Member.key_id).where(Member.id == deadline.member_id))
        db.session.add(
            DeadlineClosure(
                key_id=key_id,
                deadline_id=deadline.id,
                member_id=deadline.member_id,
                by_user_id=viewer.user_id,
                at=clock.now(),
                reason="set_aside",
                note="outcome taken back",
            )
        )
        trail.record("deadline.close", deadline.code, reason="set_aside")
    db.session.flush()
