"""Every route, method, role and relation, with the answer that the policy table alone foretells."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from zlib import crc32

import pytest
from flask import Flask
from werkzeug.routing import Rule as Route
from werkzeug.test import TestResponse

from mexile.access.policy import POLICY, PolicyLine, disagreements
from mexile.access.roles import ROLES
from mexile.app import routes_of
from mexile.ground import keyring
from mexile.ground.db import db
from tests.clients import Client
from tests.house.canaries import leaks, seen_in, set_canaries
from tests.house.recorder import writes
from tests.house.world import CHOICES, RELATIONS, World, arguments, hangs_on_a_member, sees
from tests.make import Make

POLICY_OF_PAGES = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; "
    "manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
DOOR = ("/sign-in", "/confirm", "/unlock")
MAY_BE_WRITTEN_BY_A_GET = {"trail", "user_session"}
NOT_FOR_ALL_WHO_SEE = {
    "access.passkey_end": "only where one has a passkey",
    "cases.theory": "only attorneys and whom they delegated",
    "cases.departure": "only somebody who is in the case and doesn't lead it",
    "cases.companion_answer": "only somebody who was asked",
    "reports.records": "only where the address names a number of the report",
    "accompaniment.undo": "only who logged it, and only for a moment",
    "accompaniment.reopen": "only where there is an outcome to take back",
    "inquiries.reopening": "only where there is a decision to take back",
}
"""Endpoints whose record may not be there for somebody who sees all around it."""
MEMBER = re.compile(r"\bME-\d{4}")
"""A member's code: not even that stands among gifts, or before who runs the system."""
DOORS = {"access.sign_in", "access.confirm", "access.unlock"}


def routes(app: Flask) -> Iterator[tuple[Route, str, PolicyLine]]:
    for route in sorted(app.url_map.iter_rules(), key=lambda route: (route.endpoint, route.rule)):
        if route.endpoint == "static":
            continue
        for method in sorted((route.methods or set()) - {"HEAD", "OPTIONS"}):
            yield route, method, POLICY[route.endpoint][method]


@pytest.fixture
def world(make: Make) -> World:
    return World(make)


