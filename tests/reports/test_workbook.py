"""The file: LibreOffice opens and recounts it to the same numbers, and nothing in it is what it shouldn't be."""

from __future__ import annotations

import random
import zipfile
from datetime import UTC, date, datetime, timedelta
from io import BytesIO

import pytest
from openpyxl import load_workbook

from mexile.ground.cells import MOST, clean
from mexile.reports.actions import make_edition
from mexile.reports.definition import load, names
from mexile.reports.run import run
from mexile.reports.workbook.book import draw
from mexile.reports.workbook.sheet import Stamp
from tests.reports.office import recalculated, values

FROM, TO = date(2026, 1, 1), date(2026, 3, 31)
TYPES = ("food", "acc_court", "therapy", "i589", "emergency", "search_mx", "visit_det")


def _many_acts(make) -> None:
    """A quarter of acts, some for several people, some of a person known from the autumn."""
    dice = random.Random(7)
    people = [
        make.member(
            gender=dice.choice(["woman", "man", None]),
            birth_year=dice.choice([1950, 1990, 2009, 2020, None]),
            nationality=dice.choice(["MX", "MX", "GT", None]),
            language=dice.choice(["spa", "mam"]),
            profile=dice.choice(["journalist", "searcher", None]),
        )
        for _ in range(40)
    ]
    for place in range(0, 30, 3):
        make.household(*people[place : place + 3])
    for number in range(120):
        kind = dice.choice(TYPES)
        make.act(
            *dice.sample(people, dice.choice([0, 1, 1, 2, 5])),
            type_code=kind,
            on=date(2025, 11, 15) + timedelta(days=number),
            minutes=dice.choice([15, 40, 120]),
            unit="usd" if kind == "emergency" else "units",
            amount_cents=dice.choice([5000, 12050]) if kind == "emergency" else None,
            quantity=dice.choice([1, 3]),
            others=dice.choice([0, 0, 4]),
        )


def _edition(make, name: str, audience: str, lang: str = "en", days=(FROM, TO)):
    return make.read(lambda: make_edition(name=name, from_on=days[0], to_on=days[1], audience=audience, lang=lang))


@pytest.mark.once
@pytest.mark.parametrize("name", [name for name in names() if name != "shelter-arrivals"])
def test_libreoffice_recounts_an_internal_file_to_the_same_numbers(make, libreoffice, tmp_path, name):
    _many_acts(make)
    edition = _edition(make, name, "internal")
    kept = values(edition.body)
    counted = recalculated(libreoffice, edition.body, tmp_path)
    formulas = load_workbook(BytesIO(edition.body))
    looked_at = 0
    for sheet in formulas:
        assert counted.keys() == kept.keys()
        for row in sheet.iter_rows():
            for cell in row:
                if cell.data_type == "f":
                    looked_at += 1
                    place = (sheet.title, cell.coordinate, cell.value)
                    ours, theirs = kept[sheet.title][cell.coordinate], counted[sheet.title][cell.coordinate]
                    assert theirs == pytest.approx(ours), place
    assert looked_at > 15


@pytest.mark.once
def test_libreoffice_recounts_arrivals_with_every_day_and_week(make, libreoffice, tmp_path):
    dice = random.Random(3)
    first = date(2021, 12, 20)
    make.arrivals(
        [
            (
                first + timedelta(days=dice.randrange(40)),
                dice.choice([1, 1, 2, 3, 7]),
                dice.choice(["MX", "HT", None, "NA"]),
                dice.choice(["spa", "hat", "mar", None]),
                dice.choice(["TX", "DE", "IN", None]),
            )
            for _ in range(300)
        ]
    )
    days = (first, first + timedelta(days=39))
    edition = _edition(make, "shelter-arrivals", "internal", days=days)
    kept, counted = values(edition.body), recalculated(libreoffice, edition.body, tmp_path)
    wanted = ["Country", "Language", "Destination", "Party size", "Day", "Week"]
    assert [sheet for sheet in kept if sheet in wanted] == wanted
    for sheet in (*wanted, "Figures"):
        assert counted[sheet] == kept[sheet]
    assert [kept["Week"][f"{c}4"] for c in "ABCD"] == ["code", "name", "parties", "people"]
    released = values(_edition(make, "shelter-arrivals", "release", days=days).body)
    assert "Detail" not in released
    total = next(place for place, value in released["Day"].items() if value == "total")
    assert released["Day"][total.replace("A", "C")] == 300


