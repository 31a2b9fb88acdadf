"""Every mail and every file that leaves the house speaks one language: in the Spanish one stands
no line of the English one, unless it is a value or a word of both."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterator
from datetime import date
from io import BytesIO
from typing import Any

import pytest
from flask import Flask
from openpyxl import load_workbook
from pypdf import PdfReader
from sqlalchemy import select, update

from mexile.access.account.models import UserAccount
from mexile.access.invitation.models import Invitation
from mexile.access.letter import rules as letter_words
from mexile.access.roles import ROLES
from mexile.donors.models import Donor, DonorLink
from mexile.gifts.gift.models import Gift
from mexile.gifts.receipt.actions import void
from mexile.gifts.receipt.models import Receipt
from mexile.ground import clock, mail, seal
from mexile.ground.db import db, writing
from mexile.ground.mail import RENDERERS, Letter
from mexile.ground.organization import organization
from tests.clients import Client
from tests.house.both import ROOT, Known
from tests.house.test_pages import _values
from tests.house.test_rights import routes
from tests.house.world import World
from tests.make import Make

REPORTS = ROOT / "reports"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
READ = {XLSX, "application/pdf", "text/calendar", "text/csv", "text/plain"}
WORD = re.compile(r"[^\W\d_]{3,}")
ALIKE = {
    "total",
    "general",
    "plan",
    "normal",
    "irc",
    "irs",
    "ein",
    "usd",
    "pdf",
    "mexile",
    "stripe",
    "http",
    "https",
    "www",
}
"""Words that both languages write alike, and names."""
SOURCE = re.compile(r"\bIRC \d|\bIRS\b|\bC\.F\.R\.|\bCFR\b|Treas\. Reg\.|U\.S\.C")
"""The source of a rule is cited as it is called."""
OF_ONE_LANGUAGE = {
    "gifts.receipt_pdf_file",
    "gifts.my_receipt_pdf",
    "demo.attachment",
    "documents.document_file",
    "reports.edition_file",
}
"""Files in the language of whom they are for, whoever takes them; their letters are tried below."""


def text_of(kind: str, body: bytes) -> list[str]:
    """The lines that a person sees in a file."""
    if kind == "application/pdf":
        document = PdfReader(BytesIO(body))
        head = [str(document.metadata[name]) for name in ("/Title", "/Subject") if name in (document.metadata or {})]
        return head + [line for page in document.pages for line in page.extract_text().splitlines()]
    if kind == XLSX:
        book = load_workbook(BytesIO(body), data_only=True)
        cells = (cell.value for sheet in book for row in sheet.iter_rows() for cell in row)
        return [sheet.title for sheet in book] + [value for value in cells if isinstance(value, str)]
    return body.decode().splitlines()


def lines_of(letter: Letter) -> list[str]:
    """What a person sees of a mail, its attachments included."""
    found = [letter.subject, *letter.text.splitlines(), *(letter.html or "").splitlines()]
    for _name, kind, body in letter.attachments:
        found += text_of(kind, body)
    return found


def reports_own() -> set[str]:
    """What a report says alike in both: its opening sentence (which stands in the file twice, in both
    languages, ready to copy), its codes, and the titles of what it cites."""
    found = {"Español", "English", "unknown"}
    for path in REPORTS.glob("*.toml"):
        body = tomllib.loads(path.read_text())
        found |= set(body["sentence"].values())
        for part in (*body.get("figures", ()), *body.get("outside", ())):
            found |= {part[word] for word in ("name", "source") if word in part}
    return found


def _by_line(values: set[str]) -> set[str]:
    """The values, and each line of one that has several: an address is printed so."""
    return values | {line for value in values for line in value.splitlines()}


def same_in_both(english: list[str], spanish: list[str], known: Known) -> list[str]:
    """Lines that stand in both and hold more than values and what reads alike."""
    said = {line.strip() for line in english}
    wrong = []
    for line in dict.fromkeys(line.strip() for line in spanish):
        if line in said and not SOURCE.search(line):
            left = known.without(re.sub(r"https?://\S+|\S+@\S+", " ", line))
            if words := [word for word in WORD.findall(left) if word not in ALIKE]:
                wrong.append(f"{line[:80]!r}: {words}")
    return wrong


# ---- mails -------------------------------------------------------------------------


def _receipt(make: Make, language: str, **values: Any) -> dict[str, Any]:
    gift = make.gift(
        donor=make.donor(name="Rosa", email=f"rosa{make.number()}@example.org", language=language), **values
    )
    with make.app.app_context():
        newest = select(Receipt).where(Receipt.gift_id == gift.id).order_by(Receipt.version.desc())
        return {"receipt": db.session.scalars(newest).first().code}


def _voided(make: Make, language: str) -> dict[str, Any]:
    body = _receipt(make, language)
    with make.app.app_context(), writing():
        receipt = db.session.scalar(select(Receipt).where(Receipt.number == int(body["receipt"].partition("-")[2])))
        void(receipt, db.session.get_one(Donor, db.session.get_one(Gift, receipt.gift_id).donor_id), "refunded")
    return body


def _link(make: Make, language: str) -> dict[str, Any]:
    donor = make.donor(name="Rosa", email=f"rosa{make.number()}@example.org", language=language)
    with make.app.app_context(), writing():
        link = DonorLink(donor_id=donor.id, made_at=clock.now())
        db.session.add(link)
        db.session.flush()
        return {"link": link.rid.hex()}


def _renewal(make: Make, language: str) -> dict[str, Any]:
    donor = make.donor(name="Rosa", email=f"rosa{make.number()}@example.org", language=language)
    return {"plan": make.monthly(donor=donor, said="past_due").code}


def _asked(make: Make, language: str) -> dict[str, Any]:
    user = make.user(role="volunteer", language=language)
    return {"code": make.event(companions=[(user, "driver", False)]).code, "user": user.id}


def _invitation(make: Make, language: str) -> dict[str, Any]:
    make.invitation(user := make.user(language=language))
    return {
        "invitation": make.read(lambda: db.session.scalar(select(Invitation.id).where(Invitation.user_id == user.id)))
    }


def _reset(make: Make, language: str) -> dict[str, Any]:
    return {"user": make.user(language=language).id, "asked": int(clock.now().timestamp())}


def _own(what: str) -> Callable[[Make, str], dict[str, Any]]:
    return lambda make, language: {"user": make.user(language=language).id, "what": what}


def _new(what: str) -> Callable[[Make, str], dict[str, Any]]:
    return lambda make, language: {**_to_staff(make, language), "what": what, "roles": ["attorney"], "by": 0}


LETTERS: dict[str, list[Callable[[Make, str], dict[str, Any]]]] = {
    "access.invitation": [_invitation],
    "access.password_reset": [_reset],
    "access.test": [lambda make, language: {"user": make.user("auditor", language=language).id}],
    "access.own": [_own(what) for what in letter_words._OWN],
    "access.new": [_new(what) for what in letter_words._NEW],
    "cases.changed": [_asked],
    "gifts.receipt": [
        _receipt,
        lambda make, language: {**_receipt(make, language), "copy": True},
        lambda make, language: _receipt(make, language, cents=60_000),
        lambda make, language: _receipt(make, language, channel="in_kind", description="Mantas"),
        lambda make, language: _receipt(make, language, channel="cash"),
        lambda make, language: _receipt(make, language, back=1000),
    ],
    "gifts.receipt_void": [_voided],
    "gifts.link": [_link],
    "gifts.renewal": [_renewal],
    "cases.asked": [_asked],
}
"""The kind of a mail -> what it is about, for each way in which it can read: (make, language) -> body."""


def _written(kind: str, body: dict[str, Any]) -> list[str]:
    with seal.silent():
        letter = RENDERERS[kind](body)
    assert letter is not None, f"{kind} is not written"
    sender = organization().mail_from
    assert mail.compose(letter, sender, kind)["Subject"] == letter.subject
    return lines_of(letter)


def _to_staff(make: Make, language: str) -> dict[str, Any]:
    """A letter to one of the staff says where to look, by a code."""
    return {"code": "X-0001", "user": make.user(language=language).id}


@pytest.mark.once
def test_no_mail_in_spanish_says_a_line_in_english(app: Flask, make: Make) -> None:
    """Every kind that is registered; one that LETTERS doesn't name is a letter to the staff."""
    wrong = []
    for kind in sorted(RENDERERS):
        for of in LETTERS.get(kind, [_to_staff]):
            english, spanish = of(make, "en"), of(make, "es")
            known = Known(_by_line(_values(app)))
            with app.test_request_context("/?lang=en"):  # the reader's language is not the worker's
                one, two = _written(kind, english), _written(kind, spanish)
            wrong += [f"{kind}: {line}" for line in same_in_both(one, two, known)]
    assert not wrong, "\n".join(wrong)
    assert set(LETTERS) <= set(RENDERERS)


