"""Cases: one for each household's head, with the family included, its proceeding, its judge.

Judges have no names here but letters: no real person stands in the demo.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from mexile.demo.organization.chance import Chance
from mexile.demo.organization.custody import Stay
from mexile.demo.organization.household import Household, Member

COURT, DETAINED, OTERO, USCIS = "PL-0002", "PL-0003", "PL-0004", "PL-0011"
INCLUDED = ("partner", "child")
POSTURES = {
    "visa": {"affirmative": 0.45, "affirmative_hold": 0.25, "removal": 0.2, "pre_filing": 0.1},
    "other": {
        "removal": 0.66,
        "bia": 0.12,
        "withholding_only": 0.06,
        "final_order": 0.06,
        "cfi": 0.04,
        "circuit": 0.06,
    },
}
FORUMS = {"affirmative": "uscis", "affirmative_hold": "uscis", "bia": "bia", "circuit": "circuit", "pre_filing": None}
SOURCES = {"notice": 0.35, "portal": 0.3, "phone": 0.2, "in_court": 0.1, "attorney": 0.05}
CAUSES = {"court": 0.4, "government": 0.25, "applicant": 0.25, "neutral": 0.1}


@dataclass(frozen=True)
class JudgePlan:
    """A judge as a letter, with an appointment that nobody ever had."""

    name: str
    court: str
    appointed_on: date
    administration: str
    background: str


JUDGES = (
    JudgePlan("Juez A / Judge A", COURT, date(2018, 5, 14), "trump_1", "Government attorney before the appointment."),
    JudgePlan("Jueza B / Judge B", COURT, date(2010, 3, 8), "obama", "Private practice before the appointment."),
    JudgePlan("Juez C / Judge C", COURT, date(2022, 9, 12), "biden", "Legal aid attorney before the appointment."),
    JudgePlan("Jueza D / Judge D", DETAINED, date(2020, 1, 21), "trump_1", "Prosecutor before the appointment."),
    JudgePlan("Juez E / Judge E", OTERO, date(2025, 10, 6), "trump_2", "Military attorney before the appointment."),
)


@dataclass(frozen=True)
class CasePlan:
    """A case in plain values; people by their codes, court and judge by theirs."""

    number: int
    lead: str
    included: tuple[str, ...]
    posture: str
    forum: str | None
    opened_on: date
    filed_on: date | None
    court: str | None
    judge: int | None
    decided: str | None
    decided_on: date | None
    closed_on: date | None
    is_mpp: bool

    @property
    def people(self) -> tuple[str, ...]:
        return (self.lead, *self.included)


def cases(seed: int, day: date, homes: tuple[Household, ...], stays: tuple[Stay, ...]) -> tuple[CasePlan, ...]:
    """One case a household, in the order in which they came."""
    held = {stay.member: stay for stay in stays if stay.covers(day)}
    return tuple(_case(seed, day, n, home, held) for n, home in enumerate(homes, start=1))


def _case(seed: int, day: date, number: int, home: Household, held: dict[str, Stay]) -> CasePlan:
    chance, head = Chance(seed, "case", number), home.head
    posture = (
        "removal" if head.code in held else chance.weighted(POSTURES["visa" if head.entry == "visa_bcc" else "other"])
    )
    opened = min(head.joined_on + timedelta(days=chance.between(0, 30)), day)
    filed = opened + timedelta(days=chance.between(60, 300))
    granted = head.left_because == "status_granted"
    decided, decided_on = None, None
    if granted:
        posture, decided, decided_on = "granted", "asylum_grant", head.left_on
    elif posture in ("bia", "circuit", "final_order") and filed + timedelta(days=200) < day:
        decided, decided_on = "denied_removed", min(filed + timedelta(days=chance.between(200, 500)), day)
    return CasePlan(
        number=number,
        lead=head.code,
        included=tuple(_included(head, home)),
        posture=posture,
        forum=FORUMS.get(posture, "eoir"),
        opened_on=opened,
        filed_on=filed if filed <= day and posture != "pre_filing" else None,
        court=_court(posture, held.get(head.code)),
        judge=_judge(chance, posture, held.get(head.code)),
        decided=decided,
        decided_on=decided_on,
        closed_on=head.left_on,
        is_mpp=head.entry == "mpp",
    )


def _included(head: Member, home: Household) -> list[str]:
    return [member.code for member in home.members[1:] if member.role in INCLUDED]


def _court(posture: str, stay: Stay | None) -> str | None:
    if stay:
        return OTERO if stay.place in ("Otero", "Torrance") else DETAINED
    if posture in ("affirmative", "affirmative_hold"):
        return USCIS
    return None if posture == "pre_filing" else COURT


def _judge(chance: Chance, posture: str, stay: Stay | None) -> int | None:
    if stay:
        return 4 if stay.place in ("Otero", "Torrance") else 3
    return None if posture in ("affirmative", "affirmative_hold", "pre_filing") else chance.below(3)


def seen_days(seed: int, number: int) -> int | None:
    """How many days ago somebody made sure of the date with this number; None: nobody yet."""
    chance = Chance(seed, "seen", number)
    if chance.happens(0.58):
        return chance.below(6)
    return chance.one((8, 10, 12, 16, 19, 19, 24)) if chance.happens(0.75) else None


def source_of(seed: int, number: int) -> str:
    return Chance(seed, "source", number).weighted(SOURCES)


def cause_of(seed: int, number: int) -> str:
    return Chance(seed, "cause", number).weighted(CAUSES)
