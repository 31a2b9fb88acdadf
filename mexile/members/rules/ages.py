"""How old somebody is on a day; and that a child is younger than the head of the household, a parent older."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from mexile.ground.errors import Problem


@dataclass(frozen=True)
class Born:
    """A day of birth, or only its year, or nothing."""

    on: date | None = None
    year: int | None = None

    def age(self, on: date) -> int | None:
        """Full years on the day `on`; where only the year is known, those that are full by its end."""
        if self.on is None:
            return None if self.year is None else on.year - self.year
        return on.year - self.on.year - ((on.month, on.day) < (self.on.month, self.on.day))

    def is_before(self, other: "Born") -> bool | None:
        """Born earlier than the other; None where it isn't known well enough to say."""
        if self.on and other.on:
            return self.on < other.on
        mine = self.on.year if self.on else self.year
        theirs = other.on.year if other.on else other.year
        if mine is None or theirs is None or mine == theirs:
            return None
        return mine < theirs


def age_problems(people: Iterable[tuple[str, Born]], place: str = "birth_date") -> list[Problem]:
    """What can't be among (role, born) of one household: at most one problem of each kind, and no name in it."""
    known = list(people)
    found = []
    for head in (born for role, born in known if role == "head"):
        if any(role == "child" and born.is_before(head) for role, born in known):
            found.append(
                Problem(
                    place,
                    "A child would be older than the head of the household. Check the date of birth or the place in "
                    "the household.",
                    "Una hija o un hijo sería mayor que la cabeza de familia. Revise la fecha de nacimiento o el lugar "
                    "en el hogar.",
                )
            )
        if any(role == "parent" and head.is_before(born) for role, born in known):
            found.append(
                Problem(
                    place,
                    "A parent would be younger than the head of the household. Check the date of birth or the place in "
                    "the household.",
                    "La madre o el padre sería menor que la cabeza de familia. Revise la fecha de nacimiento o el lugar "
                    "en el hogar.",
                )
            )
    return found
