"""What holds this house together, and what it must never know."""

from pathlib import Path

import pytest

from mexile.ground.db import db

HOUSE = Path(__file__).parents[2]
pytestmark = pytest.mark.once


def test_this_house_knows_nothing_of_members():
    files = [*(HOUSE / "mexile" / "gifts").rglob("*.py"), *(HOUSE / "templates" / "gifts").rglob("*.html")]
    assert len(files) > 40
    for path in [*files, *(HOUSE / "templates" / "give").rglob("*.html")]:
        words = path.read_text("utf-8")
        for forbidden in ("mexile.members", "mexile.cases", "mexile.services", "members.", 'url_for("cases'):
            assert forbidden not in words, f"{path.name}: {forbidden}"


def test_no_table_of_this_house_leads_to_a_member(app):
    ours = [
        table for table in db.metadata.sorted_tables if table.name.startswith(("gift", "donor", "receipt", "recurring"))
    ]
    assert len(ours) >= 9
    for table in ours:
        assert {key.column.table.name for key in table.foreign_keys} <= {
            "donor",
            "donor_link",
            "donor_merge",
            "fund",
            "gift",
            "receipt",
            "recurring_gift",
            "user_account",
        }
