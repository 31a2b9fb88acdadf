"""An address with a number or a word that nothing has: nothing is there, and nothing breaks."""

from __future__ import annotations

from typing import Any

from flask import Flask

from mexile.access.roles import ROLES
from tests.house.test_rights import routes
from tests.house.world import World, arguments
from tests.make import Make

NUMBERS = ["9" * 25]
WORDS = ["x" * 3000, "ME-%00", "%FF", "%2e%2e%2fx"]


def test_an_address_that_leads_nowhere_leads_nowhere(app: Flask, make: Make, client_as: Any) -> None:
    world, wrong = World(make), []
    clients = {role: client_as(user=world.user[role]) for role in ROLES}
    for route, method, rule in routes(app):
        role = next((role for role in ROLES if role in rule.roles), None)
        if role is None or not route.arguments:
            continue
        good = world.addresses(route, "assigned", role)[0]
        for argument in arguments(route):
            converter = route._converters[argument]
            for odd in NUMBERS if type(converter).__name__ == "IntegerConverter" else WORDS:
                address = _with(route.rule, good, argument, odd)
                clients[role].carry(app, clients[role].secret, clients[role].user)
                answer = clients[role].open(address, method=method)
                if answer.status_code >= 500:
                    wrong.append(f"{method} {route.rule}: {odd[:30]} gives {answer.status_code}")
    assert wrong == []


def test_what_nobody_types_behind_a_question_mark_or_in_a_form_breaks_nothing(make: Make, client_as: Any) -> None:
    client = client_as("attorney")
    member = make.member(assigned=client.user)
    for word in ("%00", "ME-%000001", "9" * 30, "%FF%FE", "x" * 3000):
        for address in (
            f"/events/new?member={word}", f"/events/new?case={word}", f"/members?q={word}&after={word}&before={word}",
            f"/search?q={word}", f"/cases?after={word}&q={word}", f"/members/{member.code}/merge?other={word}",
            f"/docket?who={word}", f"/deadlines?who={word}", f"/services?after={word}", f"/inquiries?after={word}",
        ):  # fmt: skip
            assert client.get(address).status_code in (200, 302, 404, 409, 422), address
    for word in ("\0", "ME-\0", "9" * 30):
        for address in (
            f"/members/{member.code}/merge",
            "/alerts",
            f"/members/{member.code}/contacts/rules",
            "/media/new",
        ):
            sent = {
                "other": word,
                "member": word,
                "who": word,
                "versions": f"{word}-{word}",
                "version": word,
                "form_token": word,
            }
            assert client.post(address, data=sent).status_code < 500, address


def _with(rule: str, good: str, argument: str, odd: str) -> str:
    """`good` with another value in the place of one argument."""
    parts, pieces = rule.split("/"), good.split("?")[0].split("/")
    return "/".join(
        odd if part.startswith("<") and part.rstrip(">").rpartition(":")[2].lstrip("<") == argument else piece
        for part, piece in zip(parts, pieces, strict=True)
    )
