"""Pages that several houses fill: each asks for parts that are listed, and each list is asked for."""

import re
from pathlib import Path

from mexile.home.parts import PARTS

TEMPLATES = Path(__file__).parents[2] / "templates"
ASKED = re.compile(r"""panels\(["'](\w+)["']""")


def test_a_page_asks_for_parts_that_are_listed_and_every_list_is_asked_for() -> None:
    asked = {name for path in TEMPLATES.rglob("*.html") for name in ASKED.findall(path.read_text("utf-8"))}
    assert asked == PARTS.keys()


def test_every_part_has_its_template() -> None:
    missing = [part.template for parts in PARTS.values() for part in parts if not (TEMPLATES / part.template).is_file()]
    assert missing == []
