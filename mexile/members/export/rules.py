"""A list of members as an Excel file: codes and words of vocabularies, marked with who took it, when and what for."""

from collections.abc import Sequence
from io import BytesIO

from openpyxl import Workbook
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties

from mexile.ground.cells import put_text
from mexile.ground.workbook import cell_at, first_sheet

COLUMNS = (
    "code",
    "name",
    "status",
    "profile",
    "gender",
    "birth_year",
    "nationality",
    "origin_state",
    "language",
    "arrived_on",
    "joined_on",
    "last_service_on",
)
"""What a file may hold: never an alias, an address, a telephone, a note."""

NAMING = frozenset({"name"})
"""Only for the roles that may, and only as far as each person's consent goes."""


def list_workbook(heads: Sequence[str], rows: Sequence[Sequence[str]], title: str, mark: str, by: str) -> bytes:
    """The file. ``mark`` stands in the head and the foot of every printed page, above the list and in the
    file's properties; ``by`` is the code of who took it. Words never become formulas."""
    book = Workbook()
    sheet = first_sheet(book, title)
    put_text(cell_at(sheet, 1, 1), mark)
    sheet.cell(1, 1).font = Font(bold=True)
    for place, head in enumerate(heads, 1):
        put_text(cell_at(sheet, 3, place), head)
        sheet.cell(3, place).font = Font(bold=True)
        sheet.column_dimensions[get_column_letter(place)].width = 18
    for number, row in enumerate(rows, 4):
        for place, text in enumerate(row, 1):
            if text:
                put_text(cell_at(sheet, number, place), text)
    sheet.freeze_panes = "A4"
    sheet.print_title_rows = "3:3"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    for strip in (sheet.oddHeader, sheet.oddFooter):
        assert strip is not None  # a new sheet has both
        strip.center.text = mark.replace("&", "&&")
    book.properties.creator = book.properties.lastModifiedBy = by
    book.properties.title, book.properties.description = title, mark
    file = BytesIO()
    book.save(file)
    return file.getvalue()
