"""A sheet: a heading and rows of text, read from CSV or from a workbook.

A row keeps the number that a spreadsheet shows beside it, for that number is its identity.
"""

import csv
import hashlib
import io
from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass, field, replace

from mexile.ground.errors import Invalid, Problem
from mexile.sheets.cell.rules import clean
from mexile.sheets.file import workbook
from mexile.sheets.file.workbook import Book, Tab
from mexile.sheets.layout.rules import SEPARATORS, heading_of, headings, hidden_rows, sep_line, separator_of, set_aside
from mexile.sheets.target.rules import known_headings

MAX_BYTES = 15 * 1024 * 1024
MAX_ROWS = 50_000
MAX_COLUMNS = 200
_MAX_CELL = 100_000
_END = "\x1aend of file"
"""Stands behind the text while it is read; what swallows it was opened and not closed."""
SHOWN = 15


@dataclass(frozen=True)
class Sheet:
    """`heading` names the columns; `rows` holds (row number, cells), blank rows left out.

    `notes` says what a person should know of how it was read; `epoch` is the day 0 of a workbook's
    serial dates ("1900" or "1904"), "" for CSV. `tab` (of `tabs`), `number` (the row of the heading) and
    `separator` say which table was read; `top` holds the first rows that are filled, to choose the heading from.
    `hidden` rows of the table are hidden in the workbook; with `shown_only` they are not among `rows`.
    """

    sha256: bytes
    heading: list[str]
    rows: list[tuple[int, list[str]]]
    notes: list[Problem] = field(default_factory=list)
    epoch: str = ""
    tab: str = ""
    tabs: list[Tab] = field(default_factory=list)
    number: int = 1
    separator: str = ""
    top: list[tuple[int, list[str]]] = field(default_factory=list)
    hidden: int = 0
    shown_only: bool = False

    def column(self, index: int) -> list[str]:
        return [cells[index] if index < len(cells) else "" for _, cells in self.rows]

    def doubled(self) -> set[str]:
        """The headings that two columns share."""
        return {name for name, times in Counter(self.heading).items() if times > 1}


def read_sheet(
    content: bytes,
    tab: str = "",
    heading: int = 0,
    separator: str = "",
    shown_only: bool = False,
    words: Collection[str] | None = None,
) -> Sheet:
    """Read a CSV file or an .xlsx workbook. Raises Invalid with what is wrong.

    `tab` is the name of a workbook's sheet, `heading` the number of the row that names the columns, `separator` a
    key of `SEPARATORS`; what is left empty is proposed, by the `words` that head columns (those of all fields). Rows that a workbook hides
    are read and said, unless `shown_only` leaves them out.
    """
    words = known_headings() if words is None else words
    if not content.strip(b"\x00 \t\r\n"):
        raise Invalid(Problem("file", "The file is empty.", "El archivo está vacío."))
    if len(content) > MAX_BYTES:
        raise Invalid(Problem("file", "The file is larger than 15 MiB.", "El archivo pasa de 15 MiB."))
    digest = hashlib.sha256(content).digest()
    if content[:4] == b"PK\x03\x04" or content[:4] == b"\xd0\xcf\x11\xe0":
        book = workbook.read(content, tab, MAX_ROWS, MAX_COLUMNS, words)
        table = _table(digest, book.rows, heading, words, book.notes)
        table = replace(table, epoch=book.epoch, tab=book.tab, tabs=book.tabs, shown_only=shown_only)
        return _without_hidden(table, book)
    text, notes = _decoded(content)
    own_mark, text = sep_line(text)
    mark = SEPARATORS.get(separator) or own_mark or separator_of(text, words)
    table = _table(digest, _records(text, mark), heading, words, notes)
    return replace(table, separator=next(name for name, sign in SEPARATORS.items() if sign == mark))


def _table(
    digest: bytes, records: list[list[str]], heading: int, words: Collection[str], notes: list[Problem]
) -> Sheet:
    filled = [(number, cells) for number, cells in enumerate(records, 1) if any(map(str.strip, cells))]
    if not filled:
        raise Invalid(Problem("file", "The file is empty.", "El archivo está vacío."))
    number = heading or heading_of(filled, words)
    if number not in {row for row, _ in filled}:
        raise Invalid(
            Problem("heading", f"Row {number} is blank or not there.", f"La fila {number} está vacía o no existe.")
        )
    names = _heading(headings(records, number))
    rows, aside = set_aside(
        [row for row in filled if row[0] > number], names, records[max(number - 2, 0) : number], words
    )
    if not rows:
        raise Invalid(
            Problem(
                "file",
                "There is only a heading: no row under it.",
                "Solo hay encabezado: ninguna fila debajo.",
            )
        )
    if len(rows) > MAX_ROWS or len(names) > MAX_COLUMNS:
        raise Invalid(too_large())
    above = [row for row in filled if row[0] < number]
    return Sheet(digest, names, rows, [*notes, *_titles(above, number), *aside], number=number, top=filled[:SHOWN])


