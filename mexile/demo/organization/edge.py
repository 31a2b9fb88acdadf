"""The cases at the edge that a system of this field must get right, planted on purpose.

Legal ones keep their absolute dates, whatever day the organization is laid for.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

from mexile.demo.organization import calendar
from mexile.demo.organization.chance import Chance
from mexile.demo.organization.household import Household, Member
from mexile.demo.organization.names import KICHE, Name

LEAP_DAY = date(2024, 2, 29)
FAMILY = ("María Guadalupe", "Arturo", "Daniela", "Mateo", "Lucero")
FAMILY_SURNAMES = ("Ríos Salas", "Pineda Cano", "Pineda Ríos", "Pineda Ríos", "Pineda Ríos")
KICHE_GIVEN = ("Domingo", "Juana", "Manuela", "Diego")


def planted(homes: tuple[Household, ...], day: date) -> tuple[Household, ...]:
    """The households with the edge cases put into those that fit, each in one of its own."""
    found = list(homes)
    taken: set[int] = set()
    for fits, change in _cases(day):
        place = next(n for n in reversed(range(len(found))) if n not in taken and fits(found[n]))
        taken.add(place)
        found[place] = replace(found[place], members=change(found[place].members))
    return tuple(found)


People = tuple[Member, ...]
Case = tuple[Callable[[Household], bool], Callable[[People], People]]


def _cases(day: date) -> list[Case]:
    """Which household each case wants, and what it makes of its people. First come, first served."""

    def here(size: int, months: int, least: int = 0) -> Callable[[Household], bool]:
        """As many people, with us for at least `months`."""
        before = calendar.months_later(day, -months)
        after = calendar.months_later(day, -least) if least else date.min
        return lambda home: (
            len(home.members) == size and home.head.left_on is None and after <= home.head.joined_on <= before
        )

    alone = here(1, 10)
    return [
        (here(5, 12), _family_of_five),
        (here(3, 8), _family_in_court),
        (here(1, 8), lambda people: _marked(people, "checked_in")),
        (here(4, 40), _kiche_family),
        (here(2, 14), _leap_day),
        (here(1, 36), lambda people: _named(people, "Jorge Alberto", "Medina Torres", "homonym")),
        (here(2, 20), lambda people: _named(people, "Jorge Alberto", "Medina Torres", "homonym")),
        (here(3, 24), lambda people: _ageing_out(people, day)),
        (here(2, 9), lambda people: _marked(people, "vawa")),
        (here(1, 26), lambda people: _deceased(people, day)),
        (here(1, 30), lambda people: _marked(people, "lawful_status")),
        (here(1, 18), lambda people: _marked(people, "work_permit_gap")),
        (here(2, 12), lambda people: _detained_at_border(people)),
        (here(1, 22), lambda people: _marked(people, "in_absentia")),
        (here(1, 58), lambda people: _marked(people, "stale_rule")),
        (alone, lambda people: _marked(people, "thanksgiving")),
        (alone, lambda people: _marked(people, "fee_due")),
    ]


def _marked(people: People, mark: str) -> People:
    return (replace(people[0], marks=(*people[0].marks, mark)), *people[1:])


def _named(people: People, given: str, surnames: str, mark: str) -> People:
    """Two people with the same given names and both surnames, who aren't the same person."""
    first = replace(people[0], name=Name(given, surnames), gender="M")
    return _marked((first, *people[1:]), mark)


def _family_of_five(people: People) -> People:
    """The family of the walk: a mother, a father, three children."""
    roles = ("head", "partner", "child", "child", "child")
    genders = ("F", "M", "F", "M", "F")
    head = replace(people[0], born_on=date(1987, 5, 17), left_on=None)
    born = (head.born_on, date(1984, 3, 2), date(2011, 6, 9), date(2014, 1, 20), date(2018, 10, 4))
    profiles = (head.profile, "family_member", "child", "child", "child")
    return tuple(
        replace(
            head,
            code=member.code,
            role=roles[n],
            name=Name(FAMILY[n], FAMILY_SURNAMES[n]),
            gender=genders[n],
            born_on=born[n],
            profile=profiles[n],
            nationality="MX",
            state="CHH",
            language="spa",
            safe_contact="whatsapp" if n < 2 else head.safe_contact,
            phone=head.phone if n == 0 else None,
            email=head.email if n == 0 else None,
            persecutor=head.persecutor if n == 0 else None,
            marks=("walk",),
        )
        for n, member in enumerate(people)
    )


def _family_in_court(people: People) -> People:
    """A mother and two children, before the judge on the morning of the walk."""
    head = replace(people[0], name=Name("Ana", "Galindo Meza"), gender="F", marks=("court",))
    surnames = "Soto Galindo"
    return (
        head,
        *(
            replace(
                member,
                role="child",
                name=Name(given, surnames),
                gender=gender,
                profile="child",
                born_on=born,
                safe_contact=head.safe_contact,
                phone=None,
            )
            for member, given, gender, born in zip(
                people[1:], ("Ximena", "Emiliano"), "FM", (date(2013, 8, 2), date(2017, 2, 11)), strict=True
            )
        ),
    )


def _kiche_family(people: People) -> People:
    """Guatemalan, K'iche' speaking, sent back to Mexico under MPP and later detained."""
    chance = Chance(0, "kiche")
    surnames = f"{chance.one(KICHE[:4])} {chance.one(KICHE[4:])}"
    return tuple(
        replace(
            member,
            name=Name(KICHE_GIVEN[n], surnames),
            gender="MFFM"[n],
            nationality="GT",
            state=None,
            language="quc",
            entry="mpp",
            profile="indigenous_auth" if n == 0 else member.profile,
            marks=("kiche", "mpp") if n else ("kiche", "mpp", "once_detained"),
        )
        for n, member in enumerate(people)
    )


def _leap_day(people: People) -> People:
    joined = max(people[0].joined_on, LEAP_DAY)
    return _marked(tuple(replace(m, arrived_on=LEAP_DAY, joined_on=joined) for m in people), "leap_day")


def _ageing_out(people: People, day: date) -> People:
    """A child who turns 21 in six weeks and then no longer follows the parent's case."""
    birthday = day + timedelta(days=42)
    born = calendar.months_later(birthday, -21 * 12)
    head = replace(people[0], born_on=min(people[0].born_on, calendar.months_later(born, -20 * 12)))
    child = replace(people[-1], role="child", born_on=born, profile="family_member", marks=("ageing_out",))
    return (head, *people[1:-1], child)


def _deceased(people: People, day: date) -> People:
    died = calendar.months_later(day, -5)
    return _marked((replace(people[0], left_on=died, left_because="deceased"),), "deceased")


def _detained_at_border(people: People) -> People:
    """Moved from El Paso to Otero, New Mexico: another circuit, another law."""
    return _marked((replace(people[0], entry="between_ports"), *people[1:]), "transfer")
