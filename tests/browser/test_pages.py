"""Every page, in both languages, by day and by night, on a desk and on a phone: axe-core finds nothing
serious, nothing scrolls sideways, the console is silent, and no request leaves our own address.

`make pictures INTO=folder` writes what the browser sees, for people to look at.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from mexile.access.roles import ROLES
from tests.browser.filled import fill
from tests.browser.looking import Visit, visiting
from tests.browser.pages import places
from tests.browser.site import Site
from tests.make import Make

# Every pair of (width, light, language) comes up; all eight together would only say it twice.
VIEWS = [(1280, "day", "en"), (1280, "night", "es"), (360, "day", "es"), (360, "night", "en")]


@pytest.mark.once
@pytest.mark.parametrize(("width", "light", "language"), VIEWS)
def test_every_page_is_sound(browser: Browser, site: Site, make: Make, width: int, light: str, language: str) -> None:
    people = {role: make.user(role=role, language=language, name=f"Lucía {role}") for role in ROLES}
    made = fill(make, people)
    found, missing = places(site.app, made.examples)
    assert not missing, "pages without an example in tests/browser/filled.py"
    # A colour is the same at any width: each light is looked at once.
    contrast = (width == 1280) == (light == "day")
    wrong: dict[str, list[str]] = {}
    for role in ["", "donor", *ROLES]:
        theirs = [place for place in found if place.role == role]
        cookies = site.cookies_of_donor(made.donor_word) if role == "donor" else site.cookies_of(make, people.get(role))
        with visiting(
            browser, site.address, cookies=cookies, width=width, dark=light == "night", language=language
        ) as (_, visit):
            for place in theirs:
                name = "-".join([place.endpoint, role or "stranger", str(width), light, language])
                problems = look(visit, place.path, name, contrast)
                if problems:
                    wrong[f"{place.endpoint} {place.path} as {role or 'stranger'}"] = problems
    assert not wrong


def look(visit: Visit, path: str, name: str, contrast: bool) -> list[str]:
    """Open `path` and say what is wrong there; files are left aside."""
    visit.complaints.clear()
    visit.outside.clear()
    answer = visit.page.goto(path)
    if answer.status >= 400:
        return [f"answered {answer.status}"]
    if into := os.environ.get("PICTURES"):
        visit.page.screenshot(path=Path(into) / f"{name}.png", full_page=True)
    return visit.problems(contrast)
