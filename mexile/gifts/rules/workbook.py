"""A month of gifts as an Excel file whose totals equal the page."""

from dataclasses import dataclass
from datetime import date, datetime
from io import BytesIO

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from mexile.ground import dates
from mexile.ground.cells import put_text
from mexile.ground.workbook import Finish, finished

HEADS = {
    "en": ("Day", "Gift", "Donor", "Name", "Given by", "For", "Received", "Fee", "Refunded", "Net", "State"),
    "es": (
        "Día",
        "Donativo",
        "Donante",
        "Nombre",
        "Forma",
        "Destino",
        "Recibido",
        "Comisión",
        "Devuelto",
        "Neto",
        "Estado",
    ),
}
TITLES = {"en": "Gifts", "es": "Donativos"}
TOTAL = {"en": "Total", "es": "Total"}
MONEY = '"$"#,##0.00'
WIDTHS = (12, 13, 10, 28, 14, 26, 13, 12, 13, 13, 24)


@dataclass(frozen=True)
class SheetRow:
    """One line of the month as it stands on the page; cents are None where there is nothing to count."""

    on: date
    gift: str
    donor: str
    name: str
    how: str
    fund: str
    received: int
    fee: int
    back: int
    state: str
    description: str = ""

    @property
    def net(self) -> int:
        return self.received - self.fee - self.back


def month_workbook(rows: list[SheetRow], month: date, language: str, legal_name: str, made_at: datetime) -> bytes:
    """The file. Words never become formulas; the net and the totals are formulas over the amounts, each with
    its value beside it."""
    book, finish = Workbook(), Finish()
    sheet = book.active
    sheet.title = TITLES[language]
    _say(sheet, 1, 1, f"{TITLES[language]}, {dates.format_month(month, language)}", Font(bold=True, size=14))
    _say(sheet, 2, 1, legal_name)
    for place, head in enumerate(HEADS[language], 1):
        _say(sheet, 4, place, head, Font(bold=True))
        sheet.column_dimensions[get_column_letter(place)].width = WIDTHS[place - 1]
    for number, row in enumerate(rows, 5):
        _line(sheet, number, row, finish)
    _total(sheet, rows, TOTAL[language], finish)
    sheet.freeze_panes = "A5"
    sheet.print_title_rows = "4:4"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    file = BytesIO()
    book.save(file)
    return finished(file.getvalue(), finish, made_at)


def _line(sheet, number: int, row: SheetRow, finish: Finish) -> None:
    sheet.cell(number, 1, row.on).number_format = "yyyy-mm-dd"
    fund = f"{row.fund}: {row.description}" if row.description else row.fund
    for place, text in enumerate((row.gift, row.donor, row.name, row.how, fund), 2):
        _say(sheet, number, place, text)
    for place, cents in enumerate((row.received, row.fee, row.back), 7):
        _pay(sheet, number, place).value = cents / 100
    finish.put_formula(_pay(sheet, number, 10), f"=G{number}-H{number}-I{number}", row.net / 100)
    _say(sheet, number, 11, row.state)


def _total(sheet, rows: list[SheetRow], word: str, finish: Finish) -> None:
    """Under the amounts and the net, their sums."""
    bold, last = Font(bold=True), 4 + len(rows)
    _say(sheet, last + 1, 1, word, bold)
    for place, name in enumerate(("received", "fee", "back", "net"), 7):
        column, cell = get_column_letter(place), _pay(sheet, last + 1, place)
        cell.font = bold
        if rows:
            finish.put_formula(cell, f"=SUM({column}5:{column}{last})", sum(getattr(row, name) for row in rows) / 100)
        else:
            cell.value = 0


def _pay(sheet, row: int, column: int):
    cell = sheet.cell(row, column)
    cell.number_format = MONEY
    return cell


def _say(sheet, row: int, column: int, text: str, font: Font | None = None) -> None:
    """Words, by the one way in which words go into a cell."""
    cell = sheet.cell(row, column)
    put_text(cell, text)
    cell.alignment = Alignment(vertical="top", wrap_text=len(text) > 40)
    if font:
        cell.font = font
