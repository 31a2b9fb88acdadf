"""A process that is killed while it writes: what was committed stays, whole; nothing else does."""

import os
import signal
import sqlite3
import subprocess
import sys
import time
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select

from mexile.ground import clock, queue, trail
from mexile.ground.db import db, writing
from mexile.ground.once import FormTaken
from mexile.ground.queue import Job
from tests.databases import let_go

ROOT = Path(__file__).parents[2]


def _write_and_kill(home: Path, after: float) -> int:
    """Let a process write for `after` seconds, kill it; returns the last number it said."""
    writer = subprocess.Popen(
        [sys.executable, "-m", "tests.faults.writer", str(home)], cwd=ROOT, stdout=subprocess.PIPE, text=True
    )
    assert writer.stdout is not None
    said = [writer.stdout.readline()]
    time.sleep(after)
    os.kill(writer.pid, signal.SIGKILL)
    said += writer.stdout.read().splitlines()
    writer.stdout.close()
    writer.wait(timeout=10)
    return int(next(line for line in reversed(said) if line.strip().isdigit()))


@pytest.mark.once
def test_what_was_committed_before_a_kill_is_there_and_whole(app: Flask) -> None:
    home = app.config["MEXILE"].home
    for round_, after in enumerate((0.05, 0.13, 0.31), 1):
        let_go(app)
        with sqlite3.connect(home / "mexile.db") as connection:
            connection.execute("DELETE FROM form_taken")
        connection.close()
        with app.app_context():
            before = trail.head()[0]
            db.session.rollback()
            said = _write_and_kill(home, after)
            assert db.session.connection().exec_driver_sql("PRAGMA integrity_check").scalar() == "ok"
            rows = trail.head()[0] - before
            forms = db.session.scalar(select(func.count()).select_from(FormTaken))
            assert rows == forms, f"round {round_}: half a transaction stayed"
            assert rows in (said, said + 1), f"round {round_}: {said} commits were said, {rows} are there"
            assert trail.verify() == (before + rows, None)
            db.session.rollback()
            with writing():
                trail.record("test.after", str(round_))


def test_a_job_whose_worker_was_killed_is_done_when_its_lease_ends(in_app: Flask) -> None:
    done = []
    queue.HANDLERS["test.job"] = lambda body: done.append(body["number"])
    try:
        with writing():
            queue.put("test.job", "one", {"number": 7})
        assert queue.claim() is not None
        db.session.remove()
        assert queue.work_all() == 0
        with clock.at(clock.now() + queue.LEASE + timedelta(seconds=1)):
            assert queue.work_all() == 1
    finally:
        del queue.HANDLERS["test.job"]
    assert done == [7]
    assert db.session.scalar(select(Job.state)) == "done"
