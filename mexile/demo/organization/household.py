"""Households and the people in them: who came, when, from where and with whom."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from mexile.demo.organization import calendar, names
from mexile.demo.organization.chance import Chance, split
from mexile.demo.organization.names import Name
from mexile.demo.organization.recipe import recipe

CBP_ONE = (date(2023, 1, 12), date(2025, 1, 20))
SHOWN = frozenset({"walk", "court"})
"""Whom the walk meets: of them everything is written down."""
CLOSING_REASONS = ("status_granted", "moved", "lost_contact", "referred_out", "withdrew")


@dataclass(frozen=True)
class Member:
    """One accompanied person. `role` is their place in the household."""

    code: str
    household: str
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


def households(seed: int, day: date) -> tuple[Household, ...]:
    """All households in the order in which they came."""
    chance = Chance(seed, "households")
    plan = recipe()["members"]
    heads = _head_shares(chance, plan)
    made: list[Household] = []
    count = 0
    for number, (size, first, last) in enumerate(_arrivals(chance, plan, day), start=1):
        later = chance.below(max((last - first).days, 1))
        came = first + timedelta(days=later if number > 1 else 0)
        head = {key: values[number - 1] for key, values in heads.items()}
        own = Chance(seed, "household", number)
        members = tuple(_family(own, number, count, size, came, day, head))
        count += size
        made.append(Household(f"H-{number:04d}", members, f"Calle Ejemplo {number}, El Paso, Texas 00000"))
    return tuple(made)


def _sizes(plan: dict) -> list[int]:
    """As many sizes as there are households, which sum to the people to have."""
    shares = plan["household_size"]
    counts = split(plan["households"], list(shares.values()))
    sizes = [int(size) for size, n in zip(shares, counts, strict=True) for _ in range(n)]
    over, size = sum(sizes) - plan["target"], 6
    while over > 0:
        sizes[sizes.index(size)] -= 1
        over, size = over - 1, size - 1 if size > 2 else 6
    return sizes


def windows(day: date) -> list[tuple[date, date]]:
    """The first month, then half years, the last cut at `day`."""
    start = calendar.beginning(day)
    edges = [start, *(calendar.months_later(start, 1 + 6 * n) for n in range(13))]
    return [(a, min(b, day)) for a, b in zip(edges, edges[1:], strict=False)]


def _arrivals(chance: Chance, plan: dict, day: date) -> Iterator[tuple[int, date, date]]:
    """Each household's size and the window it came in, so that every window gets its people."""
    sizes = chance.shuffled(_sizes(plan))
    for needed, (first, last) in zip(plan["arrivals"], windows(day), strict=True):
        left = needed
        while left:
            fitting = [n for n, size in enumerate(sizes) if size <= left]
            # Somebody alone is kept for where only one more fits.
            pool = [n for n in fitting if sizes[n] > 1 or left == 1 or chance.happens(0.6)] or fitting
            size = sizes.pop(chance.one(pool))
            left -= size
            yield size, first, last


def _head_shares(chance: Chance, plan: dict) -> dict[str, list[str]]:
    """What is dealt out among the heads, so that the shares come out to the nearest whole."""
    count = plan["households"]
    dealt = {
        "nationality": chance.deal(plan["nationality"], count),
        "state": chance.deal(plan["origin"], count),
        "profile": chance.deal(plan["profile"], count),
        "persecutor": chance.deal(plan["persecutor"], count),
        "language": chance.deal(plan["language"], count),
        "gender": chance.deal({"F": 0.5, "M": 0.49, "X": 0.01}, count),
    }
    others = plan["origin_other"]
    dealt["state"] = [chance.one(others) if state == "other" else state for state in dealt["state"]]
    return dealt


def _family(
    chance: Chance, number: int, before: int, size: int, came: date, day: date, head: dict[str, str]
) -> Iterator[Member]:
    """The people of one household: the head, perhaps a partner, children, a parent."""
    first = _head(chance, number, before + 1, came, day, head)
    first = replace(first, **_leaving(chance, first, day))
    yield first
    partner = size > 1 and chance.happens(0.68)
    theirs = names.draw(chance, "M" if first.gender == "F" else "F")
    if partner:
        born = first.born_on + timedelta(days=chance.between(-2200, 2200))
        yield _kin(chance, first, before + 2, "partner", theirs, "M" if first.gender == "F" else "F", born)
    rest = range(before + (3 if partner else 2), before + size + 1)
    for place, code in enumerate(rest):
        yield _relative(chance, first, theirs, code, is_last=place > 0 and code == before + size)


