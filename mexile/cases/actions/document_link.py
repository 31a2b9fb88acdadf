"""Put a paper to the event or the consent that it shows, and take it from there."""

from __future__ import annotations

from sqlalchemy import select

from mexile.access.viewer import Viewer
from mexile.cases.models.document import Document
from mexile.cases.models.document_link import DocumentLink
from mexile.cases.models.event import Event, EventPerson
from mexile.cases.queries.documents import get_document
from mexile.cases.queries.events import changeable
from mexile.ground import clock, trail
from mexile.ground.db import db
from mexile.ground.errors import NotHere
from mexile.members.queries.consents import get_consent


def link_to_event(*, viewer: Viewer, event_code: str, document_code: str) -> None:
    """The paper must be one of a person of the event. Linked twice it is linked once."""
    event_id = db.session.scalar(select(Event.id).where(Event.code == event_code, changeable(viewer)))
    found = get_document(viewer, document_code)
    if event_id is None or db.session.get(EventPerson, (event_id, found.member_id)) is None:
        raise NotHere(event_code)
    _link(viewer, found, event_id=event_id)
    trail.record("document.link", [found.code, event_code])


def link_to_consent(*, viewer: Viewer, member_code: str, consent_id: int, document_code: str) -> None:
    """The paper, a signed form most of all, must be the member's own."""
    member, consent = get_consent(viewer, member_code, consent_id)
    found = get_document(viewer, document_code)
    if found.member_id != member.id:
        raise NotHere(document_code)
    _link(viewer, found, consent_id=consent.id)
    trail.record("document.link", [found.code, member_code], purpose=consent.purpose)


def unlink(*, viewer: Viewer, document_code: str, link_id: int) -> None:
    """The paper stays; it only no longer stands there."""
    found = get_document(viewer, document_code)
    row = db.session.get(DocumentLink, link_id)
    if row is None or row.document_id != found.id:
        raise NotHere(document_code)
    db.session.delete(row)
    db.session.flush()
    trail.record("document.unlink", document_code)


def _link(viewer: Viewer, document: Document, *, event_id: int | None = None, consent_id: int | None = None) -> None:
    ends = DocumentLink.event_id == event_id if event_id else DocumentLink.consent_id == consent_id
    if db.session.scalar(select(DocumentLink.id).where(DocumentLink.document_id == document.id, ends)):
        return
    db.session.add(
        DocumentLink(
            document_id=document.id,
            member_id=document.member_id,
            event_id=event_id,
            consent_id=consent_id,
            by_user_id=viewer.user_id,
            at=clock.now(),
        )
    )
    db.session.flush()
