"""Finish the file that openpyxl wrote: the values that its formulas have now, alternative
texts for charts, the detail's rows, and the same bytes whenever it is made again.

openpyxl writes formulas without values, knows no alternative texts and takes ten times as
long for many rows; each is a small change to one part of the package.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from io import BytesIO
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from openpyxl.utils import get_column_letter

from mexile.reports.workbook.text import clean, revives

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


def finished(body: bytes, finish: Finish, made_at: datetime) -> bytes:
    """The finished file."""
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(body)) as before, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as after:
        for name in sorted(before.namelist(), key=lambda name: (name != "[Content_Types].xml", name)):
            part = zipfile.ZipInfo(name, _EARLIEST)
            part.compress_type, part.external_attr, part.create_system = zipfile.ZIP_DEFLATED, 0o600 << 16, 3
            after.writestr(part, _part(name, before.read(name), finish, made_at))
    return out.getvalue()


def _part(name: str, body: bytes, finish: Finish, made_at: datetime) -> bytes:
    if found := re.fullmatch(r"xl/worksheets/sheet(\d+)\.xml", name):
        return _sheet(int(found[1]), body, finish)
    if found := re.fullmatch(r"xl/drawings/drawing(\d+)\.xml", name):
        return _drawing(body, finish.chart_texts[int(found[1]) - 1])
    if name == "docProps/core.xml":
        stamp = f"{made_at:%Y-%m-%dT%H:%M:%SZ}".encode()
        return re.sub(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", stamp, body)
    return body


def _sheet(number: int, body: bytes, finish: Finish) -> bytes:
    text = body.decode()

    def with_value(found: re.Match[str]) -> str:
        head, cell, formula = found[1] or found[4], found[2] or found[5], found[3] or found[6]
        return f"{head}{formula}<v>{finish.values[number, cell]!r}</v>"

    text = _FORMULA.sub(with_value, text)
    if number == finish.long_sheet:
        start = text.index(f'<row r="{finish.first_row}"')
        end = text.index("</sheetData>")
        text = text[:start] + "".join(_rows(finish)) + text[end:]
        last = f"{get_column_letter(len(finish.kinds))}{finish.first_row + max(len(finish.rows), 1) - 1}"
        text = re.sub(r'<dimension ref="[^"]*"', f'<dimension ref="A1:{last}"', text)
    return text.encode()


def _drawing(body: bytes, said: str) -> bytes:
    """The frame of the one chart of a sheet, with words for who can't see it."""
    return re.sub(
        rb"<(\w+:)?cNvPr (id=\"\d+\") name=\"[^\"]*\"",
        lambda found: b"<%scNvPr %s name=%s descr=%s"
        % (found[1] or b"", found[2], quoteattr(said.split(":")[0]).encode(), quoteattr(said).encode()),
        body,
        count=1,
    )


def _rows(finish: Finish) -> Iterator[str]:
    """The long sheet's rows as XML, one string a row."""
    letters = [get_column_letter(place + 1) for place in range(len(finish.kinds))]
    styles = [finish.styles[kind] for kind in finish.kinds]
    quoted = finish.styles["quoted"]
    for number, row in enumerate(finish.rows, finish.first_row):
        cells = _cells(number, row, letters, styles, quoted)
        yield f'<row r="{number}">{"".join(cells)}</row>'
    if not finish.rows:
        yield f'<row r="{finish.first_row}"></row>'


def _cells(
    number: int, row: Sequence[Any], letters: Sequence[str], styles: Sequence[int], quoted: int
) -> Iterable[str]:
    for value, letter, style in zip(row, letters, styles, strict=True):
        if value is None:
            continue
        if isinstance(value, str):
            said = clean(value)
            kept = quoted if revives(said) else style
            space = ' xml:space="preserve"' if said != said.strip() else ""
            yield f'<c r="{letter}{number}" s="{kept}" t="inlineStr"><is><t{space}>{escape(said)}</t></is></c>'
        elif isinstance(value, date):
            yield f'<c r="{letter}{number}" s="{style}"><v>{value.toordinal() - _EPOCH}</v></c>'
        else:
            yield f'<c r="{letter}{number}" s="{style}"><v>{value!r}</v></c>'
