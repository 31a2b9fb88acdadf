"""What is wrong with the database, the keyring, the trail and the work that waits."""

from __future__ import annotations

import os
import re
import time
from collections.abc import Iterator
from datetime import datetime, timedelta

from sqlalchemy import func, inspect, select, text

from mexile.backup.nightly import whole_problems
from mexile.config import Config
from mexile.ground import anchor, belonging, clock, quarantine, queue, schema, trail
from mexile.ground.db import TRIGGERS, Moment, db
from mexile.ground.errors import Problem
from mexile.ground.organization import Organization
from mexile.ground.trail import TrailRow

WORKER = "worker"
"""The file in the home that the worker touches."""
QUIET = 600
LATE = timedelta(minutes=30)
AMISS = timedelta(minutes=2)


def problems(settings: Config, *, is_whole: bool = True) -> list[Problem]:
    """`is_whole`: also what takes long, every page of the file and every line of the trail."""
    problems = [*_tables(), *_beat(settings)]
    if not inspect(db.session.connection()).has_table(TrailRow.__tablename__):
        return problems
    problems += [*_there(), *_triggers(), *_trail()]
    if is_whole:
        problems += whole_problems(settings)
    if (unopened := belonging.unopened()) > 0:
        problems.append(belonging.cannot_open(unopened))
    return [*problems, *_clock(), *_work()]


def _tables() -> Iterator[Problem]:
    standing, newest = schema.revision(db.engine), schema.newest()
    if standing != newest:
        yield Problem(
            "database",
            f"The tables are at {standing or 'nothing'}, this version needs {newest}. Run: mexile upgrade",
            f"Las tablas están en {standing or 'nada'}, esta versión necesita {newest}. Ejecute: mexile upgrade",
        )


def _there() -> Iterator[Problem]:
    if db.session.get(Organization, 1) is None:
        yield Problem(
            "organization",
            "There is no organization yet. Run: mexile init",
            "Aún no hay organización. Ejecute: mexile init",
        )


def _triggers() -> Iterator[Problem]:
    """The triggers that make tables append-only are there, whole and not switched off."""
    dialect = db.engine.dialect.name
    triggers = {_plain(statement) for statement in db.session.scalars(text(_THERE[dialect]))}
    for table, statements in TRIGGERS.items():
        for statement in statements[dialect]:
            name = re.match(r"CREATE TRIGGER (\w+)", statement)
            if name and (_plain(statement) if dialect == "sqlite" else name[1]) not in triggers:
                yield Problem(
                    "database",
                    f"The trigger {name[1]} is gone, changed or switched off: rows of {table} could be changed or deleted "
                    f"without a trace. Find out who did it, and make it again with: {statement}",
                    f"El disparador {name[1]} falta, fue cambiado o está apagado: filas de {table} podrían cambiarse o "
                    f"borrarse sin rastro. Averigüe quién fue y vuelva a crearlo con: {statement}",
                )


_THERE = {
    "sqlite": "SELECT sql FROM sqlite_master WHERE type = 'trigger'",
    "postgresql": "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled IN ('O', 'A')",
}


def _plain(statement: str) -> str:
    return " ".join(statement.split())


def _trail() -> Iterator[Problem]:
    """The end of the trail is there, and is kept beside the keyring."""
    if gone := trail.cut():
        yield trail.cut_problem(gone)
    if (
        anchor.is_damaged()
        or (anchor.seen() is None and trail.head()[0])
        or not os.access(anchor.path().parent, os.W_OK)
    ):
        yield Problem(
            "trail",
            f"The last line of the trail is not kept in {anchor.path()}, so its end could be cut off. Compare with the last "
            "daily letter (mexile audit verify --line N --seal S), see that mexile may write there, and remove the file if "
            "it is damaged: it is begun anew.",
            f"La última línea del registro no está guardada en {anchor.path()} y su final podría cortarse. Compare con el "
            "último correo diario (mexile audit verify --line N --seal S), vea que mexile pueda escribir ahí y quite el "
            "archivo si está dañado: se empieza de nuevo.",
        )


def _clock() -> Iterator[Problem]:
    """This machine's clock against the database's, and against what was written last."""
    now = clock.now()
    latest = db.session.scalar(select(func.max(TrailRow.at, type_=Moment())))
    ahead = (latest - now) if latest else timedelta()
    theirs = db.session.scalar(text("SELECT now()")) if db.engine.dialect.name == "postgresql" else None
    apart = abs(theirs - now) if isinstance(theirs, datetime) else timedelta()
    if max(ahead, apart) > AMISS:
        yield Problem(
            "clock",
            f"The clock of this machine says {now:%Y-%m-%d %H:%M} UTC, which can't be: the trail or the database is at "
            "another time. Deadlines and sign-in codes go wrong. Set it (timedatectl set-ntp true).",
            f"El reloj de este equipo dice {now:%Y-%m-%d %H:%M} UTC, que no puede ser: el registro o la base están en otra "
            "hora. Fallan los plazos y los códigos de acceso. Ajústelo (timedatectl set-ntp true).",
        )


def _beat(settings: Config) -> Iterator[Problem]:
    beat = settings.home / WORKER
    if not beat.exists() or time.time() - beat.stat().st_mtime > QUIET:
        yield Problem(
            "worker",
            "The worker is not running: no mail goes out, no payment is confirmed, nobody is told of an alert. "
            "Start it: mexile work",
            "El trabajador no está en marcha: no sale correo, no se confirma ningún pago, nadie recibe avisos. "
            "Inícielo: mexile work",
        )


def _work() -> Iterator[Problem]:
    job = queue.Job
    late = select(func.count()).where(job.state == "waiting", job.run_at < clock.now() - LATE)
    if count := db.session.scalar(late):
        yield Problem(
            "queue",
            f"{count} jobs wait for more than half an hour. See that mexile work runs and what it says.",
            f"{count} trabajos esperan desde hace más de media hora. Vea que mexile work funcione y qué dice.",
        )
    if (shut := queue.troubles().get("StripeShut", 0)) > 0:
        yield Problem(
            "STRIPE_KEY",
            f"Stripe refuses the key, or it is another account's. {shut} messages about gifts wait. "
            "Set the right key and start the worker again; nothing is lost.",
            f"Stripe rechaza la clave, o es de otra cuenta. {shut} avisos sobre donativos esperan. "
            "Ponga la clave correcta y reinicie el trabajador; nada se pierde.",
        )
    given_up = select(func.count()).where(job.state == "dead")
    if letters := db.session.scalar(given_up.where(job.kind == "mail")):
        yield Problem(
            "mail",
            f"{letters} letters could not be sent." if letters > 1 else "One letter could not be sent.",
            f"{letters} correos no se pudieron enviar." if letters > 1 else "Un correo no se pudo enviar.",
        )
    if others := db.session.scalar(given_up.where(job.kind != "mail")):
        yield Problem(
            "queue",
            f"{others} tasks could not be done." if others > 1 else "One task could not be done.",
            f"{others} tareas no se pudieron hacer." if others > 1 else "Una tarea no se pudo hacer.",
        )


def notes(settings: Config) -> list[Problem]:
    """What lies in quarantine."""
    return [
        Problem(
            "quarantine",
            f"{count} {kind} are used by no row. They are kept for {quarantine.KEPT.days} days and then removed.",
            f"{count} {kind} no se usan en ninguna fila. Se conservan {quarantine.KEPT.days} días y después se quitan.",
        )
        for kind, count in sorted(quarantine.waiting().items())
    ]
