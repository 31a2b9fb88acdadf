"""A receipt as a PDF on one Letter page, with its letters embedded so that every name can be read."""

from functools import cache
from io import BytesIO
from pathlib import Path
from xml.sax.saxutils import escape

from reportlab.lib.colors import Color, HexColor
from reportlab.lib.pagesizes import letter
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import inch
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import HRFlowable, Image, Paragraph, SimpleDocTemplate, Spacer, Table, TableStyle

from mexile.access.brand.queries import Brand
from mexile.gifts.receipt.facts import Facts
from mexile.gifts.receipt.rules import text_of

FONTS = Path(__file__).parents[2] / "static" / "vendor"
INK, QUIET, LINE, NOW = HexColor("#20242c"), HexColor("#565c68"), HexColor("#d9d6cc"), HexColor("#96231c")


@cache
def _fonts() -> None:
    """DejaVu has the letters that the base fonts of PDF have not: Ñ, ꞌ, ʼ, Ł, Cyrillic."""
    pdfmetrics.registerFont(TTFont("DejaVu", FONTS / "DejaVuSans.ttf"))
    pdfmetrics.registerFont(TTFont("DejaVu-Bold", FONTS / "DejaVuSans-Bold.ttf"))


def receipt_pdf(facts: Facts, brand: Brand) -> bytes:
    """The PDF. Its title and file name hold the receipt's number and nobody's name."""
    _fonts()
    text = text_of(facts)
    file = BytesIO()
    document = SimpleDocTemplate(
        file,
        pagesize=letter,
        leftMargin=inch,
        rightMargin=inch,
        topMargin=inch,
        bottomMargin=0.8 * inch,
        title=text.title,
        subject=text.title,
        author=facts.legal_name,
        lang="es" if facts.language == "es" else "en",
    )
    title = HexColor(brand.title_color) if brand.title_color else INK
    parts = [
        *([_mark(brand.png), Spacer(1, 8)] if brand.png else []),
        Paragraph(escape(facts.head), _style(9, QUIET)),
        Spacer(1, 4),
        Paragraph(escape(text.title), _style(18, title, leading=24)),
        Spacer(1, 10),
        HRFlowable(width="100%", thickness=0.6, color=LINE, spaceAfter=12),
    ]
    if text.void:
        parts += [Paragraph(escape(text.void), _style(12, NOW, bold=True)), Spacer(1, 12)]
    parts.append(_table(text.rows))
    parts += [Spacer(1, 14), HRFlowable(width="100%", thickness=0.6, color=LINE, spaceAfter=12)]
    for sentence in text.sentences:
        parts.append(Paragraph(escape(sentence.text), _style(10, INK)))
        parts.append(Paragraph(escape(sentence.source), _style(7.5, QUIET, after=7)))
    parts += [Spacer(1, 10), Paragraph(escape(text.thanks), _style(11, INK))]
    for note in text.notes:
        parts += [Spacer(1, 6), Paragraph(escape(note), _style(8.5, QUIET))]
    document.build(parts)
    return file.getvalue()


def _mark(png: bytes) -> Image:
    """The mark, at most as high as three lines of text."""
    return Image(BytesIO(png), 2.2 * inch, 0.55 * inch, kind="proportional", hAlign="LEFT")


def _table(rows: list[tuple[str, str]]) -> Table:
    cells = [
        [
            Paragraph(escape(label), _style(9, QUIET)),
            Paragraph(escape(value).replace("\n", "<br/>"), _style(10.5, INK)),
        ]
        for label, value in rows
    ]
    table = Table(cells, colWidths=[1.7 * inch, 4.8 * inch], hAlign="LEFT")
    table.setStyle(
        TableStyle(
            [
                ("VALIGN", (0, 0), (-1, -1), "TOP"),
                ("LEFTPADDING", (0, 0), (-1, -1), 0),
                ("BOTTOMPADDING", (0, 0), (-1, -1), 5),
            ]
        )
    )
    return table


def _style(size: float, color: Color, *, bold: bool = False, leading: float = 0, after: float = 0) -> ParagraphStyle:
    return ParagraphStyle(
        "receipt",
        fontName="DejaVu-Bold" if bold else "DejaVu",
        fontSize=size,
        leading=leading or size * 1.45,
        textColor=color,
        spaceAfter=after,
    )
