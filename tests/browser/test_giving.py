"""Giving from the first look to the receipt, in a real browser, with events that come twice and out of order."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page, expect
from sqlalchemy import select

from mexile import config as configuration
from mexile.demo.standin.server import Standin
from mexile.gifts.gift.models import Gift
from mexile.gifts.give import ticket as tickets
from mexile.gifts.give.actions import ticket_key
from mexile.gifts.ledger.models import LedgerLine
from mexile.gifts.receipt.models import Receipt
from mexile.ground import clock, queue
from mexile.ground.db import db
from tests.browser.looking import visiting
from tests.browser.site import Site
from tests.demo.standin import running
from tests.make import Make

pytestmark = pytest.mark.once
SECRET = "whsec_fictional"


@pytest.fixture
def standin(app: Flask, site: Site, make: Make) -> Iterator[Standin]:
    """The stand-in beside a served mexile: it speaks to the real address, repeats and shuffles."""
    make.funds()
    with running(webhook=site.address + "/stripe/events", secret=SECRET) as found:
        settings = replace(configuration.config(), stripe_base=found.address, base_url=site.address)
        configuration.use(settings)
        found.world.switches.repeat = found.world.switches.shuffle = True
        yield found


def work(app: Flask, standin: Standin) -> None:
    """Let every event arrive and the worker do all of it."""
    assert standin.postman.wait(20)
    with app.app_context():
        queue.work_all()


def make_older(page: Page) -> None:
    """A test fills in a form faster than a person; the form is told that it was shown a minute ago."""
    ticket = tickets.new_form_ticket(ticket_key(), clock.now() - timedelta(minutes=1))
    page.locator("#give input[name=form_token]").evaluate("(field, ticket) => { field.value = ticket }", ticket)


def fill(page: Page, amount: str | None = "$50", every: str | None = None) -> None:
    make_older(page)
    if every:
        page.get_by_label(every, exact=True).check()
    if amount:
        page.get_by_label(amount, exact=True).check(force=True)
    page.locator("input[name=name]").fill("Ana Ejemplo")
    page.locator("input[name=email]").fill("ana@example.org")


def test_fifty_dollars_a_month_in_spanish_by_keyboard_and_the_page_tells_the_truth(
    app: Flask, site: Site, browser: Browser, standin: Standin
) -> None:
    with visiting(browser, site.address, language="es", width=360) as (_, visit):
        page = visit.page
        page.goto("/give?lang=es")
        assert visit.problems() == []
        button = page.locator("give-sum button")
        expect(button).to_have_text("Donar")
        fill(page, "$50", "Cada mes")
        expect(button).to_have_text("Donar $50 al mes")
        button.focus()
        page.keyboard.press("Enter")
        page.wait_for_url("**/checkout/**")
        expect(page.get_by_role("note")).to_contain_text("No se mueve dinero")
        page.locator("main button").click()
        page.wait_for_url("**/give/thanks/**")
        expect(page.get_by_role("heading", level=1)).to_have_text("Confirmando con su banco")
        work(app, standin)
        # The page asks again by itself and says what has become true.
        expect(page.get_by_role("heading", level=1)).to_have_text("Gracias", timeout=15_000)
    with app.app_context():
        lines = db.session.execute(select(LedgerLine.kind, LedgerLine.amount_cents).order_by(LedgerLine.id))
        assert [tuple(line) for line in lines] == [("charge", 5000), ("fee", -175)]
        assert len(db.session.scalars(select(Receipt)).all()) == 1


SPELLINGS = {
    "1.000,50": "Give $1,000.50",
    "1.000": "Give",
    "1,000": "Give $1,000",
    "US$ 50,5": "Give $50.50",
    "33.50": "Give $33.50",
}
"""What is typed, and what the button says; "1.000" is asked about."""


def test_a_declined_card_and_the_way_back_keep_everything(
    app: Flask, site: Site, browser: Browser, standin: Standin
) -> None:
    with visiting(browser, site.address) as (_, visit):
        page = visit.page
        page.goto("/give")
        fill(page, None)
        for typed, said in SPELLINGS.items():
            page.locator("input[name=other]").fill(typed)
            expect(page.locator("give-sum button")).to_have_text(said)
        page.get_by_label("Add the fee").check(force=True)
        expect(page.locator("give-sum button")).to_have_text("Give $34.81")
        page.get_by_label("Add the fee").uncheck(force=True)
        page.locator("give-sum button").click()
        page.wait_for_url("**/checkout/**")
        page.locator("input[name=card]").fill("4000 0000 0000 0002")
        page.locator("main button").click()
        expect(page.get_by_role("alert")).to_contain_text("Nothing was charged")
        page.get_by_role("link", name="Go back without paying").click()
        page.wait_for_url("**/give/back/**")
        expect(page.get_by_role("status").first).to_contain_text("Nothing was charged")
        expect(page.locator("input[name=other]")).to_have_value("33.50")
        expect(page.locator("input[name=name]")).to_have_value("Ana Ejemplo")
        make_older(page)
        page.locator("give-sum button").click()
        page.wait_for_url("**/checkout/**")
        page.locator("main button").click()
        page.wait_for_url("**/give/thanks/**")
    work(app, standin)
    with app.app_context():
        assert sorted(db.session.scalars(select(Gift.said))) == ["expired", "succeeded"]


def test_without_scripts_one_gives_just_as_well(app: Flask, site: Site, browser: Browser, standin: Standin) -> None:
    with visiting(browser, site.address, script=False) as (_, visit):
        page = visit.page
        page.goto("/give")
        page.get_by_label("$25", exact=True).check(force=True)
        page.locator("input[name=name]").fill("Ana Ejemplo")
        page.locator("input[name=email]").fill("ana@example.org")
        page.wait_for_timeout(3000)
        page.get_by_role("button", name="Give", exact=True).click()
        page.wait_for_url("**/checkout/**")
        page.locator("main button").click()
        page.wait_for_url("**/give/thanks/**")
        work(app, standin)
        page.get_by_role("link", name="Look again").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Thank you")
