"""Requests that name a record: of somebody whom one sees, of somebody whom one doesn't, and one that never was; and
what there is to compare of their answers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from types import SimpleNamespace
from typing import Any

from flask import Flask
from lxml import html
from sqlalchemy import select
from werkzeug.datastructures import MultiDict
from werkzeug.routing import Rule as Route
from werkzeug.test import TestResponse

from mexile.access.policy import PolicyLine
from mexile.access.roles import CASEWORKER, INTAKE
from mexile.arrivals.models import ArrivalParty
from mexile.ground.db import db
from mexile.web.form import OWN
from tests.clients import Client
from tests.house.behind import BEHIND, MORE, TYPED, WITH
from tests.house.recorder import writes
from tests.house.sent import Sent, names_sent
from tests.house.test_rights import routes
from tests.house.world import ADDRESSES, CHOICES, World, arguments


@dataclass(frozen=True)
class Case:
    """One field of one request, and what it says when it names a record."""

    route: Route
    method: str
    rule: PolicyLine
    name: str
    way: str
    says: str

    @property
    def title(self) -> str:
        return f"{self.method} {self.route.endpoint} {self.name}"


def cases(app: Flask) -> Iterator[Case]:
    for route, method, rule in routes(app):
        for name, way, _kind in names_of_route(app, route):
            says = BEHIND.get(f"{route.endpoint} {name}") or BEHIND.get(name)
            if says and (way != "form" or method == "POST"):
                yield Case(route, method, rule, name, way, says)
        for title, says in TYPED.items():
            endpoint, name = title.split()
            if endpoint == route.endpoint and (
                method == "POST" or route.methods is not None and "POST" not in route.methods
            ):
                yield Case(route, method, rule, name, "form" if method == "POST" else "args", says)


def names_of_route(app: Flask, route: Route) -> list[Sent]:
    return names_sent(app.view_functions[route.endpoint], "POST" in (route.methods or ()))


def narrow_role(rule: PolicyLine) -> str | None:
    """Somebody who may ask and doesn't see everybody."""
    return next((role for role in (CASEWORKER, INTAKE) if role in rule.roles), None)


# ---- the records --------------------------------------------------------------


def _planted(world: World, relation: str, role: str) -> dict[str, Any]:
    """The records around the member of this relation, with a paper linked to her consent."""
    records = world.records(relation, role)
    kept = world.__dict__.setdefault("links", {})
    if relation not in kept:
        kept[relation] = world.make.document_link(records["documents"], consent=records["consents"], by=world.colleague)
    if "party" not in kept:
        world.make.arrivals([(date(2026, 3, 10), 3, "CU", "spa", None)])
        kept["party"] = world.make.read(lambda: db.session.scalars(select(ArrivalParty)).first())
    return {**records, "links": kept[relation], "arrivals": kept["party"], "attorneys": world.user["attorney"]}


class _Never:
    """Records that never were: codes of the same letters, numbers that no row has."""

    def __init__(self, records: dict[str, Any]):
        self.records = records

    def __getitem__(self, word: str) -> Any:
        if word == "attorneys":
            return self.records[word]
        code = getattr(self.records.get(word), "code", "")
        return SimpleNamespace(code=re.sub(r"\d+$", lambda digits: "9" * len(digits[0]), code), id=999_999)


def _said(says: str, records: Any) -> str:
    return re.sub(r"\{([a-z]+)\.(code|id)\}", lambda hit: str(getattr(records[hit[1]], hit[2])), says)


# ---- answers ------------------------------------------------------------------

_OWN = re.compile(rf'<input[^>]*name="(?:{"|".join(OWN)})"[^>]*>')


@dataclass(frozen=True)
class Said:
    """An answer without what differs each time, and without the code that was asked for."""

    status: int
    location: str
    body: str
    written: tuple[str, ...]


def _answer(app: Flask, client: Client, address: str, method: str, codes: list[str], **sent: Any) -> Said:
    client.carry(app, client.secret, client.user)
    with writes(app) as written:
        answer = client.open(address, method=method, **sent)
    # The first denial of a minute stands in the trail, the others are counted: tests/ground/test_anchor.py.
    left = {"rate_count", "trail"} if answer.status_code == 404 else {"rate_count"}
    tables = tuple(table for table in written if table not in left)
    location = _without(answer.headers.get("Location", ""), codes)
    return Said(answer.status_code, location, _without(_body(answer), codes), tables)


def _body(answer: TestResponse) -> str:
    return _OWN.sub("", answer.text) if answer.mimetype.startswith("text/") else f"{len(answer.data)} bytes"


def _without(text: str, codes: list[str]) -> str:
    for code in codes:
        before = r"(value=\"|[?&;/]\w+=|%3D|/)" if code.isdecimal() else "()"
        text = re.sub(rf"{before}{re.escape(code)}(?!\w)", r"\1·", text)
    return text


