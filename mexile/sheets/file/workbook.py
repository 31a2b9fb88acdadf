"""A workbook that comes from outside: looked through before it is opened, then opened in a process of its own.

The directory of the archive costs a tenth of a millisecond to read; a hostile sheet can cost
half a gigabyte to open. So the sizes, the forbidden parts and the document types are judged first, and
the reading itself runs where memory and time are limited.
"""

import io
import json
import subprocess
import sys
import zipfile
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from mexile.ground.errors import Invalid, Problem
from mexile.sheets.layout.rules import known_headings

MAX_UNPACKED = 20 * 1024 * 1024
MAX_RATIO = 100
MAX_PARTS = 500
SECONDS = 30
_READER = Path(__file__).with_name("workbook_reader.py")

_FORBIDDEN = (
    ("vbaproject", "macros", "macros"),
    ("xl/macrosheets/", "macros", "macros"),
    ("externallinks/", "links to other files", "vínculos a otros archivos"),
    ("embeddings/", "embedded files", "archivos incrustados"),
    ("activex/", "embedded controls", "controles incrustados"),
)


@dataclass(frozen=True)
class Tab:
    """A sheet of a workbook that holds something."""

    name: str
    is_hidden: bool


@dataclass(frozen=True)
class Book:
    """The rows of one sheet as text; a date is written 2021-01-26. `tab` is its name, `tabs` are all that there are."""

    rows: list[list[str]]
    notes: list[Problem]
    epoch: str
    tab: str
    tabs: list[Tab]
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: Sequence[int] = ()


def read(content: bytes, tab: str, max_rows: int, max_columns: int, words: Collection[str] = ()) -> Book:
    """Open an .xlsx file that passes inspection; without `tab` the visible sheet whose headings are best known by
    `words`. Raises Invalid saying which rule it breaks."""
    if problems := inspect(content):
        raise Invalid(problems)
    answer = _open(content, tab, max_rows, max_columns)
    if not tab and (likely := _likeliest(answer.get("heads", {}), words)) not in ("", answer.get("tab")):
        answer = _open(content, likely, max_rows, max_columns)
    if (trouble := answer.get("trouble")) is not None:
        raise Invalid(_TROUBLES.get(trouble, _TROUBLES["unreadable"]))
    tabs = [Tab(name, hidden) for name, hidden in answer["tabs"]]
    notes = _which_tab(answer["tab"], tabs) + ([MERGED] if answer["merged"] else [])
    hidden = frozenset(answer["hidden_rows"]), answer["hidden_columns"]
    return Book(answer["rows"], notes, answer["epoch"], answer["tab"], tabs, *hidden)


def _likeliest(heads: dict[str, list[list[str]]], words: Collection[str]) -> str:
    """The sheet whose first rows hold the most words that head columns, else one that has rows under a heading."""

    def score(name: str) -> tuple[int, int]:
        known = max((known_headings(row, words) for row in heads[name]), default=0)
        return (known if known > 1 else 0, min(len(heads[name]), 2))

    return max(heads, key=score, default="") if words else ""


def inspect(content: bytes) -> list[Problem]:
    """What forbids opening this file, judged from its directory and its plain text; empty when nothing does."""
    if content[:4] == b"\xd0\xcf\x11\xe0":
        return [
            Problem(
                "file",
                "This workbook is locked with a password or of the old .xls kind. Save it as .xlsx without one.",
                "Este libro tiene contraseña o es del tipo antiguo .xls. Guárdelo como .xlsx sin contraseña.",
            )
        ]
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return list(_sizes(archive, len(content))) or [*_parts(archive), *_document_types(archive)]
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError, ValueError):
        return [_TROUBLES["unreadable"]]


def _sizes(archive: zipfile.ZipFile, packed: int) -> Iterator[Problem]:
    parts = archive.infolist()
    unpacked = sum(part.file_size for part in parts)
    if unpacked > MAX_UNPACKED or unpacked > MAX_RATIO * packed:
        size = f"{unpacked / 1024 / 1024:,.1f} MiB"
        yield Problem(
            "file",
            f"Unpacked, this workbook is {size}: more than 20 MiB or {MAX_RATIO} times its size. Save it as CSV.",
            f"Descomprimido, este libro mide {size}: más de 20 MiB o de {MAX_RATIO} veces su tamaño. "
            "Guárdelo como CSV.",
        )
    if len(parts) > MAX_PARTS:
        yield Problem(
            "file",
            f"This workbook has {len(parts):,} parts; at most {MAX_PARTS} are opened. Save it as CSV.",
            f"Este libro tiene {len(parts):,} partes; se abren a lo más {MAX_PARTS}. Guárdelo como CSV.",
        )