def _relative(chance: Chance, first: Member, partner: Name, code: int, is_last: bool) -> Member:
    gender = chance.weighted({"F": 0.54, "M": 0.46})
    if is_last and chance.happens(0.18):
        born = first.born_on - timedelta(days=chance.between(7300, 11000))
        return _kin(chance, first, code, "parent", names.draw(chance, gender), gender, born)
    if chance.happens(0.1):
        born = first.born_on + timedelta(days=chance.between(-3600, 3600))
        sibling = names.draw(chance, gender, first.name.surnames)
        return _kin(chance, first, code, "sibling", sibling, gender, born)
    fathers, mothers = (partner, first.name) if first.gender == "F" else (first.name, partner)
    surnames = f"{fathers.surnames.split()[0]} {mothers.surnames.split()[0]}"
    oldest = max(min(first.arrived_on.year - first.born_on.year - 18, 24), 1)
    born = first.arrived_on - timedelta(days=chance.between(60, 365 * oldest))
    return _kin(chance, first, code, "child", names.draw(chance, gender, surnames), gender, born)


def _head(chance: Chance, number: int, code: int, came: date, day: date, dealt: dict[str, str]) -> Member:
    ages = recipe()["members"]["age"]
    age = min(max(chance.bell(ages["mean"], ages["sd"]), ages["min"]), ages["max"])
    mexican = dealt["nationality"] == "MX"
    return Member(
        code=f"ME-{code:04d}",
        household=f"H-{number:04d}",
        role="head",
        name=names.draw(chance, dealt["gender"]),
        gender=dealt["gender"],
        born_on=day - timedelta(days=int(age * 365.25)),
        nationality=dealt["nationality"],
        state=dealt["state"] if mexican else None,
        language=dealt["language"] if mexican else "spa",
        profile=dealt["profile"],
        persecutor=dealt["persecutor"],
        entry=_entry(chance, came),
        safe_contact=_safe_contact(chance),
        phone=_phone(number - 1),
        email=f"me{code:04d}@example.org" if chance.happens(0.4) else None,
        arrived_on=came,
        joined_on=came + timedelta(days=chance.below(min(45, (day - came).days + 1)) if number > 1 else 0),
    )


def _kin(chance: Chance, head: Member, code: int, role: str, name: Name, gender: str, born: date) -> Member:
    """A relative of the head, who came on the same day."""
    born = min(born, head.arrived_on - timedelta(days=30))
    profile = "child" if head.arrived_on.year - born.year < 18 else "family_member"
    return replace(
        head,
        code=f"ME-{code:04d}",
        role=role,
        name=name,
        gender=gender,
        born_on=born,
        profile=profile,
        persecutor=None,
        phone=_phone(158 + code // 10) if profile != "child" and code % 10 == 0 else None,
        email=None,
        safe_contact=head.safe_contact if profile == "child" else _safe_contact(chance),
        marks=("age_unknown",) if role == "partner" and code % 11 == 0 else (),
    )


def _entry(chance: Chance, came: date) -> str:
    shares = dict(recipe()["members"]["entry"])
    if CBP_ONE[0] <= came <= CBP_ONE[1]:
        shares["cbp_one"] *= 2.4
    else:
        shares.pop("cbp_one")
    return chance.weighted(shares)


def _safe_contact(chance: Chance) -> str:
    return chance.weighted(
        {"signal": 0.3, "whatsapp": 0.32, "call_only": 0.16, "in_person": 0.1, "via_attorney": 0.06, "no_sms": 0.06}
    )


def _phone(place: int) -> str | None:
    """915-555-0100 to 0199, then the same range in Juárez; nobody shares a number."""
    if place < 100:
        return f"+19155550{100 + place}"
    return f"+5265655501{place - 100:02d}" if place < 200 else None


def _leaving(chance: Chance, head: Member, day: date) -> dict:
    """About a quarter of the households no longer need us, from two years on."""
    years = (day - head.joined_on).days / 365
    if years < 2 or not chance.happens(0.32):
        return {"left_on": None, "left_because": None}
    left = head.joined_on + timedelta(days=int(365 * (1.2 + chance.random() * (years - 1.4))))
    return {"left_on": left, "left_because": chance.one(CLOSING_REASONS)}
