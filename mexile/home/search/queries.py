"""What answers one search, each kind within its own rights. What was typed is compared in memory, never kept."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, select, true

from mexile.access.account.models import UserAccount
from mexile.access.policy import WORKS
from mexile.access.roles import ADMINISTRATOR, DEVELOPMENT, DIRECTOR
from mexile.access.viewer import Viewer
from mexile.cases.case.models import Case
from mexile.cases.case.queries import case_seen
from mexile.cases.event.models import Event
from mexile.cases.event.rights import event_seen
from mexile.custody.alert.models import Alert
from mexile.custody.alert.queries import alert_seen
from mexile.deadlines.deadline.models import Deadline
from mexile.deadlines.deadline.queries import deadline_seen
from mexile.documents.models import Document
from mexile.documents.queries import document_seen
from mexile.donors.models import Donor
from mexile.donors.queries import donors_by_name
from mexile.donors.rules import fits, folded_words
from mexile.gifts.gift.models import Gift
from mexile.grants.award.models import GrantAward
from mexile.grants.award.queries import awards
from mexile.ground import seal
from mexile.ground.db import db
from mexile.ground.organization import today
from mexile.inquiries.inquiry.models import Inquiry
from mexile.inquiries.inquiry.queries import known_inquiries
from mexile.members.name.queries import find_members
from mexile.services.service.models import Service
from mexile.services.service.queries import service_seen

MOST = 6
"""Of each kind."""

INQUIRIES = 200
"""The newest, whose aliases are compared."""


@dataclass(frozen=True)
class Answer:
    """One record that answers: its words, its code, and the endpoint of its page, which takes that code."""

    kind: str
    words: str
    code: str
    endpoint: str


def _of_gifts(viewer: Viewer) -> ColumnElement[bool] | None:
    return true() if viewer.is_any(DEVELOPMENT, DIRECTOR) else None


def _of_staff(viewer: Viewer) -> ColumnElement[bool] | None:
    return true() if viewer.is_any(ADMINISTRATOR, DIRECTOR) else None


def _at_work(seen: Callable[[Viewer], ColumnElement[bool]]) -> Callable[[Viewer], ColumnElement[bool] | None]:
    return lambda viewer: seen(viewer) if viewer.is_any(*WORKS) else None


_CODES: dict[str, tuple[Any, Callable[[Viewer], ColumnElement[bool] | None], str]] = {
    "C": (Case.code, _at_work(case_seen), "cases.case"),
    "E": (Event.code, event_seen, "cases.event"),
    "S": (Service.code, _at_work(service_seen), "services.service"),
    "DL": (Deadline.code, _at_work(deadline_seen), "deadlines.deadline"),
    "DC": (Document.code, _at_work(document_seen), "documents.document"),
    "AL": (Alert.code, alert_seen, "custody.alert"),
    "IQ": (Inquiry.code, known_inquiries, "inquiries.inquiry"),
    "D": (Donor.code, _of_gifts, "donors.donor"),
    "G": (Gift.code, _of_gifts, "gifts.gift"),
    "GR": (GrantAward.code, _of_gifts, "grants.grant"),
    "U": (UserAccount.code, _of_staff, "access.person"),
}
"""The prefix of a code -> its column, the rows that exist for a viewer (None: none), and the page of the record."""

_CODE = re.compile(r"([A-Za-z]{1,2})[ -]?0*(\d{1,6})")


def answers(viewer: Viewer, text: str) -> list[Answer]:
    """What answers `text`, people first; a code answers with its record."""
    return [*_people(viewer, text), *_by_code(viewer, text), *_donors(viewer, text), *_named(viewer, text)]


def _people(viewer: Viewer, text: str) -> Iterator[Answer]:
    if viewer.sees_members:
        for person in find_members(viewer, text, MOST):
            yield Answer("member", person.name.listed, person.code, "members.member")


def _by_code(viewer: Viewer, text: str) -> Iterator[Answer]:
    """The record whose code was typed, "e 12" for E-0012, where the viewer may know of it."""
    typed = _CODE.fullmatch(text.strip())
    known = _CODES.get(typed[1].upper()) if typed else None
    if typed is None or known is None:
        return
    column, seen, endpoint = known
    where = seen(viewer)
    if where is None:
        return
    codes = [f"{typed[1].upper()}-{int(typed[2]):0{width}d}" for width in (2, 3, 4, 5)]
    for code in db.session.scalars(select(column).where(column.in_(codes), where)):
        yield Answer("code", "", code, endpoint)


def _donors(viewer: Viewer, text: str) -> Iterator[Answer]:
    if viewer.is_any(DEVELOPMENT, DIRECTOR):
        for donor in donors_by_name(text)[:MOST]:
            yield Answer("donor", donor.name or "", donor.code, "donors.donor")


def _named(viewer: Viewer, text: str) -> Iterator[Answer]:
    """Grants by the words of their funder and title; inquiries of people who are no members yet, by their alias."""
    asked = folded_words(text)
    if not asked:
        return
    for award in awards(viewer, today()):
        if fits(asked, folded_words(f"{award.funder} {award.title_en} {award.title_es}")):
            yield Answer("grant", f"{award.funder}: {award.title(viewer.language)}", award.code, "grants.grant")
    rows = select(Inquiry).where(known_inquiries(viewer), Inquiry.member_id.is_(None)).order_by(Inquiry.id.desc())
    for inquiry in db.session.scalars(rows.limit(INQUIRIES)):
        if fits(asked, folded_words(seal.looked_at(inquiry, "alias"))):
            yield Answer("inquiry", inquiry.alias or "", inquiry.code, "inquiries.inquiry")
