"""When two names may be of one person or group, by ear and however much of each was said."""

from collections.abc import Sequence

from mexile.members.persecutor.rules import heard

LEAST = 2
"""Of fewer words in common, two names are of anybody: there are many Luises, and many Pérez."""


def may_be_one(first: Sequence[str], other: Sequence[str]) -> bool:
    """Whether two names as ``sounds`` gives them share two words or more and contradict each other nowhere.

    Where one says less than the other ("Luz Reyes", "Reyes Mora, Luz"), all its words are in the other. Where
    each says something that the other leaves out ("José Luis Pérez", "Luis Pérez Soto"), the words come in the
    same order, and what only one of them says never stands where the other says something else: brothers and
    sisters, who share both surnames, and two people who share both given names are not one.
    """
    mine, theirs = set(first), set(other)
    if len(mine & theirs) < LEAST:
        return False
    return mine <= theirs or theirs <= mine or _agree(first, other)


def _agree(first: Sequence[str], other: Sequence[str], shared: int = 0) -> bool:
    """From here on: up to each word that both say, at most one of them says more."""
    if not first or not other:
        return shared >= LEAST
    if first[0] in other and _agree(first[1:], other[other.index(first[0]) + 1 :], shared + 1):
        return True
    return (
        first[0] != other[0] and other[0] in first and _agree(first[first.index(other[0]) + 1 :], other[1:], shared + 1)
    )


_MOST_WORDS = 8


def sounds(name: str | None) -> tuple[str, ...]:
    """The words of a name as they sound, each once, without titles, particles and initials; what stands
    behind a comma comes first."""
    last, _, first = (name or "").partition(",")
    return tuple(dict.fromkeys(word for word in heard(f"{first} {last}") if len(word) > 1))[:_MOST_WORDS]
