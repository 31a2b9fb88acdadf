"""Inquiries are privileged: no report, no export and no other house's file knows of them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask

from tests.clients import Client
from tests.house.canaries import seen_in
from tests.house.test_rights import routes
from tests.house.world import World
from tests.make import Make

ROOT = Path(__file__).parents[2]
WORDS = ("Quetzalina", "Palomita", "Escondida", "Inventadísimo", "Dichoso", "Otraparte", "IQ-0")
OURS = ("inquiries.", "home.today", "arrivals.arrivals", "access.trail")
"""Who sees an inquiry meets it here; the trail names its code alone."""


def test_no_house_that_counts_or_exports_knows_the_word() -> None:
    files = [
        path for house in ("reports", "grants", "gifts", "services") for path in (ROOT / "mexile" / house).rglob("*.py")
    ]
    files += [path for path in (ROOT / "mexile" / "members").rglob("*export*.py")]
    files += list((ROOT / "reports").glob("*.toml"))
    assert len(files) > 80
    assert [
        str(path) for path in files if "mexile.inquiries" in path.read_text() or "inquiry" in path.read_text()
    ] == []


@pytest.mark.once
def test_nothing_that_leaves_the_house_holds_a_word_of_an_inquiry(
    app: Flask, make: Make, client_as: Callable[..., Client]
) -> None:
    """The director may see every inquiry, so every file and page she can make is read for its words."""
    world = World(make)
    asked = make.inquiry(
        answers=world.user["director"], alias="Quetzalina", answer="por Palomita", note="Escondida", consented=True
    )
    make.conversation(asked, note="habló de Escondida")
    make.named(asked, "Fulano Inventadísimo")
    decided = make.decision(asked, "refer")
    make.answer(asked, decided, words="Dichoso", elsewhere="Otraparte")
    client = client_as(user=world.user["director"])
    wrong, files = [], 0
    for route, method, rule in routes(app):
        leaves = method == "POST" and any(word in route.rule for word in ("workbook", "export", "/file", "/reports/"))
        if "director" not in rule.roles or route.endpoint.startswith(OURS) or not (method == "GET" or leaves):
            continue
        client.carry(app, client.secret, client.user)
        answer = client.open(world.address(route), method=method)
        files += answer.mimetype != "text/html"
        wrong += [f"{method} {route.rule} holds {word}" for word in WORDS if word in seen_in(answer)]
    assert files and not wrong, "\n".join(wrong)
