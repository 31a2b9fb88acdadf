"""A missing, wrong, open or damaged key file: mexile says which, and does not start."""

import json
import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select

from mexile import config as configuration
from mexile.app import create_app
from mexile.ground import belonging, clock, keyring, queue, seal
from mexile.ground.db import db
from mexile.ground.errors import Invalid, KeyringBroken
from mexile.members.person.models import Member
from mexile.members.removal.actions import WAIT
from tests.clients import Client
from tests.databases import let_go, make_keys
from tests.make import Make


def _lose(keys: Path) -> None:
    (keys / "key").unlink()


def _replace(keys: Path) -> None:
    other = keys.parent / "other"
    make_keys(other)
    (keys / "key").unlink()
    shutil.copy(other / "key", keys / "key")


def _open(keys: Path) -> None:
    (keys / "key").chmod(0o644)


def _damage(keys: Path) -> None:
    (keys / "key").chmod(0o600)
    (keys / "key").write_text("{")


WRONGS = {
    "lost": (_lose, "There is no key file"),
    "another": (_replace, "is not the key of the keyring"),
    "open to all": (_open, "Other people of this machine can read"),
    "damaged": (_damage, "is damaged"),
}


@pytest.mark.once
@pytest.mark.parametrize("wrong", WRONGS)
def test_mexile_does_not_start_without_its_own_key(app: Flask, wrong: str) -> None:
    settings = app.config["MEXILE"]
    spoil, words = WRONGS[wrong]
    spoil(settings.keys)
    ring_before = (settings.keys / keyring.KEYRING).read_bytes()
    with pytest.raises(Invalid, match=words) as refused:
        create_app(settings)
    assert all(problem.es != problem.en for problem in refused.value.problems)
    assert (settings.keys / keyring.KEYRING).read_bytes() == ring_before


