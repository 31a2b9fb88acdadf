"""Work that is done soon, by the worker: one table, filled in our own transaction.

A job is put beside its cause and committed with it. The worker claims it (a lease of
a minute), works outside any transaction and concludes it. A failure is tried again
with growing pauses, for longer than anything is out of order: five days of an hour each;
then, or at once where it can never be done, the job is kept as "could not be sent".
"""

from __future__ import annotations

import json
import logging
import random
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import cache
from typing import Any, TypeVar

from sqlalchemy import CheckConstraint, Index, Integer, Text, delete, func, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Mapped, mapped_column

from mexile.ground import clock, once, seal, trail
from mexile.ground.db import Base, Moment, db, pk, writing
from mexile.ground.privacy import STAFF

log = logging.getLogger("mexile.queue")

LEASE = timedelta(seconds=60)
TRIES = 130
LONGEST_PAUSE = 3600

Handler = Callable[[dict[str, Any]], None]
HANDLERS: dict[str, Handler] = {}
LANES: dict[str, str] = {}
"""Kind -> the lane it waits in, where it has one of its own: what waits for a slow neighbor holds up nothing else."""


class Job(Base):
    """One piece of work. `body` holds codes only; `key` makes it unique within its kind."""

    __tablename__ = "job"

    id: Mapped[int] = pk()
    kind: Mapped[str] = mapped_column(Text, info=STAFF)
    key: Mapped[str] = mapped_column(Text, info=STAFF)
    body: Mapped[str] = mapped_column(Text, info=STAFF)
    state: Mapped[str] = mapped_column(Text, default="waiting", info=STAFF)
    run_at: Mapped[datetime] = mapped_column(Moment, info=STAFF)
    set_at: Mapped[datetime | None] = mapped_column(Moment, info=STAFF)
    """When `run_at` was said. The way from one to the other is how long it is to wait, whatever the clock says."""
    tries: Mapped[int] = mapped_column(Integer, default=0, info=STAFF)
    trouble: Mapped[str] = mapped_column(Text, default="", info=STAFF)

    __table_args__ = (
        CheckConstraint("state IN ('waiting', 'done', 'dead')", name="state"),
        Index("uq_job_kind_key", "kind", "key", unique=True),
        Index("ix_job_state_run_at", "state", "run_at"),
    )


class JobLater(Exception):
    """Raised by a handler that is not done but not wrong either: try again in `seconds`, which is no try.
    `trouble` is what it waits for, in one word, where somebody should know: a whole lane waits for it, so that one
    look at a neighbor in trouble is enough for all who ask him."""

    def __init__(self, seconds: int, trouble: str = ""):
        super().__init__(f"again in {seconds} s")
        self.seconds, self.trouble = seconds, trouble


class JobTrouble(Exception):
    """Raised by a handler that failed and can say why in one word: counted, and tried again later."""

    def __init__(self, trouble: str):
        super().__init__(trouble)
        self.trouble = trouble


class JobRefused(JobTrouble):
    """Raised by a handler whose job can never be done: it is not tried again."""


def handles(kind: str, lane: str = "") -> Callable[[Handler], Handler]:
    """Register the function that does jobs of `kind`, in a lane of its own if it names one; it is called with
    the body."""

    def register(handler: Handler) -> Handler:
        HANDLERS[kind] = handler
        if lane:
            LANES[kind] = lane
        return handler

    return register


Round = TypeVar("Round", bound=Callable[[], object])
ROUNDS: list[tuple[float, Callable[[], object]]] = []
"""(seconds, function): what the worker looks after again and again, with no job that asks for it."""


def every(seconds: float) -> Callable[[Round], Round]:
    """Register a function for the worker's rounds: called outside any transaction, every `seconds`."""

    def register(function: Round) -> Round:
        ROUNDS.append((seconds, function))
        return function

    return register


def put(kind: str, key: str, body: dict[str, Any], run_at: datetime | None = None) -> None:
    """Put a job beside its cause. A second job of the same kind and key is no job."""
    now = clock.now()
    row = {"kind": kind, "key": key, "body": json.dumps(body, sort_keys=True), "run_at": run_at or now, "set_at": now}
    db.session.execute(_put(db.engine.dialect.name), row)


@cache
def _put(dialect: str) -> Any:
    insert = sqlite.insert if dialect == "sqlite" else postgresql.insert
    return insert(Job.__table__).on_conflict_do_nothing(index_elements=["kind", "key"])


