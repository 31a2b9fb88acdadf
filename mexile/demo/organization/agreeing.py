"""What people of the invented organization consented to, and who asked for their stories."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from mexile.demo.organization import calendar
from mexile.demo.organization.chance import Chance
from mexile.demo.organization.household import Household, Member

KINDS = {
    ("attorney", "attorney", "named"): 0.3,
    ("media_anon", "press", "initials"): 0.2,
    ("media_name", "press", "first_name"): 0.15,
    ("photo", "film", "first_name"): 0.1,
    ("funder_case", "funder", "anonymous"): 0.15,
    ("iachr", "rights_body", "named"): 0.1,
}
FIRST = (
    (("media_name", "film", "named"), 150, 215, None),
    (("media_name", "press", "first_name"), 330, 20, None),
    (("media_name", "press", "named"), 90, 275, None),
    (("media_anon", "press", "initials"), 400, -35, None),
    (("media_name", "press", "named"), 200, 165, 12),
    (("iachr", "rights_body", "named"), 60, 305, None),
)
"""The first six: (what, given days ago, ends in days, taken back days ago)."""


@dataclass(frozen=True)
class Agreed:
    """One consent of one member."""

    member: str
    purpose: str
    audience: str
    level: str
    given_on: date
    expires_on: date
    revoked_on: date | None
    withheld: str | None


@dataclass(frozen=True)
class Asked:
    """One request. ``chosen`` are members with the attorney's answer; then where it was published and what followed."""

    outlet_kind: str
    outlet: str
    asker: str
    contact: str
    wanted: str
    purpose: str
    audience: str
    level: str
    asked_on: date
    by_on: date
    chosen: tuple[tuple[str, str | None], ...]
    published: tuple[str, date] | None
    followed: tuple[tuple[str, date, str | None], ...]
    closed: str | None


@dataclass(frozen=True)
class Agreeing:
    consents: tuple[Agreed, ...]
    requests: tuple[Asked, ...]


def agreeing(seed: int, day: date, homes: tuple[Household, ...]) -> Agreeing:
    """Consents of every kind and age among grown people, and three requests for stories."""
    grown = [home.head for home in homes if home.head.is_here(day) and home.head.age(day) >= 18]
    told = Chance(seed, "agreeing").some(grown, 34)
    first = [_first(day, one, *kind) for one, kind in zip(told, FIRST, strict=False)]
    rest = [_one(Chance(seed, "agreed", one.code), day, one) for one in told[len(FIRST) :]]
    return Agreeing(tuple([*first, *rest]), _requests(day, told[0].code, told[2].code))


def _first(day: date, one: Member, kind: tuple[str, str, str], ago: int, ends: int, revoked: int | None) -> Agreed:
    # Nobody consents before we know them: who came later gave it on the day they came.
    given = max(day - timedelta(days=ago), one.joined_on)
    return Agreed(
        one.code,
        *kind,
        given_on=given,
        expires_on=max(day + timedelta(days=ends), given),
        revoked_on=max(day - timedelta(days=revoked), given) if revoked is not None else None,
        withheld="Nothing to the consulate, and not the town." if kind[0] == "iachr" else None,
    )


def _one(chance: Chance, day: date, one: Member) -> Agreed:
    given = max(day - timedelta(days=chance.below(520)), one.joined_on)
    return Agreed(one.code, *chance.weighted(KINDS), given, calendar.months_later(given, 12), None, None)


def _requests(day: date, filmed: str, wanted: str) -> tuple[Asked, ...]:
    return (
        Asked(
            "press",
            "El Diario de Ejemplo",
            "Rita Ejemplo",
            "rita@example.org",
            "An hour with somebody who reported in Guerrero, for a piece on the first year here.",
            "media_name",
            "press",
            "first_name",
            day - timedelta(days=9),
            day - timedelta(days=2),
            ((wanted, None),),
            None,
            (),
            None,
        ),
        Asked(
            "congress",
            "Office of Representative Ejemplo",
            "Sam Ejemplo",
            "915-555-0188",
            "A person who would tell a hearing what waiting without a permit means.",
            "media_anon",
            "press",
            "anonymous",
            day - timedelta(days=3),
            day + timedelta(days=9),
            (),
            None,
            (),
            None,
        ),
        Asked(
            "film",
            "The Second Line (invented)",
            "Ana Ejemplo",
            "ana@example.org",
            "A film on those who walk along, four days of shooting in El Paso.",
            "media_name",
            "film",
            "named",
            day - timedelta(days=140),
            day - timedelta(days=100),
            ((filmed, "yes"),),
            ("Shown at a festival, Ciudad Ejemplo", day - timedelta(days=60)),
            (("callers", day - timedelta(days=55), None), ("support", day - timedelta(days=40), None)),
            "done",
        ),
    )
