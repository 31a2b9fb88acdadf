"""A sheet: a heading and rows of text, read from CSV or from a workbook.

A row keeps the number that a spreadsheet shows beside it, for that number is its identity.
"""

import csv
import hashlib
import io
from collections import Counter
from dataclasses import dataclass, field
from itertools import islice

from mexile.ground.errors import Invalid, Problem
from mexile.members.rules import workbook
from mexile.members.rules.cell import clean

MAX_BYTES = 15 * 1024 * 1024
MAX_ROWS = 50_000
MAX_COLUMNS = 200
_MAX_CELL = 100_000
_DELIMITERS = (",", ";", "\t", "|")


@dataclass(frozen=True)
class Sheet:
    """`heading` names the columns; `rows` holds (row number, cells), blank rows left out.

    `notes` says what a person should know of how it was read; `epoch` is the day 0 of a workbook's
    serial dates ("1900" or "1904"), "" for CSV.
    """

    sha256: bytes
    heading: list[str]
    rows: list[tuple[int, list[str]]]
    notes: list[Problem] = field(default_factory=list)
    epoch: str = ""

    def column(self, index: int) -> list[str]:
        return [cells[index] if index < len(cells) else "" for _, cells in self.rows]

    def doubled(self) -> set[str]:
        """The headings that two columns share."""
        return {name for name, times in Counter(self.heading).items() if times > 1}


def read_sheet(content: bytes, tab: str = "") -> Sheet:
    """Read a CSV file or an .xlsx workbook (`tab`: the name of its sheet). Raises Invalid with what is wrong."""
    if not content.strip(b"\x00 \t\r\n"):
        raise Invalid(Problem("file", "The file is empty.", "El archivo está vacío."))
    if len(content) > MAX_BYTES:
        raise Invalid(Problem("file", "The file is larger than 15 MiB.", "El archivo pasa de 15 MiB."))
    digest = hashlib.sha256(content).digest()
    if content[:4] == b"PK\x03\x04" or content[:4] == b"\xd0\xcf\x11\xe0":
        book = workbook.read(content, tab, MAX_ROWS, MAX_COLUMNS)
        return _sheet(digest, book.rows, book.notes, book.epoch)
    text, notes = _decoded(content)
    return _sheet(digest, _records(text), notes, "")


def _sheet(digest: bytes, records: list[list[str]], notes: list[Problem], epoch: str) -> Sheet:
    filled = [(number, cells) for number, cells in enumerate(records, 1) if any(map(str.strip, cells))]
    if not filled:
        raise Invalid(Problem("file", "The file is empty.", "El archivo está vacío."))
    (_, first), rows = filled[0], filled[1:]
    heading = _heading(first)
    if not rows:
        raise Invalid(
            Problem(
                "file",
                "There is only a heading: no row under it.",
                "Solo hay encabezado: ninguna fila debajo.",
            )
        )
    if len(rows) > MAX_ROWS or len(heading) > MAX_COLUMNS:
        raise Invalid(too_large())
    return Sheet(digest, heading, rows, notes, epoch)


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


def _delimiter(text: str) -> str:
    """The mark that cuts the first rows into the most columns, in the steadiest way."""

    def score(mark: str) -> tuple[float, int]:
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=mark)
        widths = Counter(len(cells) for cells in islice(reader, 30) if cells)
        width, times = widths.most_common(1)[0] if widths else (1, 1)
        return (0.0 if width < 2 else times / widths.total(), width)

    return max(_DELIMITERS, key=score)


def _records(text: str) -> list[list[str]]:
    csv.field_size_limit(_MAX_CELL)
    records: list[list[str]] = []
    try:
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text))
        for cells in reader:
            records.append(cells)
            if len(records) > MAX_ROWS + 1000 or len(cells) > MAX_COLUMNS + 1000:
                raise Invalid(too_large())
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