def claim(lane: str | None = None) -> tuple[int, str, dict[str, Any]] | None:
    """Take the next due job (of one lane, "" for what has none) for one lease: (id, kind, body), or None."""
    waits = [Job.state == "waiting"]
    if lane == "":
        waits.append(Job.kind.not_in(list(LANES)))
    elif lane is not None:
        waits.append(Job.kind.in_([kind for kind, name in LANES.items() if name == lane]))
    due = select(Job.id).where(*waits, or_(Job.run_at <= clock.now(), Job.set_at > clock.now() + clock.SKEW))
    if db.session.scalar(due.limit(1)) is None:
        db.session.rollback()  # else the worker would look at this moment's queue for ever
        return None
    with writing():
        _follow_the_clock()
        job = db.session.scalar(
            select(Job)
            .where(*waits, Job.run_at <= clock.now())
            .order_by(Job.run_at, Job.id)
            .limit(1)
            .with_for_update(skip_locked=True)
        )
        if job is None:
            return None
        job.set_at = clock.now()
        job.run_at = job.set_at + LEASE
        job.tries += 1
        return job.id, job.kind, json.loads(job.body)


def _follow_the_clock() -> None:
    """What was put off before the clock was set back waits anew for as long as it was to wait, and no longer."""
    now = clock.now()
    for job in db.session.scalars(select(Job).where(Job.state == "waiting", Job.set_at > now + clock.SKEW)):
        assert job.set_at  # as was asked for
        job.run_at, job.set_at = min(job.run_at, now + max(job.run_at - job.set_at, timedelta(0))), now
    db.session.flush()


def work_one(lane: str | None = None) -> bool:
    """Claim and do one job. Returns whether there was one."""
    taken = claim(lane)
    if taken is None:
        return False
    job_id, kind, body = taken
    trail.actor.set(trail.Actor())
    reads = seal.begin_reads(shows_marks=False)
    try:
        HANDLERS[kind](body)
        _conclude(job_id, reads, kind)
    except JobLater as later:
        _again(job_id, later.seconds, later.trouble, count=False)
    except JobTrouble as wrong:
        log.warning("job %s of kind %s failed: %s", job_id, kind, wrong.trouble)
        _again(job_id, None, wrong.trouble, is_last=isinstance(wrong, JobRefused))
    except Exception as error:  # noqa: BLE001 - whatever it was, the job is kept
        log.warning("job %s of kind %s failed: %s", job_id, kind, type(error).__name__)
        _again(job_id, None, type(error).__name__)
    finally:
        db.session.remove()
    return True


def _conclude(job_id: int, reads: seal.Reads, kind: str) -> None:
    with writing():
        db.session.execute(update(Job).where(Job.id == job_id).values(state="done", trouble=""))
        if reads.rids:
            trail.record_reads(reads, f"job {kind}")


def _again(job_id: int, seconds: float | None, trouble: str, *, count: bool = True, is_last: bool = False) -> None:
    db.session.rollback()
    with writing():
        job = db.session.scalars(select(Job).where(Job.id == job_id)).one()
        if not count:
            job.tries -= 1
        if seconds is None:
            seconds = min(LONGEST_PAUSE, 2 ** min(job.tries, 20) * 5) * random.uniform(0.8, 1.2)  # noqa: S311
        job.set_at = clock.now()
        job.run_at = job.set_at + timedelta(seconds=seconds)
        job.trouble = trouble
        if is_last or job.tries >= TRIES:
            job.state, job.run_at = "dead", clock.now()
        if not count and trouble and job.kind in LANES:
            _rest(job)


def _rest(job: Job) -> None:
    """Put off what else waits in the lane of this job, in its order and before it: what is in trouble alone holds up
    nobody for ever. Inside `writing()`."""
    kinds = [kind for kind, lane in LANES.items() if lane == LANES[job.kind]]
    is_due = (Job.state == "waiting", Job.kind.in_(kinds), Job.run_at <= job.run_at, Job.id != job.id)
    others = db.session.scalars(select(Job.id).where(*is_due).order_by(Job.run_at, Job.id)).all()
    until = job.run_at
    rows = [
        {"id": other, "run_at": until + timedelta(microseconds=place), "set_at": job.set_at, "trouble": job.trouble}
        for place, other in enumerate(others)
    ]
    if rows:
        db.session.execute(update(Job), rows)
    job.run_at = until + timedelta(microseconds=len(rows))


def work_all() -> int:
    """Do every job that is due now; returns how many."""
    done = 0
    while work_one():
        done += 1
    return done


@every(3600)
def sweep() -> None:
    """Forget what is done: old jobs and old form tokens."""
    with writing():
        db.session.execute(delete(Job).where(Job.state == "done", Job.run_at < clock.now() - timedelta(days=35)))
        once.forget_old()


def dead() -> int:
    """How many jobs could not be done."""
    return db.session.scalar(select(func.count()).select_from(Job).where(Job.state == "dead")) or 0


def troubles() -> dict[str, int]:
    """What waiting jobs wait for, and how many: the word of their `JobLater`, or of the error that stopped them."""
    rows = select(Job.trouble, func.count()).where(Job.state == "waiting", Job.trouble != "").group_by(Job.trouble)
    return {trouble: count for trouble, count in db.session.execute(rows)}
