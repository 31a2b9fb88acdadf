"""Health, for whoever runs the system and whoever directs."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _

from mexile import config as configuration
from mexile.config import config
from mexile.doctor.blueprint import blueprint
from mexile.doctor.findings import inside
from mexile.doctor.lines import lines
from mexile.web.page import render

NAMES: dict[str, Any] = {
    "organization": _("Organization"),
    "web": _("Pages"),
    "worker": _("Worker (mail, payments, alerts)"),
    "queue": _("Work that waits"),
    "mail": _("Mail"),
    "stripe": _("Stripe (gifts by card)"),
    "backup": _("Backups"),
    "keys": _("Keys and files"),
    "disk": _("Room on the disk"),
    "records": _("Records and trail"),
    "clock": _("Clock"),
    "version": _("Versions"),
}
PRESSES: dict[str, tuple[str, Any]] = {
    "organization": ("home.first_steps", _("Go on with the first steps")),
    "stripe": ("gifts.stripe_keys", _("See the keys")),
    "queue": ("access.mail", _("See what waits")),
    "mail": ("access.mail", _("See the letters")),
}
"""Where a line is mended on a page: of the others the sentence says how."""


@blueprint.route("/health")
def health() -> str:
    settings = config()
    findings = inside(settings, configuration.problems_of(settings), is_whole=False)
    shown = lines(findings, settings)
    return render(
        "doctor/health/health.html",
        lines=shown,
        names=NAMES,
        presses=PRESSES,
        amiss=sum(not line.is_good for line in shown),
    )
