"""Reading the rows of a sheet by a mapping: each cell once, and a count of what was not understood."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from mexile.ground.errors import Problem
from mexile.ground.marks import is_mark
from mexile.ground.phone import Heard, hear, shown_phone
from mexile.ground.text import says_nothing
from mexile.sheets.cell.rules import Evidence, clean, evidence, folded, question, read_birth, read_day, shortened
from mexile.sheets.file.rules import Sheet
from mexile.sheets.mapping.rules import Mapping, find_columns
from mexile.sheets.target.rules import PLACES, Field
from mexile.sheets.value.rules import read_place, words_of

MOST_PEOPLE = 1_000
_LONGEST = {"text": 200, "phone": 200, "email": 254}


@dataclass
class ColumnWords:
    """What the cells of one column said, by how they were read: words -> how often.

    `none`: not understood. `close`: read as the name a letter away. `left`: unknown because the mapping says so.
    """

    none: Counter[str] = field(default_factory=Counter)
    close: Counter[tuple[str, str]] = field(default_factory=Counter)
    left: Counter[str] = field(default_factory=Counter)
    blank: int = 0


@dataclass
class ReadRow:
    """One row read: `values` are codes, days and texts by field, `said` the words that came to nothing."""

    number: int
    values: dict[str, Any]
    said: dict[str, str]
    problems: list[Problem]


@dataclass
class SheetReading:
    """A whole sheet read. `questions` must be answered in the mapping before anything can be written."""

    rows: list[ReadRow]
    words: dict[str, ColumnWords]
    questions: list[Problem]
    days: dict[str, Evidence]


def read_rows(sheet: Sheet, mapping: Mapping, today: date) -> SheetReading:
    """Read every row. Raises Invalid when the sheet lacks a column of the mapping."""
    columns = find_columns(mapping, sheet)
    days = {name: evidence(sheet.column(columns[name])) for name, known in mapping.fields.items() if known.is_day}
    asked = [
        question(name, evidence_of_day)
        for name, evidence_of_day in days.items()
        if evidence_of_day.asks and name not in mapping.days
    ]
    for name, known in mapping.fields.items():
        if known.kind == "phone" and name not in mapping.countries:
            asked += filter(None, [two_countries(sheet.column(columns[name]), name)])
    words = {name: ColumnWords() for name, known in mapping.fields.items() if known.has_values}
    readers = [
        (name, columns[name], _reader(known, mapping, sheet, days.get(name), today), words.get(name))
        for name, known in mapping.fields.items()
    ]
    width = len(sheet.heading)
    rows = [_row(number, cells, readers, width) for number, cells in sheet.rows]
    if mapping.consent and "consented_on" not in columns:
        for row in rows:
            row.values["consented_on"] = date.fromisoformat(mapping.consent)
    return SheetReading(rows, words, asked, days)


def _row(number: int, cells: list[str], readers: list[tuple], width: int) -> ReadRow:
    row = ReadRow(number, {}, {}, [])
    if len(cells) > width and any(map(str.strip, cells[width:])):
        row.problems.append(
            Problem("", "The row has more cells than the heading.", "La fila tiene más celdas que el encabezado.")
        )
    for name, index, read, words in readers:
        cell = cells[index] if index < len(cells) else ""
        value, how = read(cell)
        if isinstance(value, Problem):
            row.problems.append(Problem(name, value.en, value.es))
            continue
        row.values[name] = value
        if words is not None:
            _note(row, name, words, cell, value, how)
    return row


def _note(row: ReadRow, name: str, words: ColumnWords, cell: str, value: str | None, how: str) -> None:
    if how == "name" or (how == "mapping" and value):
        return
    if how == "blank":
        words.blank += 1
        return
    text = clean(cell)
    if how == "close":
        words.close[(text, value or "")] += 1
        return
    row.said[name] = shortened(text, 200)
    (words.left if how == "mapping" else words.none)[text] += 1


# ---- one reader a column ------------------------------------------------------------

Reader = Callable[[str], tuple[Any, str]]


def _reader(known: Field, mapping: Mapping, sheet: Sheet, days: Evidence | None, today: date) -> Reader:
    """The function that reads a cell of this column, each different cell once."""
    values = mapping.folded_values(known.name)
    if known.kind in PLACES:
        return _remembering(lambda cell: _place(known.kind, cell, values))
    if known.is_day:
        order = mapping.days.get(known.name) or (days.order if days else None)
        read = read_birth if known.kind == "birth" else read_day
        return _remembering(lambda cell: (None if says_nothing(cell) else read(cell, order, sheet.epoch, today), ""))
    if known.kind == "phone":
        country = mapping.countries.get(known.name, "")
        return _remembering(lambda cell: (_phones(cell, country), ""))
    if known.kind == "count":
        return _remembering(lambda cell: (_count(cell), ""))
    if known.kind.startswith("term:"):
        terms = words_of(known) | values
        return _remembering(lambda cell: _term(cell, terms, values))
    return lambda cell: (_text(cell, _LONGEST.get(known.kind, 200)), "")


def _remembering(read: Reader) -> Reader:
    known: dict[str, tuple[Any, str]] = {}

    def remembered(cell: str) -> tuple[Any, str]:
        reading = known.get(cell)
        if reading is None:
            reading = known[cell] = read(cell)
        return reading

    return remembered


def _place(kind: str, cell: str, values: dict[str, str]) -> tuple[str | None, str]:
    reading = read_place(kind, cell, values)
    return reading.code, reading.how


def _phones(cell: str, country: str) -> list[Heard] | Problem:
    text = _text(cell, _LONGEST["phone"])
    return text if isinstance(text, Problem) else hear(text, country)


def two_countries(cells: Iterable[str], place: str) -> Problem | None:
    """What to ask where a number of a column may be of the United States or of Mexico."""
    for cell in dict.fromkeys(cells):
        for heard in hear(clean(cell)[:200]):
            if len(heard.numbers) > 1:
                us, mx = (shown_phone(number) for number in heard.numbers)
                text = shortened(heard.text, 24)
                return Problem(
                    place,
                    f"Is “{text}” {us} (United States) or {mx} (Mexico)? Choose it in the mapping, for all such numbers.",
                    f"¿«{text}» es {us} (Estados Unidos) o {mx} (México)? Elíjalo en la plantilla, para todos los así.",
                )
    return None


def _count(cell: str) -> int | Problem:
    text = clean(cell)
    number = text.removesuffix(".0")
    if number.isascii() and number.isdigit() and 1 <= int(number[:6]) <= MOST_PEOPLE and len(number) <= 4:
        return int(number)
    if says_nothing(text):
        return Problem("", "The row does not say how many people.", "La fila no dice cuántas personas.")
    return Problem(
        "",
        f"“{shortened(text)}” is not a number of people from 1 to {MOST_PEOPLE:,}.",
        f"«{shortened(text)}» no es un número de personas de 1 a {MOST_PEOPLE:,}.",
    )


def _term(cell: str, terms: dict[str, str], values: dict[str, str]) -> tuple[str | None, str]:
    text = folded(cell)
    if not text:
        return None, "blank"
    if text in terms:
        return terms[text] or None, "mapping" if text in values else "name"
    return None, "blank" if says_nothing(cell) else "none"


def _text(cell: str, longest: int) -> str | None | Problem:
    if len(cell) > longest * 20:
        return _too_long(longest)
    text = clean(cell)
    if is_mark(text):
        return MARK
    if len(text) > longest:
        return _too_long(longest)
    return None if says_nothing(text) else text


MARK = Problem(
    "",
    "This is the mark of a damaged field, not a value.",
    "Esto es la marca de un campo dañado, no un dato.",
)


def _too_long(longest: int) -> Problem:
    return Problem("", f"The text is longer than {longest:,} characters.", f"El texto pasa de {longest:,} caracteres.")


def unread_values(sheet: Sheet, mapping: Mapping, known: Field) -> Iterator[tuple[str, int]]:
    """The values of a column that neither the library nor the mapping understands, the commonest first."""
    cells = Counter(clean(cell) for cell in sheet.column(find_columns(mapping, sheet)[known.name]))
    read = _reader(known, mapping, sheet, None, date.max)
    times = Counter[str]()
    written: dict[str, str] = {}
    for text, count in cells.most_common():
        if read(text)[1] == "none":
            times[written.setdefault(folded(text), text)] += count
    yield from times.most_common()
