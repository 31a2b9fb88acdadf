"""The way to earnest that README.md tells, walked literally; and what the doctor says of settings that make no sense."""

from __future__ import annotations

import http.client
import os
import re
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import text

from mexile import config as configuration
from mexile.access.mail.queries import missing
from mexile.app import create_app
from mexile.config import Config, problems_of
from mexile.doctor import database, examine, installation, look
from mexile.ground import anchor, keyring, schema, trail
from mexile.ground.db import db, writing
from mexile.ground.errors import Problem
from mexile.ground.organization import Organization
from tests.databases import settings as of_a_test
from tests.ground.test_trail import unlock, write
from tests.house.both import ROOT
from tests.make import Make

URL = "mexile.example.org"
EARNEST = Config(
    home=Path("/var/lib/mexile"),
    keys=Path("/etc/mexile"),
    database_url="sqlite:////var/lib/mexile/mexile.db",
    base_url=f"https://{URL}",
    production=True,
    stripe_key="sk_live_fictional",
    stripe_webhook_secret="whsec_fictional",
    smtp_host="mail.example.org",
    smtp_user="mexile",
    smtp_password="fictional",
    smtp_starttls=True,
    proxies=1,
)


@pytest.fixture
def surroundings(tmp_path: Path) -> dict[str, str]:
    """What mexile/README.md says to set."""
    for name in ("backups", "keyrings"):
        (tmp_path / name).mkdir()
    found = {name: value for name, value in os.environ.items() if not name.startswith(("MEXILE", "STRIPE", "SMTP"))}
    for name, secret in (("STRIPE_KEY", "sk_live_fictional"), ("STRIPE_WEBHOOK_SECRET", "whsec_fictional")):
        path = tmp_path / name
        path.write_text(secret)
        path.chmod(0o400)
        found[f"{name}_FILE"] = str(path)
    return {
        **found,
        "MEXILE_PRODUCTION": "1",
        "MEXILE_URL": f"https://{URL}",
        "MEXILE_HOME": str(tmp_path / "home"),
        "MEXILE_KEYS": str(tmp_path / "keys"),
        "MEXILE_PROXIES": "1",
        "SMTP_HOST": "127.0.0.1",
        "MEXILE_BACKUP": str(tmp_path / "backups"),
        "MEXILE_KEYRING_BACKUP": str(tmp_path / "keyrings"),
    }


def _command(*words: str) -> list[str]:
    return [sys.executable, "-c", "from mexile.cli import main; main(prog_name='mexile')", *words]


