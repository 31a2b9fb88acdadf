"""An upgrade ends at this version's tables or where it began, also when it is killed in the middle."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import text

from mexile.backup.upgrade import BEFORE, upgrade
from mexile.ground import running, schema, trail
from mexile.ground.db import db, writing
from mexile.ground.errors import Invalid, Problem
from tests.building import build
from tests.databases import Databases, let_go

FORMER = "0039"


def nothing() -> None:
    """This version brings nothing along."""


@pytest.fixture
def former(database: str, databases: Databases, tmp_path: Path) -> Flask:
    """An installation at a former version's tables, with three lines of the trail."""
    from alembic import command

    app = build(databases.empty(database, tmp_path / "home"))
    with app.app_context():
        settings = schema._alembic()
        with db.engine.connect().execution_options(write=True) as connection, connection.begin():
            settings.attributes["connection"] = connection
            command.upgrade(settings, FORMER)
        for number in range(3):
            with writing():
                trail.record("test.write", str(number))
    yield app
    let_go(app)


def _stands(app: Flask) -> tuple[str, int]:
    """Where the tables are, and how many lines the trail has."""
    with app.app_context():
        lines, bad = trail.verify()
        assert bad is None and trail.cut() is None
        db.session.rollback()
        return schema.revision(db.engine), lines


def test_an_upgrade_keeps_a_backup_and_everything_stands(former: Flask) -> None:
    home = former.config["MEXILE"].home
    (home / f"{BEFORE}of-long-ago.backup").write_text("old")
    settled = []
    upgrade(former, former.config["MEXILE"], lambda: settled.append(1))
    assert _stands(former) == (schema.newest(), 3) and settled == [1]
    assert len(list(home.glob(f"{BEFORE}*"))) == 1, "the newest backup of before"
    assert not (home / running.UPGRADE).exists()
    upgrade(former, former.config["MEXILE"], lambda: settled.append(2))
    assert settled == [1, 2] and len(list(home.glob(f"{BEFORE}*"))) == 1, "nothing to upgrade, no backup"


def _refuse() -> None:
    raise Invalid(Problem("rules.json:3", "The unit is wrong.", "La unidad está mal."))


def _break() -> None:
    raise RuntimeError("a row's words")


def _lose() -> None:
    with writing():
        for statement in ("DROP TABLE ledger_line", "DROP TABLE trail CASCADE"):
            db.session.execute(text(statement.replace(" CASCADE", "") if db.engine.name == "sqlite" else statement))


@pytest.mark.once
@pytest.mark.parametrize(("wrong", "words"), [(_refuse, "The unit is wrong"), (_break, "RuntimeError")])
def test_an_upgrade_that_goes_wrong_says_why_and_goes_back(
    former: Flask, wrong: Callable[[], None], words: str
) -> None:
    _goes_back(former, wrong, words)


def test_an_upgrade_after_which_rows_are_missing_goes_back(former: Flask) -> None:
    _goes_back(former, _lose, "put back as it was")


def _goes_back(former: Flask, wrong: Callable[[], None], words: str) -> None:
    with pytest.raises(Invalid, match=words) as said:
        upgrade(former, former.config["MEXILE"], wrong)
    assert f"the tables are at {FORMER}" in str(said.value) and "a row's words" not in str(said.value)
    assert _stands(former) == (FORMER, 3)
    running.begin(former.config["MEXILE"].home)
    os.close(running._held.pop())


def _die(*_words: object) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def test_an_upgrade_killed_in_the_middle_is_healed_by_the_next(former: Flask) -> None:
    _is_healed(former, "in the tables")


@pytest.mark.once
@pytest.mark.parametrize("where", ["before the tables", "after the tables"])
def test_it_is_healed_wherever_it_was_killed(former: Flask, where: str) -> None:
    _is_healed(former, where)


def _is_healed(former: Flask, where: str) -> None:
    settings = former.config["MEXILE"]
    let_go(former)
    if (child := os.fork()) == 0:
        try:
            if where == "before the tables":
                schema.upgrade = _die
            elif where == "in the tables":
                from alembic import command

                whole = command.upgrade
                command.upgrade = lambda *words: (whole(*words), _die())
            upgrade(former, settings, _die)
        finally:
            os._exit(1)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == -signal.SIGKILL
    assert _stands(former) == (schema.newest() if where == "after the tables" else FORMER, 3)
    with pytest.raises(Invalid, match="ended halfway"):
        running.begin(settings.home)
    upgrade(former, settings, nothing)
    assert _stands(former) == (schema.newest(), 3)
    assert not (settings.home / running.UPGRADE).exists() and len(list(settings.home.glob(f"{BEFORE}*"))) == 1


@pytest.mark.once
def test_an_upgrade_killed_after_its_tables_still_finds_its_way_back(former: Flask) -> None:
    settings = former.config["MEXILE"]
    with pytest.raises(KeyboardInterrupt):
        upgrade(former, settings, lambda: (_ for _ in ()).throw(KeyboardInterrupt))
    assert _stands(former) == (schema.newest(), 3)
    with pytest.raises(Invalid, match="put back as it was"):
        upgrade(former, settings, _break)
    assert _stands(former) == (FORMER, 3)
