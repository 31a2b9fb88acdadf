"""Last week's database put back into the same home: nothing newer is lost, and the dead stay dead."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import delete, select

from mexile.documents import actions as documents
from mexile.ground import belonging, clock, keyring, quarantine, queue, trail
from mexile.ground.db import db, writing
from mexile.ground.errors import KeyGone
from mexile.members.person.models import Member
from mexile.members.removal.actions import WAIT
from tests.clients import Client
from tests.databases import Databases
from tests.ground.test_trail import write
from tests.make import Make

DAY = 86_400


def _age(app: Flask) -> None:
    for path in (app.config["MEXILE"].home / documents.FOLDER).iterdir():
        os.utime(path, (time.time() - 8 * DAY,) * 2)


def _sweep_for(days: int) -> int:
    swept = 0
    for day in (*range(0, days, 7), days):
        with clock.at(clock.now() + timedelta(days=day, minutes=5)):
            swept += documents.sweep() + quarantine.sweep_keys()
    return swept


def test_an_old_database_put_back_loses_no_newer_file_and_no_newer_key(
    app: Flask, make: Make, databases: Databases, client_as: Callable[..., Client]
) -> None:
    gone = make.member(legal_name="Rosa Reyes Luna")
    write(app)
    back_to_last_week = databases.snapshot(app)
    ana = make.member(legal_name="Ana Sol")
    paper = make.document(member=ana)
    write(app)
    make.removal(gone, confirmed=make.user(role="director"))
    with app.app_context(), clock.at(clock.now() + WAIT + timedelta(minutes=1)):
        queue.work_all()
    _age(app)
    back_to_last_week()
    with app.app_context():
        assert db.session.scalar(select(Member.id).where(Member.code == ana.code)) is None
        assert _sweep_for(100) == 0, "nothing goes while the trail is older than what was seen"
        assert keyring.current().cipher(ana.key_id) and documents._path(paper).exists()
        with writing():
            trail.accept()
        assert _sweep_for(30) == 0
        assert quarantine.waiting() == {"documents": 1, "keys": len(keyring.current().ids() - belonging.used_keys())}
        assert keyring.current().cipher(ana.key_id) and documents._path(paper).exists()
        with pytest.raises(KeyGone):
            keyring.current().cipher(gone.key_id)
    with app.app_context():
        with clock.at(clock.now() + timedelta(days=70)):
            assert documents.sweep() == 1 and quarantine.sweep_keys() >= 1
        assert not documents._path(paper).exists()


def test_a_row_that_comes_back_ends_the_quarantine(app: Flask, make: Make) -> None:
    ana = make.member(legal_name="Ana Sol")
    make.member(legal_name="Rosa Luna")
    with app.app_context():
        with writing():
            db.session.execute(delete(Member).where(Member.id == ana.id))
        assert _sweep_for(20) == 0 and quarantine.waiting() == {"keys": 1}
        with writing():
            db.session.add(Member(key_id=ana.key_id, code="ME-9000", joined_on=ana.joined_on, legal_name="Ana Sol"))
        with clock.at(clock.now() + timedelta(days=40)):
            assert quarantine.sweep_keys() == 0 and quarantine.waiting() == {}
        assert keyring.current().cipher(ana.key_id)


def test_the_key_of_a_form_that_was_refused_goes(app: Flask, make: Make) -> None:
    make.member(legal_name="Ana Sol")
    with app.app_context():
        lost = keyring.new_key()
        assert quarantine.sweep_keys() == 0
        with clock.at(clock.now() + timedelta(days=34)):
            assert quarantine.sweep_keys() == 0
        assert keyring.current().cipher(lost)
        with clock.at(clock.now() + timedelta(days=36)):
            assert quarantine.sweep_keys() == 1
        with pytest.raises(KeyGone):
            keyring.current().cipher(lost)
        assert len(belonging.used_keys() - keyring.current().ids()) == 0
