"""Behind every code that a request can name, in its address, its form or after the question mark, lies a record
outside the rights of who asks: the answer is that to a code which never was, word for word, and nothing is written."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select
from wtforms import HiddenField, RadioField, SelectField

import mexile
from mexile.access.policy import SCOPES
from mexile.access.roles import CASEWORKER, INTAKE
from mexile.ground import keyring
from mexile.ground.db import db
from mexile.web.fields import CodeField, SeveralField
from tests.clients import Client
from tests.house.asking import Asking, answered, cases, difference, names_of_route, narrow_role
from tests.house.behind import BEHIND, ELSEWHERE, NAMES_NONE, TYPED, UNMOVED
from tests.house.test_rights import routes
from tests.house.world import HANGING, RELATIONS, World, arguments, sees
from tests.make import Make

MAY_NAME_A_RECORD = (None, HiddenField, SelectField, RadioField, SeveralField, CodeField)
"""The fields that may name a record; None, what a view reads by itself."""

SCOPED = {
    "alert": "alerts",
    "bond": "bonds",
    "case": "cases",
    "deadline": "deadlines",
    "detention": "detentions",
    "document": "documents",
    "event_change": "events",
    "event_report": "events",
    "import": "sheets",
    "inquiry": "inquiries",
    "media": "media",
    "member": "members",
    "my_emergency": "emergencies",
    "my_events": "events",
    "my_services": "services",
    "saved_view": "views",
    "theory": "cases",
}
"""The word of a scope -> the record of the world on whose table its WHERE is; only attorneys read every theory."""


@pytest.fixture
def world(make: Make) -> World:
    return World(make)


@pytest.mark.once
def test_every_field_that_may_name_a_record_says_which(app: Flask) -> None:
    silent = []
    for route, method, _rule in routes(app):
        for name, _way, kind in names_of_route(app, route):
            is_known = {name, f"{route.endpoint} {name}"} & {*BEHIND, *TYPED, *NAMES_NONE, *ELSEWHERE}
            if kind in MAY_NAME_A_RECORD and not is_known:
                silent.append(f"{method} {route.endpoint}: {name}")
    assert silent == []


@pytest.fixture
def undone(app: Flask, world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every write transaction reaches the database and is undone at its end."""

    def undo() -> None:
        db.session.flush()
        db.session.rollback()

    monkeypatch.setattr(db.session, "commit", undo)
    monkeypatch.setattr(keyring.Keyring, "destroy", lambda ring, key_id: None)


@pytest.fixture
def askers(app: Flask, world: World, client_as: Callable[..., Client], request: Any) -> dict[str, Asking]:
    askers = {role: Asking(app, world, client_as(user=world.user[role]), role) for role in (CASEWORKER, INTAKE)}
    request.getfixturevalue("undone")
    return askers


@pytest.mark.once
def test_a_code_that_is_sent_and_outside_the_rights_is_a_code_that_never_was(
    app: Flask, world: World, askers: dict[str, Asking]
) -> None:
    wrong, unmoved, tried = [], [], 0
    for case in cases(app):
        role = narrow_role(case.rule)
        if role is None:
            continue
        tried, asker = tried + 1, askers[role]
        address = world.addresses(case.route, "assigned", role)[0]
        never, foreign, seen = (asker.send(case, address, rows) for rows in (asker.never, asker.foreign, asker.seen))
        if never != foreign:
            wrong.append(f"{case.title} of {role}: {difference(never, foreign)}")
        if never == seen:
            unmoved.append(case.title)
    assert tried > 80
    assert not wrong, "\n".join(wrong)
    assert {*unmoved} - {*UNMOVED} == set(), "a code that one sees is answered here as one that never was"


@pytest.mark.once
def test_a_code_in_an_address_and_outside_the_rights_is_a_code_that_never_was(
    app: Flask, world: World, askers: dict[str, Asking]
) -> None:
    """Behind each code of an address, also where those before it are of somebody whom one sees."""
    wrong, tried = [], 0
    for route, method, rule in routes(app):
        role = narrow_role(rule)
        if role is None:
            continue
        asker = askers[role]
        for argument, word in arguments(route).items():
            if word not in HANGING or (word == "inquiries" and role == INTAKE):
                continue
            tried += 1
            never, foreign = (answered(asker, route, method, argument, rows) for rows in (asker.never, asker.foreign))
            if never != foreign:
                wrong.append(f"{method} {route.rule} {argument} of {role}: {difference(never, foreign)}")
    assert tried > 200
    assert not wrong, "\n".join(wrong)


@pytest.mark.once
def test_each_scope_is_the_where_by_which_the_routes_answer(app: Flask, world: World, make: Make) -> None:
    """What ``sees`` foretells here, the routes answer in tests/house/test_rights.py."""
    asked = {(rule.scope, role) for _route, _method, rule in routes(app) if rule.scope for role in rule.roles}
    assert SCOPES.keys() == SCOPED.keys() == {scope for scope, _role in asked}
    wrong = []
    for (scope, role), relation in itertools.product(sorted(asked), RELATIONS):
        record, viewer = world.records(relation, role)[SCOPED[scope]], make.viewer(role, user=world.user[role])
        of_record = select(type(record).id).where(type(record).id == record.id, SCOPES[scope](viewer))
        is_seen = make.read(lambda: db.session.scalar(of_record)) is not None  # noqa: B023
        if is_seen != (sees(role, relation, scope) and (scope != "theory" or role == "attorney")):
            wrong.append(f"{scope} for {role}, {relation}: {is_seen}")
    assert wrong == []


@pytest.mark.once
def test_who_may_know_of_a_member_is_written_in_one_place() -> None:
    """No other house asks itself which assignments and emergencies count now, or goes over ``Member`` to ask of a row."""
    place, own = (
        Path(mexile.__file__).parent,
        re.compile(
            r"Assignment\.to_at >|EmergencyAccess\.until_at >|member_id\.in_\(\s*select\(Member\.id\)\.where\(\w*visible"
        ),
    )
    written = {str(path.relative_to(place)) for path in place.rglob("*.py") if own.search(path.read_text())}
    assert written == {"members/assignment/rights.py"}
