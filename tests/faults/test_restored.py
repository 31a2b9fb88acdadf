"""Last year's backup, put back whole beside the newest keyring: who was removed since is read by nobody."""

from __future__ import annotations

import contextlib
import shutil
import sqlite3
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from mexile.documents.actions import open_document
from mexile.documents.models import Document
from mexile.ground import clock, keyring, queue, seal
from mexile.ground.db import db
from mexile.ground.errors import KeyGone
from mexile.members.person.models import Member
from mexile.members.removal.actions import WAIT, release_hold
from mexile.members.removal.models import MemberErasure
from tests.building import build
from tests.databases import let_go, settings
from tests.house.canaries import sealed_models, set_canaries
from tests.house.world import World
from tests.make import Make


@pytest.mark.once
def test_a_backup_of_everything_opens_without_who_was_removed_since(app: Flask, make: Make, tmp_path) -> None:
    world = World(make)
    gone, stays = world.around["assigned"]["members"], world.around["not"]["members"]
    canaries = [one for one in set_canaries(app, world) if one.owner == "member"]
    hers = {one.value for one in canaries if one.relation == "assigned"}
    others = {one.value for one in canaries if one.relation == "not"}
    assert len(hers) > 40 and len(others) > 40
    home, back = app.config["MEXILE"].home, tmp_path / "back"
    let_go(app)
    connection = sqlite3.connect(home / "mexile.db")
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    connection.close()
    shutil.copytree(home, back, ignore=shutil.ignore_patterns("keys"))

    lift = {"viewer": make.viewer("attorney"), "code": gone.code, "hold_id": world.around["assigned"]["holds"].id}
    make.write(lambda: release_hold(**lift))
    make.removal(gone, confirmed=make.user(role="director"))
    with app.app_context(), clock.at(clock.now() + WAIT + timedelta(minutes=1)):
        queue.work_all()
        assert db.session.get(MemberErasure, gone.id).done_at
        db.session.rollback()
    let_go(app)

    shutil.copytree(home / "keys", back / "keys")
    restored = build(settings(back, f"sqlite:///{back / 'mexile.db'}"))
    with restored.app_context(), seal.silent():
        assert db.session.get(MemberErasure, gone.id) is None, "the backup is older than the removal"
        read = _everything()
        assert read & hers == set()
        # What is missing of "not" is the record that had been merged into the removed person's.
        assert len(others - read) < 20 and {db.session.get(Member, stays.id).alias.split()[0]} <= read
        for paper in db.session.scalars(select(Document)):
            if paper.member_id == gone.id:
                with pytest.raises(KeyGone):
                    open_document(paper)
            else:
                assert open_document(paper).startswith(b"%PDF")
        db.session.rollback()
    let_go(restored)
    keyring.use(keyring.Keyring(home / "keys", keyring.read_key_file(home / "keys")))
    assert stays.key_id != gone.key_id


def _everything() -> set[str]:
    """Every word that the keyring still opens, of every sealed cell."""
    found: set[str] = set()
    for model, attributes in sealed_models():
        for row in db.session.scalars(select(model)):
            for name in attributes:
                with contextlib.suppress(KeyGone):
                    value = getattr(row, name) if row.key_id else None
                    found |= set(value.split()) if isinstance(value, str) else set()
    return found
