"""A missing, wrong, open or damaged key file: mexile says which, and does not start."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from flask import Flask

from mexile.app import create_app
from mexile.ground import keyring
from mexile.ground.errors import Invalid
from tests.databases import make_keys

pytestmark = pytest.mark.once


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


@pytest.mark.parametrize("command", [["serve", "--port", "0"], ["work"], ["audit", "verify"], ["doctor"]])
def test_the_command_line_says_it_and_ends_with_status_1(app: Flask, command: list[str]) -> None:
    settings = app.config["MEXILE"]
    _lose(settings.keys)
    environment = {**os.environ, "MEXILE_HOME": str(settings.home), "MEXILE_KEYS": str(settings.keys)}
    done = subprocess.run(
        [sys.executable, "-c", "from mexile.cli import main; main()", *command],
        env=environment, capture_output=True, text=True, timeout=60, check=False,
    )
    assert done.returncode == 1, done.stdout + done.stderr
    assert "no key file" in done.stderr + done.stdout
    assert "Traceback" not in done.stderr
    assert not (settings.keys / "key").exists()
