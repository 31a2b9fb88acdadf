"""Every page, in both languages, by day and by night, on a desk and on a phone: axe-core finds nothing,
nothing scrolls sideways, the console is silent, and no request leaves our own address.

`make axe` asks axe-core at both widths and in both lights; `make pictures INTO=folder` writes what the browser
sees, for people to look at.
"""

from __future__ import annotations

import itertools
import os
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from mexile.access.roles import ROLES
from tests.browser.filled import fill
from tests.browser.looking import AXE, WIDTHS, Visit, visiting
from tests.browser.pages import places
from tests.browser.site import Site
from tests.make import Make

# What is seen of each language: axe-core looks at the first of them, whose page was loaded so; then the window changes.
# A color is the same at any width, so that each light is looked at once; words are as long in any light.
VIEWS = {"en": [(1280, "day"), (360, "night")], "es": [(360, "night"), (1280, "day")]}
EVERY = list(itertools.product(WIDTHS, ("day", "night")))


@pytest.mark.once
@pytest.mark.parametrize("language", VIEWS)
def test_every_page_is_sound(browser: Browser, site: Site, make: Make, language: str) -> None:
    people = {role: make.user(role=role, language=language, name=f"Lucía {role}") for role in ROLES}
    filled = fill(make, people)
    every, missing = places(site.app, filled.examples)
    assert not missing, "pages without an example in tests/browser/filled.py"
    views = EVERY if os.environ.get("AXE") else VIEWS[language]
    width, light = views[0]
    wrong: dict[str, list[str]] = {}
    for role in ["", "donor", *ROLES]:
        cookies = (
            site.cookies_of_donor(filled.donor_word) if role == "donor" else site.cookies_of(make, people.get(role))
        )
        with visiting(
            browser, site.address, cookies=cookies, width=width, dark=light == "night", language=language
        ) as (context, visit):
            context.add_init_script(path=AXE)
            for place in [place for place in every if place.role == role]:
                name = "-".join([place.endpoint, role or "stranger", language])
                problems = look(visit, place.path, name, views)
                if problems:
                    wrong[f"{place.endpoint} {place.path} as {role or 'stranger'}"] = problems
    assert not wrong, "\n".join(f"{place}: {problem}" for place, problems in wrong.items() for problem in problems)


def look(visit: Visit, path: str, name: str, views: list[tuple[int, str]]) -> list[str]:
    """Open `path` and say what is wrong there in each of `views` (width, light); files are left aside."""
    visit.complaints.clear()
    visit.outside.clear()
    visit.show(*views[0])
    answer = visit.page.goto(path)
    if answer.status >= 400:
        return [f"answered {answer.status}"]
    wrong = []
    for width, light in views:
        visit.show(width, light)
        is_asked = views is EVERY or (width, light) == views[0]
        wrong += [f"{width} {light}: {problem}" for problem in visit.problems(axe=is_asked)]
    if into := os.environ.get("PICTURES"):
        for width, light in EVERY:
            visit.show(width, light)
            visit.page.screenshot(path=Path(into) / f"{name}-{width}-{light}.png", full_page=True)
    return wrong