# ---- files -------------------------------------------------------------------------

FORMS: dict[str, dict[str, str]] = {
    "gifts.workbook": {"month": "2026-11"},
    "reports.make": {"from": "2026-01-01", "to": "2026-06-30", "audience": "release"},
}
"""The endpoint that makes a file from a form -> what the form says."""


def _files(
    app: Flask, world: World, client_as: Callable[..., Client], language: str
) -> Iterator[tuple[str, str, list[str]]]:
    """(endpoint, address, lines) of every route that answers with a file."""
    with app.app_context(), writing():
        db.session.execute(update(UserAccount).values(language=language))
    clients = {role: client_as(user=world.user[role]) for role in ROLES}
    for route, method, rule in routes(app):
        role = next((role for role in ROLES if role in rule.roles), None)
        if role is None or (method != "GET" and route.endpoint not in FORMS):
            continue
        for address in world.addresses(route, "assigned", role):
            answer = clients[role].open(
                address, method=method, data=FORMS.get(route.endpoint, {}) if method != "GET" else None
            )
            if answer.status_code == 200 and answer.mimetype in READ:
                yield route.endpoint, address, text_of(answer.mimetype, answer.data)


@pytest.mark.once
def test_no_file_in_spanish_says_a_line_in_english(app: Flask, make: Make, client_as: Callable[..., Client]) -> None:
    world = World(make)
    member = world.around["assigned"]["members"]
    make.act(member, on=date(2026, 3, 10))
    known = Known(_by_line(_values(app)) | reports_own())
    english = {address: lines for _, address, lines in _files(app, world, client_as, "en")}
    tried, wrong = set(), []
    for endpoint, address, spanish in _files(app, world, client_as, "es"):
        tried.add(endpoint)
        if endpoint not in OF_ONE_LANGUAGE:
            wrong += [f"{address}: {line}" for line in same_in_both(english[address], spanish, known)]
    assert not wrong, "\n".join(wrong)
    assert tried >= set(FORMS)
