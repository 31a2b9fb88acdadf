"""Reckon anew as one proposal; confirm it, or discard it. What a deadline said before is kept."""

from __future__ import annotations

from typing import Any

from sqlalchemy import delete, insert, select, update

from mexile.access.rules import name_act
from mexile.access.viewer import Viewer
from mexile.deadlines.closure.actions import close_deadline
from mexile.deadlines.deadline.models import Deadline, DeadlinePast
from mexile.deadlines.deadline.queries import is_closed_deadline
from mexile.deadlines.recompute.models import Recompute, RecomputeAnswer, RecomputeLine
from mexile.deadlines.recompute.queries import count_touched, look_again
from mexile.ground import clock, queue, trail
from mexile.ground.codes import next_code
from mexile.ground.db import db, writing
from mexile.ground.errors import Conflict, NotHere, Problem

name_act("deadline.recompute", "Had deadlines reckoned anew", "Pidió recalcular plazos")
name_act("deadline.recompute_confirm", "Confirmed new deadlines", "Confirmó plazos nuevos")
name_act("deadline.recompute_discard", "Discarded new deadlines", "Descartó plazos nuevos")


CHUNK = 1000
JOB = "deadlines.recompute"


def propose_recompute(*, viewer: Viewer, cause: str, subject: str) -> Recompute:
    """Begin a proposal. What it would change is found by the worker, a thousand deadlines at a time,
    so that nobody waits and the page can say how far it has come."""
    recompute = Recompute(
        code=next_code("RC", Recompute.code),
        cause=cause,
        subject=subject,
        by_user_id=viewer.user_id,
        at=clock.now(),
        total=count_touched(cause, subject),
        seen=0,
    )
    db.session.add(recompute)
    db.session.flush()
    queue.put(JOB, recompute.code, {"code": recompute.code})
    trail.record("deadline.recompute", recompute.code, cause=cause, of=subject)
    return recompute


@queue.handles(JOB)
def reckon_anew(body: dict[str, Any]) -> None:
    """Look at every deadline in reach and write the lines of those that would change. A second try
    begins anew; a proposal that was answered meanwhile is left alone."""
    recompute = db.session.scalar(select(Recompute).where(Recompute.code == body["code"]))
    if recompute is None or recompute.ready_at is not None or _answered(recompute.id):
        return
    id, cause, subject = recompute.id, recompute.cause, recompute.subject
    after, seen = 0, 0
    with writing():
        db.session.execute(delete(RecomputeLine).where(RecomputeLine.recompute_id == id))
    while True:
        look = look_again(cause, subject, after_id=after, most=CHUNK)
        if look.last_id is None:
            break
        after = look.last_id
        seen += CHUNK
        with writing():
            if look.lines:
                db.session.execute(insert(RecomputeLine), [{"recompute_id": id, **vars(line)} for line in look.lines])
            db.session.execute(update(Recompute).where(Recompute.id == id, Recompute.total > seen).values(seen=seen))
    with writing():
        db.session.execute(
            update(Recompute).where(Recompute.id == id).values(seen=Recompute.total, ready_at=clock.now())
        )


def confirm_recompute(*, viewer: Viewer, code: str) -> int:
    """The attorney read old and new and says yes. A deadline that changed or was closed since the
    proposal was made is left alone, as is one that no rule binds any more. Returns how many were changed."""
    recompute = _waiting(code)
    if recompute.ready_at is None:
        raise Conflict(Problem("", "This isn't reckoned to the end yet.", "Esto todavía no termina de calcularse."))
    rows = db.session.execute(
        select(RecomputeLine, Deadline)
        .join(Deadline, Deadline.id == RecomputeLine.deadline_id)
        .where(
            RecomputeLine.recompute_id == recompute.id,
            RecomputeLine.new_rule_id.is_not(None),
            Deadline.due_on == RecomputeLine.old_due_on,
            Deadline.trigger_on == RecomputeLine.old_trigger_on,
            Deadline.rule_id.is_not_distinct_from(RecomputeLine.old_rule_id),
            ~is_closed_deadline(),
        )
    ).all()
    now = clock.now()
    changing = [(line, deadline) for line, deadline in rows if line.new_due_on is not None]
    past = [_past(deadline, recompute.cause, viewer, now) for _, deadline in changing]
    values = [_new(line) for line, _ in changing]
    if changing:
        db.session.execute(insert(DeadlinePast), past)
        db.session.execute(update(Deadline), values)
    for line, deadline in rows:
        if line.new_due_on is None:
            close_deadline(viewer=viewer, code=deadline.code, reason="set_aside", note=line.why_en)
    db.session.add(
        RecomputeAnswer(
            recompute_id=recompute.id, answer="confirmed", changed=len(rows), by_user_id=viewer.user_id, at=now
        )
    )
    db.session.flush()
    trail.record("deadline.recompute_confirm", code, changed=len(rows))
    return len(rows)


def discard_recompute(*, viewer: Viewer, code: str) -> None:
    """Nothing changes."""
    recompute = _waiting(code)
    db.session.add(
        RecomputeAnswer(
            recompute_id=recompute.id, answer="discarded", changed=0, by_user_id=viewer.user_id, at=clock.now()
        )
    )
    db.session.flush()
    trail.record("deadline.recompute_discard", code)


def _past(deadline: Deadline, cause: str, viewer: Viewer, now: Any) -> dict[str, Any]:
    kept = (
        "due_on internal_on trigger_on computed_on ordered_on inputs rule_id owner_user_id "
        "second_owner_user_id why_en why_es"
    ).split()
    return {
        "deadline_id": deadline.id,
        **{name: getattr(deadline, name) for name in kept},
        "cause": cause,
        "until_at": now,
        "by_user_id": viewer.user_id,
    }


def _new(line: RecomputeLine) -> dict[str, Any]:
    return {
        "id": line.deadline_id,
        "due_on": line.new_due_on,
        "internal_on": line.new_internal_on,
        "computed_on": line.new_computed_on,
        "trigger_on": line.new_trigger_on,
        "rule_id": line.new_rule_id,
        "inputs": line.inputs,
        "why_en": line.why_en,
        "why_es": line.why_es,
    }


def _waiting(code: str) -> Recompute:
    recompute = db.session.scalar(select(Recompute).where(Recompute.code == code))
    if recompute is None:
        raise NotHere(code)
    if _answered(recompute.id):
        raise Conflict(Problem("", "Somebody has answered this already.", "Alguien ya respondió esto."))
    return recompute


def _answered(recompute_id: int) -> bool:
    return db.session.get(RecomputeAnswer, recompute_id) is not None
