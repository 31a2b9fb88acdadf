"""The organisation's own settings: what receipts and reports print of it."""

from __future__ import annotations

from mexile.ground import trail
from mexile.ground.db import db
from mexile.ground.organisation import Organisation, forget

SETTINGS = (
    "legal_name",
    "short_name",
    "ein",
    "address",
    "sentence_en",
    "sentence_es",
    "mail_from",
    "zone",
    "fiscal_year_month",
)


def change_organisation(**settings: str | int) -> list[str]:
    """Write the settings that differ; returns their names. Inside `writing()`."""
    row = db.session.get_one(Organisation, 1, populate_existing=True)
    changed = [name for name in SETTINGS if name in settings and getattr(row, name) != settings[name]]
    for name in changed:
        setattr(row, name, settings[name])
    db.session.flush()
    forget()
    if changed:
        trail.record("organisation.change", fields=changed)
    return changed
