"""The papers of a member or a case, and with which dates and consents they stand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Select, select
from sqlalchemy.orm import InstrumentedAttribute

from mexile.access.account.models import UserAccount
from mexile.access.policy import register_scope
from mexile.access.viewer import Viewer
from mexile.cases.case.models import Case
from mexile.cases.event.models import EventPerson
from mexile.documents.models import Document, DocumentLink
from mexile.ground.db import db
from mexile.ground.errors import NotHere
from mexile.members.assignment.rights import lastingly_visible, rights_of, rights_values, rows_of_member, visible
from mexile.members.consent.models import Consent
from mexile.members.person.models import Member
from mexile.members.removal.rights import erased_ids

SOON = timedelta(days=60)


@dataclass(frozen=True)
class DocumentLine:
    """A paper as a list shows it: nothing sealed."""

    code: str
    kind: str
    format: str
    size: int
    pages: int | None
    language: str | None
    expires_on: date | None
    at: datetime
    member_code: str
    case_code: str | None
    by: str

    @property
    def weight(self) -> str:
        return f"{self.size / 1_000_000:.1f} MB" if self.size >= 100_000 else f"{max(1, self.size // 1000)} KB"

    def expiry(self, today: date) -> str | None:
        """ "now" when it is no longer good, "soon" within sixty days; else nothing to say."""
        if self.expires_on is None or self.expires_on > today + SOON:
            return None
        return "now" if self.expires_on < today else "soon"


def document_seen(viewer: Viewer) -> ColumnElement[bool]:
    """The WHERE on `Document`: the viewer may know of whose it is."""
    return visible(viewer, Document.member_id)


register_scope("document", document_seen)


def documents_of(viewer: Viewer, member_id: int) -> Sequence[DocumentLine]:
    """The papers of one member, the newest first. One query."""
    return _lines(_of_member(rights_of(viewer)), rights_values(viewer, member_id=member_id))


@cache
def _of_member(rights: str) -> Select:
    """Made once for each kind of rights: every page of a member asks."""
    return _line(rows_of_member(Document.member_id, rights))


def documents_of_case(viewer: Viewer, case_id: int) -> Sequence[DocumentLine]:
    """The papers of a case, of those in it whom the viewer may know of. One query."""
    return _lines(_line(document_seen(viewer), Document.case_id == case_id))


def line_of(viewer: Viewer, code: str) -> DocumentLine:
    """One paper as a list shows it, or NotHere."""
    lines = _lines(_line(document_seen(viewer), Document.code == code))
    if not lines:
        raise NotHere("document")
    return lines[0]


def get_document(viewer: Viewer, code: str) -> Document:
    """The paper with this code that was not voided, or NotHere."""
    return _one(Document.code == code, document_seen(viewer), Document.stands())


def document_to_take(viewer: Viewer, code: str) -> Document:
    """The same for who may take it out of the house: an emergency opens no files."""
    return _one(Document.code == code, lastingly_visible(viewer, Document.member_id), Document.stands())


def may_take(viewer: Viewer, document: Document) -> bool:
    """Whether the viewer may take this paper's file."""
    taken = select(Document.id).where(Document.id == document.id, lastingly_visible(viewer, Document.member_id))
    return db.session.scalar(taken) is not None


def file_names_in_use() -> set[str]:
    """The names of all files that a row speaks of and whose person was not removed."""
    kept = select(Document.rid).where(Document.member_id.not_in(erased_ids()))
    return {rid.hex() for rid in db.session.scalars(kept)}


def file_names_of(member_ids: Sequence[int]) -> list[str]:
    return [rid.hex() for rid in db.session.scalars(select(Document.rid).where(Document.member_id.in_(member_ids)))]


def _one(*where: ColumnElement[bool]) -> Document:
    document = db.session.scalar(select(Document).where(*where))
    if document is None:
        raise NotHere("document")
    return document


def _line(*where: ColumnElement[bool]) -> Select:
    return (
        select(
            Document.code,
            Document.kind,
            Document.format,
            Document.size,
            Document.pages,
            Document.language,
            Document.expires_on,
            Document.at,
            Member.code.label("member_code"),
            Case.code.label("case_code"),
            UserAccount.name.label("by"),
        )
        .join(Member, Member.id == Document.member_id)
        .join(UserAccount, UserAccount.id == Document.by_user_id)
        .outerjoin(Case, Case.id == Document.case_id)
        .where(*where, Document.stands())
        .order_by(Document.id.desc())
    )


def _lines(statement: Select, values: dict[str, Any] | None = None) -> list[DocumentLine]:
    return [DocumentLine(**row._mapping) for row in db.session.connection().execute(statement, values)]


@dataclass(frozen=True)
class LinkedPaper:
    """A paper with the end it hangs on: `end_id` is the event's or the consent's."""

    link_id: int
    end_id: int
    code: str
    kind: str


@dataclass(frozen=True)
class Papers:
    """`linked` are there already; `choices` (code, kind) could be linked."""

    linked: Sequence[LinkedPaper]
    choices: Sequence[tuple[str, str]]


def papers_of_event(viewer: Viewer, event_id: int) -> Papers:
    """Those of the event's people whom the viewer may know of. Two queries."""
    people = select(EventPerson.member_id).where(EventPerson.event_id == event_id)
    linked = _linked(viewer, DocumentLink.event_id, DocumentLink.event_id == event_id)
    there = {line.code for line in linked}
    return Papers(linked, [choice for choice in _choices(viewer, people) if choice[0] not in there])


def papers_of_consents(viewer: Viewer, member_id: int) -> Papers:
    """The papers behind all consents of a member, and all papers of theirs. Two queries."""
    of_member = DocumentLink.consent_id.in_(select(Consent.id).where(Consent.member_id == member_id))
    return Papers(_linked(viewer, DocumentLink.consent_id, of_member), _choices(viewer, [member_id]))


def _linked(viewer: Viewer, end: InstrumentedAttribute[int | None], where: ColumnElement[bool]) -> list[LinkedPaper]:
    rows = db.session.execute(
        select(DocumentLink.id, end, Document.code, Document.kind)
        .join(Document, Document.id == DocumentLink.document_id)
        .where(where, document_seen(viewer), Document.stands())
        .order_by(DocumentLink.id)
    )
    return [LinkedPaper(id, end_id, code, kind) for id, end_id, code, kind in rows if end_id is not None]


def _choices(viewer: Viewer, members: Sequence[int] | Select[int]) -> list[tuple[str, str]]:
    rows = db.session.execute(
        select(Document.code, Document.kind)
        .where(Document.member_id.in_(members), document_seen(viewer), Document.stands())
        .order_by(Document.id.desc())
    )
    return [(row.code, row.kind) for row in rows]
