"""A day is typed or taken from a calendar, a choice is searched, and what takes long says so."""

from __future__ import annotations

from datetime import date

import pytest
from playwright.sync_api import Browser, expect

from mexile.ground.date_reading import parse_day
from tests.browser.looking import visiting
from tests.browser.site import Site
from tests.make import Make

pytestmark = pytest.mark.once


@pytest.mark.parametrize(("language", "written"), [("en", "12 Mar 2021"), ("es", "12 mar 2021")])
def test_a_day_of_the_calendar_stands_in_the_field_as_one_writes_it(
    browser: Browser, site: Site, make: Make, language: str, written: str
) -> None:
    lucia = make.user(role="caseworker", language=language)
    member = make.member(assigned=lucia)
    cookies = site.cookies_of(make, lucia)
    with visiting(browser, site.address, cookies=cookies, language=language) as (_, visit):
        page = visit.page
        page.goto(f"/members/{member.code}/edit")
        day = page.locator("pick-day").first
        field = day.locator("input").first
        field.focus()
        page.keyboard.press("Tab")
        expect(day.get_by_role("button")).to_be_focused()
        day.locator("input[type=date]").evaluate(
            "day => { day.value = '2021-03-12'; day.dispatchEvent(new Event('change', { bubbles: true })); }"
        )
        expect(field).to_have_value(written)
        expect(field).to_be_focused()
        assert (
            page.evaluate("[...new FormData(document.querySelector('main form'))].filter(([name]) => !name).length")
            == 0
        )
        assert visit.problems() == []


@pytest.mark.parametrize("language", ["en", "es"])
def test_every_month_of_the_calendar_is_written_so_that_it_is_read(browser: Browser, site: Site, language: str) -> None:
    with visiting(browser, site.address, language=language) as (_, visit):
        visit.page.goto("/give")
        visit.page.add_script_tag(url="/static/js/pick-day.js", type="module")
        for month in range(1, 13):
            words = visit.page.evaluate(
                "month => customElements.get('pick-day').prototype.written(new Date(2021, month - 1, 9))", month
            )
            assert parse_day(words, date(2026, 12, 1)) == date(2021, month, 9)


def test_a_choice_is_found_by_a_part_of_its_word_without_accents(browser: Browser, site: Site, make: Make) -> None:
    lucia = make.user(role="caseworker", language="es")
    member = make.member(assigned=lucia)
    with visiting(browser, site.address, cookies=site.cookies_of(make, lucia), language="es") as (_, visit):
        page = visit.page
        page.goto(f"/members/{member.code}/edit")
        country = page.get_by_role("combobox", name="Nacionalidad").first
        sent, found = country.locator("xpath=../select"), country.locator("xpath=../ul/li")
        country.fill("mex")
        expect(found.first).to_have_text("México")
        assert visit.problems() == []
        page.keyboard.press("Enter")
        expect(country).to_have_value("México")
        assert sent.input_value() == "MX"
        country.fill("no hay tal país")
        expect(found).to_have_text("Sin resultados")
        page.keyboard.press("Escape")
        expect(country).to_have_value("México")
        country.fill("")
        page.keyboard.press("Tab")
        assert sent.input_value() == ""


def test_what_takes_long_says_so_once_and_stops_when_one_comes_back(browser: Browser, site: Site) -> None:
    with visiting(browser, site.address) as (_, visit):
        page = visit.page
        page.goto("/sign-in")
        page.clock.install()
        page.evaluate("addEventListener('submit', (event) => event.preventDefault())")  # the answer stays away
        page.evaluate("document.querySelector('main form').requestSubmit()")
        expect(page.locator("form .busy")).to_have_count(0)
        page.clock.fast_forward(800)
        expect(page.get_by_role("status")).to_have_text("A moment, please.")
        page.evaluate("dispatchEvent(new Event('focus'))")
        expect(page.locator("form .busy")).to_have_count(0)
