"""Pages that several houses fill: each asks for parts that are listed, and each list is asked for."""

import re
from pathlib import Path
from typing import Any

import pytest

from mexile.home.parts import PARTS
from tests.make import Make

TEMPLATES = Path(__file__).parents[2] / "templates"
ASKED = re.compile(r"""panels\(["'](\w+)["']( *~)?""")


def test_a_page_asks_for_parts_that_are_listed_and_every_list_is_asked_for() -> None:
    asked = {said for path in TEMPLATES.rglob("*.html") for said in ASKED.findall(path.read_text("utf-8"))}
    whole = {name for name, goes_on in asked if not goes_on}
    begun = tuple(name for name, goes_on in asked if goes_on)
    assert whole <= PARTS.keys()
    assert [name for name in PARTS if name not in whole and not name.startswith(begun)] == []
    assert all(any(name.startswith(word) for name in PARTS) for word in begun)


def test_every_part_has_its_template() -> None:
    missing = [part.template for parts in PARTS.values() for part in parts if not (TEMPLATES / part.template).is_file()]
    assert missing == []


@pytest.mark.once
def test_a_page_of_a_house_without_a_door_lies_behind_its_neighbor_s(make: Make, client_as: Any) -> None:
    client = client_as("director")
    for address, door in ((f"/donors/{make.donor().code}", "Giving"), ("/sheets", "Members"), ("/arrivals", "Members")):
        current = re.findall(r'<a [^>]*aria-current="[^"]*"[^>]*>\s*([^<]+)<', client.get(address).text)
        assert door in [word.strip() for word in current], (address, current)
