"""A real shelter's sheet: 12,520 parties, 24,162 people, fifty spellings of countries, junk and blanks."""

from collections import Counter
from datetime import date
from pathlib import Path
from types import SimpleNamespace

import pytest
from click.testing import CliRunner
from sqlalchemy import func, select

from mexile.arrivals.models import ArrivalParty
from mexile.ground import trail
from mexile.ground.db import db
from mexile.members.person.models import Member
from mexile.sheets.batch.models import ImportBatch
from mexile.sheets.batch.queries import command_line
from mexile.sheets.command import command
from mexile.sheets.file.rules import read_sheet
from mexile.sheets.mapping.rules import parse_mapping
from mexile.sheets.verdict.queries import judge

MAPPING = Path(__file__).with_name("shelter_arrivals.toml")
SHEET = Path(__file__).parents[3] / "shared" / "data" / "intake" / "shelter_arrivals_2021.csv"
pytestmark = pytest.mark.skipif(not SHEET.exists(), reason="../shared absent")


@pytest.fixture
def run(app):
    """The command of the command line on this test's home."""

    def called(*words):
        program = SimpleNamespace(create_app=lambda: app)
        return CliRunner().invoke(command, [str(SHEET), "--mapping", str(MAPPING), *words], obj=program)

    return called


def totals(column):
    held = getattr(ArrivalParty, column)
    rows = db.session.execute(select(held, func.count(), func.sum(ArrivalParty.people)).group_by(held))
    return {code: (parties, people) for code, parties, people in rows}


def test_the_sheet_comes_in_whole_and_only_once(app, run):
    dry = run("--dry-run")
    assert dry.exit_code == 0, dry.output
    assert "12,520 rows into arrivals, 24,162 people." in dry.output
    assert "not understood: 'Mixteco Bajo (Mexico)' (4)" in dry.output
    assert "read as Pakistan: 'Pakistaan' (1)" in dry.output
    assert "unknown, as the mapping says: 'Z' (173)" in dry.output
    with app.app_context():
        assert db.session.scalar(select(func.count()).select_from(ImportBatch)) == 0
    done = run()
    assert done.exit_code == 0, done.output
    assert "Imported as I-0001: 12,520 created, 0 updated, 0 left out." in done.output
    again = run()
    assert again.exit_code == 0 and "Nothing is new" in again.output
    with app.app_context():
        _counts()
        assert db.session.scalar(select(func.count()).select_from(ImportBatch)) == 1
        acts = db.session.scalars(select(trail.TrailRow.act).where(trail.TrailRow.act.like("import.%"))).all()
        assert acts == ["import.commit"]


def _counts():
    parties, people, first, last = db.session.execute(
        select(
            func.count(),
            func.sum(ArrivalParty.people),
            func.min(ArrivalParty.arrival_date),
            func.max(ArrivalParty.arrival_date),
        )
    ).one()
    assert (parties, people) == (12_520, 24_162)
    assert (first, last) == (date(2021, 1, 26), date(2022, 1, 21))
    assert db.session.scalar(select(func.count()).select_from(Member)) == 0
    countries, languages, states = totals("country"), totals("language"), totals("destination")
    assert sum(count for count, _ in countries.values()) == 12_520
    assert {code: countries[code][0] for code in ("VE", "CU", "PK", "SV", "CD", "XK", "GE", None)} == {
        "VE": 3680 + 2,
        "CU": 2585 + 4,
        "PK": 2 + 1,
        "SV": 45 + 2,
        "CD": 1,
        "XK": 2,
        "GE": 26,
        None: 260 + 27 + 2,
    }
    assert {code: languages[code][0] for code in ("spa", "por", "hat", "que", "mam", "kek", "tel", None)} == {
        "spa": 9819 + 1,
        "por": 1275 + 297,
        "hat": 547 + 1,
        "que": 42 + 39,
        "mam": 19 + 9,
        "kek": 2,
        "tel": 1,
        None: 163 + 36 + 2 + 1 + 1 + 4 + 2 + 2 + 1 + 1 + 1 + 1,
    }
    assert {code: states[code][0] for code in ("WA", "DC", "AK", None)} == {
        "WA": 63 + 28 + 1,
        "DC": 3 + 2,
        "AK": 1,
        None: 250 + 173 + 4 + 1 + 1 + 1,
    }
    assert len(states) == 49


def test_every_value_of_the_sheet_was_decided_on(in_app):
    """What is not understood is exactly what the mapping's comment says, and no value is read by chance."""
    judgement = judge(
        command_line(), read_sheet(SHEET.read_bytes()), parse_mapping(MAPPING.read_text()), date(2026, 11, 24)
    )
    words = judgement.reading.words
    assert words["country"].none == Counter() and words["destination"].none == Counter()
    assert set(words["language"].none) == {
        "Mixteco Bajo (Mexico)",
        "Mixteco",
        "Nahuatl (Mexico)",
        "Otomi",
        "Maya",
        "indigenous",
        "Creole Portuguese (Brazil)",
    }
    assert [*words["country"].close, *words["language"].close, *words["destination"].close] == [("Pakistaan", "PK")]
    assert judgement.count("c") == 12_520
