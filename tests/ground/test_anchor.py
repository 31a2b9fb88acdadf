"""The trail's end can't be cut off without being found out, and nobody fills the trail by asking again and again."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from click.testing import CliRunner
from flask import Flask
from sqlalchemy import func, select, text

from mexile.access.trail.actions import mail_head
from mexile.cli import main
from mexile.ground import anchor, clock, mail, queue, trail
from mexile.ground.db import db, writing
from mexile.ground.trail import TrailRow
from tests.clients import Client
from tests.ground.test_trail import unlock, write
from tests.make import Make


def _cut(database: str, count: int | None) -> None:
    """Take the last lines away, as an owner of the database could."""
    last = trail.head()[0]
    with writing():
        unlock(database)
        db.session.execute(text("DELETE FROM trail WHERE seq > :last"), {"last": 0 if count is None else last - count})


@pytest.mark.parametrize("count", [1, 10, None])
def test_a_tail_cut_off_is_found_and_since_when_it_is_missing(app: Flask, database: str, count: int | None) -> None:
    write(app, 15)
    with app.app_context():
        kept = trail.head()
        assert trail.cut() is None
        _cut(database, count)
        gone = trail.cut()
        assert trail.verify()[1] is None
        assert gone and (gone.seen.seq, gone.missing) == (kept[0], count or kept[0])
        assert f"{gone.missing} lines" in trail.cut_problem(gone).en
        assert count is None or f"{gone.since:%Y-%m-%d}" in trail.cut_problem(gone).en


def test_lines_written_over_a_cut_do_not_heal_it(app: Flask, database: str) -> None:
    write(app, 15)
    with app.app_context():
        _cut(database, 10)
    write(app, 30)
    with app.app_context():
        assert trail.verify()[1] is None
        assert trail.cut() and trail.cut().missing >= 10
        with writing():
            trail.accept()
        assert trail.cut() is None
        last = db.session.scalars(select(TrailRow).order_by(TrailRow.seq.desc()).limit(1)).one()
        assert (last.act, anchor.seen().seq) == ("trail.restored", last.seq)
    write(app, 3)
    with app.app_context():
        assert trail.cut() is None and anchor.seen().seq == trail.head()[0]


def test_what_is_undone_is_not_seen(app: Flask) -> None:
    write(app, 3)
    with app.app_context():
        kept = anchor.seen()
        with pytest.raises(RuntimeError), writing():
            trail.record("test.act")
            raise RuntimeError
        assert anchor.seen() == kept
        with writing():
            trail.record("test.act")
        assert anchor.seen().seq == kept.seq + 1


def test_the_anchor_can_not_be_made_up_nor_lost_by_half_a_write(app: Flask) -> None:
    write(app, 4)
    with app.app_context():
        kept = anchor.seen()
        body = bytearray(anchor.path().read_bytes())
        body[kept.seq % 2 * 256 + 100] ^= 1
        anchor.path().write_bytes(bytes(body))
        assert anchor.seen().seq == kept.seq - 1 and trail.cut() is None
        anchor.path().write_bytes(b"x" * 512)
        assert anchor.seen() is None and anchor.is_damaged()
    write(app, 2)
    with app.app_context():
        assert anchor.is_damaged(), "what can't be read is not quietly begun anew"


@pytest.mark.once
def test_the_command_says_it_and_the_directors_page_too(
    app: Flask, make: Make, client_as: Callable[..., Client], monkeypatch: pytest.MonkeyPatch
) -> None:
    client = client_as("director")
    settings = app.config["MEXILE"]
    monkeypatch.setenv("MEXILE_HOME", str(settings.home))
    monkeypatch.setenv("MEXILE_KEYS", str(settings.keys))
    write(app, 15)
    assert CliRunner().invoke(main, ["audit", "verify"]).exit_code == 0
    with app.app_context():
        seq, mac = trail.head()
    kept = ["audit", "verify", "--line", str(seq), "--seal", mac[:16]]
    assert CliRunner().invoke(main, kept).exit_code == 0
    assert "end of the trail is gone" not in client.get("/today").text
    with app.app_context():
        _cut("sqlite", 10)
    told = CliRunner().invoke(main, ["audit", "verify"])
    assert told.exit_code == 1 and "end of the trail is gone" in told.output
    assert "end of the trail is gone" in client.get("/today").text
    assert CliRunner().invoke(main, ["audit", "restored", "--yes"]).exit_code == 0
    assert CliRunner().invoke(main, ["audit", "verify"]).exit_code == 0
    told = CliRunner().invoke(main, kept)
    assert told.exit_code == 1 and "was cut or written anew" in told.output


def test_each_director_gets_the_last_line_by_mail_once_a_day(app: Flask, make: Make) -> None:
    first, second = make.user(role="director", language="es"), make.user(role="director")
    make.user(role="caseworker")
    make.ended_access(second)
    write(app, 3)
    with app.app_context():
        mail_head()
        mail_head()
        jobs = db.session.scalars(select(queue.Job).where(queue.Job.kind == "mail")).all()
        assert len(jobs) == 1
        letter = mail.RENDERERS["access.trail_head"]({"user": first.id, "code": "2026-03-03"})
        seq, mac = trail.head()
        assert letter.to == first.email and str(seq) in letter.text and mac in letter.text and "Conserve" in letter.text
        with clock.at(clock.now() + timedelta(days=1)):
            mail_head()
        assert db.session.scalar(select(func.count()).select_from(queue.Job)) == 2


def _denied(app: Flask) -> list[str]:
    with app.app_context():
        return list(db.session.scalars(select(TrailRow.detail).where(TrailRow.act == "denied").order_by(TrailRow.seq)))


def test_a_stranger_can_not_fill_the_trail(app: Flask, client: Client) -> None:
    for number in range(120):
        place = ("/language", "/sign-in", "/give", "/unlock")[number % 4]
        client.post(place, csrf=False, data={"lang": "es"})
    told = _denied(app)
    assert 1 <= len(told) <= 4 and '"times":100' in told[-1]


def test_what_staff_are_denied_stands_in_the_trail_with_how_often(
    app: Flask, make: Make, client_as: Callable[..., Client]
) -> None:
    client, other = client_as("caseworker"), client_as("caseworker")
    with clock.at((clock.now() + timedelta(minutes=1)).replace(second=1)):
        for number in range(25):
            assert client.get(f"/members/ME-{9000 + number}").status_code == 404
        assert other.get("/members/ME-9999").status_code == 404
        assert client.get("/people").status_code == 404
    assert len(_denied(app)) == 4
    with clock.at(clock.now() + timedelta(minutes=3)):
        client.get("/members/ME-9001")
    assert len(_denied(app)) == 5


def test_failed_sign_ins_do_not_fill_the_trail(app: Flask, client: Client) -> None:
    for _ in range(28):
        client.post("/sign-in", data={"email": "nobody@example.org", "password": "x" * 12, "code": "123456"})
    with app.app_context():
        told = select(func.count()).select_from(TrailRow).where(TrailRow.act == "sign_in.refused")
        assert 1 <= db.session.scalar(told) <= 10
