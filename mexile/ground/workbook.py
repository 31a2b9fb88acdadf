"""The one way in which a workbook leaves the house. `cells.put_text` writes words, `Finish.put_formula` a
formula with its value, and `finished` mends the file that openpyxl wrote: the values that its formulas have now, alternative
texts for charts, the detail's rows, and the same bytes whenever it is made again.

openpyxl writes formulas without values, knows no alternative texts and takes ten times as
long for many rows; each is a small change to one part of the package.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from io import BytesIO
from itertools import islice
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from mexile.ground.cells import clean, revives

_EPOCH = date(1899, 12, 30).toordinal()
_FORMULA = re.compile(r'(<c r="([A-Z]+\d+)"[^>]*>)(<f>.*?</f>)<v\s*/>|(<c r="([A-Z]+\d+)"[^>]*>)(<f>.*?</f>)<v></v>')
_EARLIEST = (1980, 1, 1, 0, 0, 0)


@dataclass
class Finish:
    """What is still to be done: cached values by (sheet number, cell), a text for each
    chart in the order of the sheets, the rows of a long sheet by its number."""

    values: dict[tuple[int, str], float | int] = field(default_factory=dict)
    chart_texts: list[str] = field(default_factory=list)
    long_sheet: int = 0
    rows: Sequence[Sequence[Any]] = ()
    first_row: int = 5
    styles: Mapping[str, int] = field(default_factory=dict)
    kinds: Sequence[str] = ()

    def put_formula(self, cell: Cell, formula: str, value: float | int) -> None:
        """A formula with the value it has now: a preview and Protected View count nothing themselves."""
        cell.value = formula
        sheet = cell.parent
        assert isinstance(sheet, Worksheet) and sheet.parent is not None  # a cell of a book that is being made
        number = sheet.parent.index(sheet) + 1
        self.values[number, cell.coordinate] = value


def first_sheet(book: Workbook, title: str) -> Worksheet:
    """The sheet that a new book begins with, under its title."""
    sheet = book.active
    assert isinstance(sheet, Worksheet), "a new book has one"
    sheet.title = title
    return sheet


def cell_at(sheet: Worksheet, row: int, column: int) -> Cell:
    """The cell at this place, to be written in."""
    cell = sheet.cell(row, column)
    assert isinstance(cell, Cell), "no cells of ours are merged"
    return cell


def finished(body: bytes, finish: Finish, made_at: datetime) -> bytes:
    """The finished file."""
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(body)) as before, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as after:
        for name in sorted(before.namelist(), key=lambda name: (name != "[Content_Types].xml", name)):
            part = zipfile.ZipInfo(name, _EARLIEST)
            part.compress_type, part.external_attr, part.create_system = zipfile.ZIP_DEFLATED, 0o600 << 16, 3
            with after.open(part, "w") as file:
                for piece in _pieces(name, before.read(name), finish, made_at):
                    file.write(piece)
    return out.getvalue()


def _pieces(name: str, body: bytes, finish: Finish, made_at: datetime) -> Iterator[bytes]:
    """A part of the package; the long sheet in pieces, so that it is never whole in memory."""
    if name != f"xl/worksheets/sheet{finish.long_sheet}.xml":
        yield _part(name, body, finish, made_at)
        return
    text = body.decode()
    last = f"{get_column_letter(len(finish.kinds))}{finish.first_row + max(len(finish.rows), 1) - 1}"
    text = re.sub(r'<dimension ref="[^"]*"', f'<dimension ref="A1:{last}"', text)
    yield text[: text.index(f'<row r="{finish.first_row}"')].encode()
    for some in _batched(_rows(finish), 500):
        yield "".join(some).encode()
    yield text[text.index("</sheetData>") :].encode()


def _batched(rows: Iterator[str], size: int) -> Iterator[list[str]]:
    while some := list(islice(rows, size)):
        yield some


def _part(name: str, body: bytes, finish: Finish, made_at: datetime) -> bytes:
    if sheet := re.fullmatch(r"xl/worksheets/sheet(\d+)\.xml", name):
        return _sheet(int(sheet[1]), body, finish)
    if drawing := re.fullmatch(r"xl/drawings/drawing(\d+)\.xml", name):
        return _drawing(body, finish.chart_texts[int(drawing[1]) - 1])
    if name == "docProps/core.xml":
        stamp = f"{made_at:%Y-%m-%dT%H:%M:%SZ}".encode()
        return re.sub(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", stamp, body)
    return body


def _sheet(number: int, body: bytes, finish: Finish) -> bytes:
    text = body.decode()

    def with_value(match: re.Match[str]) -> str:
        head, cell, formula = match[1] or match[4], match[2] or match[5], match[3] or match[6]
        return f"{head}{formula}<v>{finish.values[number, cell]!r}</v>"

    return _FORMULA.sub(with_value, text).encode()


def _drawing(body: bytes, description: str) -> bytes:
    """The frame of the one chart of a sheet, with words for who can't see it."""
    return re.sub(
        rb"<(\w+:)?cNvPr (id=\"\d+\") name=\"[^\"]*\"",
        lambda match: (
            b"<%scNvPr %s name=%s descr=%s"
            % (
                match[1] or b"",
                match[2],
                quoteattr(description.split(":")[0]).encode(),
                quoteattr(description).encode(),
            )
        ),
        body,
        count=1,
    )


def _rows(finish: Finish) -> Iterator[str]:
    """The long sheet's rows as XML, one string a row."""
    letters = [get_column_letter(place + 1) for place in range(len(finish.kinds))]
    styles = [finish.styles[kind] for kind in finish.kinds]
    words = _TextCells(finish.styles["quoted"])
    columns = list(zip(letters, styles, strict=True))
    for number, row in enumerate(finish.rows, finish.first_row):
        cells = []
        for value, (letter, style) in zip(row, columns, strict=True):
            if value is None:
                continue
            if isinstance(value, str):
                cells.append(f'<c r="{letter}{number}" {words.xml(value, style)}')
            elif isinstance(value, date):
                cells.append(f'<c r="{letter}{number}" s="{style}"><v>{value.toordinal() - _EPOCH}</v></c>')
            else:
                cells.append(f'<c r="{letter}{number}" s="{style}"><v>{value!r}</v></c>')
        yield f'<row r="{number}">{"".join(cells)}</row>'
    if not finish.rows:
        yield f'<row r="{finish.first_row}"></row>'


class _TextCells:
    """The rest of a cell of words, made once for each: codes come again and again."""

    def __init__(self, quoted: int):
        self.quoted = quoted
        self.made: dict[tuple[str, int], str] = {}

    def xml(self, text: str, style: int) -> str:
        cell = self.made.get((text, style))
        if cell is None:
            cleaned = clean(text)
            kept = self.quoted if revives(cleaned) else style
            space = ' xml:space="preserve"' if cleaned != cleaned.strip() else ""
            cell = f's="{kept}" t="inlineStr"><is><t{space}>{escape(cleaned)}</t></is></c>'
            self.made[text, style] = cell
        return cell
