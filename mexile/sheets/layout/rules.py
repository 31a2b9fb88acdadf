"""Where the table stands in a file: its separator, the row of its headings, and rows that are no rows of it.

All of it is a proposal, shown with the rows as they will be read; a person may choose another.
"""

import csv
import io
import re
from collections import Counter
from collections.abc import Collection, Sequence
from contextlib import suppress
from itertools import islice

from rapidfuzz import fuzz, process

from mexile.ground.errors import Problem
from mexile.sheets.cell.rules import clean, folded, shortened

SEPARATORS = {"tab": "\t", "pipe": "|", "semicolon": ";", "comma": ","}
"""By rarity in ordinary text: of two that cut equally well the rarer one is meant."""
LEAVE_OUT = "leave_out"
"""What a mapping and a form say where rows that a workbook hides are not read."""
_LOOKED_AT = 25
_LIKE = 82
_SEP_LINE = re.compile(r'"?sep=(.)"?[ \t,;]*(?:\r\n|\r|\n)', re.IGNORECASE)
_TOTAL = re.compile(r"(?:(?:gran|grand|sub|numero)[ -]?)?total(?:es|s)?(?: .{1,40})?|suma|sum")
_NOTE = re.compile(
    r"(?:notas?|notes?|fuente|source|elabor\w+|prepared by|revis\w+|actualiza\w+|updated|genera\w+|pagina|page|(?:numero )?total\w*"
    r"|(?:datos |informacion )?confiden\w+|impreso|printed|fin (?:de|del)|end of|corte al?|\d+ (?:personas?|people|registros?|records?|filas|rows))\b.*"
)
_FIGURE = re.compile(r"[\d.,$%€()\s+-]*")

Row = tuple[int, list[str]]


def sep_line(text: str) -> tuple[str, str]:
    """The separator that a first line such as "sep=;" tells to spreadsheets, which don't show it, and the rest."""
    line = _SEP_LINE.match(text)
    return (line[1], text[line.end() :]) if line and line[1] in SEPARATORS.values() else ("", text)


def separator_of(text: str, words: Collection[str]) -> str:
    """The mark under which the most headings are known, else the one that cuts the rows in the steadiest way."""

    def score(mark: str) -> tuple[int, float, int]:
        rows: list[list[str]] = []
        with suppress(csv.Error):  # told when the whole is read
            rows.extend(
                cells for cells in islice(csv.reader(io.StringIO(text, newline=""), delimiter=mark), 30) if cells
            )
        widths = Counter(map(len, rows))
        width, times = widths.most_common(1)[0] if widths else (1, 1)
        known = max((known_headings(cells, words) for cells in rows), default=0) if max(widths, default=1) > 1 else 0
        return (known, 0.0 if width < 2 else times / widths.total(), width)

    return max(SEPARATORS.values(), key=score)


def known_headings(cells: Sequence[str], words: Collection[str]) -> int:
    """How many cells of a row are words that head a column."""
    asked = {folded(cell.replace("_", " ")) for cell in cells if 0 < len(cell) <= 60 and not _FIGURE.fullmatch(cell)}
    return sum(process.extractOne(cell, words, scorer=fuzz.ratio, score_cutoff=_LIKE) is not None for cell in asked)


def heading_of(filled: Sequence[Row], words: Collection[str]) -> int:
    """The number of the row that most likely holds the headings: the one with the most known words, else the first
    one about as wide as the rest, so that a title above is none."""
    first = filled[:_LOOKED_AT]
    known = [known_headings(cells, words) for _, cells in first]
    wide = [sum(bool(cell.strip()) for cell in cells) for _, cells in first]
    typical = Counter(wide).most_common(1)[0][0]
    best = max(known)
    if best >= 2 or (best == 1 and typical == 1):
        return first[known.index(best)][0]
    return next((number for (number, _), cells in zip(first, wide, strict=True) if cells * 2 >= typical), first[0][0])


def headings(records: Sequence[list[str]], number: int) -> list[str]:
    """The cells of the heading; where one is blank and the row above is a heading too (a cell merged over both, or
    a group of columns), its word stands; where two are named alike, the group above tells them apart: "Contact / Phone"."""
    cells = list(records[number - 1])
    above = records[number - 2] if number > 1 else []
    if sum(bool(cell.strip()) for cell in above) < 2:
        return cells
    cells += [""] * (len(above) - len(cells))
    names = [cell if cell.strip() or index >= len(above) else above[index] for index, cell in enumerate(cells)]
    times = Counter(map(folded, names))
    group, joined = "", []
    for index, name in enumerate(names):
        group = above[index] if index < len(above) and above[index].strip() else group
        is_apart = times[folded(name)] < 2 or not name.strip() or folded(group) in ("", folded(name))
        joined.append(name if is_apart else f"{group} / {name}")
    return joined


