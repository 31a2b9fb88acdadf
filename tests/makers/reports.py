"""Makers of what reports count: acts of service written row by row, and arrivals of a sheet."""

import hashlib
import secrets
from datetime import date
from io import BytesIO

from openpyxl import Workbook
from sqlalchemy import insert

from mexile.arrivals.models import ArrivalParty
from mexile.ground import clock, keyring
from mexile.ground.db import db
from mexile.ground.rule_change import RuleChange
from mexile.reports.edition.models import EditionContent
from mexile.reports.models import ReportEdition
from mexile.services.service.models import Service, ServicePerson, ServiceVoid
from mexile.services.service_type.actions import seed_service_types
from mexile.sheets.batch.models import ImportBatch, ImportFile


def rule_change(make, *codes, since=date(2026, 11, 30)) -> None:
    """The day on which ways of counting changed here."""
    for code in codes:
        db.session.merge(RuleChange(code=code, since=since))
    db.session.flush()


def act(make, *people, type_code="food", on=date(2026, 3, 10), by=None, unit="units", minutes=15, **values) -> Service:
    """One act for these members, without asking anybody's rights."""
    seed_service_types()
    made = Service(
        code=f"S-{make.number():05d}",
        type_code=type_code,
        unit=unit,
        on=on,
        minutes=minutes,
        by_user_id=(by or make.user()).id,
        logged_at=clock.now(),
        **values,
    )
    db.session.add(made)
    db.session.flush()
    for one in people:
        db.session.add(ServicePerson(service_id=made.id, member_id=one.id, on=on, type_code=type_code))
    db.session.flush()
    return made


def cancelled(make, service, *, by=None) -> Service:
    """The act was logged by mistake."""
    who = by or make.user()
    db.session.add(ServiceVoid(service_id=service.id, by_user_id=who.id, at=clock.now(), reason="undo"))
    db.session.flush()
    return service


def arrivals(make, rows) -> None:
    """Parties of one imported sheet: (day, people, country, language, destination) each."""
    file = ImportFile(sha256=secrets.token_bytes(32))
    db.session.add(file)
    db.session.flush()
    batch = ImportBatch(
        key_id=keyring.new_key(),
        code=f"IM-{make.number():03d}",
        file_id=file.id,
        into="arrivals",
        rows=len(rows),
        at=clock.now(),
    )
    db.session.add(batch)
    db.session.flush()
    db.session.execute(
        insert(ArrivalParty),
        [
            {
                "rid": secrets.token_bytes(16),
                "batch_id": batch.id,
                "file_id": file.id,
                "row_number": number,
                "arrival_date": day,
                "people": people,
                "country": country,
                "language": language,
                "destination": destination,
            }
            for number, (day, people, country, language, destination) in enumerate(rows, 2)
        ],
    )


def edition(make, *, report="foundation-semiannual", period=None, numbers="{}", **values) -> ReportEdition:
    """An edition for release that is kept."""
    first, last = period or (date(2026, 1, 1), date(2026, 6, 30))
    code, body = f"X-{make.number():04d}", BytesIO()
    Workbook().save(body)
    made = ReportEdition(
        code=code,
        report_name=report,
        audience="release",
        period_from=first,
        period_to=last,
        language="en",
        at=clock.now(),
        sha256=hashlib.sha256(body.getvalue()).digest(),
        **values,
    )
    db.session.add(made)
    db.session.flush()
    kept = EditionContent(edition_id=made.id, report_file="", program="1", numbers=numbers, body=body.getvalue())
    db.session.add(kept)
    db.session.flush()
    return made
