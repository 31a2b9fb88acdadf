"""Every page that a person can open, found in the table of routes: none is forgotten.

A route with a code in it needs an example from tests/browser/filled.py; a new one without is named by
the test that walks them all.
"""

from __future__ import annotations

from dataclasses import dataclass

from flask import Flask

from mexile.access.policy import POLICY

PREFERRED = ("director", "caseworker", "development", "auditor", "administrator", "attorney", "intake", "volunteer")
FILES = frozenset(
    {
        "static",
        "access.brand_css",
        "access.draft",
        "access.mark",
        "access.new_passkey_options",
        "access.passkey_options",
        "custody.alert_told",
        "documents.document_file",
        "gifts.receipt_pdf_file",
        "gifts.my_receipt_pdf",
        "reports.edition_file",
        "sheets.import_progress",
    }
)
"""Endpoints that answer with files, data or a piece of a page."""
DONORS = frozenset({"gifts.mine", "gifts.my_receipt"})
"""Pages of a donor who used the mailed link."""


@dataclass(frozen=True)
class Place:
    """One page: its endpoint, its path and who opens it: a role, "donor", or "" for a stranger."""

    endpoint: str
    path: str
    role: str


def role_for(endpoint: str) -> str:
    """A role that may open it; the stranger where everybody may."""
    rule = POLICY[endpoint]["GET"]
    return "" if rule.public else next(role for role in PREFERRED if role in rule.roles)


def places(app: Flask, examples: dict[str, str]) -> tuple[list[Place], list[str]]:
    """All pages with example values, and the routes for which there is no example.

    `examples`: "house.argument" or, where one page needs another value, "endpoint.argument" -> value.
    """
    found, missing = [], []
    adapter = app.url_map.bind("localhost")
    for rule in sorted(app.url_map.iter_rules(), key=lambda rule: rule.rule):
        if "GET" not in rule.methods or rule.endpoint in FILES or rule.endpoint not in POLICY:
            continue
        house = rule.endpoint.split(".")[0]
        values = {
            name: examples.get(f"{rule.endpoint}.{name}", examples.get(f"{house}.{name}")) for name in rule.arguments
        }
        if None in values.values():
            missing.append(f"{rule.endpoint} {rule.rule}")
            continue
        path = adapter.build(rule.endpoint, values)
        found.append(Place(rule.endpoint, path, role_for(rule.endpoint)))
        if rule.endpoint in DONORS:
            found.append(Place(rule.endpoint, path, "donor"))
    return found, missing
