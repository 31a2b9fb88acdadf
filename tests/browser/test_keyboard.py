"""Whole walks without a mouse; and wherever the focus stands, one sees it."""

from __future__ import annotations

import pyotp
import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.filled import fill
from tests.browser.looking import visiting
from tests.browser.site import Site
from tests.make import Make
from tests.makers.access import PASSWORD

pytestmark = pytest.mark.once

SEEN = """() => {
  const here = document.activeElement;
  if (here === document.body) return null;
  const shown = (element) => element && getComputedStyle(element).outlineStyle !== "none";
  const box = here.getBoundingClientRect();
  const bar = document.querySelector(".log");
  const top = bar && getComputedStyle(bar).position === "fixed" && !bar.contains(here) ? bar.getBoundingClientRect().top : innerHeight;
  return {
    what: here.outerHTML.slice(0, 120),
    seen: shown(here) || shown(here.closest("label")),
    inside: box.right > 0 && box.left < innerWidth && box.bottom > 0 && box.top < top,
  };
}"""


def walk(page: Page, steps: int = 60) -> list[dict]:
    """Press Tab through the page; what had the focus, whether it was seen and on the screen."""
    found = []
    for _ in range(steps):
        page.keyboard.press("Tab")
        here = page.evaluate(SEEN)
        if here is None:
            break
        found.append(here)
    return found


@pytest.mark.parametrize("width", [1280, 360])
def test_the_focus_is_always_seen_and_on_the_screen(browser: Browser, site: Site, make: Make, width: int) -> None:
    people = {role: make.user(role=role) for role in ("caseworker", "director", "intake")}
    made = fill(make, people)
    cookies = site.cookies_of(make, people["director"])
    with visiting(browser, site.address, cookies=cookies, width=width) as (_, visit):
        for path in ("/today", f"/members/{made.examples['members.code']}", "/gifts", "/give"):
            visit.page.goto(path)
            found = walk(visit.page)
            assert len(found) > 5
            assert [here["what"] for here in found if not here["seen"]] == [], path
            assert [here["what"] for here in found if not here["inside"]] == [], path


def test_one_signs_in_and_closes_yesterday_by_keyboard(browser: Browser, site: Site, make: Make) -> None:
    people = {role: make.user(role=role) for role in ("caseworker", "director", "intake")}
    fill(make, people)
    lucia = people["caseworker"]
    with visiting(browser, site.address) as (_, visit):
        page = visit.page
        page.goto("/sign-in")
        page.get_by_label("E-mail").focus()
        page.keyboard.type(lucia.email)
        page.keyboard.press("Tab")
        page.keyboard.type(PASSWORD)
        page.keyboard.press("Tab")
        page.keyboard.type(pyotp.TOTP(lucia.totp).now())
        page.keyboard.press("Enter")
        page.wait_for_url("**/today")
        slips = page.locator(".slip").count()
        page.get_by_role("button", name="Done").first.focus()
        page.keyboard.press("Enter")
        expect(page.locator(".slip")).to_have_count(slips - 1)
        expect(page.get_by_role("button", name="Undo").first).to_be_visible()


def test_an_amount_is_chosen_by_keyboard_and_the_button_says_it(browser: Browser, site: Site) -> None:
    with visiting(browser, site.address) as (_, visit):
        page = visit.page
        page.goto("/give")
        page.get_by_label("Every month").focus()
        page.keyboard.press("Space")
        page.keyboard.press("Tab")
        for _press in range(2):
            page.keyboard.press("ArrowRight")
        expect(page.get_by_role("button", name="a month")).to_be_visible()
        chosen = page.locator("input[name=amount]:checked + span").inner_text()
        expect(page.get_by_role("button", name=f"Give {chosen} a month")).to_be_visible()
