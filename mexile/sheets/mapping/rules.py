"""A mapping: which column of a sheet is which field, and what the values of a column mean. Kept as TOML:

name = "Shelter arrivals"
into = "arrivals"                  # or "members"
sheet = "Sheet1"                   # of a workbook, where it has several
heading = 3                        # the row that names the columns, where it isn't the one that would be proposed
separator = "semicolon"            # of a text file: "tab", "pipe", "semicolon", "comma"
hidden = "leave_out"               # where the rows that a workbook hides are not read

consent = "2026-03-02"             # of everybody in a sheet of people without a column of it

[columns]                          # field = "heading of the column"; columns not named are not read
day = "arrival_date"

[days]                             # only where the column itself does not tell
day = "month/day/year"

[countries]                        # of ten digits that may be of either: "US" or "MX"
phone = "MX"

[values.country]                   # "what the cell says" = "code", "" is unknown
"Contact_" = ""

Which column is which field, as a proposal that a person confirms: never taken without being shown.
"""

import re
import tomllib
from dataclasses import dataclass, field, replace
from typing import Any

from rapidfuzz import fuzz, process

from mexile.ground.errors import Invalid, Problem
from mexile.sheets.cell.rules import clean, folded
from mexile.sheets.file.rules import Sheet, letter, read_sheet
from mexile.sheets.mapping.problems import mapping_problems
from mexile.sheets.target.rules import TARGETS, Field

NAME, MOST_TOLD = 80, 60
_DEEP = re.compile(r"""(?:(?:(?<![\w-])[\w-]++|"(?:\\.|[^"\\\n])*+"|'[^'\n]*+')[ \t]*+\.[ \t]*+){9}""")
"""A key of ten parts."""


@dataclass(frozen=True)
class Mapping:
    """``columns``: field -> heading. ``days``: field -> order. ``values``: field -> cell -> code or ""."""

    name: str
    into: str
    columns: dict[str, str]
    days: dict[str, str] = field(default_factory=dict)
    values: dict[str, dict[str, str]] = field(default_factory=dict)
    sheet: str = ""
    countries: dict[str, str] = field(default_factory=dict)
    consent: str = ""
    heading: int = 0
    separator: str = ""
    hidden: str = ""

    @property
    def fields(self) -> dict[str, Field]:
        """The fields that this mapping fills, in the order in which we show them."""
        return {name: known for name, known in TARGETS[self.into].fields.items() if name in self.columns}

    def folded_values(self, name: str) -> dict[str, str]:
        return {folded(text): code for text, code in self.values.get(name, {}).items()}

    def saying(self, **changes: Any) -> "Mapping":
        return replace(self, **changes)


def parse_mapping(text: str) -> Mapping:
    """Read a mapping. Raises Invalid with every mistake at once, each with its place and line."""
    body = _read(text)
    problems = list(mapping_problems(body, text))
    if (further := len(problems) - MOST_TOLD) > 0:
        problems[MOST_TOLD:] = [Problem("mapping", f"And {further} more.", f"Y {further} más.")]
    if problems:
        raise Invalid(problems)
    tables = body.get("values", {}).items()
    values = {name: {clean(words): code for words, code in table.items()} for name, table in tables}
    columns = {name: clean(heading) for name, heading in body["columns"].items()}
    more = {
        key: body[key]
        for key in ("days", "countries", "sheet", "consent", "heading", "separator", "hidden")
        if key in body
    }
    more |= {key: clean(body[key]) for key in ("sheet", "consent") if key in body}
    return Mapping(clean(body["name"])[:NAME], body["into"], columns, values=values, **more)


def _read(text: str) -> dict[str, Any]:
    """The text as TOML. A key of a mapping has three parts at most; the parser's work grows with the square of a key's
    parts, so one of many is refused before it is parsed."""
    if deep := _DEEP.search(text):
        line = text.count("\n", 0, deep.start()) + 1
        en, es = "no key of a mapping has so many parts", "ninguna clave de una plantilla tiene tantas partes"
        raise _no_toml(f"{en} (line {line})", f"{es} (línea {line})")
    try:
        return tomllib.loads(text)
    except RecursionError:
        raise _no_toml("too many brackets within brackets", "demasiados corchetes dentro de corchetes") from None
    except ValueError as error:  # TOMLDecodeError, and a number of thousands of digits
        raise _no_toml(str(error), str(error)) from None


