"""Health says what the doctor says, line by line, to whoever runs the system and whoever directs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import update

from mexile import config as configuration
from mexile.backup import nightly, state
from mexile.doctor import backups
from mexile.doctor.database import WORKER
from mexile.doctor.findings import Findings, inside
from mexile.doctor.lines import AREAS, area_of, lines
from mexile.ground import clock, queue
from mexile.ground.db import db, writing
from mexile.ground.errors import Problem
from tests.backup.kept import filled
from tests.clients import Client
from tests.make import Make


@pytest.fixture
def well(app: Flask, make: Make, tmp_path: Path) -> Flask:
    """An installation in which nothing is wrong: a worker seen a moment ago, and a backup of tonight."""
    filled(app, make)
    for name in ("backups", "keyrings"):
        (tmp_path / name).mkdir()
    places = {"backup_folder": str(tmp_path / "backups"), "keyring_folder": str(tmp_path / "keyrings")}
    app.config["MEXILE"] = settings = replace(app.config["MEXILE"], **places)
    configuration.use(settings)
    settings.home.chmod(0o700)
    (settings.home / WORKER).touch()
    with app.app_context():
        nightly.night(settings)
    return app


def _found(app: Flask, **changed: object) -> Findings:
    settings = replace(app.config["MEXILE"], **changed)
    with app.app_context():
        return inside(settings, configuration.problems_of(settings), is_whole=True)


def test_all_is_well_is_said_of_each_part(well: Flask, make: Make, client_as: Callable[..., Client]) -> None:
    assert _found(well).problems == []
    for language, said in (("en", "All is well."), ("es", "Todo está bien.")):
        page = client_as(user=make.user(role="administrator", language=language)).get("/health")
        assert page.status_code == 200 and said in page.text
        assert page.text.count('class="tag now"') == 0
    assert "lines of" not in page.text and "Hecho hace un momento" in page.text


def _dead(well: Flask, kind: str) -> None:
    with well.app_context(), writing():
        queue.put(kind, "access.new:1", {})
        db.session.execute(update(queue.Job).values(state="dead", trouble="server"))


def _no_worker(well: Flask) -> None:
    (well.config["MEXILE"].home / WORKER).unlink()


def _failed(well: Flask) -> None:
    failure = ("There is no room left on the disk.", "Ya no hay espacio en el disco.")
    state.note(well.config["MEXILE"].home, failed_at=state.now(), failure=failure)


def _old(well: Flask) -> None:
    at = (clock.now() - timedelta(days=3)).isoformat()
    state.note(well.config["MEXILE"].home, done_at=at, keyring_at=at)


AMISS: dict[str, tuple[Callable[[Flask], None], str, str, str]] = {
    "a letter": (lambda well: _dead(well, "mail"), "mail", "One letter could not be sent.", "/mail"),
    "a task": (lambda well: _dead(well, "erase"), "queue", "One task could not be done.", "/mail"),
    "no worker": (_no_worker, "worker", "no mail goes out", ""),
    "a night that failed": (_failed, "backup", "The last backup went wrong, just now. There is no room left", ""),
    "an old backup": (_old, "backup", "The last copy of the keyring was made 3 days ago.", ""),
}


@pytest.mark.once
@pytest.mark.parametrize("wrong", AMISS)
def test_what_is_amiss_is_said_on_its_line_with_what_to_press(
    well: Flask, client_as: Callable[..., Client], wrong: str
) -> None:
    spoil, area, words, door = AMISS[wrong]
    spoil(well)
    findings = _found(well)
    assert {area_of(problem) for problem in findings.problems} == {area}
    assert any(words in problem.en and problem.en != problem.es for problem in findings.problems)
    page = client_as("director").get("/health").text
    assert "One part needs attention." in page and words in page and "All is well" not in page
    main = page.partition("<main")[2]
    assert not door or f'href="{door}"' in main


@pytest.mark.once
def test_an_installation_in_earnest_without_backups_is_not_well(well: Flask) -> None:
    def said(**changed: object) -> list[str]:
        settings = replace(well.config["MEXILE"], production=True, **changed)
        with well.app_context():
            return [problem.en for problem in backups.problems(settings)]

    assert said() == []
    none = said(backup_folder="", keyring_folder="")
    assert len(none) == 2 and "a dead disk would take everything" in none[0] and "No copy of the keyring" in none[1]


def test_a_database_server_without_its_programs_is_not_well(well: Flask, database: str, tmp_path: Path) -> None:
    problems = _found(well, postgresql_programs=str(tmp_path)).problems
    assert ["pg_dump" in problem.en for problem in problems] == ([True] if database == "postgresql" else [])


@pytest.mark.once
def test_every_finding_stands_on_one_line(well: Flask) -> None:
    places = ["MEXILE_URL", "SMTP_HOST", "STRIPE_KEY_FILE", "/etc/mexile/key", "database", "something new", "mail_from"]
    findings = Findings([Problem(place, "wrong", "mal") for place in places], [])
    with well.app_context():
        shown = lines(findings, well.config["MEXILE"])
    assert [line.area for line in shown] == list(AREAS)
    assert sorted(problem.place for line in shown for problem in line.problems) == sorted(places)
    assert all(line.seen.en and line.seen.es for line in shown)
