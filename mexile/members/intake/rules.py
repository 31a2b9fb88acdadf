"""Is this somebody we know? Asked before a new person is saved."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from mexile.members.name.rules import by_ear, words

PHONE, A_NUMBER, BIRTH, NAME = "phone", "a_number", "birth_date", "name"


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
    other_names: Collection[str | None],
    other_born: date | None,
    same_phone: bool = False,
    same_a_number: bool = False,
) -> Compared:
    """Why the two may be one person: the same A-number or telephone; the same day of birth and a name in
    common; or a whole name that sounds the same. A first name or a surname alone is no reason."""
    mine, theirs = _sounds(names), _sounds(other_names)
    reasons = [word for word, is_same in ((A_NUMBER, same_a_number), (PHONE, same_phone)) if is_same]
    if born and born == other_born and mine & theirs:
        reasons.append(BIRTH)
    if len(mine & theirs) >= 2 and (mine <= theirs or theirs <= mine):
        reasons.append(NAME)
    return Compared(tuple(reasons))


def _sounds(names: Collection[str | None]) -> frozenset[str]:
    return frozenset(by_ear(word) for name in names for word in words(name) if len(word) > 1)
