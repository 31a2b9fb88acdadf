"""The demo's routes in the enumeration of rights: there only where the command line mounts them, for
nobody but this machine, only with the demo's key; and nobody may do more because of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from mexile.access.policy import DEMO, POLICY
from mexile.access.roles import ROLES
from mexile.app import create_app, routes_of
from mexile.config import Config
from mexile.demo import credentials, place, walk
from mexile.demo.organization.staff import walkers
from tests.clients import Client
from tests.databases import let_go
from tests.house.canaries import leaks, set_canaries
from tests.house.recorder import writes
from tests.house.test_rights import MAY_BE_WRITTEN_BY_A_GET, routes
from tests.house.world import World
from tests.make import Make

pytestmark = pytest.mark.once

KEY = "a-demo-key-of-the-tests"
SIGNING_IN = {"rate_count", "trail", "user_account"}
FAR = {"REMOTE_ADDR": "192.0.2.7"}
ADDRESSES = {"<person>": "lucia", "<int:number>": "1", "<int:part>": "0"}


@pytest.fixture
def mount(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., Flask]]:
    """`mount(demo_key=...)`: the application with the demo, on the database of the test."""
    made: list[Flask] = []
    monkeypatch.setattr(place, "PATIENCE", 0.0)  # nobody is there to lay the organization again

    def begin(**more: Any) -> Flask:
        settings: Config = replace(app.config["MEXILE"], **{"demo_key": KEY, **more})
        place.Place(settings.home).make()
        found = create_app(settings, more=[walk], lines=DEMO)
        found.testing, found.test_client_class = True, Client
        made.append(found)
        return found

    yield begin
    for one in made:
        let_go(one)


def _demo_routes(app: Flask) -> Iterator[tuple[str, str]]:
    """(method, address) of every route of the demo."""
    for route in app.url_map.iter_rules():
        if route.endpoint in DEMO:
            address = route.rule
            for argument, value in ADDRESSES.items():
                address = address.replace(argument, value)
            assert "<" not in address, f"{route.rule}: say here what stands in it"
            for method in sorted((route.methods or set()) - {"HEAD", "OPTIONS"}):
                yield method, address


def _browsers(app: Flask, make: Make, world: World) -> Iterator[tuple[str, Client]]:
    yield "a stranger", app.test_client().carry(app, None, None)
    for role in ROLES:
        user = world.user[role]
        yield role, app.test_client().carry(app, make.session(user), user)


def test_the_demo_is_mounted_with_its_lines_or_not_at_all(app: Flask, mount: Callable[..., Flask]) -> None:
    assert not any(endpoint.startswith("demo.") for endpoint in routes_of(app))
    with pytest.raises(RuntimeError, match="no line"):
        create_app(replace(app.config["MEXILE"], demo_key=KEY), more=[walk])
    with pytest.raises(RuntimeError, match="no route"):
        create_app(replace(app.config["MEXILE"], demo_key=KEY), lines=DEMO)
    mounted = routes_of(mount())
    assert {end: methods for end, methods in mounted.items() if end not in DEMO} == routes_of(app)
    assert {end: set(lines) for end, lines in DEMO.items()} == {end: mounted[end] for end in DEMO}


@pytest.mark.parametrize(
    ("what", "settings", "environ"),
    [
        ("from another machine", {}, FAR),
        ("from no address", {}, {"REMOTE_ADDR": ""}),
        ("without the key", {"demo_key": ""}, {}),
        ("in production", {"production": True}, {}),
    ],
)
def test_every_route_of_the_demo_is_nowhere(
    mount: Callable[..., Flask], make: Make, what: str, settings: dict[str, Any], environ: dict[str, str]
) -> None:
    app, world = mount(**settings), World(make)
    for role, browser in _browsers(app, make, world):
        for method, address in _demo_routes(app):
            answer = browser.open(address, method=method, environ_base=environ)
            assert answer.status_code == 404, f"{method} {address} for {role} {what}"


def test_at_this_machine_it_answers_everybody_alike_and_shows_nothing_of_anybody(
    mount: Callable[..., Flask], make: Make
) -> None:
    app, world = mount(), World(make)
    canaries = set_canaries(app, world)
    wrong = []
    for role, browser in _browsers(app, make, world):
        for method, address in _demo_routes(app):
            with writes(app) as written:
                answer = browser.open(address, method=method)
            is_there = answer.status_code in (200, 302) or (answer.status_code == 404 and _may_be_absent(address))
            if not is_there:
                wrong.append(f"{method} {address} for {role}: {answer.status_code}")
            if set(written) - MAY_BE_WRITTEN_BY_A_GET - (SIGNING_IN if "/enter/" in address else set()):
                wrong.append(f"{method} {address} for {role} wrote {sorted(set(written))}")
            wrong += [f"{method} {address} shows {role} the {leak}" for leak in leaks(canaries, role, answer)]
    assert not wrong, "\n".join(wrong)


def _may_be_absent(address: str) -> bool:
    """No letter lies in the mails of a test, and no switch is named."""
    return address.startswith("/demo/mails") or address == "/demo/switch"


@pytest.mark.parametrize("forgery", ["no word", "another site"])
def test_no_form_of_the_demo_is_taken_from_elsewhere(mount: Callable[..., Flask], make: Make, forgery: str) -> None:
    app, world = mount(), World(make)
    for role, browser in _browsers(app, make, world):
        for method, address in _demo_routes(app):
            if method == "POST":
                headers = {"Sec-Fetch-Site": "cross-site"} if forgery == "another site" else {}
                answer = browser.open(address, method=method, csrf=forgery == "another site", headers=headers)
                assert answer.status_code in (400, 403), f"{address} for {role}"


def _denied(answer: TestResponse) -> bool:
    return answer.status_code in (401, 404) or "/sign-in?" in answer.headers.get("Location", "")


def test_nobody_may_do_more_after_a_walk_than_before(mount: Callable[..., Flask], make: Make) -> None:
    """Every page that a role may not open stays shut, in a browser that has been on every page of the demo."""
    app, world = mount(), World(make)
    for role, browser in _browsers(app, make, world):
        for method, address in _demo_routes(app):
            browser.open(address, method=method)
        for route, method, rule in _own_routes(app):
            if rule.public or role in rule.roles:
                continue
            answer = browser.open(world.address(route), method=method)
            assert _denied(answer), f"{method} {route.rule} for {role}: {answer.status_code}"


def _own_routes(app: Flask) -> Iterator[Any]:
    for route in app.url_map.iter_rules():
        if route.endpoint in POLICY and route.endpoint != "static":
            for method in sorted((route.methods or set()) - {"HEAD", "OPTIONS"}):
                yield route, method, POLICY[route.endpoint][method]


def test_a_password_is_filled_in_for_the_seven_alone_and_at_this_machine_alone(
    mount: Callable[..., Flask], make: Make
) -> None:
    app = mount()
    lucia = next(one for one in walkers() if one.word == "lucia")
    walker = make.user(role="caseworker", code=lucia.code, email=lucia.email)
    other = make.user(role="director")
    password = credentials.of(KEY, "lucia").password
    for user, environ, is_filled in ((walker, {}, True), (walker, FAR, False), (other, {}, False)):
        browser = app.test_client().carry(app, make.session(user), user)
        for door in ("/confirm", "/unlock"):
            page = browser.get(door, environ_base=environ)
            assert page.status_code == 200
            assert (password in page.text) is is_filled


def test_the_enumeration_leaves_no_route_out(app: Flask) -> None:
    """Every route stands in the enumeration of the table or in the one above."""
    assert {route.endpoint for route, _, _ in routes(app)} | {"static"} == set(routes_of(app)) - set(DEMO)
