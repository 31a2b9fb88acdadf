"""Inquiries: people who asked. Those not taken exist as counts only after ninety days."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from mexile.demo.organization import calendar
from mexile.demo.organization.chance import Chance
from mexile.demo.organization.household import Household, Member
from mexile.demo.organization.recipe import recipe

KEPT = timedelta(days=90)


@dataclass(frozen=True)
class Inquiries:
    """How many asked, and what came of it; `after_the_film` is the wave a film set off."""

    total: int
    first_conversations: int
    in_juarez: int
    households_taken: int
    referred: int
    stayed_or_elsewhere: int
    waiting: int
    lost: int
    after_the_film: dict[str, int]

    @property
    def answered(self) -> int:
        """What became of the first conversations."""
        return self.households_taken + self.referred + self.stayed_or_elsewhere + self.waiting + self.lost


def inquiries() -> Inquiries:
    row = recipe()["inquiries"]
    return Inquiries(
        total=row["total"],
        first_conversations=row["first_conversations"],
        in_juarez=row["of_them_in_juarez"],
        households_taken=row["households_taken"],
        referred=row["referred"],
        stayed_or_elsewhere=row["stayed_or_elsewhere"],
        waiting=row["waiting"],
        lost=row["lost"],
        after_the_film=dict(row["after_the_film"]),
    )


@dataclass(frozen=True)
class Asked:
    """One person who asked. `head`: the member they became; `decision` None is still undecided."""

    number: int
    asked_on: date
    alias: str
    safe_contact: str
    phone: str
    answers: str
    urgency: str
    country: str
    state: str | None
    profile: str
    heard_of_us: str
    talked_on: date | None
    place: str | None
    wish: str | None
    decision: str | None
    decided_on: date | None
    due_on: date
    head: str | None = None

    def is_forgotten(self, day: date) -> bool:
        """Not taken, and the decision is ninety days old."""
        return self.head is None and self.decided_on is not None and self.decided_on + KEPT <= day


ALIASES = (
    "Amate Cedro Ceiba Colorín Garza Girasol Jacaranda Laurel Lirio Madroño Maguey Mezquite Milpa Nube Paloma "
    "Papalote Piedra Roble Sabino Tepozán Tule Venado Viento Zarzamora Zenzontle"
).split()
CALLER = "Luciérnaga"
"""Who waits for an answer today: from Guerrero, searching for somebody, heard of us by the film."""


def asked(seed: int, day: date, homes: Sequence[Household]) -> tuple[Asked, ...]:
    """Everybody who ever asked, in the order in which they did."""
    plan, chance = inquiries(), Chance(seed, "inquiries")
    film_on = day - timedelta(weeks=int(plan.after_the_film["weeks"]))
    places = chance.deal(
        {"office": 192, "juarez": plan.in_juarez, "phone": 60, "safe_place": 40}, plan.first_conversations
    )
    rows = [_taken(chance, home.head, place, day) for home, place in zip(homes, places, strict=False)]
    recent = sum(1 for row in rows if row.asked_on > film_on)
    rows += _untaken(chance, plan, day, film_on, plan.after_the_film["inquiries"] - recent, places[len(rows) :])
    rows.sort(key=lambda row: (row.asked_on, row.alias))
    return tuple(replace(row, number=number) for number, row in enumerate(rows, start=1))


def _taken(chance: Chance, head: Member, place: str, day: date) -> Asked:
    asked_on = head.joined_on - timedelta(days=chance.between(6, 30))
    talked_on = asked_on + timedelta(days=chance.between(1, 5))
    return Asked(
        number=0,
        asked_on=asked_on,
        alias=chance.one(ALIASES),
        safe_contact=head.safe_contact,
        phone=_phone(chance),
        answers=_answers(chance),
        urgency=chance.weighted(URGENCY),
        country=head.nationality,
        state=head.state,
        profile=head.profile,
        heard_of_us=chance.weighted(HEARD),
        talked_on=min(talked_on, day),
        place=place,
        wish="go_on",
        decision="represent" if chance.happens(0.82) else "accompany",
        decided_on=min(max(head.joined_on, talked_on), day),
        due_on=asked_on + timedelta(days=14),
        head=head.code,
    )


def _untaken(
    chance: Chance, plan: Inquiries, day: date, film_on: date, after_film: int, places: Sequence[str]
) -> list[Asked]:
    """Those who were not taken, and those who still wait. The wave after the film comes first in the dealing."""
    talked = ["refer"] * plan.referred + ["stayed"] * 39 + ["elsewhere"] * (plan.stayed_or_elsewhere - 39)
    talked += ["lost"] * plan.lost
    silent = plan.total - plan.first_conversations - UNTALKED
    ends = chance.shuffled([(word, True) for word in talked] + [("cannot", False)] * silent)
    waits = [(None, True)] * plan.waiting + [(None, False)] * UNTALKED
    new, old = waits + ends[: after_film - len(waits)], ends[after_film - len(waits) :]
    states = _film_states(chance, plan, after_film)
    left = list(places)
    rows = []
    for number, (decision, is_talked) in enumerate(new):
        asked_on = _recent(chance, day, film_on, decision is None, number)
        rows.append(
            _one(chance, day, asked_on, states[number], decision, left.pop() if is_talked else None, is_film=True)
        )
    for decision, is_talked in old:
        asked_on = calendar.beginning(day) + timedelta(days=chance.below((film_on - calendar.beginning(day)).days))
        state = chance.weighted(ORIGIN)
        rows.append(_one(chance, day, asked_on, state, decision, left.pop() if is_talked else None))
    first = next(
        n for n, row in enumerate(rows) if row.decision is None and row.talked_on is None and row.state == "GRO"
    )
    rows[first] = _caller(rows[first], day)
    return rows


def _film_states(chance: Chance, plan: Inquiries, count: int) -> list[str]:
    known = {name: plan.after_the_film[name] for name in ("GRO", "HID", "MEX")}
    states = [name for name, number in known.items() for _ in range(number)]
    states = states[:count] + ["CHH"] * (count - len(states))
    return chance.shuffled(states)


def _recent(chance: Chance, day: date, film_on: date, waits: bool, number: int) -> date:
    """Who waits asked in the last two weeks; three have waited longer, and the list says so in red."""
    if waits:
        return day - timedelta(days=chance.between(15, 19) if number < 3 else chance.below(14))
    return film_on + timedelta(days=chance.between(1, 40))


def _one(
    chance: Chance,
    day: date,
    asked_on: date,
    state: str,
    decision: str | None,
    place: str | None,
    is_film: bool = False,
) -> Asked:
    talked_on = min(asked_on + timedelta(days=chance.between(1, 6)), day) if place else None
    decided_on = min(asked_on + timedelta(days=chance.between(7, 14)), day) if decision else None
    wishes = {"stayed": "stay", "elsewhere": "other_country", "refer": "go_on", "lost": "thinking"}
    wish = wishes.get(decision or "") or chance.one(("go_on", "go_on", "thinking", "wait"))
    country = "MX" if is_film or chance.happens(0.95) else "GT"
    return Asked(
        number=0,
        asked_on=asked_on,
        alias=chance.one(ALIASES),
        safe_contact=chance.one(("signal", "whatsapp", "call_only", "no_sms")),
        phone=_phone(chance),
        answers=_answers(chance),
        urgency=chance.weighted(URGENCY),
        country=country,
        state=state if country == "MX" else None,
        profile=chance.weighted(recipe()["members"]["profile"]),
        heard_of_us="film" if is_film and chance.happens(0.8) else chance.weighted(HEARD),
        talked_on=talked_on,
        place=place,
        wish=wish if place else None,
        decision=decision,
        decided_on=decided_on,
        due_on=max(day + timedelta(days=chance.between(0, 9)), asked_on)
        if decision is None
        else asked_on + timedelta(days=14),
    )


def _caller(row: Asked, day: date) -> Asked:
    return replace(
        row,
        asked_on=day - timedelta(days=1),
        alias=CALLER,
        safe_contact="signal",
        answers="nora",
        urgency="days",
        country="MX",
        profile="searcher",
        heard_of_us="film",
        due_on=day,
    )


def _phone(chance: Chance) -> str:
    return f"+1 915 555 01{chance.below(100):02d}"


def _answers(chance: Chance) -> str:
    return chance.weighted({"nora": 0.7, "lucia": 0.15, "ximena": 0.15})


URGENCY = {"danger": 0.08, "days": 0.22, "weeks": 0.4, "asking": 0.3}
HEARD = {"press": 0.18, "coalition": 0.3, "member": 0.3, "lawyer": 0.12, "film": 0.04, "other": 0.06}
ORIGIN = {"CHH": 0.34, "GRO": 0.17, "MIC": 0.12, "TAM": 0.09, "ZAC": 0.08, "SIN": 0.07, "DUR": 0.07, "VER": 0.06}
UNTALKED = 12
"""How many wait for a first conversation."""
