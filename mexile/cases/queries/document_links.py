"""Which papers stand with an event or a consent, and which could."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Select, not_, select
from sqlalchemy.orm import InstrumentedAttribute

from mexile.access.viewer import Viewer
from mexile.cases.models.document import Document
from mexile.cases.models.document_link import DocumentLink
from mexile.cases.models.event import EventPerson
from mexile.cases.queries.documents import document_seen, is_void
from mexile.ground.db import db
from mexile.members.models.consent import Consent


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
    there = {one.code for one in linked}
    return Papers(linked, [one for one in _choices(viewer, people) if one[0] not in there])


def papers_of_consents(viewer: Viewer, member_id: int) -> Papers:
    """The papers behind all consents of a member, and all papers of theirs. Two queries."""
    of_member = DocumentLink.consent_id.in_(select(Consent.id).where(Consent.member_id == member_id))
    return Papers(_linked(viewer, DocumentLink.consent_id, of_member), _choices(viewer, [member_id]))


def _linked(viewer: Viewer, end: InstrumentedAttribute[int | None], where: ColumnElement[bool]) -> list[LinkedPaper]:
    rows = db.session.execute(
        select(DocumentLink.id, end, Document.code, Document.kind)
        .join(Document, Document.id == DocumentLink.document_id)
        .where(where, document_seen(viewer), not_(is_void()))
        .order_by(DocumentLink.id)
    )
    return [LinkedPaper(id, end_id, code, kind) for id, end_id, code, kind in rows if end_id is not None]


def _choices(viewer: Viewer, members: Sequence[int] | Select[int]) -> list[tuple[str, str]]:
    rows = db.session.execute(
        select(Document.code, Document.kind)
        .where(Document.member_id.in_(members), document_seen(viewer), not_(is_void()))
        .order_by(Document.id.desc())
    )
    return [(row.code, row.kind) for row in rows]
