"""Small wordings that both languages share."""

from __future__ import annotations

from collections.abc import Sequence


def join_words(words: Sequence[str], lang: str) -> str:
    """ "Ana, Beto and Inés", "Ana, Beto e Inés": Spanish says *e* before the sound of i."""
    if len(words) < 2:
        return "".join(words)
    last = words[-1]
    joint = "and"
    if lang == "es":
        start = last.lower().lstrip("«¡¿\"'(")
        sounds_i = start.startswith(("i", "í", "hi", "hí")) and not start.startswith(("hie", "hia"))
        joint = "e" if sounds_i else "y"
    return f"{', '.join(words[:-1])} {joint} {last}"