@pytest.mark.once
def test_libreoffice_reads_a_file_for_release_as_it_is(make, libreoffice, tmp_path):
    _many_acts(make)
    body = _edition(make, "quarterly-new-continuing", "release", "es").body
    assert recalculated(libreoffice, body, tmp_path) == values(body)


def test_an_edition_for_release_holds_no_formula_no_detail_and_no_small_cell(make):
    _many_acts(make)
    for name in names():
        body = _edition(make, name, "release").body
        book = load_workbook(BytesIO(body))
        assert "Detail" not in book.sheetnames
        least = load(name).least
        for sheet in book:
            assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)
        for table in make.read(lambda name=name: run(load(name), FROM, TO)).tables:
            sheet = book[table.spec.title.en]
            heads = [cell.value for cell in sheet[4]]
            column = heads.index("people" if "people" in heads else "parties")
            for row in sheet.iter_rows(min_row=5, values_only=True):
                assert not (isinstance(row[column], int) and 0 < row[column] < least), (name, sheet.title, row)


def test_codes_of_people_differ_from_edition_to_edition_and_are_no_member_codes(make):
    member = make.member(gender="woman", consented_on=FROM)
    make.act(member, type_code="food", on=FROM)
    seen = []
    for _ in range(2):
        body = _edition(make, "foundation-semiannual", "internal").body
        seen.append(values(body)["Detail"]["K5"])
        for name in zipfile.ZipFile(BytesIO(body)).namelist():
            assert member.code.encode() not in zipfile.ZipFile(BytesIO(body)).read(name)
    assert len(set(seen)) == 2


def test_the_same_numbers_make_the_same_bytes(make):
    _many_acts(make)
    numbers = make.read(lambda: run(load("foundation-semiannual"), FROM, TO))
    from mexile.reports.release import release

    stamp = Stamp("X-TEST", datetime(2026, 4, 1, 12, tzinfo=UTC), "Casa Ejemplo", "America/Denver")
    one, two = (draw(release(numbers), None, stamp, "es") for _ in range(2))
    assert one == two


def test_every_sheet_of_an_internal_file_is_marked_and_every_chart_has_words(make):
    _many_acts(make)
    body = _edition(make, "foundation-semiannual", "internal", "es").body
    book = load_workbook(BytesIO(body))
    for sheet in book:
        assert sheet["A2"].value.startswith("Interno")
        assert "Interno" in sheet.oddFooter.left.text
        assert int(sheet.page_setup.paperSize) == int(sheet.PAPERSIZE_LETTER)
    with zipfile.ZipFile(BytesIO(body)) as package:
        drawings = [name for name in package.namelist() if name.startswith("xl/drawings/drawing")]
        assert len(drawings) == 3
        for name in drawings:
            assert b'descr="' in package.read(name)


def test_words_stay_words(make):
    """A type of service that somebody named like a formula, with what breaks XML in it."""
    from sqlalchemy import update

    from mexile.services.service_type.models import ServiceType

    make.act(make.member(), type_code="food", on=FROM)
    evil = '=HYPERLINK("http://x")\x0b\u202e'
    from mexile.ground.db import db

    make.write(lambda: db.session.execute(update(ServiceType).where(ServiceType.code == "food").values(en=evil)))
    for audience in ("internal", "release"):
        book = load_workbook(BytesIO(_edition(make, "foundation-semiannual", audience).body))
        cells = [c for row in book["Services by type"].iter_rows() for c in row if c.value and "HYPER" in str(c.value)]
        for cell in cells:
            assert cell.data_type == "s" and cell.quotePrefix
            assert cell.value == '=HYPERLINK("http://x")'
    assert cells or audience == "release"


def test_text_is_cut_at_what_a_cell_holds():
    assert len(clean("a" * 40_000)) == MOST
    assert clean("a\x00\x1f\u202eb\ttab\n") == "ab\ttab\n"
