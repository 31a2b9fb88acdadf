"""Make an edition of a report: count, draw, and write it into the register of exports."""

from __future__ import annotations

import hashlib
import secrets
from base64 import b32encode
from dataclasses import dataclass
from datetime import date, datetime
from importlib.metadata import version

from sqlalchemy import select

from mexile.access.roles import DEVELOPMENT, DIRECTOR
from mexile.access.viewer import Viewer
from mexile.grants.award.models import GrantAward
from mexile.ground import clock, trail
from mexile.ground.db import db, outside_write
from mexile.ground.errors import Invalid, NotHere, Problem
from mexile.ground.organization import organization
from mexile.reports.definition import load
from mexile.reports.edition.models import EditionContent
from mexile.reports.edition.rules import canonical
from mexile.reports.measures import ARRIVALS
from mexile.reports.models import AUDIENCES, ReportEdition
from mexile.reports.numbers import Numbers
from mexile.reports.release import release
from mexile.reports.run import run
from mexile.reports.workbook.arrival_detail import arrivals
from mexile.reports.workbook.book import draw
from mexile.reports.workbook.service_detail import services
from mexile.reports.workbook.sheet import Stamp


@dataclass(frozen=True)
class Edition:
    """A file that is ready and not yet in the register. `rid` is the key of its codes."""

    code: str
    rid: bytes
    numbers: Numbers
    audience: str
    language: str
    made_at: datetime
    body: bytes

    @property
    def file_name(self) -> str:
        """Whom it is for stands in the name: two editions can't be mistaken."""
        numbers = self.numbers
        grant = f"-{numbers.grant.lower()}" if numbers.grant else ""
        return f"{numbers.definition.name}{grant}-{numbers.from_on}-{numbers.to_on}-{self.audience}-{self.code}.xlsx"


def may_make(viewer: Viewer, audience: str) -> bool:
    """Internal editions are the director's; those for release also of who writes to funders."""
    return viewer.is_any(DIRECTOR) or (audience == "release" and viewer.is_any(DEVELOPMENT))


def make_edition(
    *,
    name: str,
    from_on: date,
    to_on: date,
    audience: str,
    lang: str = "en",
    grant: str | None = None,
    viewer: Viewer | None = None,
) -> Edition:
    """Count the report and draw its file, outside any write transaction; then `register` it.

    `viewer` is None on the command line, whose user holds the keys anyway. Raises NotHere for
    an unknown report and for an edition that is not the viewer's to make; Invalid with words.
    """
    outside_write()
    if audience not in AUDIENCES:
        raise Invalid(Problem("audience", "Choose internal or release.", "Elija internal o release."))
    if viewer is not None and not may_make(viewer, audience):
        raise NotHere(name)
    exact = run(load(name), from_on, to_on, grant)
    rid = secrets.token_bytes(16)
    code, made_at = f"X-{b32encode(rid)[:8].decode()}", clock.now().replace(microsecond=0)
    rows = None
    if audience == "internal":
        gather = arrivals if exact.definition.source is ARRIVALS else services
        rows = gather(exact, rid)
    numbers = exact if rows else release(exact)
    ours = organization()
    stamp = Stamp(code, made_at, ours.legal_name, ours.zone, bool(ours.invented))
    body = draw(numbers, rows, stamp, lang)
    return Edition(code, rid, numbers, audience, lang, made_at, body)


def register(edition: Edition, by: int | None) -> ReportEdition:
    """Write the edition into the register and the trail, and one for release whole, before the file leaves. Inside
    `writing()`; `by` is the user's id, None on the command line."""
    numbers = edition.numbers
    row = ReportEdition(
        rid=edition.rid,
        code=edition.code,
        report_name=numbers.definition.name,
        audience=edition.audience,
        grant_id=db.session.scalar(select(GrantAward.id).where(GrantAward.code == (numbers.grant or ""))),
        period_from=numbers.from_on,
        period_to=numbers.to_on,
        language=edition.language,
        by_user_id=by,
        at=edition.made_at,
        sha256=hashlib.sha256(edition.body).digest(),
    )
    db.session.add(row)
    db.session.flush()
    if edition.audience == "release":
        content = EditionContent(
            edition_id=row.id,
            report_file=numbers.definition.file,
            program=version("mexile"),
            numbers=canonical(numbers),
            body=edition.body,
        )
        db.session.add(content)
        db.session.flush()
    trail.record(
        "report.export",
        [edition.code, numbers.definition.name],
        audience=edition.audience,
        period=f"{numbers.from_on}/{numbers.to_on}",
    )
    return row
