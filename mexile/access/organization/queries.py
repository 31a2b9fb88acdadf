"""What of the organization nobody has said yet."""

from __future__ import annotations

from mexile.ground.errors import Problem
from mexile.ground.organization import organization

ASKED = {
    "legal_name": ("The legal name is missing.", "Falta el nombre legal."),
    "ein": (
        "The tax number (EIN) is missing: no receipt says that a gift may be deducted.",
        "Falta el número fiscal (EIN): ningún recibo dice que un donativo se puede deducir.",
    ),
    "address": ("The postal address is missing.", "Falta la dirección postal."),
}


def missing() -> list[Problem]:
    """What receipts and reports print and nobody has said yet."""
    ours = organization()
    return [Problem(name, en, es) for name, (en, es) in ASKED.items() if not getattr(ours, name)]
