"""Bringing an installation to this version: a backup, the tables, what the version brings along, a look at the whole; and
back to the backup where any of it goes wrong.

While it is under way a note lies in the home, and neither server nor worker starts. What was killed in the middle is
healed by the next upgrade: the tables change in one transaction, so they are the former ones or the new ones, and the
rest may be done twice.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from flask import Flask

from mexile.backup import copying, sqlite
from mexile.backup.actions import keep
from mexile.backup.restore import let_go, put_back_unchecked
from mexile.backup.rows import count
from mexile.config import Config
from mexile.ground import clock, files, schema, trail
from mexile.ground.db import TRIGGERS, db
from mexile.ground.errors import Invalid, Problem
from mexile.ground.running import UPGRADE

BEFORE = "before-upgrade-"


@dataclass(frozen=True)
class Step:
    """An upgrade under way: the tables' former number, the backup of before, and its rows of the tables of which no row
    may ever go."""

    revision: str
    backup: str
    rows: dict[str, int]


def upgrade(app: Flask, settings: Config, settle: Callable[[], None]) -> None:
    """Nothing else may run. Raises Invalid with what went wrong; then all is as it was before."""
    with app.app_context():
        step = _begin(settings)
        if step is None:
            schema.upgrade(db.engine)
            settle()
            return
        try:
            schema.upgrade(db.engine)
            settle()
            if problems := _problems(settings, step):
                raise Invalid(problems)
        except Exception as wrong:
            let_go()
            put_back_unchecked(settings, Path(step.backup))
            (settings.home / UPGRADE).unlink()
            reasons = wrong.problems if isinstance(wrong, Invalid) else [_reason(wrong)]
            raise Invalid([*reasons, _back(step)]) from wrong
    (settings.home / UPGRADE).unlink()
    for path in settings.home.glob(f"{BEFORE}*"):
        if path != Path(step.backup):
            path.unlink()


def _begin(settings: Config) -> Step | None:
    """The step to be done, with its backup made; None where nothing can be lost."""
    note, revision = settings.home / UPGRADE, schema.revision(db.engine)
    begun = Step(**json.loads(note.read_text())) if note.exists() else None
    with db.engine.connect() as connection:
        rows = count(connection).rows
    if begun is None and (revision == schema.newest() or not rows):
        return None
    if begun is not None and begun.revision != revision:
        return begun
    backup = settings.home / f"{BEFORE}{clock.now():%Y%m%dT%H%M%S%fZ}.backup"
    kept = keep(settings, backup).rows
    step = Step(revision, str(backup), {name: kept[name] for name in kept if name in TRIGGERS})
    files.write(note, json.dumps(vars(step)).encode())
    return step


def _problems(settings: Config, step: Step) -> list[Problem]:
    """What isn't as it must be after the step."""
    with db.engine.connect() as connection:
        rows = count(connection).rows
    fewer = [name for name, number in step.rows.items() if rows.get(name, 0) < number]
    problems = [
        Problem(
            "database",
            f"Rows of {name} are gone, which may never go.",
            f"Faltan filas de {name}, que nunca deben faltar.",
        )
        for name in fewer
    ]
    _, bad = trail.verify()
    db.session.rollback()
    if bad is not None:
        problems.append(
            Problem("trail", f"Line {bad} of the trail is wrong.", f"La línea {bad} del registro está mal.")
        )
    if settings.is_sqlite and not sqlite.is_whole(copying.file_of(settings)):
        problems.append(Problem("database", "The database isn't whole.", "La base de datos no está completa."))
    return problems


def _reason(wrong: Exception) -> Problem:
    """An error's kind alone: its words may quote a row."""
    kind = type(wrong).__name__
    return Problem(
        "database",
        f"The tables can't be brought to this version ({kind}).",
        f"Las tablas no se pueden actualizar ({kind}).",
    )


def _back(step: Step) -> Problem:
    return Problem(
        "",
        f"Everything was put back as it was: the tables are at {step.revision or 'nothing'}. Go on with the former version, "
        f"and tell who made this one. The backup of before is {step.backup}.",
        f"Todo volvió a como estaba: las tablas están en {step.revision or 'nada'}. Siga con la versión anterior y avise a "
        f"quien hizo esta. El respaldo previo es {step.backup}.",
    )