def _without_hidden(table: Sheet, book: Book) -> Sheet:
    """The table as it is asked for, with what to say of the rows and columns that the workbook hides."""
    notes = list(table.notes)
    hidden = [row for row in table.rows if row[0] in book.hidden_rows]
    if hidden:
        notes.append(hidden_rows(hidden, table.shown_only))
    names = [table.heading[place - 1] for place in book.hidden_columns if place <= len(table.heading)]
    if names:
        en, es = ", ".join(f"“{name}”" for name in names), ", ".join(f"«{name}»" for name in names)
        notes.append(
            Problem(
                "file",
                f"Hidden columns, read like the others: {en}.",
                f"Columnas ocultas, que se leen como las demás: {es}.",
            )
        )
    rows = [row for row in table.rows if not table.shown_only or row[0] not in book.hidden_rows]
    if not rows:
        raise Invalid(
            Problem(
                "file", "Every row under the heading is hidden.", "Todas las filas debajo del encabezado están ocultas."
            )
        )
    return replace(table, rows=rows, notes=notes, hidden=len(hidden))


def _titles(above: list[tuple[int, list[str]]], number: int) -> list[Problem]:
    if not above:
        return []
    return [
        Problem(
            "file",
            f"The headings were taken from row {number}; what stands above is not read.",
            f"Los encabezados se tomaron de la fila {number}; lo que está arriba no se lee.",
        )
    ]


def _heading(cells: list[str]) -> list[str]:
    """The columns' names; one without a name is called by its letter, as spreadsheets do."""
    while cells and not cells[-1].strip():
        cells = cells[:-1]
    return [clean(cell)[:200] or f"({letter(index)})" for index, cell in enumerate(cells)]


def letter(index: int) -> str:
    """The letter of a column: 0 is A, 26 is AA."""
    name = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        name = chr(65 + rest) + name
    return name


def too_large() -> Problem:
    return Problem(
        "file",
        f"The sheet is too large: at most {MAX_ROWS:,} rows and {MAX_COLUMNS} columns.",
        f"La hoja es demasiado grande: a lo más {MAX_ROWS:,} filas y {MAX_COLUMNS} columnas.",
    )


# ---- CSV ------------------------------------------------------------------------


def _decoded(content: bytes) -> tuple[str, list[Problem]]:
    """The text, and a note when it was not UTF-8. Windows-1252 holds Latin-1's letters."""
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return content.decode("utf-16", "replace"), []
    if wide := _unmarked(content):
        return content.decode(wide, "replace"), []
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        note = Problem(
            "file",
            "The file is not UTF-8: it was read as Windows-1252 (Latin-1). Look at the accents.",
            "El archivo no está en UTF-8: se leyó como Windows-1252 (Latin-1). Revise los acentos.",
        )
        try:
            return content.decode("cp1252"), [note]
        except UnicodeDecodeError:
            return content.decode("latin-1"), [note]
    if "\x00" in text:
        raise Invalid(
            Problem(
                "file",
                "This is not a table of text. Save it as .xlsx or as CSV.",
                "No es una tabla de texto. Guárdela como .xlsx o como CSV.",
            )
        )
    return text, []


def _unmarked(content: bytes) -> str:
    """UTF-16 without its mark: every other byte of plain letters is zero."""
    start = content[:2000]
    for name, zeros in (("utf-16-le", start[1::2]), ("utf-16-be", start[0::2])):
        if len(zeros) > 8 and zeros.count(0) * 10 > len(zeros) * 7:
            return name
    return ""


def _records(text: str, mark: str) -> list[list[str]]:
    csv.field_size_limit(_MAX_CELL)
    records: list[list[str]] = []
    try:
        reader = csv.reader(io.StringIO(f"{text}\n{_END}", newline=""), delimiter=mark)
        for cells in reader:
            records.append(cells)
            if len(records) > MAX_ROWS + 1000 or len(cells) > MAX_COLUMNS + 1000:
                raise Invalid(too_large())
        if records.pop() != [_END]:
            raise csv.Error
    except csv.Error:
        row = len(records) + 1
        raise Invalid(
            Problem(
                "file",
                f"A cell in row {row} never ends: a quotation mark is opened and not closed.",
                f"Una celda de la fila {row} no termina: hay comillas que se abren y no se cierran.",
            )
        ) from None
    return records