def _no_toml(en: str, es: str) -> Invalid:
    return Invalid(Problem("mapping", f"This is not TOML: {en}.", f"Esto no es TOML: {es}."))


def write_mapping(mapping: Mapping) -> str:
    """The mapping as TOML, which `parse_mapping` reads back unchanged."""
    lines = [f"name = {_quoted(mapping.name)}", f"into = {_quoted(mapping.into)}"]
    lines += [
        f"{key} = {_quoted(value)}"
        for key in ("sheet", "separator", "hidden", "consent")
        if (value := getattr(mapping, key))
    ]
    if mapping.heading:
        lines.append(f"heading = {mapping.heading}")
    tables = {"columns": mapping.columns, "days": mapping.days, "countries": mapping.countries}
    tables |= {f"values.{name}": table for name, table in mapping.values.items()}
    for name, table in tables.items():
        if table:
            lines += ["", f"[{name}]", *(f"{_key(key)} = {_quoted(value)}" for key, value in table.items())]
    return "\n".join(lines) + "\n"


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + "".join(c if c.isprintable() else f"\\U{ord(c):08X}" for c in escaped) + '"'


def _key(text: str) -> str:
    return text if re.fullmatch(r"[A-Za-z0-9_-]+", text) else _quoted(text)


def read_by(mapping: Mapping, content: bytes) -> Sheet:
    """The table of a file that this mapping is for."""
    return read_sheet(content, mapping.sheet, mapping.heading, mapping.separator, bool(mapping.hidden))


# ---- a mapping and a sheet -------------------------------------------------------------


def find_columns(mapping: Mapping, sheet: Sheet) -> dict[str, int]:
    """Field -> index of its column in this sheet. Raises Invalid with every column that is not there or twice."""
    places = {name: index for index, name in reversed(list(enumerate(sheet.heading)))}
    problems = []
    for name, heading in mapping.columns.items():
        if heading not in places:
            problems.append(_no_column(name, heading, sheet))
        elif heading in sheet.doubled():
            problems.append(_two_columns(name, heading, sheet))
    if problems:
        raise Invalid(problems)
    return {name: places[heading] for name, heading in mapping.columns.items()}


def _no_column(name: str, heading: str, sheet: Sheet) -> Problem:
    near = process.extractOne(heading, sheet.heading, score_cutoff=60)
    en, es = (f" Did you mean “{near[0]}”?", f" ¿Quiso decir «{near[0]}»?") if near else ("", "")
    return Problem(
        name,
        f"The sheet has no column “{heading}”.{en}",
        f"La hoja no tiene una columna «{heading}».{es}",
    )


def _two_columns(name: str, heading: str, sheet: Sheet) -> Problem:
    letters = [letter(index) for index, other in enumerate(sheet.heading) if other == heading]
    return Problem(
        name,
        f"Columns {' and '.join(letters)} are both called “{heading}”. Give one another name in the sheet.",
        f"Las columnas {' y '.join(letters)} se llaman «{heading}». Cambie el nombre de una en la hoja.",
    )


def fits(mapping: Mapping, sheet: Sheet) -> bool:
    """Whether every column of the mapping is in the sheet, once."""
    try:
        find_columns(mapping, sheet)
    except Invalid:
        return False
    return True


_LIKE = 82


def suggested(fields: dict[str, Field], heading: list[str]) -> dict[str, str]:
    """field -> heading for those that are plainly alike; each column once, the likest first."""
    likes = [(_likeness(known, name), known.name, name) for known in fields.values() for name in heading if name]
    chosen: dict[str, str] = {}
    for likeness, name_of_field, name in sorted(likes, key=lambda like: -like[0]):
        if likeness >= _LIKE and name_of_field not in chosen and name not in chosen.values():
            chosen[name_of_field] = name
    return chosen


def _likeness(field: Field, name: str) -> float:
    words = (field.en, field.es, *field.also)
    asked = folded(name.replace("_", " "))
    return max(fuzz.ratio(asked, folded(word)) for word in words)
