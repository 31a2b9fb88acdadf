"""The walk in a real browser: at both widths, in both languages, and its second step by the keyboard alone."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Browser, expect

from tests.browser.looking import WIDTHS, visiting
from tests.browser.site import serve
from tests.demo.test_walk import put_letter

PATHS = ("/demo", "/demo/mails/1")


def test_the_walk_is_right_at_both_widths_in_both_languages_by_day_and_by_night(
    demo: Flask, browser: Browser, home: Path
) -> None:
    put_letter(home)
    found = []
    with serve(demo) as site:
        for language, width, dark in [(word, width, word == "es") for word in ("en", "es") for width in WIDTHS]:
            with visiting(browser, site.address, width=width, language=language, dark=dark) as (_, visit):
                for path in PATHS:
                    visit.page.goto(path)
                    found += [f"{path} {language} {width}: {problem}" for problem in visit.problems()]
    assert found == []


@pytest.mark.parametrize(("language", "line"), [("en", "lupita food +fam"), ("es", "lupita comida +fam")])
def test_step_two_needs_no_mouse(demo: Flask, browser: Browser, language: str, line: str) -> None:
    with serve(demo) as site, visiting(browser, site.address, language=language) as (_, visit):
        page = visit.page
        page.goto("/demo")
        page.locator("main button.primary").press("Enter")
        page.wait_for_url("**/today")
        page.keyboard.press("l")
        page.keyboard.type(line)
        page.keyboard.press("Enter")
        page.keyboard.press("Control+Enter")
        expect(page.locator("[data-said]")).to_contain_text("Lupita", timeout=20_000)
        said = page.locator("[data-said]").inner_text()
    assert all(name in said for name in ("Lupita", "Arturo", "Daniela", "Mateo", "Lucero")), said
    assert visit.complaints == []
