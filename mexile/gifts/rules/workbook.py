"""A month of gifts as an Excel file whose totals equal the page."""

from dataclasses import dataclass
from datetime import date
from io import BytesIO

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from mexile.ground import dates

HEADS = {
    "en": ("Day", "Gift", "Donor", "Name", "Given by", "For", "Received", "Fee", "Given back", "Net", "State"),
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


def month_workbook(rows: list[SheetRow], month: date, language: str, legal_name: str) -> bytes:
    """The file. Words never become formulas; the net and the totals are formulas over the amounts."""
    book = Workbook()
    sheet = book.active
    sheet.title = TITLES[language]
    _say(sheet, 1, 1, f"{TITLES[language]}, {dates.format_month(month, language)}", Font(bold=True, size=14))
    _say(sheet, 2, 1, legal_name)
    for place, head in enumerate(HEADS[language], 1):
        _say(sheet, 4, place, head, Font(bold=True))
        sheet.column_dimensions[get_column_letter(place)].width = WIDTHS[place - 1]
    for number, row in enumerate(rows, 5):
        _line(sheet, number, row)
    _total(sheet, 5, 4 + len(rows), TOTAL[language])
    sheet.freeze_panes = "A5"
    sheet.print_title_rows = "4:4"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def _line(sheet, number: int, row: SheetRow) -> None:
    sheet.cell(number, 1, row.on).number_format = "yyyy-mm-dd"
    fund = f"{row.fund}: {row.description}" if row.description else row.fund
    for place, text in enumerate((row.gift, row.donor, row.name, row.how, fund), 2):
        _say(sheet, number, place, text)
    for place, cents in enumerate((row.received, row.fee, row.back), 7):
        _pay(sheet, number, place, cents / 100)
    _pay(sheet, number, 10, f"=G{number}-H{number}-I{number}")
    _say(sheet, number, 11, row.state)


def _total(sheet, first: int, last: int, word: str) -> None:
    bold = Font(bold=True)
    _say(sheet, last + 1, 1, word, bold)
    for place in range(7, 11):
        column = get_column_letter(place)
        cell = _pay(sheet, last + 1, place, f"=SUM({column}{first}:{column}{last})" if last >= first else 0)
        cell.font = bold


def _pay(sheet, row: int, column: int, value):
    cell = sheet.cell(row, column, value)
    cell.number_format = MONEY
    return cell


def _say(sheet, row: int, column: int, text: str, font: Font | None = None) -> None:
    """Text, whatever it looks like: never a formula, never a control character."""
    cell = sheet.cell(row, column)
    cell.value = ILLEGAL_CHARACTERS_RE.sub("", text)
    cell.data_type = "s"
    cell.alignment = Alignment(vertical="top", wrap_text=len(text) > 40)
    if font:
        cell.font = font
