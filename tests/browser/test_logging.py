"""The race: how many keys and taps it takes to log a service, counted in a real browser."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect
from sqlalchemy import select

from mexile.ground import clock
from mexile.ground.db import db
from mexile.services.service.models import Service, ServicePerson, ServiceVoid
from tests.browser.looking import Visit, visiting
from tests.browser.site import Site
from tests.make import Make

pytestmark = pytest.mark.once


@dataclass
class Hands:
    """Presses keys on a page and counts them."""

    page: Page
    keys: int = 0
    said: list[str] = field(default_factory=list)

    def type(self, text: str) -> None:
        for letter in text:
            self.press(letter)

    def press(self, key: str) -> None:
        self.page.keyboard.press(key)
        self.keys += 1

    def settle(self) -> None:
        """A person reads what the page says; the page has answered by then."""
        self.page.wait_for_timeout(350)
        self.page.wait_for_load_state("networkidle")


@contextmanager
def at_desk(
    browser: Browser, site: Site, make: Make, language: str = "en", **view: Any
) -> Iterator[tuple[Visit, Any, list[Any]]]:
    """A caseworker on Today, with a family of five and a Mario."""
    make.service_types()
    lucia = make.user(role="caseworker", language=language)
    family = [
        make.member(legal_name=f"{name} Reyes Luna", assigned=lucia)
        for name in ("María", "Luis", "Rosa", "Ana", "Inés")
    ]
    make.household(*family)
    make.member(legal_name="Mario Abril Soto", assigned=lucia)
    make.event(kind="hearing", on=clock.today(), owner=lucia, people=family[:1])
    with visiting(browser, site.address, cookies=site.cookies_of(make, lucia), language=language, **view) as (_, visit):
        visit.page.goto("/today")
        yield visit, lucia, family


def logged(site: Site) -> list[tuple[Any, ...]]:
    with site.app.app_context():
        return [
            (row.type_code, row.minutes, row.on, row.people)
            for row in db.session.execute(
                select(
                    Service.type_code,
                    Service.minutes,
                    Service.on,
                    select(db.func.count())
                    .where(ServicePerson.service_id == Service.id)
                    .scalar_subquery()
                    .label("people"),
                )
            )
        ]


def test_a_known_member_takes_at_most_ten_keys(browser: Browser, site: Site, make: Make) -> None:
    with at_desk(browser, site, make) as (visit, _, _family):
        hands = Hands(visit.page)
        hands.press("l")
        hands.type("mar ice")
        hands.settle()
        hands.press("Enter")
        hands.settle()
        expect(visit.page.locator("[data-ready]")).to_contain_text("María R.")
        hands.press("Control+Enter")
        expect(visit.page.locator(".just")).to_contain_text("Saved")
        assert hands.keys <= 10
        assert logged(site) == [("acc_ice", 120, clock.today(), 1)]
        assert visit.complaints == []


def test_a_household_of_five_takes_at_most_twelve_keys(browser: Browser, site: Site, make: Make) -> None:
    with at_desk(browser, site, make) as (visit, _, _family):
        hands = Hands(visit.page)
        hands.press("l")
        hands.type("ine ice+f")
        hands.settle()
        expect(visit.page.locator("[data-ready]")).to_contain_text("María R.")
        hands.press("Control+Enter")
        expect(visit.page.locator(".just")).to_contain_text("Saved")
        assert hands.keys <= 12
        assert logged(site) == [("acc_ice", 120, clock.today(), 5)]


def test_from_today_it_takes_two_taps_on_a_phone(browser: Browser, site: Site, make: Make) -> None:
    with at_desk(browser, site, make, width=360) as (visit, lucia, family):
        make.event(kind="ice_checkin", on=clock.today() - timedelta(days=1), owner=lucia, people=family)
        visit.page.goto("/today")
        visit.page.get_by_role("button", name="Done").click()
        expect(visit.page.locator(".just")).to_contain_text("Saved")
        assert logged(site) == [("acc_ice", 120, clock.today() - timedelta(days=1), 5)]
        visit.page.locator(".just").get_by_role("button", name="Undo").click()
        expect(visit.page.get_by_text("To close")).to_be_visible()
        with site.app.app_context():
            assert len(db.session.scalars(select(ServiceVoid.service_id)).all()) == 1


def test_a_word_that_is_a_day_and_a_name_waits_for_a_choice(browser: Browser, site: Site, make: Make) -> None:
    with at_desk(browser, site, make, language="es") as (visit, lucia, _family):
        domingo = make.member(legal_name="Domingo Vela", assigned=lucia)
        hands = Hands(visit.page)
        hands.press("l")
        hands.type("domingo consulta")
        hands.settle()
        hands.press("Control+Enter")
        hands.settle()
        assert logged(site) == []
        expect(visit.page.locator(".ask legend")).to_contain_text("«domingo» es")
        visit.page.get_by_label(f"Domingo V. {domingo.code}").check()
        hands.settle()
        hands.press("Control+Enter")
        expect(visit.page.locator(".just")).to_contain_text("Guardado")
        assert logged(site) == [("consult", 50, clock.today(), 1)]


def test_a_letter_in_a_field_is_a_letter_and_the_key_can_be_switched_off(
    browser: Browser, site: Site, make: Make
) -> None:
    with at_desk(browser, site, make) as (visit, _, _family):
        page = visit.page
        page.goto("/services/log")
        page.keyboard.type("l")
        assert page.locator("#line").input_value() == "l"
        page.get_by_role("link", name="Keyboard").click()
        page.get_by_role("button", name="Switch single letters off").click()
        page.goto("/today")
        page.keyboard.press("l")
        assert page.evaluate("document.activeElement.id") != "log-line"


def test_saving_from_the_bar_leaves_a_half_typed_page_alone(browser: Browser, site: Site, make: Make) -> None:
    with at_desk(browser, site, make) as (visit, _, _family):
        page = visit.page
        page.goto("/members/new")
        page.locator("main form input[type=text]").first.fill("half typed")
        page.locator("#log-line").fill("inés terapia")
        page.keyboard.press("Control+Enter")
        expect(page.locator(".just")).to_contain_text("Saved")
        assert page.locator("main form input[type=text]").first.input_value() == "half typed"
        page.locator("#log-line").fill("inés ice")
        page.keyboard.press("Control+Enter")
        expect(page.locator(".just")).to_contain_text("ICE")
        assert len(logged(site)) == 2


def test_after_saving_on_today_the_next_letter_lands_in_the_line(browser: Browser, site: Site, make: Make) -> None:
    with at_desk(browser, site, make) as (visit, _, _family):
        page = visit.page
        page.goto("/today")
        page.locator("#log-line").fill("inés terapia")
        page.keyboard.press("Control+Enter")
        expect(page.locator(".just")).to_contain_text("Saved")
        expect(page.locator("#log-line")).to_be_focused()
        page.keyboard.type("ana")
        assert page.locator("#log-line").input_value() == "ana"


def test_without_a_network_the_line_says_so_and_is_sent_once_when_it_is_back(
    browser: Browser, site: Site, make: Make
) -> None:
    with at_desk(browser, site, make, language="es", width=360) as (visit, _, _family):
        page = visit.page
        page.locator("#log-line").fill("inés terapia")
        page.context.set_offline(True)
        page.keyboard.press("Control+Enter")
        expect(page.locator("[data-cut-off]")).to_contain_text("Sin guardar. No cierre esta página.")
        assert page.locator("#log-line").input_value() == "inés terapia" and logged(site) == []
        page.context.set_offline(False)
        expect(page.locator(".just")).to_contain_text("Guardado")
        expect(page.locator("[data-cut-off] p")).to_have_count(0)
        assert len(logged(site)) == 1


def test_the_bar_with_its_questions_is_sound_for_a_screen_reader(browser: Browser, site: Site, make: Make) -> None:
    for width in (1280, 360):
        with at_desk(browser, site, make, width=width) as (visit, _, _family):
            visit.page.locator("#log-line").fill("mar ice 2h yesterday +fam")
            expect(visit.page.locator(".ask")).to_be_visible()
            assert visit.problems() == []


def test_without_javascript_two_fields_log_a_service(browser: Browser, site: Site, make: Make) -> None:
    make.service_types()
    lucia = make.user(role="caseworker")
    make.member(legal_name="Ana Reyes", assigned=lucia)
    context = browser.new_context(base_url=site.address, java_script_enabled=False)
    context.add_cookies(site.cookies_of(make, lucia))
    page = context.new_page()
    page.goto("/today")
    page.get_by_label("Log service").fill("ana")
    page.get_by_label("What was done").fill("therapy")
    page.get_by_role("button", name="Save").click()
    expect(page.locator(".just")).to_contain_text("Counselling session")
    context.close()
    assert logged(site) == [("therapy", 50, clock.today(), 1)]
