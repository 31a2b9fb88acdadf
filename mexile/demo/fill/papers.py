"""A few papers: small files with invented text, sealed beside the database like real ones."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from io import BytesIO
from typing import Any

from reportlab.pdfgen.canvas import Canvas

from mexile.demo.fill.ground import Site, add, rid
from mexile.demo.organization.household import Member
from mexile.documents.actions import folder
from mexile.documents.models import Document
from mexile.ground import files, seal

PEOPLE = 4
"""So many of Lucía's people have papers."""
PAPERS: tuple[tuple[str, str, int | None, tuple[str, ...]], ...] = (
    ("nta", "eng", None, ("NOTICE TO APPEAR", "Invented for the demonstration.", "No such person, no such court.")),
    (
        "hearing_notice",
        "eng",
        None,
        ("NOTICE OF HEARING", "Invented for the demonstration.", "Time and room: see Today."),
    ),
    ("work_permit", "eng", 45, ("EMPLOYMENT AUTHORIZATION", "Invented for the demonstration.", "Category C08.")),
    ("evidence", "spa", None, ("Recorte de un periódico que no existe", "Inventado para la demostración.")),
)
"""(kind, language, days from today until which it is good, lines of the page)."""


def seed_papers(site: Site) -> None:
    """The files go to the disk at once; those of an organization that was laid before are swept in a day."""
    add(Document, _papers(site))


def _papers(site: Site) -> Iterator[dict[str, Any]]:
    number = 0
    for at, member in enumerate(_people(site)):
        for kind, language, days, lines in PAPERS[: len(PAPERS) - at % 2]:
            number += 1
            body, own, key = _page(lines, member.code), rid(), site.member_keys[member.code]
            files.write(folder() / own.hex(), seal.seal_file("document", "file", own, key, body))
            yield {
                "rid": own,
                "key_id": key,
                "code": f"D-{number:04d}",
                "member_id": site.members[member.code],
                "case_id": None,
                "kind": kind,
                "format": "pdf",
                "size": len(body),
                "pages": 1,
                "language": language,
                "expires_on": site.plan.day + timedelta(days=days) if days else None,
                "by_user_id": site.users["lucia"],
                "at": site.at(_kept_on(site, member), 11 * 60),
                "note_enc": None,
            }


def _people(site: Site) -> list[Member]:
    """Some of those whom Lucía walks with, in the order of their codes."""
    hers = {row.member for row in site.plan.walking.assigned if row.worker == "lucia" and row.to_on is None}
    return sorted((one for one in site.plan.members if one.code in hers), key=lambda one: one.code)[:PEOPLE]


def _kept_on(site: Site, member: Member) -> date:
    return min(member.joined_on + timedelta(days=9), site.plan.day)


def _page(lines: tuple[str, ...], code: str) -> bytes:
    file = BytesIO()
    canvas = Canvas(file, invariant=True)
    canvas.setTitle(code)
    for at, line in enumerate((*lines, code)):
        canvas.drawString(72, 700 - 24 * at, line)
    canvas.showPage()
    canvas.save()
    return file.getvalue()
