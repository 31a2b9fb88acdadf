"""What a search shows while one types: one row of the trail a person and minute, and nothing is lost."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from mexile.access.trail.actions import settle_all
from mexile.ground import clock, trail
from mexile.ground.db import db
from mexile.ground.trail import TrailRow
from tests.building import build
from tests.clients import Client
from tests.databases import let_go
from tests.house.recorder import writes
from tests.make import Make

LIVE = {"X-Live-Search": "1"}


def _type(client: Client, *texts: str) -> None:
    for text in texts:
        assert client.post("/members/search", data={"q": text}, headers=LIVE).status_code == 200


def _rows(app: Flask) -> list[TrailRow]:
    with app.app_context():
        return list(db.session.scalars(select(TrailRow).where(TrailRow.act == "read").order_by(TrailRow.seq)))


def _people(row: TrailRow) -> list[bytes]:
    return sorted(row.rids[at : at + 16] for at in range(0, len(row.rids), 16))


def _settle(app: Flask, seconds: int = 61) -> None:
    with clock.at(clock.now() + timedelta(seconds=seconds)), app.app_context():
        settle_all()


def test_a_minute_of_typing_is_one_row_with_all_that_it_showed(
    app: Flask, make: Make, client_as: Callable[..., Client]
) -> None:
    ana, andrea, beto = (make.member(legal_name=name) for name in ("Ana Reyes", "Andrea Cruz", "Beto Luna"))
    client = client_as("attorney")
    _type(client, "a", "an", "ana", "an", "beto", "ana")
    assert _rows(app) == []
    _settle(app)
    (row,) = _rows(app)
    assert _people(row) == sorted(one.rid for one in (ana, andrea, beto))
    assert (row.actor_id, row.role, row.subject) == (client.user.id, "attorney", "members.search")
    with app.app_context():
        assert trail.verify()[1] is None


def test_sessions_and_processes_of_one_person_agree(app: Flask, make: Make, client_as: Callable[..., Client]) -> None:
    ana, beto = make.member(legal_name="Ana Reyes"), make.member(legal_name="Beto Luna")
    desk = client_as("attorney")
    _type(desk, "ana")
    other = build(app.config["MEXILE"])
    other.test_client_class = Client
    phone = other.test_client().carry(other, make.session(desk.user), desk.user)
    _type(phone, "beto", "ana")
    _type(desk, "beto")
    let_go(other)
    _settle(app)
    (row,) = _rows(app)
    assert _people(row) == sorted([ana.rid, beto.rid])


def test_two_people_have_a_row_each(app: Flask, make: Make, client_as: Callable[..., Client]) -> None:
    make.member(legal_name="Ana Reyes")
    one, two = client_as("attorney"), client_as("director")
    _type(one, "ana")
    _type(two, "ana")
    _settle(app)
    assert sorted(row.actor_id for row in _rows(app)) == sorted([one.user.id, two.user.id])


def test_a_list_stands_in_the_database_before_the_answer_leaves(
    app: Flask, make: Make, client_as: Callable[..., Client]
) -> None:
    """A process that dies after it: another one writes the row."""
    one = make.member(legal_name="Ana Reyes")
    _type(client_as("attorney"), "ana")
    other = build(app.config["MEXILE"])
    _settle(other)
    let_go(other)
    (row,) = _rows(app)
    assert _people(row) == [one.rid]


def test_a_key_that_shows_nobody_new_writes_nothing(app: Flask, make: Make, client_as: Callable[..., Client]) -> None:
    make.member(legal_name="Ana Reyes")
    client = client_as("attorney")
    _type(client, "an")
    with writes(app) as written:
        _type(client, "ana", "ana r")
    assert written == []


def test_the_next_page_or_search_settles_a_minute_that_is_over(
    app: Flask, make: Make, client_as: Callable[..., Client]
) -> None:
    make.member(legal_name="Ana Reyes")
    client = client_as("attorney")
    _type(client, "ana")
    with clock.at(clock.now() + timedelta(seconds=30)):
        _type(client, "an")
        client.get("/sessions")
    assert len(_rows(app)) == 0
    with clock.at(clock.now() + timedelta(seconds=61)):
        _type(client, "ana")
        assert len(_rows(app)) == 1
    with clock.at(clock.now() + timedelta(seconds=122)):
        client.get("/sessions")
    assert len(_rows(app)) == 2


def test_the_worker_settles_what_a_session_left_that_has_ended(
    app: Flask, make: Make, client_as: Callable[..., Client]
) -> None:
    make.member(legal_name="Ana Reyes")
    client = client_as("attorney")
    _type(client, "ana")
    client.post("/sign-out")
    _settle(app, seconds=30)
    assert _rows(app) == []
    _settle(app)
    _settle(app)
    assert len(_rows(app)) == 1


def test_no_list_no_answer(
    app: Flask, make: Make, client_as: Callable[..., Client], monkeypatch: pytest.MonkeyPatch
) -> None:
    one = make.member(legal_name="Ana Reyes")
    client = client_as("attorney")

    def fail(**_words: object) -> None:
        raise OSError("full")

    monkeypatch.setattr("mexile.access.trail.actions.note_search", fail)
    answer = client.post("/members/search", data={"q": "ana"}, headers=LIVE)
    assert answer.status_code == 503
    assert one.code not in answer.text


def test_a_denied_call_writes_its_row_alone_though_a_minute_is_over(
    app: Flask, make: Make, client_as: Callable[..., Client]
) -> None:
    make.member(legal_name="Ana Reyes")
    client = client_as("attorney")
    _type(client, "ana")
    with clock.at(clock.now() + timedelta(seconds=61)), writes(app) as written:
        assert client.get("/members/ME-9999").status_code == 404
    assert written == ["trail"]