def _parts(archive: zipfile.ZipFile) -> Iterator[Problem]:
    names = [name.lower().replace("\\", "/") for name in archive.namelist()]
    if "xl/workbook.xml" not in names:
        yield _TROUBLES["unreadable"]
    for mark, en, es in dict.fromkeys(_FORBIDDEN):
        if any(mark in name for name in names):
            yield Problem(
                "file",
                f"This workbook has {en}, which are not opened here. Save it as CSV or without them.",
                f"Este libro tiene {es}, que aquí no se abren. Guárdelo como CSV o sin eso.",
            )


def _document_types(archive: zipfile.ZipFile) -> Iterator[Problem]:
    """A part that declares a document type could make the reader fetch or unfold what is not in the file."""
    for part in archive.infolist():
        if not part.filename.lower().endswith((".xml", ".rels", ".vml")):
            continue
        text = archive.read(part).replace(b"\x00", b"").upper()  # UTF-16 becomes legible as well
        if b"<!DOCTYPE" in text or b"<!ENTITY" in text:
            yield Problem(
                "file",
                "A part of this workbook declares a document type (DTD), which no spreadsheet needs. Save it as CSV.",
                "Una parte de este libro declara un tipo de documento (DTD), que ninguna hoja necesita. "
                "Guárdelo como CSV.",
            )
            return


def _open(content: bytes, tab: str, max_rows: int, max_columns: int) -> dict:
    """Let the reader's process open it, on a short leash."""
    command = [sys.executable, "-I", str(_READER), tab, str(max_rows), str(max_columns)]
    try:
        done = subprocess.run(command, input=content, capture_output=True, timeout=SECONDS, check=False)  # noqa: S603 - our own words
    except subprocess.TimeoutExpired:
        return {"trouble": "too_long"}
    if done.returncode != 0:
        return {"trouble": "too_large" if done.returncode < 0 else "unreadable"}
    answer: dict = json.loads(done.stdout)
    return answer


def _which_tab(tab: str, tabs: list[Tab]) -> list[Problem]:
    notes = []
    hidden = [sheet.name for sheet in tabs if sheet.is_hidden]
    if len(tabs) > 1:
        notes.append(
            Problem(
                "file",
                f"The workbook has other sheets; only “{tab}” was read.",
                f"El libro tiene otras hojas; solo se leyó «{tab}».",
            )
        )
    if tab in hidden:
        notes.append(
            Problem("file", f"“{tab}” is a hidden sheet of the workbook.", f"«{tab}» es una hoja oculta del libro.")
        )
    elif hidden:
        en, es = ", ".join(f"“{name}”" for name in hidden), ", ".join(f"«{name}»" for name in hidden)
        notes.append(Problem("file", f"Hidden and not read: {en}.", f"Ocultas y sin leer: {es}."))
    return notes


MERGED = Problem(
    "file",
    "Cells merged over several rows were read for each of those rows.",
    "Las celdas combinadas de varias filas se leyeron en cada una de ellas.",
)
_TROUBLES = {
    "unreadable": Problem(
        "file",
        "The workbook can't be read: it is damaged or of another kind. Save it again as .xlsx or as CSV.",
        "El libro no se puede leer: está dañado o es de otro tipo. Guárdelo de nuevo como .xlsx o CSV.",
    ),
    "too_large": Problem(
        "file",
        "The sheet is too large to be opened here. Save as CSV only the part with the rows.",
        "La hoja es demasiado grande para abrirla aquí. Guarde como CSV solo la parte con las filas.",
    ),
    "too_long": Problem(
        "file",
        f"Reading the workbook took more than {SECONDS} seconds. Save it as CSV.",
        f"Leer el libro tardó más de {SECONDS} segundos. Guárdelo como CSV.",
    ),
    "no_tab": Problem(
        "sheet",
        "The workbook has no sheet of that name.",
        "El libro no tiene una hoja con ese nombre.",
    ),
}
