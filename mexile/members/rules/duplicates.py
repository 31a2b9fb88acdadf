"""Is this somebody we know? Asked before a new person is saved."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from mexile.members.rules.names import by_ear, words

PHONE, BIRTH, NAME = "phone", "birth_date", "name"


@dataclass(frozen=True)
class Compared:
    """What two records have in common, the strongest first."""

    reasons: tuple[str, ...]

    def __bool__(self) -> bool:
        return bool(self.reasons)


def compared(
    *,
    names: Collection[str | None],
    born: date | None,
    phone: str | None,
    other_names: Collection[str | None],
    other_born: date | None,
    other_phone: str | None,
) -> Compared:
    """Why the two may be one person: the same telephone; the same day of birth and a name in common;
    or a whole name that sounds the same. A first name or a surname alone is no reason."""
    mine, theirs = _sounds(names), _sounds(other_names)
    reasons = []
    if phone and phone == other_phone:
        reasons.append(PHONE)
    if born and born == other_born and mine & theirs:
        reasons.append(BIRTH)
    if len(mine & theirs) >= 2 and (mine <= theirs or theirs <= mine):
        reasons.append(NAME)
    return Compared(tuple(reasons))


def _sounds(names: Collection[str | None]) -> frozenset[str]:
    return frozenset(by_ear(word) for name in names for word in words(name) if len(word) > 1)