@pytest.fixture
def undone(app: Flask, world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every write transaction reaches the database and is undone at its end, so that one
    world serves all requests. Sessions that a test makes are made before."""

    def undo() -> None:
        db.session.flush()
        db.session.rollback()

    monkeypatch.setattr(db.session, "commit", undo)
    monkeypatch.setattr(keyring.Keyring, "destroy", lambda ring, key_id: None)


@pytest.mark.once
def test_the_table_and_the_routes_agree_both_ways(app: Flask) -> None:
    assert disagreements(routes_of(app), POLICY) == []
    assert disagreements({}, POLICY) != []
    assert disagreements({**routes_of(app), "house.room": {"GET"}}, POLICY) != []


@pytest.mark.once
def test_every_route_that_hangs_on_a_member_names_its_scope(app: Flask) -> None:
    silent = [
        f"{method} {route.rule}"
        for route, method, rule in routes(app)
        if hangs_on_a_member(route) and rule.scope is None and not rule.public
    ]
    assert silent == []


@pytest.mark.once
def test_every_argument_of_a_route_has_a_record_in_the_world(app: Flask, world: World) -> None:
    known = world.records("assigned", "director").keys() | CHOICES.keys()
    assert [r.rule for r, _, _ in routes(app) if set(arguments(r).values()) - known] == []


def _expected(rule: PolicyLine, role: str, relation: str, hangs: bool) -> str:
    if rule.public:
        return "in"
    if role not in rule.roles or (hangs and rule.scope and not sees(role, relation, rule.scope)):
        return "denied"
    return "in"


def _outcome(answer: TestResponse, endpoint: str) -> str:
    if answer.status_code in (301, 302, 303):
        place = answer.headers["Location"].removeprefix("http://127.0.0.1:8080")
        return "door" if place.startswith(DOOR) and endpoint not in DOORS else "in"
    if answer.status_code == 404:
        return "denied"
    if answer.status_code in (200, 204, 400, 409, 422):
        return "in"
    return f"status {answer.status_code}"


def _complaints(
    rule: PolicyLine, endpoint: str, method: str, expected: str, outcome: str, written: list[str]
) -> Iterator[str]:
    if expected == "in" and outcome == "denied" and (rule.public or endpoint in NOT_FOR_ALL_WHO_SEE):
        expected = outcome if not rule.public else ""  # "": a forged link of a donor, say
    if not expected:
        return
    if outcome != expected:
        yield f"{outcome} where {expected} is expected"
        return
    allowed = {"rate_count"} if rule.rate else set()
    # The first of a minute stands in the trail; what follows is counted (tests/ground/test_anchor.py).
    if expected == "denied" and [table for table in written if table not in allowed] not in ([], ["trail"]):
        yield f"a denied call writes one trail row at most, not {written}"
    if expected == "in" and method == "GET" and set(written) - MAY_BE_WRITTEN_BY_A_GET - allowed:
        yield f"a GET wrote {sorted(set(written))}"
    if method == "GET" and written.count("trail") > 1:
        yield "more than one trail row for one page"


@pytest.mark.parametrize("role", ROLES)
def test_every_route_answers_each_role_as_the_table_says_and_shows_nothing_else(
    app: Flask,
    world: World,
    client_as: Callable[..., Client],
    request: pytest.FixtureRequest,
    caplog: pytest.LogCaptureFixture,
    database: str,
    role: str,
) -> None:
    client = client_as(user=world.user[role])
    canaries = set_canaries(app, world)
    request.getfixturevalue("undone")
    wrong = []
    for route, method, rule in routes(app):
        if not _is_asked(database, role, route.endpoint):
            continue
        for relation, address in ((one, url) for one in RELATIONS for url in world.addresses(route, one, role)):
            client.carry(app, client.secret, client.user)  # the answer before may have taken the cookie
            with writes(app) as written:
                answer = client.open(address, method=method)
            expected = _expected(rule, role, relation, hangs_on_a_member(route))
            outcome = _outcome(answer, route.endpoint)
            for complaint in _complaints(rule, route.endpoint, method, expected, outcome, written):
                wrong.append(f"{method} {address} ({relation}): {complaint}")
            if not _is_the_policy(answer.headers["Content-Security-Policy"], rule):
                wrong.append(f"{method} {address}: another policy of contents")
            is_blind = route.endpoint.startswith("gifts.") or role == "administrator"
            if is_blind and outcome == "in" and MEMBER.search(seen_in(answer)):
                wrong.append(f"{method} {address} names a member")
            wrong += [f"{method} {address} shows the {leak}" for leak in leaks(canaries, role, answer)]
    wrong += [f"the log holds the {one.attribute} of a {one.owner}" for one in canaries if one.value in caplog.text]
    assert not wrong, "\n".join(wrong)


def _is_asked(database: str, role: str, endpoint: str) -> bool:
    """On SQLite each role asks every route; on PostgreSQL, where only the SQL is another, each route is asked by
    two or three of the seven roles. With ALL=1 there too by each."""
    if database == "sqlite" or os.environ.get("ALL"):
        return True
    return (ROLES.index(role) + crc32(endpoint.encode())) % 3 == 0


def _is_the_policy(sent: str, rule: PolicyLine) -> bool:
    """The exact policy; a public page may add to form-action the one address that giving leads to."""
    if sent == POLICY_OF_PAGES:
        return True
    return (
        rule.public and sent.replace("form-action 'self' http://127.0.0.1:9;", "form-action 'self';") == POLICY_OF_PAGES
    )


@pytest.mark.once
def test_a_stranger_finds_the_door_and_writes_nothing(app: Flask, world: World, client: Client) -> None:
    wrong = []
    for route, method, rule in routes(app):
        if rule.public:
            continue
        address = world.address(route)
        with writes(app) as written:
            answer = client.open(address, method=method)
        is_right = answer.status_code == 401 if method != "GET" else "/sign-in?" in answer.headers.get("Location", "")
        if not is_right or written:
            wrong.append(f"{method} {address}: {answer.status_code}, wrote {written}")
    assert not wrong, "\n".join(wrong)


@pytest.mark.once
@pytest.mark.parametrize("ending", ["ended", "too old"])
def test_whose_access_ended_is_a_stranger(
    app: Flask, world: World, make: Make, client_as: Callable[..., Client], ending: str
) -> None:
    client = client_as(user=world.user["director"], started=timedelta(hours=10 if ending == "too old" else 0))
    if ending == "ended":
        make.ended_access(world.user["director"])
    for route, method, rule in routes(app):
        if not rule.public:
            answer = client.open(world.address(route), method=method)
            refused = (302,) if method == "GET" else (400, 401)
            assert answer.status_code in refused, f"{method} {route.rule}"


@pytest.mark.once
def test_a_locked_page_opens_nothing_but_the_lock(app: Flask, world: World, client_as: Callable[..., Client]) -> None:
    client = client_as(user=world.user["director"], seen=timedelta(minutes=16))
    for route, method, rule in routes(app):
        if rule.public or method != "GET" or "director" not in rule.roles or route.endpoint == "access.unlock":
            continue
        with writes(app) as written:
            answer = client.get(world.address(route))
        assert "/unlock" in answer.headers.get("Location", answer.headers.get("HX-Redirect", "")), route.rule
        assert written == [], route.rule


def test_what_asks_for_the_password_again_asks_for_it(
    app: Flask, world: World, client_as: Callable[..., Client]
) -> None:
    for route, method, rule in routes(app):
        if rule.confirm:
            role = next(role for role in ROLES if role in rule.roles)
            client = client_as(user=world.user[role], confirmed=timedelta(minutes=6))
            with writes(app) as written:
                answer = client.open(world.address(route), method=method)
            assert "/confirm" in answer.headers.get("Location", ""), route.rule
            assert set(written) <= {"draft"}, route.rule


@pytest.mark.once
@pytest.mark.parametrize("forgery", ["no word", "another word", "another site"])
def test_a_form_without_its_word_changes_nothing(
    app: Flask, world: World, client: Client, client_as: Callable[..., Client], forgery: str
) -> None:
    headers = {
        "no word": {},
        "another word": {"X-CSRF": "0" * 40},
        "another site": {"Sec-Fetch-Site": "cross-site"},
    }[forgery]
    wrong = []
    for route, method, rule in routes(app):
        if method == "GET" or not rule.csrf:
            continue
        roles = [role for role in ROLES if role in rule.roles]
        asking = client_as(user=world.user[roles[0]]) if roles else client
        with writes(app) as written:
            answer = asking.open(world.address(route), method=method, headers=headers, csrf=forgery == "another site")
        if answer.status_code not in (400, 403) or set(written) - {"trail"} or len(written) > 1:
            wrong.append(f"{method} {route.rule}: {answer.status_code}, wrote {written}")
    assert not wrong, "\n".join(wrong)
