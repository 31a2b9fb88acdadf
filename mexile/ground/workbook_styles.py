"""The named styles of every workbook: a reader can change one and all its cells follow."""

from __future__ import annotations

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, NamedStyle, Side

FONT = "Calibri"
_HAIR = Side(style="hair", color="FF808080")
_LINE = Side(style="thin", color="FF1F2430")

FORMATS = {
    "mx text": "@",
    "mx words": "General",
    "mx count": "#,##0",
    "mx hours": "#,##0.0",
    "mx money": '"$"#,##0.00',
    "mx share": "0.0%",
    "mx day": "yyyy-mm-dd",
    "mx weekday": "ddd d mmm yyyy",
    "mx día": "[$-80A]dddd d mmm yyyy",
}
_LEFT = Alignment(horizontal="left", vertical="top")
_SIDE = {"mx weekday": _LEFT, "mx día": _LEFT, "mx text": _LEFT}
OF_MEASURE = {"minutes": "mx hours", "money": "mx money"}


def of_measure(measure: str) -> str:
    return OF_MEASURE.get(measure, "mx count")


def register(book: Workbook) -> None:
    """Add the styles to `book`."""
    for style in _styles():
        book.add_named_style(style)


def _styles() -> list[NamedStyle]:
    plain = Font(name=FONT, size=11)
    top = Alignment(vertical="top", wrap_text=True)
    styles = [
        NamedStyle("mx title", font=Font(name=FONT, size=16, bold=True)),
        NamedStyle("mx sentence", font=Font(name="Cambria", size=14), alignment=top),
        NamedStyle("mx note", font=Font(name=FONT, size=11, italic=True), alignment=Alignment(vertical="top")),
        NamedStyle("mx mark", font=Font(name=FONT, size=12, bold=True, color="FF7A1C1C")),
        NamedStyle("mx head", font=Font(name=FONT, size=11, bold=True), border=Border(bottom=_LINE)),
        NamedStyle(
            "mx head right",
            font=Font(name=FONT, size=11, bold=True),
            border=Border(bottom=_LINE),
            alignment=Alignment(horizontal="right"),
        ),
        NamedStyle("mx wrapped", font=plain, alignment=top, border=Border(bottom=_HAIR)),
        NamedStyle("mx withheld", font=plain, alignment=Alignment(horizontal="right"), border=Border(bottom=_HAIR)),
        NamedStyle("mx link", font=Font(name=FONT, size=11, underline="single", color="FF1F5C6B")),
    ]
    for name, format in FORMATS.items():
        side = _SIDE.get(name, Alignment(vertical="top"))
        styles.append(NamedStyle(name, font=plain, number_format=format, border=Border(bottom=_HAIR), alignment=side))
        bold = Font(name=FONT, size=11, bold=True)
        styles.append(NamedStyle(f"{name} total", font=bold, number_format=format, border=Border(top=_LINE)))
    return styles
