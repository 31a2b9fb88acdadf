"""Templates keep to the parts: no style attribute, no script or style inside a page, no event attribute."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

TEMPLATES = Path(__file__).parents[2] / "templates"
STATIC = Path(__file__).parents[2] / "mexile" / "static"


@pytest.mark.parametrize(
    "template", sorted(TEMPLATES.rglob("*.html")), ids=lambda path: str(path.relative_to(TEMPLATES))
)
def test_a_template_holds_no_style_and_no_script_of_its_own(template: Path) -> None:
    text = re.sub(r"\{#.*?#\}", "", template.read_text(), flags=re.DOTALL)
    assert not re.search(r"\sstyle=", text), "a style attribute"
    assert not re.search(r"<style|<script(?![^>]*\bsrc=)", text), "a style or script inside the page"
    assert not re.search(r"\son[a-z]+=\"", text), "an event attribute"
    assert "javascript:" not in text


def test_our_own_scripts_are_small_and_need_no_code_made_from_words() -> None:
    scripts = {path.name: path.read_text() for path in (STATIC / "js").glob("*.js")}
    for name, text in scripts.items():
        assert "eval(" not in text and "new Function" not in text, name
        assert text.startswith("//"), f"{name} says at its head what it is for"
    assert sum(len(text) for text in scripts.values()) < 32_000


def test_every_name_in_our_htmx_configuration_exists_in_the_pinned_file() -> None:
    found = re.search(r"name=\"htmx-config\" content='([^']*)'", (TEMPLATES / "base.html").read_text())
    names = re.findall(r'"([A-Za-z]+)":', found.group(1))
    pinned = (STATIC / "vendor" / "htmx.min.js").read_text()
    assert names and all(name in pinned for name in names)
