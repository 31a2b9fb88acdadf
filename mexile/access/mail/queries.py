"""What waits in the queue or could not be done: letters first, then other work. Kinds and moments only."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, exists, func, or_, select

from mexile.access.viewer import Viewer
from mexile.config import config
from mexile.ground.db import db
from mexile.ground.errors import Problem
from mexile.ground.organization import organization
from mexile.ground.queue import Job
from mexile.ground.sender import is_example

MOST = 200


@dataclass(frozen=True)
class Waiting:
    """A letter, or other work. ``at``: when it is tried next, or was given up; ``is_dead``: it is not tried again."""

    id: int
    kind: str
    is_letter: bool
    is_dead: bool
    trouble: str
    at: datetime


def is_in_trouble() -> ColumnElement[bool]:
    """The WHERE on `Job`: it failed at least once and isn't done."""
    return or_(Job.state == "dead", (Job.state == "waiting") & (Job.trouble != ""))


def in_trouble(viewer: Viewer) -> list[Waiting]:
    """What failed at least once and isn't done, what was given up first. One query; who may ask says the policy."""
    rows = db.session.execute(
        select(Job.id, Job.kind, Job.key, Job.state, Job.trouble, Job.run_at)
        .where(is_in_trouble())
        .order_by(Job.kind != "mail", Job.state, Job.run_at, Job.id)
        .limit(MOST)
    )
    return [
        Waiting(
            row.id,
            row.key.partition(":")[0] if row.kind == "mail" else row.kind,
            row.kind == "mail",
            row.state == "dead",
            row.trouble,
            row.run_at,
        )
        for row in rows
    ]


def count_in_trouble() -> int:
    return db.session.scalar(select(func.count()).select_from(Job).where(is_in_trouble())) or 0


TEST = "access.test:"
PROOFS = (TEST, "access.trail_head:")
"""Letters that go out as they are put: where one of them was taken, the others can be."""


def newest_test(viewer: Viewer) -> Job | None:
    """The viewer's newest test letter; it is forgotten after some weeks, as every letter is."""
    mine = (Job.kind == "mail", Job.key.startswith(f"{TEST}{viewer.user_id}/"))
    return db.session.scalar(select(Job).where(*mine).order_by(Job.id.desc()).limit(1))


def missing() -> list[Problem]:
    """Why no letter goes out yet."""
    text = organization().mail_from
    if not text:
        return [NO_SENDER]
    if config().production and is_example(text):
        return [EXAMPLE]
    taken = exists().where(
        Job.kind == "mail", Job.state == "done", or_(*(Job.key.startswith(proof) for proof in PROOFS))
    )
    return [] if db.session.scalar(select(taken)) else [NOT_TRIED]


NO_SENDER = Problem(
    "mail_from",
    "Nobody said which address mails come from, so every letter waits. Write it under Organization.",
    "Nadie ha dicho de qué dirección salen los correos, así que todos esperan. Escríbala en Organización.",
)
EXAMPLE = Problem(
    "mail_from",
    "Mails come from an address that is only an example: mail servers refuse such letters, and nobody can answer them. "
    "Change “Mails come from” under Organization.",
    "Los correos salen de una dirección que es solo un ejemplo: los servidores rechazan esos correos y nadie puede "
    "contestarlos. Cambie «Los correos salen de» en Organización.",
)
NOT_TRIED = Problem(
    "mail",
    "No letter has gone out yet. Send yourself a test letter, on the page Mail.",
    "Todavía no ha salido ningún correo. Envíese uno de prueba, en la página Correo.",
)
