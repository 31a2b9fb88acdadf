"""Families of the invented organization: who stayed behind, what people are to one another, what they live on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from mexile.demo.organization import calendar
from mexile.demo.organization.chance import Chance
from mexile.demo.organization.custody import Stay
from mexile.demo.organization.household import SHOWN, Household, Member
from mexile.demo.organization.walking import Walking

BEHIND = ("Chela", "Toño", "Nena", "Beatriz", "Memo", "Lupe", "Raúl", "Estela", "Güero", "Coco")
SHARE_BEHIND = 0.3
SHARE_ASKED = 0.7
ASKED_WITHIN = 600


@dataclass(frozen=True)
class Behind:
    """A relative without a record, of the member who told of them; ``side`` is what they are to that member."""

    member: str
    called: str
    role: str
    side: str
    born: int
    place: str
    state: str | None
    in_danger: str
    contact: str
    note: str | None
    since_on: date


@dataclass(frozen=True)
class Tie:
    """The first member is ``kind`` of the second."""

    first: str
    kind: str
    second: str


@dataclass(frozen=True)
class Living:
    """What a household told of its means, with one promise perhaps."""

    member: str
    asked_on: date
    host_kind: str
    host: str | None
    roof_until: date | None
    eaters: int
    weeks: int
    permit_on: date
    promise: tuple[str, str, str, date] | None


@dataclass(frozen=True)
class Kin:
    """All of it. ``alone`` is the man whose family is in Juárez and in Guerrero; ``here`` are the
    people of whom it was written down that they are with us."""

    alone: str
    behind: tuple[Behind, ...]
    here: tuple[str, ...]
    ties: tuple[Tie, ...]
    detained: tuple[tuple[str, date], ...]
    living: tuple[Living, ...]


def kin(seed: int, day: date, homes: tuple[Household, ...], held: tuple[Stay, ...], walk: Walking) -> Kin:
    """Who stayed behind, the ties in every household, where the detained are, and means of those who came lately."""
    alone = _alone(day, homes, walk)
    behind = (*_family_of(alone, day), *_others(seed, day, homes, alone))
    return Kin(
        alone=alone.code,
        behind=behind,
        here=tuple(dict.fromkeys((*(one.member for one in behind), *_asked(seed, homes)))),
        ties=tuple(tie for home in homes for tie in _ties(home)),
        detained=tuple((stay.member, stay.from_on) for stay in held if stay.to_on is None),
        living=tuple(_living(seed, day, homes, alone)),
    )


def _alone(day: date, homes: tuple[Household, ...], walk: Walking) -> Member:
    """A man who came alone some time ago, whom Lucía walks with where there is one."""
    hers = {row.member for row in walk.assigned if row.worker == "lucia" and row.to_on is None}
    men = [
        home.head
        for home in homes
        if len(home.members) == 1 and home.head.gender == "M" and home.head.is_here(day) and home.head.state
    ]
    return max(men, key=lambda man: (man.code in hers, not man.marks, man.state == "GRO", man.code))


def _family_of(man: Member, day: date) -> tuple[Behind, ...]:
    born, since = man.born_on.year, man.joined_on
    return (
        Behind(
            man.code,
            "Rosa",
            "partner",
            "partner",
            born + 2,
            "in_juarez",
            None,
            "yes",
            "through_member",
            "Only in the evening, and never where we are.",
            since,
        ),
        Behind(
            man.code,
            "Luz",
            "child",
            "child",
            max(born + 20, day.year - 8),
            "in_juarez",
            None,
            "yes",
            "through_member",
            None,
            since,
        ),
        Behind(
            man.code, "Doña Mague", "parent", "parent", born - 24, "in_mexico", "MX-GRO", "unknown", "no", None, since
        ),
    )


def _others(seed: int, day: date, homes: tuple[Household, ...], alone: Member) -> list[Behind]:
    found = []
    for home in homes:
        chance, head = Chance(seed, "behind", home.code), home.head
        if head.code == alone.code or not head.is_here(day) or not chance.happens(SHARE_BEHIND):
            continue
        side = chance.weighted({"parent": 0.4, "sibling": 0.3, "child": 0.3})
        years = {"parent": -25, "sibling": 3, "child": 23}[side]
        place = chance.weighted({"in_mexico": 0.6, "in_juarez": 0.25, "unknown": 0.15})
        found.append(
            Behind(
                member=head.code,
                called=chance.one(BEHIND),
                role=side,
                side=side,
                born=min(head.born_on.year + years, day.year - 1),
                place=place,
                state=f"MX-{head.state}" if place == "in_mexico" and head.state else None,
                in_danger=chance.weighted({"unknown": 0.5, "yes": 0.3, "no": 0.2}),
                contact=chance.weighted({"unknown": 0.4, "through_member": 0.4, "no": 0.2}),
                note=None,
                since_on=head.joined_on,
            )
        )
    return found


def _asked(seed: int, homes: tuple[Household, ...]) -> list[str]:
    """Everybody of the families that were asked who is where."""
    asked = (
        home
        for home in homes
        if len(home.members) > 1
        and (SHOWN & set(home.head.marks) or Chance(seed, "asked", home.code).happens(SHARE_ASKED))
    )
    return [one.code for home in asked for one in home.members]


def _ties(home: Household) -> list[Tie]:
    """Head and partner are partners and, as far as their ages say so, parents of the children."""
    head, found = home.head, []
    partner = next((one for one in home.members if one.role == "partner"), None)
    if partner:
        first, second = sorted((head.code, partner.code))
        found.append(Tie(first, "partner", second))
    for one in home.members[1:]:
        if one.role == "child":
            parents = [elder for elder in (head, partner) if elder and elder.born_on.year < one.born_on.year]
            found += [Tie(elder.code, "parent", one.code) for elder in parents]
        elif one.role == "parent" and one.born_on.year < head.born_on.year:
            found.append(Tie(one.code, "parent", head.code))
        elif one.role == "sibling":
            first, second = sorted((head.code, one.code))
            found.append(Tie(first, "sibling", second))
    return found


def _living(seed: int, day: date, homes: tuple[Household, ...], alone: Member) -> list[Living]:
    """Means of the households that came within twenty months and can't work yet; three in four were asked."""
    found = []
    for home in homes:
        chance, head = Chance(seed, "means", home.code), home.head
        came = (day - head.joined_on).days
        if not head.is_here(day) or came > ASKED_WITHIN or not (chance.happens(0.75) or head.code == alone.code):
            continue
        asked_on = day - timedelta(days=chance.below(min(came, 35) + 1))
        permit_on = max(head.arrived_on + timedelta(days=chance.between(300, 560)), calendar.months_later(day, 1))
        kind = chance.weighted({"relative": 0.45, "friend": 0.2, "community": 0.15, "shelter": 0.15, "nobody": 0.05})
        promise = None
        if chance.happens(0.3):
            until = day + timedelta(days=7 * chance.between(3, 12))
            promise = (
                chance.weighted({"both": 0.4, "living": 0.3, "roof": 0.3}),
                "Parroquia Ejemplo",
                "What they can, month by month",
                until,
            )
        found.append(
            Living(
                member=head.code,
                asked_on=asked_on,
                host_kind=kind,
                host="A cousin of the mother" if kind == "relative" else None,
                roof_until=None
                if kind in ("nobody", "relative")
                else asked_on + timedelta(days=7 * chance.between(4, 26)),
                eaters=len(home.members) + chance.below(3),
                weeks=chance.between(2, 18),
                permit_on=permit_on,
                promise=promise,
            )
        )
    return found
