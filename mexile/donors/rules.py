"""Finding a donor by name, in memory: small letters, no accents, any word by its beginning."""

import re

from mexile.ground.text import without_accents

_WORD = re.compile(r"\w+")


def folded_words(text: str | None) -> list[str]:
    """The words of a name or of a question, so that "Ñúñez" and "nunez" are the same."""
    return _WORD.findall(without_accents((text or "").casefold()))


def fits(question: list[str], name: list[str]) -> bool:
    """Whether each word asked for begins a word of the name."""
    return all(any(word.startswith(asked) for word in name) for asked in question)


def are_same(name: str | None, other: str | None) -> bool:
    """Whether two names have the same words, in any order; one that is empty contradicts none."""
    words, others = sorted(folded_words(name)), sorted(folded_words(other))
    return words == others or not words or not others


def normal_email(text: str) -> str:
    """A mail address as it is compared."""
    return text.strip().casefold()
