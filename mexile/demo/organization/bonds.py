"""What came of each time in custody: how it ended, the bond that was asked for, the supervision after it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from mexile.demo.organization.chance import Chance
from mexile.demo.organization.custody import Stay
from mexile.demo.organization.household import Member

REFUSED = ("mandatory", "mandatory", "flight", "no_relative", "no_income", "none_given")
PAID = ("family", "family", "bond_fund", "us")
STATED = {
    "mandatory": "He said he has no authority since she entered without inspection.",
    "flight": "He said nobody would come back to a hearing in two years.",
    "no_relative": "She asked for a relative with papers. There is none.",
    "no_income": "He said cleaning houses is no income.",
    "none_given": "Denied in four minutes, no reason given.",
}


@dataclass(frozen=True)
class Asked:
    """A bond that was asked for, and what came of it."""

    on: date
    decided_on: date | None = None
    decision: str | None = None
    reason: str | None = None
    stated: str | None = None
    cents: int | None = None
    payer: str | None = None
    posted_on: date | None = None
    returned_on: date | None = None


@dataclass(frozen=True)
class Watched:
    """Reporting to an office after release."""

    kind: str
    every: str
    monitor: str
    from_on: date
    to_on: date | None


@dataclass(frozen=True)
class Held:
    """One time in custody with its places, its bond and what followed."""

    member: str
    places: tuple[tuple[str, date], ...]
    from_on: date
    to_on: date | None
    how: str | None
    bond: Asked | None
    watched: Watched | None


def held(seed: int, day: date, stays: tuple[Stay, ...], members: dict[str, Member]) -> tuple[Held, ...]:
    """Every time in custody: stays that follow one another in two places are one with a transfer."""
    return tuple(_held(Chance(seed, "held", code), day, run, members[code]) for code, run in _runs(stays))


def _runs(stays: tuple[Stay, ...]) -> Iterator[tuple[str, list[Stay]]]:
    by_member: dict[str, list[list[Stay]]] = {}
    for stay in sorted(stays, key=lambda stay: (stay.member, stay.from_on)):
        runs = by_member.setdefault(stay.member, [])
        if runs and runs[-1][-1].to_on == stay.from_on:
            runs[-1].append(stay)
        else:
            runs.append([stay])
    return ((code, run) for code, runs in by_member.items() for run in runs)


def _held(chance: Chance, day: date, run: list[Stay], member: Member) -> Held:
    first, last = run[0], run[-1]
    end = last.to_on if last.to_on and last.to_on <= day else None
    bond = _asked(chance, day, first.from_on, end)
    how = None
    if end:
        how = "bond" if bond and bond.posted_on else chance.one(("parole", "ror", "atd", "osup"))
    return Held(
        member.code,
        tuple((stay.place, stay.from_on) for stay in run),
        first.from_on,
        end,
        how,
        bond,
        _watched(chance, end, day) if end and how != "ror" else None,
    )


def _asked(chance: Chance, day: date, since: date, end: date | None) -> Asked | None:
    until = end or day
    room = (until - since).days
    if room < 12 or not chance.happens(0.6):
        return None
    on = since + timedelta(days=min(10, room // 3))
    decided = on + timedelta(days=min(14, max(room // 4, 1)))
    if decided >= until:
        return Asked(on)
    if end and chance.happens(0.55):
        returned = until + timedelta(days=400)
        return Asked(
            on,
            decided,
            "granted",
            cents=chance.one((150_000, 300_000, 500_000, 750_000)),
            payer=chance.one(PAID),
            posted_on=until,
            returned_on=returned if returned <= day and chance.happens(0.4) else None,
        )
    reason = chance.one(REFUSED)
    return Asked(on, decided, "denied", reason=reason, stated=STATED[reason])


def _watched(chance: Chance, since: date, day: date) -> Watched | None:
    if not chance.happens(0.7):
        return None
    kind = chance.one(("ice", "isap", "isap", "osup"))
    monitor = chance.one(("ankle", "phone_app", "phone_app", "wrist")) if kind == "isap" else "none"
    over = since + timedelta(days=chance.between(200, 500))
    return Watched(
        kind, chance.one(("month", "quarter", "half_year", "year")), monitor, since, over if over <= day else None
    )
