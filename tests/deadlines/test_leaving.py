"""What leaves the house never holds somebody whom only an emergency opened, and the trail knows of it."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from mexile.access.policy import POLICY
from mexile.access.roles import CASEWORKER
from mexile.ground import clock
from mexile.ground.db import db
from mexile.ground.trail import TrailRow
from tests.clients import Client
from tests.house.test_rights import routes
from tests.house.world import World
from tests.make import Make

PAPER = {"deadlines.docket", "deadlines.pocket_card"}
"""Pages that are made to be printed and taken along."""


HOUSES = {"cases", "deadlines", "documents", "custody"}


def is_a_file(answer) -> bool:
    return "attachment" in answer.headers.get("Content-Disposition", "")


def on_paper(answer) -> str:
    """The file, or what stands on the printed page: the banner of an emergency stays on the screen."""
    text = answer.get_data().decode("latin-1")
    return text if is_a_file(answer) else text[text.index("<h1") :]


@pytest.fixture
def world(make: Make) -> World:
    return World(make)


def words_of(text: str) -> set[str]:
    """The codes that stand in it."""
    return set(re.findall(r"\b[A-Z]{1,2}-\d{4}", text))


def taken_along(app: Flask, world: World, client: Client, role: str, relation: str) -> dict[str, str]:
    """endpoint -> all that it hands out as a file or for paper, around the member of this relation."""
    found: dict[str, str] = {}
    for route, method, rule in routes(app):
        if route.endpoint.split(".")[0] not in HOUSES or role not in rule.roles:
            continue
        if method != "GET" and route.endpoint != "deadlines.calendar":
            continue
        for url in world.addresses(route, relation, role) or world.addresses(route, "assigned", role):
            answer = client.open(url, method=method)
            if answer.status_code == 200 and (is_a_file(answer) or route.endpoint in PAPER):
                found[route.endpoint] = found.get(route.endpoint, "") + on_paper(answer)
    return found


def codes_of(world: World, make: Make, owner) -> set[str]:
    """The codes of the member whom nobody of them walks with, with a deadline that `owner` answers for."""
    member = world.around["not"]["members"]
    owed = make.deadline(member=member, owner=owner, due_on=clock.today() + timedelta(days=3))
    coming = make.event(on=clock.today() + timedelta(days=4), people=[member], owner=world.colleague)
    return {member.code, owed.code, coming.code, world.around["not"]["documents"].code}


def test_whom_everybody_knows_is_taken_along(app: Flask, world: World, make: Make, client_as) -> None:
    director = world.user["director"]
    codes = codes_of(world, make, director)
    found = taken_along(app, world, client_as(user=director), "director", "not")
    assert found.keys() >= {"deadlines.calendar", "documents.document_file", *PAPER}
    assert codes & words_of(found["deadlines.docket"]) and codes & words_of(found["deadlines.calendar"])


def test_whom_an_emergency_opened_is_never_taken_along(app: Flask, world: World, make: Make, client_as) -> None:
    user = world.user[CASEWORKER]
    codes = codes_of(world, make, user)
    member = world.around["not"]["members"]
    make.emergency(member, user)
    client = client_as(user=user)
    assert client.get(f"/members/{member.code}").status_code == 200
    assert client.get(f"/members/{member.code}/pocket-card").status_code == 404
    assert client.get(f"/documents/{world.around['not']['documents'].code}/file").status_code == 404
    found = taken_along(app, world, client, CASEWORKER, "not")
    assert {"deadlines.calendar", "deadlines.docket"} <= found.keys()
    assert {endpoint: codes & words_of(text) for endpoint, text in found.items() if codes & words_of(text)} == {}


def test_the_trail_notes_the_calendar_file_and_the_printed_docket(app: Flask, make: Make, client_as) -> None:
    client = client_as("caseworker")
    client.post("/docket/calendar")
    answer = client.post("/docket/print", data={"of": str(client.user.id)})
    assert answer.location.endswith(f"/docket?of={client.user.id}&names=no")
    with app.app_context():
        acts = set(db.session.scalars(select(TrailRow.act)))
    assert {"deadline.calendar", "deadline.print"} <= acts
    assert POLICY["deadlines.docket_print"].keys() == {"POST"}
