"""Everything works without scripts, and prints on Letter as it stands."""

from __future__ import annotations

import io

import pytest
from playwright.sync_api import Browser, expect
from pypdf import PdfReader

from tests.browser.filled import fill
from tests.browser.looking import visiting
from tests.browser.site import Site
from tests.make import Make

pytestmark = pytest.mark.once


def test_a_service_is_logged_without_scripts(browser: Browser, site: Site, make: Make) -> None:
    make.service_types()
    lucia = make.user(role="caseworker")
    make.member(alias="Colibrí", assigned=lucia)
    with visiting(browser, site.address, cookies=site.cookies_of(make, lucia), script=False) as (_, visit):
        page = visit.page
        page.goto("/members")
        page.get_by_label("Log service").fill("colibrí")
        page.get_by_label("What was done").fill("food")
        page.get_by_role("button", name="Save").click()
        if page.url.endswith("/services/log"):
            for choice in page.get_by_role("radio").all():
                choice.check()
            page.get_by_role("button", name="Save").click()
        expect(page.get_by_text("Saved", exact=True)).to_be_visible()
        expect(page.get_by_role("button", name="Undo")).to_be_visible()


def test_search_language_and_doors_work_without_scripts(browser: Browser, site: Site, make: Make) -> None:
    lucia = make.user(role="caseworker")
    member = make.member(alias="Colibrí", assigned=lucia)
    cookies = site.cookies_of(make, lucia)
    with visiting(browser, site.address, cookies=cookies, width=360, script=False) as (_, visit):
        page = visit.page
        page.goto("/sessions")
        page.get_by_role("button", name="Menu").click()
        page.locator(".doors").get_by_role("link", name="Members").click()
        page.get_by_role("main").get_by_role("searchbox").fill("colibri")
        page.get_by_role("button", name="Find").click()
        page.get_by_role("link", name="Colibrí").click()
        page.wait_for_url(f"**/members/{member.code}")
        page.get_by_role("button", name="Menu").click()
        page.get_by_role("button", name="Español").click()
        assert page.locator("html").get_attribute("lang") == "es"
        assert page.url == f"{site.address}/members/{member.code}"


@pytest.mark.parametrize("dark", [False, True])
def test_a_page_prints_on_letter_without_doors_and_log_bar(
    browser: Browser, site: Site, make: Make, dark: bool
) -> None:
    people = {role: make.user(role=role) for role in ("caseworker", "director")}
    fill(make, people)
    cookies = site.cookies_of(make, people["caseworker"])
    with visiting(browser, site.address, cookies=cookies, dark=dark) as (_, visit):
        page = visit.page
        page.goto("/today")
        page.emulate_media(media="print")
        expect(page.get_by_role("navigation")).to_be_hidden()
        expect(page.get_by_label("Log service", exact=True)).to_be_hidden()
        assert page.evaluate("getComputedStyle(document.documentElement).colorScheme") == "light only"
        sheet = PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True))).pages[0]
        assert (round(sheet.mediabox.width), round(sheet.mediabox.height)) == (612, 792)
        assert "Hearing" in sheet.extract_text()


def test_giving_loads_the_sans_alone(browser: Browser, site: Site) -> None:
    with visiting(browser, site.address) as (_, visit):
        asked: list[str] = []
        visit.page.on("request", lambda request: asked.append(request.url))
        visit.page.goto("/give", wait_until="networkidle")
        fonts = [url for url in asked if ".woff2" in url]
        assert len(fonts) == 1 and "source-sans-3-latin-wght" in fonts[0]
        assert not any("htmx" in url for url in asked)