@pytest.mark.once
@pytest.mark.parametrize("command", [["serve", "--port", "0"], ["work"], ["audit", "verify"], ["doctor"]])
def test_the_command_line_says_it_and_ends_with_status_1(app: Flask, command: list[str]) -> None:
    settings = app.config["MEXILE"]
    _lose(settings.keys)
    environment = {**os.environ, "MEXILE_HOME": str(settings.home), "MEXILE_KEYS": str(settings.keys)}
    done = subprocess.run(
        [sys.executable, "-c", "from mexile.cli import main; main()", *command],
        env=environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 1, done.stdout + done.stderr
    assert "no key file" in done.stderr + done.stdout
    assert "Traceback" not in done.stderr
    assert not (settings.keys / "key").exists()


# ---- the ring itself ------------------------------------------------------------


def _reseal(keys: Path) -> None:
    """Another KEK beside the right index root."""
    body = json.loads((keys / "key").read_text())
    (keys / "key").chmod(0o600)
    (keys / "key").write_text(json.dumps({**body, "keks": {"1": "ab" * 32}}))
    (keys / "key").chmod(0o400)


def _without_number(keys: Path) -> None:
    """The KEK under which the ring is, under another number."""
    body = json.loads((keys / "key").read_text())
    (keys / "key").chmod(0o600)
    (keys / "key").write_text(json.dumps({**body, "keks": {"2": body["keks"]["1"]}}))
    (keys / "key").chmod(0o400)


def _unlink_ring(keys: Path) -> None:
    (keys / keyring.KEYRING).unlink()


def _zero_ring(keys: Path) -> None:
    (keys / keyring.KEYRING).write_bytes(b"")


def _delete_rows(keys: Path) -> None:
    with closing(sqlite3.connect(keys / keyring.KEYRING)) as ring, ring:
        ring.execute("DELETE FROM dek")


def _new_ring(keys: Path) -> None:
    """An empty ring, well laid out, of the same key file."""
    (keys / keyring.KEYRING).unlink()
    keyring.Keyring(keys, keyring.read_key_file(keys)).make()


def _other_ring(keys: Path) -> None:
    """A ring with keys of its own, made under the same key file."""
    _new_ring(keys)
    keyring.Keyring(keys, keyring.read_key_file(keys)).new_key()


RINGS = {
    "another KEK, the right root": (_reseal, "is not the key of the keyring"),
    "another number": (_without_number, "is not the key of the keyring"),
    "ring gone": (_unlink_ring, "keyring is empty"),
    "ring of no bytes": (_zero_ring, "not the key of the keyring|keyring is empty"),
    "rows deleted": (_delete_rows, "keyring is empty"),
    "a new ring": (_new_ring, "keyring is empty"),
    "a stranger's ring": (_other_ring, "never made"),
}


@pytest.mark.parametrize("wrong", RINGS)
def test_mexile_does_not_start_without_the_keyring_of_its_database(app: Flask, make: Make, wrong: str) -> None:
    make.member(legal_name="Rosa Reyes Luna")
    settings = app.config["MEXILE"]
    spoil, words = RINGS[wrong]
    keyring.current().close()
    spoil(settings.keys)
    with pytest.raises(Invalid, match=words):
        create_app(settings)
    with pytest.raises(Invalid, match=words):
        create_app(settings)


def test_an_empty_keyring_beside_an_empty_database_is_a_new_installation(app: Flask) -> None:
    _unlink_ring(app.config["MEXILE"].keys)
    create_app(app.config["MEXILE"])


SHAPES = [
    "[]",
    "null",
    "7",
    '"key"',
    "{}",
    '{"keks": {}}',
    '{"keks": [], "index_root": "00"}',
    '{"keks": {"1": 5}, "index_root": "%s"}',
    '{"keks": {"1": "abcd"}, "index_root": "%s"}',
    '{"keks": {"one": "%s"}, "index_root": "%s"}',
    '{"keks": {"-1": "%s"}, "index_root": "%s"}',
    '{"keks": {"1": "%s"}, "index_root": "abcd"}',
    '{"keks": {"1": "%s"}}',
    '{"keks": {"1": "%s"}, "index_root": null}',
    "[" * 100_000,
    "\ufeff{",
    "{" + " " * 10,
]


@pytest.mark.parametrize("shape", SHAPES, ids=range(len(SHAPES)))
def test_a_key_file_of_another_shape_is_refused_in_words(tmp_path: Path, shape: str) -> None:
    path = tmp_path / "key"
    path.write_text(shape.replace("%s", "ab" * 32))
    path.chmod(0o400)
    problems = keyring.problems_of(tmp_path)
    assert len(problems) == 1 and "no key file of mexile" in problems[0].en and problems[0].es != problems[0].en


@pytest.mark.parametrize("spoil", [_unlink_ring, _delete_rows, _new_ring, _other_ring], ids=lambda one: one.__name__)
def test_nothing_new_is_written_when_the_keyring_is_lost_while_we_run(
    app: Flask, make: Make, client_as: Callable[..., Client], spoil: Callable[[Path], None]
) -> None:
    make.member(legal_name="Rosa Reyes Luna")
    client = client_as("director")
    spoil(app.config["MEXILE"].keys)
    with app.app_context(), pytest.raises(KeyringBroken):
        keyring.new_key()
    answer = client.post("/members/new", data={"alias": "New", "form_token": "a" * 20})
    assert answer.status_code == 503 and "keyring" in answer.text
    with app.app_context():
        assert db.session.scalar(select(func.count()).select_from(Member)) == 1
    assert "removed" not in client.get("/members").text


def test_what_is_unreadable_is_not_called_removed_and_is_an_alarm(
    app: Flask, make: Make, client_as: Callable[..., Client]
) -> None:
    client, administrator, caseworker = client_as("director"), client_as("administrator"), client_as("caseworker")
    rosa = make.member(legal_name="Rosa Reyes Luna")
    make.member(legal_name="Ana Sol")
    assert "can&#39;t be opened" not in client.get("/today").text
    keyring.current().destroy(rosa.key_id)
    page = client.get(f"/members/{rosa.code}").text
    assert "can&#39;t be opened" in page and "removed" not in page
    assert "can&#39;t be opened" in client.get("/today").text
    assert "can&#39;t be opened" in administrator.get("/people").text
    assert "nobody was removed" not in caseworker.get("/today").text
    again = create_app(app.config["MEXILE"])
    with again.app_context():
        assert belonging.unopened() == 1
        keyring.new_key()
        keyring.current().give_up(keyring.current().unopened(belonging.used_keys()))
        assert belonging.used_keys() and keyring.current().unopened(belonging.used_keys()) == set()


def test_a_removal_is_no_alarm(app: Flask, make: Make, client_as: Callable[..., Client]) -> None:
    rosa = make.member(legal_name="Rosa Reyes Luna")
    make.removal(rosa, confirmed=make.user(role="director"))
    with app.app_context(), clock.at(clock.now() + WAIT + timedelta(minutes=1)):
        queue.work_all()
    with app.app_context():
        assert belonging.unopened() == 0
        assert belonging.problems() == []


def test_a_keyring_that_remembered_nothing_of_what_it_erased_learns_it_from_the_tombstones(
    app: Flask, make: Make
) -> None:
    rosa, luna = make.member(legal_name="Rosa Reyes Luna"), make.member(legal_name="Luna Rosas Paz")
    make.removal(rosa, confirmed=make.user(role="director"))
    with app.app_context(), clock.at(clock.now() + WAIT + timedelta(minutes=1)):
        queue.work_all()
    settings = app.config["MEXILE"]
    keyring.current().close()

    def forget() -> None:
        with closing(sqlite3.connect(settings.keys / "keyring.db")) as ring:
            ring.execute("DROP TABLE made")
            ring.commit()

    forget()
    again = create_app(settings)
    assert keyring.current().state(rosa.key_id) == keyring.ERASED
    with again.app_context():
        assert belonging.problems() == [] and belonging.unopened() == 0
    let_go(again)
    # A key that went without a tombstone is still missed.
    keyring.current().destroy(luna.key_id)
    keyring.current().close()
    forget()
    with pytest.raises(Invalid, match="never made"):
        create_app(settings)


@pytest.mark.parametrize("started", ["before", "after"])
def test_a_second_machine_with_its_own_copy_of_the_keyring_is_refused(
    app: Flask, make: Make, tmp_path: Path, started: str
) -> None:
    """Two programs on one database, each with a keyring of its own: the second one makes no key, and
    doesn't start any more once the first one has made one."""
    make.member(legal_name="Rosa Reyes Luna")
    settings = app.config["MEXILE"]
    copy = replace(settings, keys=tmp_path / "copy")
    shutil.copytree(settings.keys, copy.keys)
    first = keyring.current()
    second = create_app(copy) if started == "before" else None
    theirs = keyring.current()
    keyring.use(first)
    configuration.use(settings)
    ana = make.member(legal_name="Ana Sol")
    if second is not None:
        keyring.use(theirs)
        with second.app_context():
            with pytest.raises(KeyringBroken, match="another machine"):
                keyring.new_key()
            seal.begin_reads()
            assert db.session.get(Member, ana.id).legal_name == seal.UNOPENED
            assert belonging.unopened() == 1
        let_go(second)
    with pytest.raises(Invalid, match="another machine"):
        create_app(copy)
    keyring.use(first)
    with app.app_context():
        keyring.new_key()


def test_two_programs_over_one_keyring_read_each_others_members(app: Flask, make: Make) -> None:
    rosa = make.member(legal_name="Rosa Reyes Luna")
    other = create_app(app.config["MEXILE"])
    with other.app_context():
        keyring.new_key()
        assert db.session.get(Member, rosa.id).legal_name == "Rosa Reyes Luna"
    let_go(other)
