"""Canaries: every sealed value of the world becomes one that can be found again wherever it leaks."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from flask import Flask
from pypdf import PdfReader
from sqlalchemy import select
from werkzeug.test import TestResponse

from mexile.access.policy import INQUIRES, POLICY
from mexile.access.roles import CASEWORKER, VOLUNTEER
from mexile.ground import seal
from mexile.ground.db import Base, db, writing
from mexile.ground.seal import Sealed
from tests.house.world import RELATIONS, World, sees

NAMES = {"alias", "legal_name", "preferred_name"}
FORMS = {
    "email": "canary{}@example.org",
    "phone": "+1915555{:04d}",
    "birth_date": None,
    "totp": None,
    "body": None,
    "said": None,  # what a receipt says stands for good; its page and its pdf are the donor's alone
}
"""Attributes whose value has a form; None leaves it as it is."""


@dataclass(frozen=True)
class Canary:
    """A value, whose it is ("member", "donor", "user", "import"), and how near."""

    value: str
    attribute: str
    owner: str
    relation: str = ""
    is_first_name: bool = False

    def may_be_seen_by(self, role: str) -> bool:
        if self.owner == "member":
            plain = sees(role, self.relation)
            return plain and (role != VOLUNTEER or self.is_first_name)
        if self.owner == "companion":
            return sees(role, self.relation)  # a volunteer who said yes reads it too
        if self.owner == "line":
            return True  # the number to call is for whoever stands there
        if self.owner == "alert":
            return role in POLICY["custody.alert_answer"]["POST"].roles
        if self.owner == "donor":
            return role in POLICY["donors.donor"]["GET"].roles
        if self.owner == "inquiry":
            return role in INQUIRES and (role != CASEWORKER or self.relation == role)
        if self.owner == "media":
            return role in POLICY["media.media_request"]["GET"].roles and sees(role, self.relation)
        if self.owner == "import":
            return role in POLICY["sheets.import_batch"]["GET"].roles
        return False


def set_canaries(app: Flask, world: World) -> list[Canary]:
    """Write a canary into every sealed attribute of every row of the world."""
    found: list[Canary] = []
    with app.app_context(), seal.silent(), writing():
        for model, attributes in sealed_models():
            for row in db.session.scalars(select(model)):
                for attribute in attributes:
                    found += _set(world, row, attribute, len(found) + 1)
        db.session.flush()
    return found


def sealed_models() -> Iterator[tuple[type[Any], list[str]]]:
    for mapper in Base.registry.mappers:
        parts = [
            name for kind in mapper.class_.__mro__ for name, part in vars(kind).items() if isinstance(part, Sealed)
        ]
        if parts:
            yield mapper.class_, sorted(parts)


def _set(world: World, row: Any, attribute: str, number: int) -> list[Canary]:
    if row.key_id is None:
        return []
    form = FORMS.get(attribute, "Canario{0}x Canaria{0}x")
    if form is None:
        value = getattr(row, attribute)
        return [Canary(value, attribute, _owner(world, row)[0])] if attribute == "totp" and value else []
    value = form.format(number)
    setattr(row, attribute, value)
    if attribute == "benefit":
        row.benefit_cents = 100  # what was received has a value
    owner, relation = _owner(world, row)
    words = value.split()
    return [
        Canary(word, attribute, owner, relation, is_first_name=attribute in NAMES and place == 0)
        for place, word in enumerate(words)
    ]


def _owner(world: World, row: Any) -> tuple[str, str]:
    """Whose the row is. A new kind of row must be told here."""
    table = row.__tablename__
    if table in ("donor", "gift", "receipt_text"):
        return "donor", ""
    if table == "import_batch":
        return "import", ""
    if table in OF_AN_INQUIRY and getattr(row, "inquiry_id", row.id) is not None:
        return "inquiry", _answered_by(world, row)
    if table == "call_line":
        return "line", ""
    if table == "alert":
        return "alert", ""
    if table in ("user_account", "draft"):
        return "user", ""
    if table == "event_note":
        return "companion", next((one for one in RELATIONS if world.around[one]["events"].id == row.event_id), "not")
    if table == "service":
        return "member", next((one for one in RELATIONS if world.around[one]["services"].id == row.id), "not")
    if table.startswith("media_") and getattr(row, "member_id", None) is None:
        asked = row.id if table == "media_request" else row.request_id
        return "media", next((one for one in RELATIONS if world.around[one]["media"].id == asked), "not")
    member_id = row.id if table == "member" else row.member_id
    return "member", next((one for one in RELATIONS if world.around[one]["members"].id == member_id), "not")


OF_AN_INQUIRY = ("inquiry", "inquiry_conversation", "inquiry_answer", "named_person")


def _answered_by(world: World, row: Any) -> str:
    """The role of who answers the inquiry that a row belongs to; "" is a colleague."""
    own = world.__dict__["inquiries"]
    return next((role for role, user in world.user.items() if own[user.id]["inquiries"].key_id == row.key_id), "")


def seen_in(answer: TestResponse) -> str:
    """All the words of an answer: of a page, of every part of a workbook, of a PDF."""
    body = answer.get_data()
    if body[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(body)) as packed:
            return "\n".join(packed.read(name).decode("utf-8", "replace") for name in packed.namelist())
    if body[:5] == b"%PDF-":
        return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(body)).pages)
    return body.decode("utf-8", "replace")


def leaks(canaries: list[Canary], role: str, answer: TestResponse) -> list[str]:
    text = f"{seen_in(answer)}\n{answer.headers}"
    return [
        f"{canary.attribute} of a {canary.owner} ({canary.relation})"
        for canary in canaries
        if not canary.may_be_seen_by(role) and canary.value in text
    ]
