"""The small scripts of the pages: each adds to a page that works without it."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.looking import visiting
from tests.browser.site import Site
from tests.make import Make

pytestmark = pytest.mark.once


def test_a_page_that_nobody_touches_closes_and_opens_where_it_was(browser: Browser, site: Site, make: Make) -> None:
    lucia = make.user(role="caseworker")
    with visiting(browser, site.address, cookies=site.cookies_of(make, lucia)) as (_, visit):
        page = visit.page
        page.clock.install()
        page.goto("/sessions")
        page.clock.fast_forward("14:00")
        page.mouse.wheel(0, 10)
        page.clock.fast_forward("14:00")
        assert page.url == f"{site.address}/sessions"
        page.clock.fast_forward("02:00")
        page.wait_for_url("**/unlock?next=**")
        page.get_by_label("Password").fill("a lantern on the second line")
        page.get_by_role("button", name="Open").click()
        page.wait_for_url("**/sessions")
        assert visit.complaints == []


def test_a_form_pressed_twice_is_sent_once(browser: Browser, site: Site) -> None:
    with visiting(browser, site.address) as (_, visit):
        page, sent = visit.page, []
        page.goto("/sign-in")
        page.on("request", lambda request: sent.append(request.method))
        page.evaluate("""() => {
            const form = document.querySelector("main form");
            form.requestSubmit();
            form.requestSubmit();
        }""")
        page.wait_for_load_state()
        expect(page.get_by_role("alert")).to_be_visible()
        assert sent.count("POST") == 1


def test_a_form_that_came_back_may_be_sent_again(browser: Browser, site: Site) -> None:
    with visiting(browser, site.address) as (_, visit):
        for _press in range(2):
            visit.page.goto("/sign-in") if _press == 0 else None
            visit.page.get_by_role("button", name="Sign in").click()
            expect(visit.page.get_by_role("alert")).to_be_visible()
        assert visit.page.evaluate("document.activeElement.id") == "problems"


def test_what_is_typed_is_kept_on_the_server_and_comes_back(browser: Browser, site: Site, make: Make) -> None:
    lucia = make.user(role="caseworker")
    cookies = site.cookies_of(make, lucia)
    with visiting(browser, site.address, cookies=cookies) as (_, visit):
        page = visit.page
        page.goto("/members/new")
        with page.expect_response("**/draft") as kept:
            page.get_by_label("Alias").press_sequentially("Colibrí")
        assert kept.value.status == 204
    with visiting(browser, site.address, cookies=cookies) as (_, visit):
        visit.page.goto("/members/new")
        expect(visit.page.get_by_label("Alias")).to_have_value("Colibrí")
        expect(visit.page.get_by_text("What you typed here before is back.")).to_be_visible()


def test_members_are_found_while_one_types_and_the_address_stays_clean(
    browser: Browser, site: Site, make: Make
) -> None:
    lucia = make.user(role="caseworker")
    member = make.member(alias="Colibrí", assigned=lucia)
    make.member(alias="Golondrina", assigned=lucia)
    with visiting(browser, site.address, cookies=site.cookies_of(make, lucia)) as (_, visit):
        page = visit.page
        page.goto("/members")
        page.locator("#q").focus()
        page.keyboard.type("colib")
        expect(page.locator("main [data-results]")).not_to_contain_text("Golondrina")
        expect(page.locator("main [data-results]")).to_contain_text(member.code)
        assert page.url == f"{site.address}/members"
        assert visit.complaints == []


def test_single_keys_rest_inside_fields_and_for_who_switched_them_off(browser: Browser, site: Site, make: Make) -> None:
    for shortcuts, wanted in ((1, "Search"), (0, None)):
        who = make.user(role="caseworker", shortcuts=shortcuts)
        with visiting(browser, site.address, cookies=site.cookies_of(make, who)) as (_, visit):
            visit.page.goto("/members")
            visit.page.keyboard.press("/")
            assert visit.page.evaluate("document.activeElement.ariaLabel") == wanted
            visit.page.locator("#q").focus()
            visit.page.keyboard.type("a/b")
            expect(visit.page.locator("#q")).to_have_value("a/b")


def test_the_doors_of_a_phone_open_and_close_by_keyboard(browser: Browser, site: Site, make: Make) -> None:
    director = make.user(role="director")
    with visiting(browser, site.address, cookies=site.cookies_of(make, director), width=360) as (_, visit):
        page = visit.page
        page.goto("/sessions")
        doors = page.locator(".doors")
        expect(doors.get_by_role("link", name="Members")).to_be_hidden()
        page.get_by_role("button", name="Menu").press("Enter")
        expect(doors.get_by_role("link", name="Members")).to_be_visible()
        page.keyboard.press("Escape")
        expect(doors.get_by_role("link", name="Members")).to_be_hidden()
        page.get_by_role("button", name="Menu").press("Enter")
        doors.get_by_role("link", name="Members").press("Enter")
        page.wait_for_url("**/members")


def test_the_first_tab_leads_past_the_doors(browser: Browser, site: Site, make: Make) -> None:
    director = make.user(role="director")
    with visiting(browser, site.address, cookies=site.cookies_of(make, director)) as (_, visit):
        visit.page.goto("/sessions")
        visit.page.keyboard.press("Tab")
        expect(visit.page.get_by_role("link", name="Skip to the page")).to_be_focused()
        visit.page.keyboard.press("Enter")
        assert visit.page.evaluate("document.activeElement.id") == "main"
