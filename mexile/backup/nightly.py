"""The worker's part: each night a backup into a folder, to a command of one's own, or both; and a copy of the keyring
somewhere else. Of the backups the newest are kept, as many as the settings say. Of the keyring's copies the newest three,
and none for longer than seven days: whoever was removed is gone from everywhere when the last of them goes.
"""

from __future__ import annotations

import contextlib
import os
import shlex
import sqlite3
import subprocess
from contextlib import closing
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from mexile.backup import copying, sqlite, state, words
from mexile.backup.actions import laid, make
from mexile.backup.rules import settings_problems
from mexile.config import Config, config
from mexile.ground import clock, files, keyring, organization, queue, trail
from mexile.ground.db import db, writing
from mexile.ground.errors import Invalid, Problem

KIND = "backup.night"
HOUR = 2
"""Not before this hour, where the organization works ..."""
OVERDUE = timedelta(hours=30)
"""... but at any hour when the last one is older than this."""
AGAIN = timedelta(hours=1)
PATIENCE = 6 * 3600
KEYRINGS = 3
KEYRING_AGE = timedelta(days=7)
BACKUP, KEYRING = "mexile-", "keyring-"
_STAMP = "%Y%m%dT%H%M%SZ"
_SECRETS = ("MEXILE_", "STRIPE_", "SMTP_")


def is_set_up(settings: Config) -> bool:
    return bool(settings.backup_folder or settings.backup_command)


def is_due(settings: Config, zone: str) -> bool:
    """Whether it is time: once a night, and after a failure an hour later."""
    last, now = state.known(settings.home), clock.now()
    if last.failed is not None and clock.is_within(last.failed, AGAIN):
        return False
    if last.done is None or not clock.is_within(last.done, OVERDUE):
        return True
    here = now.astimezone(ZoneInfo(zone))
    return last.done.astimezone(ZoneInfo(zone)).date() < here.date() and here.hour >= HOUR


@queue.every(600)
def put() -> None:
    """Put this night's work into the queue, where it has a lane of its own: a large database holds up no mail."""
    settings = config()
    if is_set_up(settings) and not settings.demo_key and is_due(settings, organization.zone()):
        with writing():
            queue.put(KIND, clock.now().strftime("%Y-%m-%dT%H"), {})


@queue.handles(KIND, lane="backup")
def work(_body: dict[str, Any]) -> None:
    """This night's backup. What goes wrong is kept for the doctor and Health, and tried again in an hour."""
    settings = config()
    zone = organization.zone()
    db.session.rollback()
    if not is_due(settings, zone):
        return
    try:
        night(settings)
    except Invalid as wrong:
        failure = (
            "\n".join(problem.en for problem in wrong.problems),
            "\n".join(problem.es for problem in wrong.problems),
        )
        state.note(settings.home, failed_at=state.now(), failure=failure)


def night(settings: Config) -> None:
    """A backup, and a copy of the keyring. Raises Invalid with what went wrong in words."""
    if problems := settings_problems(settings):
        raise Invalid(problems)
    stamp = clock.now().strftime(_STAMP)
    problems = _carefully(lambda: _back_up(settings, f"{BACKUP}{stamp}.backup"))
    if settings.keyring_folder or settings.keyring_command:
        problems += _carefully(lambda: _copy_keyring(settings, f"{KEYRING}{stamp}.db"))
    prune(settings)
    problems += whole_problems(settings)
    if problems:
        raise Invalid(problems)
    state.note(settings.home, failed_at="", failure=("", ""))


def whole_problems(settings: Config) -> list[Problem]:
    """What takes long to see: every page of the database and every line of the trail."""
    problems = []
    if settings.is_sqlite and not sqlite.is_whole(copying.file_of(settings)):
        problems.append(
            Problem(
                "database",
                "The database file is damaged. Restore the last backup.",
                "El archivo de la base está dañado. Restaure el último respaldo.",
            )
        )
    _, bad = trail.verify()
    db.session.rollback()
    if bad is not None:
        problems.append(
            Problem(
                "trail",
                f"Line {bad} of the trail was changed or taken out. Stop, keep a copy of the disk, tell the director.",
                f"La línea {bad} del registro fue cambiada o quitada. Deténgase, guarde copia del disco, avise a la dirección.",
            )
        )
    return problems


