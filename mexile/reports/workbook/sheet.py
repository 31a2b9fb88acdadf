"""How every sheet of a workbook looks: title, mark, head, table object, numbers, heights, print."""

from __future__ import annotations

import math
from collections.abc import Container
from dataclasses import dataclass
from datetime import datetime

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.filters import AutoFilter
from openpyxl.worksheet.header_footer import HeaderFooterItem
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.table import Table as SheetTable
from openpyxl.worksheet.table import TableColumn, TableStyleInfo
from openpyxl.worksheet.worksheet import Worksheet

from mexile.ground import workbook_styles as styles
from mexile.ground.both import Both
from mexile.ground.cells import put_text
from mexile.ground.dates import format_short_day
from mexile.ground.workbook import Finish, cell_at
from mexile.reports.numbers import Numbers
from mexile.reports.workbook import words as w
from mexile.reports.workbook.detail import Detail

HEAD_ROW = 4
MARK_WITHHELD = "[c]"


@dataclass(frozen=True)
class Stamp:
    """What a file says of itself: its code, when, whose organization, which zone."""

    code: str
    made_at: datetime
    organization: str
    zone: str
    invented: bool = False


class Sheets:
    """A workbook being drawn, and what its sheets have in common."""

    def __init__(self, numbers: Numbers, detail: Detail | None, stamp: Stamp, lang: str):
        self.numbers, self.detail, self.stamp, self.lang = numbers, detail, stamp, lang
        self.book = Workbook()
        self.finish = Finish()
        self.tables = 0
        self.contents: list[str] = []
        if detail:
            detail.sheet = self.say(w.DETAIL)
        styles.register(self.book)

    def say(self, words: Both) -> str:
        return words.text(self.lang)

    def _sheet(self, title: str, shown: str) -> Worksheet:
        """A new sheet with its title in A1 and the edition's mark in A2."""
        sheet = self.book.create_sheet(sheet_name(title, self.book.sheetnames))
        self.contents.append(sheet.title)
        put_text(sheet["A1"], shown)
        sheet["A1"].style = "mx title"
        put_text(sheet["A2"], self._mark())
        sheet["A2"].style = "mx mark" if self.detail else "mx note"
        sheet.freeze_panes = f"A{HEAD_ROW + 1}"
        return sheet

    def _mark(self) -> str:
        """The line that every sheet carries: whom it is for, over which days."""
        readers = self.say(w.INTERNAL if self.detail else w.RELEASE)
        invented = f" · {self.say(w.INVENTED)}" if self.stamp.invented else ""
        return f"{readers} · {self._period()} · {self.stamp.code}{invented}"

    def _period(self) -> str:
        first = format_short_day(self.numbers.from_on, self.lang)
        last = format_short_day(self.numbers.to_on, self.lang)
        return f"{first} {self.say(w.TO)} {last}"

    def _note(self, sheet: Worksheet, text: str) -> None:
        put_text(sheet["A3"], text)
        sheet["A3"].style = "mx note"

    def _head(self, sheet: Worksheet, heads: list[str], widths: list[int], right: Container[int] = ()) -> None:
        """The head row; the columns numbered in `right` hold numbers."""
        for place, (text, width) in enumerate(zip(heads, widths, strict=True), 1):
            cell = cell_at(sheet, HEAD_ROW, place)
            put_text(cell, text)
            cell.style = "mx head right" if place in right else "mx head"
            sheet.column_dimensions[get_column_letter(place)].width = width

    def _object(self, sheet: Worksheet, columns: int, rows: int) -> None:
        """Make the rows under the head a table object, which screen readers and pivots know.

        Its columns are named here: the library would make every cell of the table to find them.
        """
        self.tables += 1
        cells = f"A{HEAD_ROW}:{get_column_letter(columns)}{HEAD_ROW + max(rows, 1)}"
        table = SheetTable(displayName=f"Table{self.tables}", ref=cells, autoFilter=AutoFilter(ref=cells))
        table.tableStyleInfo = TableStyleInfo(name="TableStyleLight1", showRowStripes=False)
        for place in range(1, columns + 1):
            name = str(cell_at(sheet, HEAD_ROW, place).value)
            table.tableColumns.append(TableColumn(id=place, name=name))
        sheet.add_table(table)

    def _number(self, cell: Cell, measure: str, value: int | None, formula: str | None, end: str = "") -> None:
        """A number with its format: as it is, as a formula with its value kept, or withheld."""
        if value is None:
            put_text(cell, MARK_WITHHELD)
            cell.style = "mx withheld"
            return
        shown: float | int = value
        if measure in ("minutes", "money"):
            shown = value / (60 if measure == "minutes" else 100)
        cell.style = styles.of_measure(measure) + end
        if formula is None:
            cell.value = shown
        else:
            self.finish.put_formula(cell, formula, shown)

    def _fit(self, sheet: Worksheet) -> None:
        """Make rows as high as their wrapped words need; not every program does so itself."""
        for number, row in enumerate(sheet.iter_rows(min_row=HEAD_ROW), HEAD_ROW):
            lines, size = 1, 15
            for cell in row:
                if cell.style in ("mx wrapped", "mx sentence") and isinstance(cell.value, str):
                    large = cell.style == "mx sentence"
                    room = sheet.column_dimensions[cell.column_letter].width * (0.75 if large else 0.95)
                    lines = max(lines, math.ceil(len(cell.value) / room))
                    size = 19 if large else size
            if lines > 1:
                sheet.row_dimensions[number].height = lines * size + 3

    def _print(self, sheet: Worksheet) -> None:
        """Letter, one page wide, the head on every page, the mark and page numbers below."""
        sheet.page_setup.orientation = "landscape"
        sheet.page_setup.paperSize = sheet.PAPERSIZE_LETTER
        sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
        sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
        if sheet.title != self.say(w.COVER):
            sheet.print_title_rows = f"{HEAD_ROW}:{HEAD_ROW}"
        footer = HeaderFooterItem()
        footer.left.text, footer.right.text = self._mark().replace("&", "&&"), "&P / &N"
        sheet.HeaderFooter.oddFooter = footer
        sheet.sheet_view.showGridLines = False


def text_cell(cell: Cell, text: str, style: str = "mx text") -> None:
    put_text(cell, text)
    quoted = cell.quotePrefix
    cell.style = style
    if quoted:
        cell.quotePrefix = True


def sheet_name(title: str, taken: list[str]) -> str:
    """A name that Excel takes: at most 31 characters, none of []:*?/\\, unlike the others."""
    plain = "".join(" " if char in "[]:*?/\\" else char for char in title)[:31].strip("' ") or "-"
    name, number = plain, 2
    while name.casefold() in (other.casefold() for other in taken):
        name, number = f"{plain[:28]} {number}", number + 1
    return name
