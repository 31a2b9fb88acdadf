"""Papers of members: small files made here, with invented text."""

from datetime import date
from io import BytesIO

from PIL import Image
from pypdf import PdfWriter
from reportlab.pdfgen.canvas import Canvas

from mexile.documents import actions as keeping
from mexile.documents.models import DocumentLink, DocumentVoid
from mexile.ground import clock
from mexile.ground.db import db


def pdf_file(make=None, *, lines=("Invented notice",), pages=1) -> bytes:
    """A PDF with these lines on each page."""
    file = BytesIO()
    canvas = Canvas(file, invariant=True)
    for _ in range(pages):
        for at, line in enumerate(lines):
            canvas.drawString(72, 720 - 20 * at, line)
        canvas.showPage()
    canvas.save()
    return file.getvalue()


def locked_pdf(make=None) -> bytes:
    writer = PdfWriter(BytesIO(pdf_file()))
    writer.encrypt("a password", algorithm="AES-256")
    file = BytesIO()
    writer.write(file)
    return file.getvalue()


def picture(make=None, *, format="JPEG", size=(60, 40), mode="RGB", **more) -> bytes:
    """A picture of one color; `exif=` and the like go to the file."""
    file = BytesIO()
    Image.new(mode, size, 90 if mode in ("L", "1") else None).save(file, format, **more)
    return file.getvalue()


def document(
    make,
    *,
    member=None,
    case=None,
    kind="nta",
    by=None,
    content=None,
    name="scan.pdf",
    expires_on: date | None = None,
    note=None,
    language="eng",
):
    """A paper that was kept, with its sealed file."""
    member = member or make.member()
    by = by or make.user()
    return keeping.keep_document(
        viewer=make.viewer(user=by),
        received=keeping.receive(name=name, content=content or pdf_file(), member=member),
        kind=kind,
        case_id=case.id if case is not None else None,
        language=language,
        expires_on=expires_on,
        note=note,
    )


def voided_document(make, document, *, by=None, reason="wrong_file"):
    """The paper was cancelled."""
    who = by or make.user()
    db.session.add(DocumentVoid(document_id=document.id, by_user_id=who.id, at=clock.now(), reason=reason))
    db.session.flush()
    return document


def document_link(make, document, *, event=None, consent=None, by=None):
    """The paper shows this date or this consent."""
    who = by or make.user()
    link = DocumentLink(
        document_id=document.id,
        member_id=document.member_id,
        event_id=event and event.id,
        consent_id=consent and consent.id,
        by_user_id=who.id,
        at=clock.now(),
    )
    db.session.add(link)
    db.session.flush()
    return link