def _carefully(act: Any) -> list[Problem]:
    """What goes wrong with the one doesn't stop the other."""
    try:
        act()
    except Invalid as wrong:
        return wrong.problems
    except (OSError, sqlite3.Error) as error:
        return [words.no_writing(Path(getattr(error, "filename", None) or "-"), str(error))]
    return []


def _back_up(settings: Config, name: str) -> None:
    with laid(copying.disk_of(settings)) as folder:
        path = Path(settings.backup_folder or folder) / name
        contents = make(settings, path)
        size = path.stat().st_size
        if settings.backup_command:
            run(settings.backup_command, path)
    state.note(settings.home, done_at=state.now(), rows=contents.row_count, size=size)


def _copy_keyring(settings: Config, name: str) -> None:
    with laid(settings.keys) as folder:
        path = folder / name
        with closing(sqlite3.connect(keyring.current().path)) as reading, closing(sqlite3.connect(path)) as copy:
            reading.backup(copy, pages=-1)
        if settings.keyring_folder:
            if not Path(settings.keyring_folder).is_dir():  # a disk that isn't there must not be written beside
                raise Invalid(words.no_writing(Path(settings.keyring_folder), "no such folder"))
            files.write(Path(settings.keyring_folder) / name, path.read_bytes())
        if settings.keyring_command:
            run(settings.keyring_command, path)
    state.note(settings.home, keyring_at=state.now())


def run(command: str, path: Path) -> None:
    """Hand a file to a command of one's own: in place of {}, or as its last word. It gets none of mexile's secrets. Raises
    Invalid when it doesn't end well."""
    asked = shlex.split(command)
    given = [word.replace("{}", str(path)) for word in asked]
    given += [str(path)] if given == asked else []
    environ = {name: value for name, value in os.environ.items() if not name.startswith(_SECRETS)}
    try:
        status = subprocess.run(  # noqa: S603 - whoever sets up the machine wrote it
            given, env=environ, stdin=subprocess.DEVNULL, capture_output=True, timeout=PATIENCE, check=False
        ).returncode
    except (OSError, subprocess.TimeoutExpired) as error:
        raise Invalid(_failed(asked[0], getattr(error, "strerror", None) or "too long")) from None
    if status:
        raise Invalid(_failed(asked[0], str(status)))


def _failed(program: str, why: str) -> Problem:
    return Problem(
        "MEXILE_BACKUP_COMMAND",
        f"The command that takes the backup away did not end well ({program}: {why}). Run it by hand and see what it says.",
        f"El comando que se lleva el respaldo no terminó bien ({program}: {why}). Ejecútelo a mano y vea qué dice.",
    )


def prune(settings: Config) -> None:
    """Remove the backups beyond those to be kept, the newest of each day, and the keyring's copies beyond three or seven days. Touches nothing
    that isn't called as ours are."""
    if settings.backup_folder:
        days: set[date] = set()
        for at, path in _ours(Path(settings.backup_folder), BACKUP):
            if at.date() in days or len(days) >= settings.backup_keep:
                path.unlink(missing_ok=True)
            days.add(at.date())
    if settings.keyring_folder:
        oldest = clock.now() - KEYRING_AGE
        for place, (at, path) in enumerate(_ours(Path(settings.keyring_folder), KEYRING)):
            if place >= KEYRINGS or at < oldest:
                path.unlink(missing_ok=True)


def _ours(folder: Path, start: str) -> list[tuple[datetime, Path]]:
    """Our files of a folder with their moments, the newest first."""
    ours = []
    for path in folder.glob(f"{start}*") if folder.is_dir() else ():
        with contextlib.suppress(ValueError):
            moment = datetime.strptime(path.name.removeprefix(start).partition(".")[0] + "+0000", f"{_STAMP}%z")
            ours.append((moment, path))
    return sorted(ours, reverse=True)
