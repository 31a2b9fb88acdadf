"""What a cell of somebody else's sheet may hold: plain words, on one line, of a sane length."""

from mexile.ground.text import clean_line, without_accents

_ZERO_WIDTH = dict.fromkeys((0x200B, 0x2060, 0xFEFF))


def clean(text: str) -> str:
    """The cell as words: no controls, no marks that can't be seen or that turn the writing, single spaces.

    A formula such as =HYPERLINK(...) stays what it is here: text.
    """
    if text.isascii() and text.isprintable():
        return " ".join(text.split())
    return clean_line(text.translate(_ZERO_WIDTH))


def folded(text: str) -> str:
    """A cell as it is compared with another: no capitals, no accents, single spaces."""
    return without_accents(clean(text).casefold())


def shortened(text: str, room: int = 40) -> str:
    """A cell as it is quoted in a sentence."""
    return text if len(text) <= room else text[: room - 1] + "…"
