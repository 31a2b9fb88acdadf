"""Each night a backup, and apart from it a copy of the keyring; what goes wrong is kept in words and tried again."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select

from mexile import config as configuration
from mexile.backup import nightly, state
from mexile.backup.rules import settings_problems
from mexile.config import Config
from mexile.ground import clock, keyring, queue
from mexile.ground.db import db
from mexile.ground.errors import Invalid
from tests.make import Make

NOON = datetime(2026, 3, 3, 19, tzinfo=UTC)


@pytest.fixture
def nights(app: Flask, tmp_path: Path) -> Iterator[Config]:
    """An installation with places for its backups and for its keyring's copies; noon of a Tuesday in El Paso."""
    for name in ("backups", "keyrings"):
        (tmp_path / name).mkdir()
    settings = replace(
        app.config["MEXILE"],
        backup_folder=str(tmp_path / "backups"),
        keyring_folder=str(tmp_path / "keyrings"),
        backup_keep=4,
    )
    app.config["MEXILE"] = settings
    configuration.use(settings)
    with app.app_context(), clock.at(NOON):
        yield settings


def _names(folder: str) -> list[str]:
    return sorted(path.name for path in Path(folder).iterdir())


@pytest.mark.once
def test_each_night_makes_one_backup_and_the_oldest_go(nights: Config, make: Make) -> None:
    (Path(nights.backup_folder) / "mexile-notes.txt").write_text("not ours")
    for hours in range(0, 9 * 24, 3):
        with clock.at(NOON + timedelta(hours=hours)):
            nightly.put()
            queue.work_all()
            last = state.known(nights.home)
            assert last.failed_at == "" and clock.now() - last.done <= timedelta(hours=27)
    backups, keyrings = _names(nights.backup_folder), _names(nights.keyring_folder)
    assert (
        len(backups) == 4 + 1 and backups[0] == "mexile-20260309T100000Z.backup" and backups[-1] == "mexile-notes.txt"
    )
    assert len(keyrings) == 3
    with closing(sqlite3.connect(Path(nights.keyring_folder) / keyrings[-1])) as copy:
        assert set(copy.execute("SELECT id FROM dek")) == {(key,) for key in keyring.current().ids()}


@pytest.mark.once
def test_no_copy_of_the_keyring_lives_longer_than_seven_days(nights: Config) -> None:
    nightly.night(nights)
    assert len(_names(nights.keyring_folder)) == 1
    with clock.at(NOON + timedelta(days=7, hours=1)):
        nightly.prune(nights)
    assert _names(nights.keyring_folder) == [] and len(_names(nights.backup_folder)) == 1


@pytest.mark.once
def test_what_goes_wrong_is_kept_in_words_and_tried_again_in_an_hour(nights: Config, app: Flask) -> None:
    gone = Path(nights.backup_folder).rename(Path(nights.backup_folder).with_name("away"))
    nightly.put()
    queue.work_all()
    last = state.known(nights.home)
    assert last.done is None and last.failed == NOON.replace(microsecond=last.failed.microsecond)
    assert "can't be written" in last.failure[0] and "No se puede escribir" in last.failure[1]
    assert last.keyring is not None, "the one doesn't stop the other"
    assert queue.dead() == 0 and queue.troubles() == {}
    nightly.put()
    assert db.session.scalar(select(func.count()).select_from(queue.Job).where(queue.Job.state == "waiting")) == 0
    gone.rename(nights.backup_folder)
    with clock.at(NOON + timedelta(hours=1, minutes=1)):
        nightly.put()
        queue.work_all()
    last = state.known(nights.home)
    assert last.done and last.failure == ("", "") and len(_names(nights.backup_folder)) == 1


@pytest.mark.once
def test_a_command_of_one_s_own_gets_the_file_and_none_of_the_secrets(
    nights: Config, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SMTP_PASSWORD", "fictional")
    away = tmp_path / "away with it"
    script = tmp_path / "take"
    script.write_text(f'#!/bin/sh\nenv > "{tmp_path}/env"\ncp "$2" "{away}"\n')
    script.chmod(0o700)
    nightly.night(replace(nights, backup_folder="", backup_command=f"{script} --to {{}}"))
    assert away.read_bytes().startswith(b"mexile backup 1\n") and state.known(nights.home).done
    assert "SMTP_PASSWORD" not in (tmp_path / "env").read_text()
    for command, words in (("false", "did not end well"), (f"{tmp_path}/nothing", "did not end well")):
        with pytest.raises(Invalid, match=words):
            nightly.night(replace(nights, backup_folder="", backup_command=command))
    assert list(nights.home.glob("backup-laid-*")) == []


WRONG = {
    "the keyring's copies with the backups": {"keyring_folder": "/backup/keys", "backup_folder": "/backup"},
    "the backups with the keyring's copies": {"keyring_folder": "/backup", "backup_folder": "/backup/data"},
    "both in one": {"keyring_folder": "/backup", "backup_folder": "/backup"},
    "the keyring's copies in the home": {"keyring_folder": "/var/lib/mexile/keys"},
    "the backups with the keys": {"backup_folder": "/etc/mexile/backups"},
    "no whole path": {"backup_folder": "backups"},
    "none kept": {"backup_keep": 0},
}


@pytest.mark.parametrize("wrong", WRONG)
def test_places_that_would_bring_back_who_was_removed_are_refused(wrong: str) -> None:
    right = Config(Path("/var/lib/mexile"), Path("/etc/mexile"), "sqlite://", "https://mexile.example.org")
    assert settings_problems(replace(right, backup_folder="/mnt/a", keyring_folder="/mnt/b")) == []
    problems = settings_problems(replace(right, **WRONG[wrong]))
    assert len(problems) == 1 and problems[0].en != problems[0].es
    with pytest.raises(Invalid):
        nightly.night(replace(right, **WRONG[wrong]))


@pytest.mark.once
@pytest.mark.parametrize("body", ["", "{", "[]", "3", '{"done_at": "soon", "failure": ["", ""]}', '{"x": 1}'])
def test_a_note_that_is_not_ours_is_none(tmp_path: Path, body: str) -> None:
    (tmp_path / state.FILE).write_text(body)
    assert state.known(tmp_path) == state.Backups()
    state.note(tmp_path, rows=3)
    assert json.loads((tmp_path / state.FILE).read_text())["rows"] == 3
