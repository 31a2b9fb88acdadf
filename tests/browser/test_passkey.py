"""A passkey in a real browser, whose authenticator is Chromium's own virtual one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from mexile import config as configuration
from tests.browser.looking import visiting
from tests.browser.site import Site
from tests.make import Make

pytestmark = pytest.mark.once


@pytest.fixture
def address(site: Site) -> Iterator[str]:
    """Browsers make passkeys for this machine by its name, never by its number."""
    named = site.address.replace("127.0.0.1", "localhost")
    configuration.use(replace(configuration.config(), base_url=named))
    yield named


def with_device(context: BrowserContext, page: Page, verified: bool = True) -> None:
    """This browser has a device that makes passkeys; `verified`: and whose finger it knows."""
    session = context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": verified,
        "automaticPresenceSimulation": True,
    }
    session.send("WebAuthn.addVirtualAuthenticator", {"options": options})


def test_one_adds_a_passkey_signs_out_and_comes_in_with_it(
    browser: Browser, site: Site, make: Make, address: str
) -> None:
    who = make.user(role="auditor")
    cookies = [{**cookie, "url": address} for cookie in site.cookies_of(make, who)]
    with visiting(browser, address, cookies=cookies) as (context, visit):
        page = visit.page
        with_device(context, page)
        page.goto("/account")
        page.get_by_role("link", name="Add a passkey").click()
        page.get_by_label("What you call it").fill("Desk")
        page.get_by_role("button", name="Make the passkey").click()
        expect(page.get_by_text("The passkey was added.")).to_be_visible()
        expect(page.get_by_role("rowheader", name="Desk")).to_be_visible()
        page.goto("/account/passkeys/new")
        page.get_by_role("button", name="Make the passkey").click()
        expect(page.get_by_text("has a passkey of yours already")).to_be_visible()
        context.clear_cookies()
        page.goto("/sign-in?next=/trail")
        page.get_by_role("button", name="Sign in with a passkey").click()
        page.wait_for_url(f"{address}/trail")
        assert visit.problems() == []


def test_a_finger_that_the_device_does_not_know_sends_nothing(
    browser: Browser, site: Site, make: Make, address: str
) -> None:
    who = make.user(role="auditor")
    cookies = [{**cookie, "url": address} for cookie in site.cookies_of(make, who)]
    with visiting(browser, address, cookies=cookies) as (context, visit):
        with_device(context, visit.page, verified=False)
        visit.page.goto("/account/passkeys/new")
        visit.page.get_by_label("What you call it").fill("Desk")
        visit.page.get_by_role("button", name="Make the passkey").click()
        expect(visit.page.get_by_text("The device gave no passkey.")).to_be_visible(timeout=20_000)
        expect(visit.page.get_by_label("What you call it")).to_have_value("Desk")
