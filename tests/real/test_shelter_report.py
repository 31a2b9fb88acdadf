"""The report of a real shelter's sheet: its counts against those counted here straight from the file."""

from __future__ import annotations

import csv
from collections import Counter
from datetime import date, timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest
from click.testing import CliRunner
from openpyxl import load_workbook

from mexile.reports.command import command as report
from mexile.sheets.command import command as bring_in

MAPPING = Path(__file__).with_name("shelter_arrivals.toml")
SHEET = Path(__file__).parents[3] / "shared" / "data" / "intake" / "shelter_arrivals_2021.csv"
SHEETS = ["Country", "Language", "Destination", "Party size", "Day", "Week"]
pytestmark = [pytest.mark.skipif(not SHEET.exists(), reason="../shared absent"), pytest.mark.once]


@pytest.fixture
def files(app, tmp_path) -> dict[str, Path]:
    program = SimpleNamespace(create_app=lambda: app)
    done = CliRunner().invoke(bring_in, [str(SHEET), "--mapping", str(MAPPING)], obj=program)
    assert done.exit_code == 0, done.output
    made = {}
    for audience in ("internal", "release"):
        made[audience] = tmp_path / f"{audience}.xlsx"
        days = ["--from", "2021-01-26", "--to", "2022-01-21"]
        words = ["run", "shelter-arrivals", *days, "--audience", audience, "--out", str(made[audience])]
        done = CliRunner().invoke(report, words, obj=program)
        assert done.exit_code == 0, done.output
    return made


def _rows(book, sheet: str) -> dict[str, tuple]:
    found = list(book[sheet].iter_rows(min_row=4, max_col=4, values_only=True))
    assert found[0] == ("code", "name", "parties", "people")
    return {str(row[0]): row[2:4] for row in found[1:]}


def _counted(key) -> dict[str, tuple[int, int]]:
    parties, people = Counter(), Counter()
    with SHEET.open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            size = int(row["number_in_party"])
            code = str(key(date.fromisoformat(row["arrival_date"]), size))
            parties[code] += 1
            people[code] += size
    return {code: (parties[code], people[code]) for code in parties}


def test_the_sheets_add_up_and_equal_what_the_file_says(files):
    book = load_workbook(files["internal"], data_only=True)
    assert [name for name in book.sheetnames if name in SHEETS] == SHEETS
    for sheet in SHEETS:
        rows = _rows(book, sheet)
        assert rows["total"] == (12_520, 24_162)
        assert "unknown" in rows
        others = [row for code, row in rows.items() if code != "total"]
        assert tuple(map(sum, zip(*others, strict=True))) == (12_520, 24_162)
    for sheet, key in {
        "Day": lambda day, size: day,
        "Week": lambda day, size: day - timedelta(days=day.weekday()),
        "Party size": lambda day, size: size,
    }.items():
        ours = {code: row for code, row in _rows(book, sheet).items() if row[0] and code != "total"}
        assert ours == _counted(key)
    country = _rows(book, "Country")
    assert (country["VE"][0], country["CU"][0]) == (3682, 2589)
    assert book["Detail"].max_row == 12_524


def test_an_edition_for_release_shows_no_small_cell_and_adds_up(files):
    book = load_workbook(files["release"])
    assert "Detail" not in book.sheetnames
    for sheet in SHEETS:
        rows = _rows(book, sheet)
        assert rows["total"] == (12_520, 24_162)
        for column in (0, 1):
            shown = [row[column] for code, row in rows.items() if code != "total" and row[column] != "[c]"]
            hidden = sum(row[column] == "[c]" for row in rows.values())
            assert all(count == 0 or count >= 5 for count in shown)
            left = rows["total"][column] - sum(shown)
            assert left == 0 if hidden == 0 else hidden >= 2 and left >= 5
