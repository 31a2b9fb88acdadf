"""A month of gifts as an Excel file whose totals equal the page."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from io import BytesIO

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from mexile.ground import dates
from mexile.ground.cells import put_text
from mexile.ground.workbook import Finish, cell_at, finished, first_sheet

HEADS = {
    "en": (
        "Day",
        "Gift",
        "Donor",
        "Name",
        "Given by",
        "For",
        "Received",
        "Fee",
        "Refunded",
        "Net",
        "State",
        "Currency",
        "Given as",
    ),
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
        "Moneda",
        "Dado como",
    ),
}
TITLES = {"en": "Gifts", "es": "Donativos"}
TOTAL = {"en": "Total", "es": "Total"}
MONEY = {"USD": '"$"#,##0.00', "MXN": '"MX$"#,##0.00'}
WIDTHS = (12, 13, 10, 28, 14, 26, 13, 12, 13, 13, 24, 10, 14)


@dataclass(frozen=True)
class SheetRow:
    """One line of the month as it stands on the page; cents are None where there is nothing to count."""

    on: date | None
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
    currency: str = "USD"
    given: str = ""

    @property
    def net(self) -> int:
        return self.received - self.fee - self.back


def month_workbook(
    rows: list[SheetRow], month: date, language: str, legal_name: str, made_at: datetime, changes: Sequence[str] = ()
) -> bytes:
    """The file; `changes` are sentences about ways of counting that changed.

    Words never become formulas; the net and the totals are formulas over the amounts, each with
    its value beside it."""
    book, finish = Workbook(), Finish()
    sheet = first_sheet(book, TITLES[language])
    _say(sheet, 1, 1, f"{TITLES[language]}, {dates.format_month(month, language)}", Font(bold=True, size=14))
    _say(sheet, 2, 1, legal_name)
    _say(sheet, 3, 1, " ".join(changes))
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
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    file = BytesIO()
    book.save(file)
    return finished(file.getvalue(), finish, made_at)


def _line(sheet: Worksheet, number: int, row: SheetRow, finish: Finish) -> None:
    day = cell_at(sheet, number, 1)
    day.value, day.number_format = row.on, "yyyy-mm-dd"
    fund = f"{row.fund}: {row.description}" if row.description else row.fund
    for place, text in enumerate((row.gift, row.donor, row.name, row.how, fund), 2):
        _say(sheet, number, place, text)
    for place, cents in enumerate((row.received, row.fee, row.back), 7):
        _pay(sheet, number, place, row.currency).value = cents / 100
    finish.put_formula(_pay(sheet, number, 10, row.currency), f"=G{number}-H{number}-I{number}", row.net / 100)
    for place, text in enumerate((row.state, row.currency, row.given), 11):
        _say(sheet, number, place, text)


def _total(sheet: Worksheet, rows: list[SheetRow], word: str, finish: Finish) -> None:
    """Under the amounts and the net, their sums, a line a currency: unlike money is never added up."""
    bold, last = Font(bold=True), 4 + len(rows)
    currencies = sorted({row.currency for row in rows} or {"USD"}, key=lambda code: (code != "USD", code))
    for line, currency in enumerate(currencies, last + 1):
        _say(sheet, line, 1, word, bold)
        _say(sheet, line, 12, currency, bold)
        for place, name in enumerate(("received", "fee", "back", "net"), 7):
            column, cell = get_column_letter(place), _pay(sheet, line, place, currency)
            cell.font = bold
            if not rows:
                cell.value = 0
                continue
            cells = f"{column}5:{column}{last}"
            mixed = f'=SUMIF($L$5:$L${last},"{currency}",{cells})'
            value = sum(getattr(row, name) for row in rows if row.currency == currency) / 100
            finish.put_formula(cell, f"=SUM({cells})" if len(currencies) == 1 else mixed, value)


def _pay(sheet: Worksheet, row: int, column: int, currency: str) -> Cell:
    """The cell of an amount, in the format of its currency."""
    cell = cell_at(sheet, row, column)
    cell.number_format = MONEY.get(currency, f'"{currency} "#,##0.00')
    return cell


def _say(sheet: Worksheet, row: int, column: int, text: str, font: Font | None = None) -> None:
    """Words, by the one way in which words go into a cell."""
    cell = cell_at(sheet, row, column)
    put_text(cell, text)
    cell.alignment = Alignment(vertical="top", wrap_text=len(text) > 40)
    if font:
        cell.font = font