def hidden_rows(hidden: Sequence[Row], left_out: bool) -> Problem:
    """What to say of the rows that a filter or a person hid in the workbook."""
    many = len(hidden) > 1
    en = f"{len(hidden):,} {'rows are' if many else 'row is'} hidden in the workbook ({_places(hidden, 'en')})"
    es = (
        f"{len(hidden):,} {'filas están ocultas' if many else 'fila está oculta'} en el libro ({_places(hidden, 'es')})"
    )
    if left_out:
        return Problem("file", f"{en}: left out.", f"{es}: se {'dejaron' if many else 'dejó'} fuera.")
    return Problem(
        "file",
        f"{en}: {'they are read too, unless you leave them' if many else 'it is read too, unless you leave it'} out.",
        f"{es}: también se {'leen, a menos que las' if many else 'lee, a menos que la'} deje fuera.",
    )


def set_aside(
    rows: Sequence[Row], heading: Sequence[str], named: Sequence[list[str]], words: Collection[str]
) -> tuple[list[Row], list[Problem]]:
    """The rows of the table, and what to say of those that are none: the heading again, a total, a note below.

    `named` are the row of the heading, and the one above it, as they stand in the file."""
    again: list[Row] = []
    below: list[Row] = []
    kept: list[Row] = []
    heads = [[folded(cell) for cell in cells] for cells in (heading, *named)]
    for row in rows:
        aside = (
            again
            if any(_is_heading(row[1], head, words) for head in heads)
            else below
            if _is_total(row[1], len(heading))
            else kept
        )
        aside.append(row)
    notes = []
    if again:
        notes.append(
            Problem(
                "file",
                f"The heading stands again in {_places(again, 'en')}: left out.",
                f"El encabezado se repite en {_places(again, 'es')}: se dejó fuera.",
            )
        )
    if below:
        notes.append(
            Problem(
                "file",
                f"{_quoted(below, 'en')}: a total or a note, not a row of the table, and left out. "
                "If it is one, change its first cell.",
                f"{_quoted(below, 'es')}: es un total o una nota, no una fila de la tabla, y se dejó fuera. "
                "Si sí es una fila, cambie su primera celda.",
            )
        )
    return kept, notes


def _is_heading(cells: Sequence[str], heads: Sequence[str], words: Collection[str]) -> bool:
    filled = [(index, folded(cell)) for index, cell in enumerate(cells) if cell.strip()]
    if all(index < len(heads) and text == heads[index] for index, text in filled) and (
        len(filled) > 1 or len(heads) == 1
    ):
        return True
    known = sum(text.replace("_", " ") in words for _, text in filled)
    return known >= 2 and known * 2 >= len(filled)


def _is_total(cells: Sequence[str], width: int) -> bool:
    filled = [folded(cell) for cell in cells if cell.strip()]
    if not filled:
        return False
    first = filled[0].strip(" .:=*")
    if _TOTAL.fullmatch(first) and all(_FIGURE.fullmatch(cell) or _TOTAL.fullmatch(cell) for cell in filled[1:]):
        return True
    return width > 1 and len(filled) == 1 and (filled[0].startswith("*") or bool(_NOTE.fullmatch(first)))


def _places(rows: Sequence[Row], lang: str) -> str:
    numbers = ", ".join(str(number) for number, _ in rows[:10]) + (" …" if len(rows) > 10 else "")
    word = {"en": ("row", "rows"), "es": ("la fila", "las filas")}[lang][len(rows) > 1]
    return f"{word} {numbers}"


def _quoted(rows: Sequence[Row], lang: str) -> str:
    row, opened, closed = {"en": ("Row", "“", "”"), "es": ("Fila", "«", "»")}[lang]
    names = (f"{row} {number} ({opened}{_first(cells)}{closed})" for number, cells in rows[:5])
    return ", ".join(names) + (" …" if len(rows) > 5 else "")


def _first(cells: Sequence[str]) -> str:
    return shortened(clean(next(cell for cell in cells if cell.strip())))