def difference(never: Said, foreign: Said) -> str:
    for what in ("status", "location", "written"):
        if getattr(never, what) != getattr(foreign, what):
            return f"{what}: {getattr(never, what)!r} for a code that never was, {getattr(foreign, what)!r}"
    lines, others = never.body.splitlines(), foreign.body.splitlines()
    first = next((pair for pair in zip(lines, others, strict=False) if pair[0] != pair[1]), ("", ""))
    return f"body: {first[0].strip()[:160]!r} for a code that never was, {first[1].strip()[:160]!r}"


# ---- the requests -------------------------------------------------------------


def _forms(app: Flask, world: World, client: Client, role: str) -> dict[str, list[dict[str, list[str]]]]:
    """Where a form goes -> what each form holds that goes there, filled in as a person might."""
    forms: dict[str, list[dict[str, list[str]]]] = {}
    for route, method, rule in routes(app):
        if method != "GET" or role not in rule.roles:
            continue
        for address in world.addresses(route, "assigned", role)[:1]:
            address += MORE.get(route.endpoint, "")
            client.carry(app, client.secret, client.user)
            answer = client.get(address)
            if answer.mimetype == "text/html" and answer.status_code == 200 and answer.text.strip():
                for form in html.fromstring(answer.text).iter("form"):
                    if (form.get("method") or "get").lower() == "post":
                        forms.setdefault(form.get("action") or address, []).append(_filled(form))
    return forms


def _filled(form: Any) -> dict[str, list[str]]:
    sent: dict[str, list[str]] = {}
    for field in form.xpath(".//input[@name] | .//select[@name] | .//textarea[@name] | .//button[@name]"):
        name, kind = field.get("name"), field.get("type", "text") if field.tag == "input" else field.tag
        value = field.get("value") or ""
        if kind == "select":
            options = [option.get("value") for option in field.iter("option") if option.get("value")]
            chosen = [option.get("value") for option in field.iter("option") if option.get("selected") is not None]
            value = next((word for word in [*chosen, *options] if word), "")
        elif kind in ("checkbox", "radio") and (name in sent or field.get("checked") is None and kind == "checkbox"):
            continue
        elif kind not in ("hidden", "checkbox", "radio", "button"):
            value = value or (field.text or "").strip() or ("Algo" if "required" in field.attrib else "")
        if name not in OWN:
            sent.setdefault(name, []).append(value)
    return sent


def _sent(case: Case, address: str, forms: dict[str, list[dict[str, list[str]]]], records: Any) -> dict[str, Any]:
    named = {case.name: _said(case.says, records)}
    named |= {name: _said(says, records) for name, says in WITH.get(case.title, {}).items()}
    if case.method == "GET":
        return {"query_string": named}
    filled = forms.get(address, [{}])
    form = next((form for form in filled if case.name in form), filled[0])
    data = MultiDict({**form, **{name: [value] for name, value in named.items()}})
    return {"data": data, "query_string": named} if case.way == "args" else {"data": data}


def _codes(case: Case, records: Any) -> list[str]:
    says = case.says + "".join(WITH.get(case.title, {}).values())
    return [str(getattr(records[word], kind)) for word, kind in re.findall(r"\{([a-z]+)\.(code|id)\}", says)]


class Asking:
    """Somebody who doesn't see everybody, the pages she can open, and the records around those she sees or doesn't."""

    def __init__(self, app: Flask, world: World, client: Client, role: str):
        self.app, self.world, self.client, self.role = app, world, client, role
        self.seen, self.foreign = _planted(world, "assigned", role), _planted(world, "not", role)
        self.never = _Never(self.foreign)
        self._forms: dict[str, list[dict[str, list[str]]]] | None = None

    @property
    def forms(self) -> dict[str, list[dict[str, list[str]]]]:
        if self._forms is None:
            self._forms = _forms(self.app, self.world, self.client, self.role)
        return self._forms

    def send(self, case: Case, address: str, records: Any) -> Said:
        sent = _sent(case, address, self.forms, records)
        codes = [code for rows in (self.never, self.foreign, self.seen) for code in _codes(case, rows)]
        return _answer(self.app, self.client, address, case.method, codes, **sent)


def answered(asker: Asking, route: Route, method: str, argument: str, records: Any) -> Said:
    """The answer where only this argument is of ``records``, the others of whom one sees."""
    values = {name: _in_address(name, word, asker.seen) for name, word in arguments(route).items()}
    word = arguments(route)[argument]
    values[argument] = _in_address(argument, word, records)
    codes = [str(_in_address(argument, word, rows)) for rows in (asker.never, asker.foreign, asker.seen)]
    built = route.build(values)
    assert built is not None
    return _answer(asker.app, asker.client, built[1], method, codes)


def _in_address(argument: str, word: str, records: Any) -> Any:
    if word in CHOICES:
        return CHOICES[word][0]
    return ADDRESSES.get(f"{word}.{argument}", lambda record: getattr(record, "code", record))(records[word])
