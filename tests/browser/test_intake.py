"""The intake of a caller from Guerrero by keys alone, in both languages."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page, expect
from sqlalchemy import select

from mexile.ground.db import db
from mexile.inquiries.conversation.models import Conversation, Told
from mexile.inquiries.inquiry.models import Inquiry
from tests.browser.looking import visiting
from tests.browser.site import Site
from tests.make import Make

pytestmark = pytest.mark.once

# What is typed to choose from a list: a beginning without accents, which a list's own search does not hear.
WORDS = {
    "en": {
        "state": "Guerrero",
        "profile": "Relative searching",
        "country": "Mexico",
        "urgency": "Within days",
        "heard_of_us": "Film",
        "safe_contact": "Signal",
        "language": "Spanish",
        "place": "By telephone",
        "wish": "Is thinking",
    },
    "es": {
        "state": "Guerrero",
        "profile": "Busca a su familiar",
        "country": "M",
        "urgency": "En los",
        "heard_of_us": "Pel",
        "safe_contact": "Signal",
        "language": "Espa",
        "place": "Por",
        "wish": "Lo est",
    },
}
SAVE = {"en": "Save what we have", "es": "Guardar lo que hay"}
TALK = {"en": "Record a conversation", "es": "Registrar una conversación"}


HERE = """() => {
  const focused = document.activeElement, inside = focused.closest("main form");
  const here = focused.closest("find-choice")?.querySelector("select") ?? focused;
  return inside ? [here.name || "", here.type || ""] : ["", ""];
}"""


def by_keys(page: Page, typed: dict[str, str], steps: int = 160) -> list[str]:
    """Go through the page with Tab alone, from where the cursor waits: type into fields, choose by first
    letters, tick with Space. Returns the names of the fields that had the focus."""
    met: list[str] = []
    for step in range(steps):
        if step or not page.evaluate(HERE)[0]:
            page.keyboard.press("Tab")
        name, kind = page.evaluate(HERE)
        if kind == "submit":
            break
        if not name or name in met:
            continue
        met.append(name)
        if name not in typed:
            continue
        if kind == "checkbox":
            page.keyboard.press("Space")
            continue
        if not kind.startswith("select"):
            page.keyboard.press("Control+A")
        page.keyboard.type(typed[name])
    return met


@pytest.mark.parametrize("language", ["en", "es"])
def test_a_caller_from_guerrero_is_taken_in_by_keys_alone(
    browser: Browser, site: Site, make: Make, language: str
) -> None:
    words = WORDS[language]
    nora = make.user(role="intake", language=language)
    cookies = site.cookies_of(make, nora)
    with visiting(browser, site.address, cookies=cookies, language=language) as (_, visit):
        page = visit.page
        page.goto("/inquiries")
        page.locator("main a.primary").focus()
        page.keyboard.press("Enter")
        page.wait_for_url("**/inquiries/new")
        chosen = {name: words[name] for name in words if name not in ("place", "wish")}
        typed = {
            **chosen,
            "alias": "Luciérnaga",
            "answer": "+52 744 555 0101",
            "note": "Busca a su hermano.",
            "consent": "",
        }
        page.wait_for_load_state()
        met = by_keys(page, typed)
        fields = page.locator("main form :is(input, select, textarea):not([type=hidden])")
        names = {name for name in fields.evaluate_all("all => all.map(one => one.name)") if name}
        assert names <= set(met), names - set(met)
        assert page.evaluate("document.activeElement.textContent") == SAVE[language]
        page.keyboard.press("Enter")
        page.wait_for_url("**/inquiries/IQ-0001")
        expect(page.get_by_role("heading", level=1)).to_contain_text("Luciérnaga")

        page.get_by_role("link", name=TALK[language]).first.focus()
        page.keyboard.press("Enter")
        page.wait_for_url("**/conversations")
        told = {"place": words["place"], "wish": words["wish"], "risks": "", "unlikely": "", "likely_bp": "4"}
        met = by_keys(page, {**told, "likely_of": "completions", "likely_source": "EOIR, FY2022"})
        names = {name for name in fields.evaluate_all("all => all.map(one => one.name)") if name}
        assert names <= set(met), names - set(met)
        page.keyboard.press("Enter")
        page.wait_for_url("**/inquiries/IQ-0001")
        assert visit.complaints == []

    def held() -> tuple[Inquiry, Conversation, set[str], str | None]:
        row = db.session.scalars(select(Inquiry)).one()
        return (
            row,
            db.session.scalars(select(Conversation)).one(),
            set(db.session.scalars(select(Told.what))),
            row.alias,
        )

    row, talk, what, alias = make.read(held)
    assert (alias, row.country, row.state, row.profile) == ("Luciérnaga", "MX", "MX-GRO", "searcher")
    assert (row.urgency, row.heard_of_us, row.safe_contact, row.language) == ("days", "film", "signal", "spa")
    assert row.consent_on is not None and row.answers_user_id == nora.id
    assert (talk.place, talk.wish, talk.likely_bp, what) == ("phone", "thinking", 400, {"risks", "unlikely"})


def test_what_was_typed_and_not_saved_comes_back(browser: Browser, site: Site, make: Make) -> None:
    nora = make.user(role="intake")
    with visiting(browser, site.address, cookies=site.cookies_of(make, nora)) as (_, visit):
        page = visit.page
        page.goto("/inquiries/new")
        page.locator("[name=alias]").fill("Luciérnaga")
        with page.expect_response("**/draft"):
            page.locator("[name=note]").fill("Busca a su hermano.")
            page.locator("[name=asked_on]").focus()
        page.goto("/inquiries")
        page.goto("/inquiries/new")
        expect(page.locator("[name=alias]")).to_have_value("Luciérnaga")
