"""The process that opens a workbook: the file comes in on standard input, its rows leave as JSON.

Run as a file of its own, so that it loads nothing of the rest. It limits its own memory and time
before it reads the first byte.
"""

import datetime
import io
import json
import posixpath
import re
import resource
import sys
import zipfile
from typing import TYPE_CHECKING
from xml.etree import ElementTree

if TYPE_CHECKING:
    from python_calamine import CalamineSheet

MEMORY = 768 * 1024 * 1024
CPU_SECONDS = 20
MAX_TEXT = 48 * 1024 * 1024
_ROW = re.compile(rb"<(?:\w+:)?row\b([^>]*)>")
_COLUMN = re.compile(rb"<(?:\w+:)?col\b([^>]*)>")
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


def main(tab: str, max_rows: int, max_columns: int) -> dict:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    content = sys.stdin.buffer.read()
    from python_calamine import CalamineError, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        metas = [meta for meta in book.sheets_metadata if meta.typ == SheetTypeEnum.WorkSheet]
        if tab and tab not in [meta.name for meta in metas]:
            return {"trouble": "no_tab"}
        filled = [meta for meta in metas if book.get_sheet_by_name(meta.name).height]
        tabs = [(meta.name, meta.visible != SheetVisibleEnum.Visible) for meta in filled or metas[:1]]
        shown = [name for name, hidden in tabs if not hidden]
        chosen = tab or (shown or [name for name, _ in tabs])[0]
        heads = {} if tab else {name: _head(book.get_sheet_by_name(name)) for name in shown}
        sheet = book.get_sheet_by_name(chosen)
        if sheet.total_height > max_rows + 1000 or sheet.total_width > max_columns + 1000:
            return {"trouble": "too_large"}
        rows, size = [], 0
        for cells in sheet.to_python(skip_empty_area=False):
            row = [_text(cell) for cell in cells]
            size += sum(map(len, row))
            if size > MAX_TEXT:
                return {"trouble": "too_large"}
            rows.append(row)
        hidden_rows, hidden_columns = _hidden(content, chosen)
    except (CalamineError, zipfile.BadZipFile, IndexError, KeyError, ValueError, OSError, ElementTree.ParseError):
        return {"trouble": "unreadable"}
    except MemoryError:
        return {"trouble": "too_large"}
    merged = _fill_down(rows, sheet.merged_cell_ranges or [])
    hidden = {"hidden_rows": hidden_rows, "hidden_columns": hidden_columns}
    return {
        "rows": rows,
        "tab": chosen,
        "tabs": tabs,
        "heads": heads,
        "merged": merged,
        "epoch": _epoch(content),
        **hidden,
    }


def _hidden(content: bytes, tab: str) -> tuple[list[int], list[int]]:
    """The numbers of the rows and of the columns, from 1, that a filter or a person hid in this sheet."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        book = ElementTree.fromstring(archive.read("xl/workbook.xml"))  # noqa: S314 - this process may only use so much
        related = next(
            (
                sheet.get(_RELATION)
                for sheet in book.iter()
                if sheet.tag.endswith("}sheet") and sheet.get("name") == tab
            ),
            "",
        )
        links = ElementTree.fromstring(archive.read("xl/_rels/workbook.xml.rels"))  # noqa: S314
        target = next((link.get("Target", "") for link in links if link.get("Id") == related), "")
        name = posixpath.normpath(posixpath.join("/xl", target)).lstrip("/")
        text = archive.read(name) if name in archive.namelist() else b""
    rows, number = [], 0
    for match in _ROW.finditer(text):
        attributes = _said(match[1])
        number = int(attributes.get("r", number + 1))
        if attributes.get("hidden") in ("1", "true"):
            rows.append(number)
    columns = [
        attributes for match in _COLUMN.finditer(text) if (attributes := _said(match[1])).get("hidden") in ("1", "true")
    ]
    return rows, [place for column in columns for place in range(int(column["min"]), min(int(column["max"]), 2000) + 1)]


def _said(attributes: bytes) -> dict[str, str]:
    pairs = re.findall(rb"""(\w+)\s*=\s*["']([^"']*)["']""", attributes)
    return {name.decode(): value.decode() for name, value in pairs}


def _head(sheet: "CalamineSheet") -> list[list[str]]:
    """The first rows of a sheet: they tell whether it is a table."""
    rows = []
    for cells in sheet.iter_rows():
        rows.append([_text(cell)[:200] for cell in cells[:200]])
        if len(rows) == 25:
            break
    return rows


def _fill_down(rows: list[list[str]], ranges: list) -> bool:
    """A cell merged over several rows says the same of each of them; a workbook keeps it in the first alone."""
    filled = False
    for (top, left), (bottom, _) in ranges:
        if bottom > top and top < len(rows) and left < len(rows[top]) and rows[top][left]:
            for row in rows[top + 1 : bottom + 1]:
                if left < len(row) and not row[left]:
                    row[left], filled = rows[top][left], True
    return filled


def _text(cell: object) -> str:
    """A cell as a person would type it; a day without its midnight."""
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
    if isinstance(cell, datetime.datetime):
        return cell.date().isoformat() if cell.time() == datetime.time() else cell.isoformat(" ", "seconds")
    if isinstance(cell, datetime.date | datetime.time):
        return cell.isoformat()
    return str(cell)


def _epoch(content: bytes) -> str:
    """Workbooks of old Macintoshes count their days from 1904."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        text = archive.read("xl/workbook.xml")
    return "1904" if b'date1904="1"' in text or b'date1904="true"' in text else "1900"


if __name__ == "__main__":
    answer = main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
    json.dump(answer, sys.stdout)
