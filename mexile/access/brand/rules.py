"""What a mark and a color have to be: a small picture without anything else in it, a color in which words can be read."""

from __future__ import annotations

import io
import re

from PIL import Image, ImageOps

from mexile.ground.errors import Invalid, Problem

MOST_BYTES = 5 * 1024 * 1024
MOST_SIDE = 4_000
LEAST_SIDE = 32
WIDTH, HEIGHT = 480, 160
"""Into these bounds a mark is drawn: twice as large as any page shows it."""
FORMATS = ("PNG", "JPEG", "WEBP", "GIF")

PAPER = "#f8f7f1"
"""What words of the public pages stand on by day; receipts stand on white, where every dark color is read better."""
LEAST_CONTRAST = 4.5
"""WCAG 2.2, 1.4.3."""
_HEX = re.compile(r"#?([0-9a-f]{3}|[0-9a-f]{6})", re.ASCII | re.IGNORECASE)


def read_mark(content: bytes) -> bytes:
    """The picture as a PNG of our own, upright and with nothing beside its pixels. Raises Invalid with words. Takes a
    moment: never inside a transaction."""
    if len(content) > MOST_BYTES:
        raise Invalid(TOO_HEAVY)
    if b"<svg" in content[:2000].lower():
        raise Invalid(SVG)
    try:
        with Image.open(io.BytesIO(content), formats=FORMATS) as image:
            if max(image.size) > MOST_SIDE or min(image.size) < LEAST_SIDE:
                raise Invalid(wrong_size(*image.size))
            upright = ImageOps.exif_transpose(image)
            upright = upright.convert("RGBA" if upright.has_transparency_data else "RGB").convert("RGBA")
    except Invalid:
        raise
    except Exception:  # noqa: BLE001 - whatever a broken file does to its parser
        raise Invalid(NO_PICTURE) from None
    upright.thumbnail((WIDTH, HEIGHT))
    plain = Image.new("RGBA", upright.size)
    plain.paste(upright)
    file = io.BytesIO()
    plain.save(file, "PNG", optimize=True)
    return file.getvalue()


def read_color(text: str, place: str) -> str:
    """A color as #rrggbb in which words can be read on the paper; "" where none is typed. Raises Invalid."""
    if not text.strip():
        return ""
    matched = _HEX.fullmatch(text.strip())
    if matched is None:
        raise Invalid(
            Problem(
                place,
                "Write a color as # and six digits, such as #18505c.",
                "Escriba el color con # y seis cifras, como #18505c.",
            )
        )
    digits = matched[1].lower()
    color = "#" + (digits if len(digits) == 6 else "".join(digit * 2 for digit in digits))
    if (reached := contrast(color, PAPER)) < LEAST_CONTRAST:
        raise Invalid(
            Problem(
                place,
                f"Words in {color} on the page have a contrast of {reached:.1f}; {LEAST_CONTRAST} is needed to read them. "
                "Choose a darker color.",
                f"Las palabras en {color} sobre la página tienen un contraste de {reached:.1f}; hace falta {LEAST_CONTRAST} "
                "para leerlas. Elija un color más oscuro.",
            )
        )
    return color


def contrast(color: str, other: str) -> float:
    """WCAG's ratio of two colors, 1 to 21, cut and not rounded: 4.49 is not 4.5."""
    lighter, darker = sorted((_luminance(color), _luminance(other)), reverse=True)
    return int((lighter + 0.05) / (darker + 0.05) * 10) / 10


def _luminance(color: str) -> float:
    parts = (int(color[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def wrong_size(width: int, height: int) -> Problem:
    return Problem(
        "mark",
        f"This picture is {width} × {height} pixels. A mark has {LEAST_SIDE} to {MOST_SIDE:,} on each side: save it smaller "
        "or larger and send that one.",
        f"Esta imagen mide {width} × {height} píxeles. El logotipo debe medir de {LEAST_SIDE} a {MOST_SIDE:,} por lado: "
        "guárdela más chica o más grande y envíe esa.",
    )


SVG = Problem(
    "mark",
    "This is an SVG, which can carry a program. Save the mark as a PNG and send that one.",
    "Esto es un SVG, que puede llevar un programa. Guarde el logotipo como PNG y envíe ese.",
)
NO_PICTURE = Problem(
    "mark",
    "This is no picture that can be read, or it is damaged. Send a PNG, JPEG, WebP or GIF.",
    "Esto no es una imagen que se pueda leer, o está dañada. Envíe un PNG, JPEG, WebP o GIF.",
)
TOO_HEAVY = Problem(
    "mark",
    "This picture is larger than 5 MiB. Save it smaller and send that one.",
    "Esta imagen pesa más de 5 MiB. Guárdela más pequeña y envíe esa.",
)