def _run(surroundings: dict[str, str], *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(_command(*words), env=surroundings, capture_output=True, text=True, timeout=180, check=False)


@contextmanager
def _running(surroundings: dict[str, str], *words: str) -> Iterator[None]:
    process = subprocess.Popen(_command(*words), env=surroundings, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        yield
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(30)


def _answer(port: int) -> int:
    """The status of the front page, asked for as the proxy would."""
    until = time.monotonic() + 240
    while time.monotonic() < until:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
        try:
            connection.request("GET", "/", headers={"Host": URL, "X-Forwarded-Proto": "https", "X-Forwarded-Host": URL})
            return connection.getresponse().status
        except OSError:
            time.sleep(0.3)
        finally:
            connection.close()
    return 0


@pytest.mark.once
def test_the_way_to_earnest_that_the_readme_tells_can_be_walked(surroundings: dict[str, str], tmp_path: Path) -> None:
    told = (ROOT / "README.md").read_text().partition("## In earnest")[2]
    assert re.findall(r"\bmexile (init|doctor|serve|work)\b", told)[:4] == ["init", "doctor", "serve", "work"]
    made = _run(surroundings, "init")
    assert made.returncode == 0, made.stdout + made.stderr
    assert (tmp_path / "keys" / "key").stat().st_mode & 0o777 == 0o400
    asked = _run(surroundings, "doctor")
    assert asked.returncode == 1 and "Start it: mexile work" in asked.stdout, asked.stdout
    assert "tax number (EIN) is missing" in asked.stdout and "which address mails come from" in asked.stdout
    assert "3 to mend" in asked.stdout, asked.stdout
    with sqlite3.connect(tmp_path / "home" / "mexile.db") as told:
        told.execute("UPDATE organization SET legal_name = 'Casa', ein = '00-0000000', mail_from = 'a@casaejemplo.org'")
    told.close()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with _running(surroundings, "serve", "--port", str(port)), _running(surroundings, "work"):
        assert _answer(port) == 200
        until = time.monotonic() + 120
        while not (tmp_path / "home" / database.WORKER).exists() and time.monotonic() < until:
            time.sleep(0.3)
        asked = _run(surroundings, "doctor")
    assert asked.returncode == 0 and "All well." in asked.stdout, asked.stdout + asked.stderr
    (tmp_path / "keys" / "key").unlink()
    again = _run(surroundings, "init")
    assert again.returncode == 1 and not (tmp_path / "keys" / "key").exists(), "a second key would lose everything"


@pytest.mark.once
def test_init_says_all_that_is_unsafe_and_makes_nothing(surroundings: dict[str, str], tmp_path: Path) -> None:
    inside = {**surroundings, "MEXILE_KEYS": str(tmp_path / "home" / "keys"), "MEXILE_URL": "http://mexile.example.org"}
    refused = _run(inside, "init")
    assert refused.returncode == 1 and "inside MEXILE_HOME" in refused.stderr and "Plain http" in refused.stderr
    assert not (tmp_path / "home").exists()


SENSE = {
    "no webhook secret": ({"stripe_webhook_secret": ""}, "no webhook secret"),
    "a test key": ({"stripe_key": "sk_test_fictional"}, "test key"),
    "a restricted test key": ({"stripe_key": "rk_test_fictional"}, "test key"),
    "the publishable key": ({"stripe_key": "pk_live_fictional"}, "no secret key"),
    "another secret": ({"stripe_webhook_secret": "sk_live_fictional"}, "no signing secret"),
    "a secret without a key": ({"stripe_key": ""}, "but no key"),
    "a password in clear": ({"smtp_starttls": False}, "in clear"),
    "letters in clear": ({"smtp_starttls": False, "smtp_user": "", "smtp_password": ""}, "in clear"),
    "no proxy": ({"proxies": 0}, "MEXILE_PROXIES"),
}


@pytest.mark.parametrize("wrong", SENSE)
def test_settings_that_make_no_sense_are_no_health(wrong: str) -> None:
    def said(settings: Config) -> list[Problem]:
        return problems_of(settings, is_new=True) + installation.settings_problems(settings)

    assert said(EARNEST) == []
    changed, words = SENSE[wrong]
    found = said(replace(EARNEST, **changed))
    assert [problem for problem in found if words in problem.en and problem.es != problem.en]


@pytest.mark.parametrize(
    ("address", "is_example"),
    [
        ("Casa Ejemplo <office@example.org>", True),
        ("office@mail.example.com", True),
        ("mexile@casa.invalid", True),
        ("office", True),
        ("office@casaejemplo.org", False),
        ("office@example.casaejemplo.org", False),
    ],
)
def test_a_sender_that_is_only_an_example_has_to_be_mended_in_production(
    app: Flask, address: str, is_example: bool
) -> None:
    with app.app_context():
        with writing():
            db.session.get(Organization, 1).mail_from = address
        assert [problem.place for problem in missing()] == ["mail"], "it need only be tried"
        given = configuration.config()
        configuration.use(replace(given, production=True))
        assert ("mail_from" in [problem.place for problem in missing()]) is is_example
        configuration.use(given)


@pytest.mark.parametrize("mode", [0o444, 0o440])
def test_a_secret_that_everybody_may_open_is_no_health(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, mode: int
) -> None:
    (tmp_path / "secret").write_text("sk_live_fictional")
    (tmp_path / "secret").chmod(mode)
    monkeypatch.setenv("STRIPE_KEY_FILE", str(tmp_path / "secret"))
    places = [problem.place for problem in installation.file_problems(of_a_test(tmp_path / "home", "sqlite://"))]
    assert (str(tmp_path / "secret") in places) is (mode == 0o444)


@pytest.mark.parametrize("name", [".", "key", "keyring.db"])
@pytest.mark.parametrize("mode", [0o777, 0o704, 0o640])
def test_keys_that_others_may_open_are_no_health(tmp_path: Path, name: str, mode: int) -> None:
    home = of_a_test(tmp_path, "sqlite://")
    keyring.make_key_file(home.keys)
    keyring.Keyring(home.keys, keyring.read_key_file(home.keys)).make()
    (home.keys / name).chmod(mode)
    assert any("Run: chmod" in problem.en for problem in installation.file_problems(home))


def test_files_of_somebody_else_are_no_health(tmp_path: Path) -> None:
    home = of_a_test(tmp_path, "sqlite://")
    tmp_path.chmod(0o700)
    keyring.make_key_file(home.keys)
    assert installation.file_problems(home) == []
    if os.geteuid() != 0:
        return
    os.chown(home.keys / "key", 1234, 1234)
    assert "chown" in installation.file_problems(home)[0].en


def test_a_disk_nearly_full_is_no_health(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(installation, "LEAST_FREE", 2**62)
    assert any(problem.place == "disk" for problem in installation.file_problems(of_a_test(tmp_path, "sqlite://")))


def _drop(app: Flask, kind: str) -> None:
    with writing():
        unlock(kind)


def _half(app: Flask, kind: str) -> None:
    """A trigger of the same name that refuses nothing."""
    if kind == "postgresql":
        _drop(app, kind)
        return
    with writing():
        db.session.execute(text("DROP TRIGGER trail_no_update"))
        db.session.execute(text("CREATE TRIGGER trail_no_update BEFORE UPDATE ON trail BEGIN SELECT 1; END"))


@pytest.mark.parametrize("spoil", [_drop, _half], ids=["gone", "hollow"])
def test_a_trail_without_its_triggers_is_no_health(
    app: Flask, database: str, spoil: Callable[[Flask, str], None]
) -> None:
    from mexile.doctor.database import _triggers

    with app.app_context():
        assert list(_triggers()) == []
        spoil(app, database)
        assert any("trail" in problem.en and "again" in problem.en for problem in _triggers())


def test_the_doctor_sees_the_trail_the_clock_and_the_worker(
    app: Flask, database: str, make: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    from mexile.doctor.database import WORKER, _beat, _clock, _trail, _work, problems

    home = app.config["MEXILE"]
    write(app)
    monkeypatch.setattr("mexile.ground.schema.revision", lambda engine: schema.newest())
    with app.app_context():
        assert [problem.place for problem in problems(home)] == ["worker"]
        assert [*_trail(), *_clock()] == []
        assert "mexile work" in next(_beat(home)).en
        (home.home / WORKER).touch()
        assert [*_beat(home), *_work()] == []
        anchor.path().write_bytes(b"x")
        assert "not kept" in next(_trail()).en
        anchor.forget()
        assert "not kept" in next(_trail()).en
        with writing():
            unlock(database)
            db.session.execute(text("UPDATE trail SET at = '2199-01-01 00:00:00.000000'"))
        assert "clock" in next(_clock()).place
        assert trail.verify()[1] is not None


@pytest.mark.once
def test_the_doctor_names_everything_at_once(
    surroundings: dict[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in {
        **surroundings,
        "MEXILE_URL": "http://mexile.example.org",
        "SMTP_HOST": "mail.example.org",
    }.items():
        monkeypatch.setenv(name, value)
    monkeypatch.delenv("STRIPE_WEBHOOK_SECRET_FILE")
    places = {problem.place for problem in examine(create_app)}
    assert {"MEXILE_URL", "MEXILE_KEYS", "STRIPE_WEBHOOK_SECRET", "SMTP_STARTTLS"} <= places
    assert look(create_app).problems
