"""Households and the people in them: who came, when, from where and with whom."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

from mexile.deadlines.deadline.rules import months_later
from mexile.demo.organization import calendar, names
from mexile.demo.organization.chance import Chance
from mexile.demo.organization.names import Name
from mexile.demo.organization.recipe import recipe

CBP_ONE = (date(2023, 1, 12), date(2025, 1, 20))
SHOWN = frozenset({"walk", "court"})
"""Whom the walk meets: of them everything is written down."""


@dataclass(frozen=True)
class Member:
    """One accompanied person. `role` is their place in the household."""

    code: str
    role: str
    name: Name
    gender: str
    born_on: date
    nationality: str
    state: str | None
    language: str
    profile: str
    persecutor: str | None
    entry: str
    safe_contact: str
    phone: str | None
    email: str | None
    arrived_on: date
    joined_on: date
    left_on: date | None = None
    left_because: str | None = None
    marks: tuple[str, ...] = ()

    @property
    def called(self) -> str:
        """What people call this person."""
        return "Lupita" if self.name.given == "María Guadalupe" else self.name.called

    @property
    def is_child(self) -> bool:
        return self.profile == "child"

    @property
    def is_shown(self) -> bool:
        return bool(SHOWN & set(self.marks))

    def age(self, day: date) -> int:
        return day.year - self.born_on.year - ((day.month, day.day) < (self.born_on.month, self.born_on.day))

    def is_here(self, day: date) -> bool:
        """We accompany this person on `day`."""
        return self.joined_on <= day and (self.left_on is None or day < self.left_on)


@dataclass(frozen=True)
class Household:
    """People who came, or would have come, together. The first is the head."""

    code: str
    members: tuple[Member, ...]
    address: str

    @property
    def head(self) -> Member:
        return self.members[0]

    @property
    def codes(self) -> tuple[str, ...]:
        return tuple(member.code for member in self.members)


def households(seed: int, day: date) -> tuple[Household, ...]:
    """All households in the order in which they came: the recipe says how large those of each half year were."""
    chance, plan = Chance(f"{seed}|households"), recipe()["members"]
    columns = ("nationality", "origin", "profile", "persecutor", "language", "gender")
    # Dealt out among the heads, so that the shares come out to the nearest whole.
    dealt = {column: chance.deal(plan[column], plan["households"]) for column in columns}
    homes: list[Household] = []
    count = 0
    for families, (first, last) in zip(plan["arrivals"], _half_years(day), strict=True):
        for roles in families.split():
            came = first + timedelta(days=chance.randrange(max((last - first).days, 1)) if homes else 0)
            shares = {column: dealt[column].pop() for column in columns}
            family = _Family(Chance(f"{seed}|household|{len(homes)}"), day)
            homes.append(family.household(len(homes) + 1, count + 1, roles, came, shares))
            count += len(roles)
    return tuple(homes)


def _half_years(day: date) -> list[tuple[date, date]]:
    """The first month, then half years, the last cut at `day`."""
    start = calendar.beginning(day)
    edges = [start, *(months_later(start, 1 + 6 * n) for n in range(13))]
    return [(first, min(last, day)) for first, last in pairwise(edges)]


class _Family:
    """Draws the people of one household: the head, perhaps a partner, children, a parent, a sibling."""

    def __init__(self, chance: Chance, day: date):
        self.chance, self.day, self.words = chance, day, recipe()["members"]

    def household(self, number: int, code: int, roles: str, came: date, shares: dict[str, str]) -> Household:
        """`roles` has a letter for everybody in it, `code` is the number of the first."""
        head = self._leaving(self._head(number, code, came, shares))
        partner = names.draw(self.chance, "M" if head.gender == "F" else "F")
        others = [self.words["role"][letter] for letter in roles[1:]]
        members = (head, *(self._kin(head, partner, n, role) for n, role in enumerate(others, start=code + 1)))
        return Household(f"H-{number:04d}", members, f"Calle Ejemplo {number}, El Paso, Texas 00000")

    def _head(self, number: int, code: int, came: date, shares: dict[str, str]) -> Member:
        chance, ages = self.chance, self.words["age"]
        age = min(max(chance.gauss(ages["mean"], ages["sd"]), ages["min"]), ages["max"])
        is_mexican, origin = shares["nationality"] == "MX", shares.pop("origin")
        state = chance.choice(self.words["origin_other"]) if origin == "other" else origin
        columns: dict[str, Any] = {**shares, "state": state if is_mexican else None}
        columns |= {} if is_mexican else {"language": "spa"}
        joined_after = chance.randrange(min(45, (self.day - came).days + 1)) if number > 1 else 0
        return Member(
            code=f"ME-{code:04d}",
            role="head",
            name=names.draw(chance, shares["gender"]),
            born_on=self.day - timedelta(days=int(age * 365.25)),
            entry=_entry(chance, came),
            safe_contact=chance.weighted(self.words["safe_contact"]),
            phone=_phone(number - 1),
            email=f"me{code:04d}@example.org" if chance.happens(0.4) else None,
            arrived_on=came,
            joined_on=came + timedelta(days=joined_after),
            **columns,
        )

    def _leaving(self, head: Member) -> Member:
        """About a quarter of the households no longer need us, from two years on."""
        years = (self.day - head.joined_on).days / 365
        if years < 2 or not self.chance.happens(0.32):
            return head
        left_on = head.joined_on + timedelta(days=int(365 * (1.2 + self.chance.random() * (years - 1.4))))
        return replace(head, left_on=left_on, left_because=self.chance.choice(self.words["left_because"]))

    def _kin(self, head: Member, partner: Name, code: int, role: str) -> Member:
        """A relative of the head, who came on the same day."""
        chance, surnames = self.chance, head.name.surnames if role == "sibling" else None
        gender = chance.weighted({"F": 0.54, "M": 0.46})
        if role == "partner":
            gender = "M" if head.gender == "F" else "F"
        if role == "child":
            father, mother = (partner, head.name) if head.gender == "F" else (head.name, partner)
            surnames = f"{father.surnames.split()[0]} {mother.surnames.split()[0]}"
            oldest = max(min(head.arrived_on.year - head.born_on.year - 18, 24), 1)
            born_on = head.arrived_on - timedelta(days=chance.randint(60, 365 * oldest))
        else:
            least, most = self.words["years_after_head"][role]
            born_on = head.born_on + timedelta(days=chance.randint(365 * least, 365 * most))
        born_on = min(born_on, head.arrived_on - timedelta(days=30))
        is_child = head.arrived_on.year - born_on.year < 18
        return replace(
            head,
            code=f"ME-{code:04d}",
            role=role,
            name=partner if role == "partner" else names.draw(chance, gender, surnames),
            gender=gender,
            born_on=born_on,
            profile="child" if is_child else "family_member",
            persecutor=None,
            phone=_phone(158 + code // 10) if not is_child and code % 10 == 0 else None,
            email=None,
            safe_contact=head.safe_contact if is_child else chance.weighted(self.words["safe_contact"]),
            marks=("age_unknown",) if role == "partner" and code % 11 == 0 else (),
        )


def _entry(chance: Chance, came: date) -> str:
    shares = dict(recipe()["members"]["entry"])
    if CBP_ONE[0] <= came <= CBP_ONE[1]:
        shares["cbp_one"] *= 2.4
    else:
        shares.pop("cbp_one")
    return chance.weighted(shares)


def _phone(place: int) -> str | None:
    """915-555-0100 to 0199, then the same range in Juárez; nobody shares a number."""
    if place < 100:
        return f"+19155550{100 + place}"
    return f"+5265655501{place - 100:02d}" if place < 200 else None
