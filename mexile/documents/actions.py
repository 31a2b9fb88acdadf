"""Keeping a paper, reading it again, voiding it, putting it to the date or consent that it shows, and taking its file
away with the person.

The file is read, cleaned, sealed and brought to the disk before the transaction; the row comes after it.
What ends in between leaves a file without a row, which nobody can read and the sweep removes after 35 days.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from sqlalchemy import inspect, select

from mexile.access.rules import name_act
from mexile.access.viewer import Viewer
from mexile.cases.event.models import Event, EventPerson
from mexile.cases.event.rights import changeable
from mexile.config import config
from mexile.documents.models import Document, DocumentLink, DocumentVoid
from mexile.documents.queries import file_names_in_use, file_names_of, get_document
from mexile.documents.rules import NO_ROOM, Parsed, read_file
from mexile.ground import clock, files, quarantine, queue, seal, trail
from mexile.ground.codes import next_code
from mexile.ground.db import db, outside_write
from mexile.ground.errors import Conflict, Invalid, NotHere, Problem, Tampered
from mexile.members.consent.queries import get_consent
from mexile.members.erasure.actions import when_erased
from mexile.members.person.models import Member

name_act("document.keep", "Kept a paper", "Guardó un documento")
name_act("document.link", "Put a paper where it shows something", "Puso un documento donde demuestra algo")
name_act("document.unlink", "Took a paper away from where it stood", "Quitó un documento de donde estaba")
name_act("document.void", "Cancelled a paper", "Anuló un documento")


FOLDER = "documents"
SWEEP_EVERY = 3600


def folder() -> Path:
    return config().home / FOLDER


def _path(document: Document) -> Path:
    return folder() / document.rid.hex()


@dataclass(frozen=True)
class Received:
    """A file that lies sealed on the disk; its row is not in the database yet."""

    document: Document
    parsed: Parsed


@contextlib.contextmanager
def received(*, name: str, content: bytes, member: Member) -> Iterator[Received]:
    """A file that lies sealed on the disk while the block writes its row; taken away again when the
    block ends without one. Raises Invalid when the file is no good or the disk is full."""
    outside_write()
    file = receive(name=name, content=content, member=member)
    try:
        yield file
    finally:
        if not inspect(file.document).persistent:
            files.remove(_path(file.document))


def receive(*, name: str, content: bytes, member: Member) -> Received:
    """Read and clean a file, seal it under this member's key and bring it to the disk."""
    parsed = read_file(name, content)
    document = Document(key_id=member.key_id, member_id=member.id, format=parsed.format, pages=parsed.pages)
    document.size = len(parsed.body)
    sealed = seal.seal_file("document", "file", document.rid, document.key_id, parsed.body)
    try:
        files.write(_path(document), sealed)
    except OSError:
        raise Invalid(NO_ROOM) from None
    return Received(document, parsed)


def keep_document(
    *,
    viewer: Viewer,
    received: Received,
    kind: str,
    case_id: int | None = None,
    language: str | None = None,
    expires_on: date | None = None,
    note: str | None = None,
) -> Document:
    """Write the row of a file that lies on the disk. Inside `writing()`."""
    document = received.document
    document.code = next_code("DC", Document.code)
    document.kind, document.case_id, document.language, document.expires_on = kind, case_id, language, expires_on
    document.by_user_id, document.at = viewer.user_id, clock.now()
    document.note = note or None
    db.session.add(document)
    db.session.flush()
    member = db.session.get_one(Member, document.member_id)
    trail.record("document.keep", [document.code, member.code], kind=kind, format=document.format, bytes=document.size)
    return document


def open_document(document: Document) -> bytes:
    """The file as it was kept; the reading is noted. Raises Tampered when it was damaged or is not
    there, KeyGone when the person was removed."""
    try:
        sealed = _path(document).read_bytes()
    except FileNotFoundError:
        raise Tampered("document.file") from None
    return seal.unseal_file("document", "file", document.rid, document.key_id, sealed)


def void_document(*, viewer: Viewer, code: str, reason: str) -> Document:
    """The paper is listed no more and can't be opened; its row stays, with who did it and why.
    Inside `writing()`. Raises Conflict when somebody did it already."""
    document = get_document(viewer, code)
    if db.session.get(DocumentVoid, document.id) is not None:
        raise Conflict(VOIDED)
    db.session.add(DocumentVoid(document_id=document.id, by_user_id=viewer.user_id, at=clock.now(), reason=reason))
    db.session.flush()
    trail.record("document.void", code, reason=reason)
    return document


VOIDED = Problem("code", "This paper was cancelled already.", "Este documento ya fue anulado.")


@when_erased.fill
def remove_files(member_ids: Sequence[int]) -> None:
    """The files of persons who were erased: unreadable since their key went, now gone from the disk too."""
    for name in file_names_of(member_ids):
        files.remove(folder() / name)


@queue.every(SWEEP_EVERY)
def sweep() -> int:
    """Remove files that no row has spoken of for 35 days: their upload ended halfway. See `quarantine.py`."""
    unused = files.names(folder()) - set(file_names_in_use())
    gone = quarantine.over(FOLDER, unused)
    return files.sweep(folder(), unused - gone | set(file_names_in_use())) if gone else 0


def link_to_event(*, viewer: Viewer, event_code: str, document_code: str) -> None:
    """The paper must be one of a person of the event. Linked twice it is linked once."""
    event_id = db.session.scalar(select(Event.id).where(Event.code == event_code, changeable(viewer)))
    document = get_document(viewer, document_code)
    if event_id is None or db.session.get(EventPerson, (event_id, document.member_id)) is None:
        raise NotHere(event_code)
    _link(viewer, document, event_id=event_id)
    trail.record("document.link", [document.code, event_code])


def link_to_consent(*, viewer: Viewer, member_code: str, consent_id: int, document_code: str) -> None:
    """The paper, a signed form most of all, must be the member's own."""
    member, consent = get_consent(viewer, member_code, consent_id)
    document = get_document(viewer, document_code)
    if document.member_id != member.id:
        raise NotHere(document_code)
    _link(viewer, document, consent_id=consent.id)
    trail.record("document.link", [document.code, member_code], purpose=consent.purpose)


def unlink(*, viewer: Viewer, document_code: str, link_id: int) -> None:
    """The paper stays; it only no longer stands there."""
    document = get_document(viewer, document_code)
    row = db.session.get(DocumentLink, link_id)
    if row is None or row.document_id != document.id:
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
