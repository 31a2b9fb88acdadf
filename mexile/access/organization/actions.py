"""The organization's own settings: what receipts and reports print of it."""

from __future__ import annotations

from mexile.ground import trail
from mexile.ground.db import db
from mexile.ground.errors import Conflict, Problem
from mexile.ground.organization import Organization, forget
from mexile.ground.sender import sender

SETTINGS = (
    "legal_name",
    "short_name",
    "ein",
    "is_exempt",
    "address",
    "sentence_en",
    "sentence_es",
    "languages",
    "mail_from",
    "zone",
    "fiscal_year_month",
)


def change_organization(*, version: int, **settings: str | int) -> list[str]:
    """Write the settings that differ; returns their names. Inside `writing()`. Raises Invalid for a sender that is
    no address, Conflict when somebody changed them after `version` was shown."""
    if settings.get("mail_from"):
        sender(str(settings["mail_from"]))
    row = db.session.get_one(Organization, 1, populate_existing=True)
    if row.version != version:
        forget()
        raise Conflict(
            Problem(
                "version",
                "Somebody changed the organization while you were writing.",
                "Alguien modificó la organización mientras usted escribía.",
            )
        )
    changed = [name for name in SETTINGS if name in settings and getattr(row, name) != settings[name]]
    for name in changed:
        setattr(row, name, settings[name])
    db.session.flush()
    forget()
    if changed:
        trail.record("organization.change", fields=changed)
    return changed
