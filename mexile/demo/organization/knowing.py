"""What is known of the invented people beside their names: whom they flee from, how to reach them, their plans.

Groups, villages and sentences are of no real case; kinds and shares are the recipe's.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, time, timedelta

from mexile.demo.organization import names
from mexile.demo.organization.chance import Chance
from mexile.demo.organization.household import SHOWN, Household, Member

GROUPS = ("Los del Cerro Quemado", "La Mesa", "Gente del Gavilán", "Los Tejones", "Los de la Curva", "El Licenciado N")
STATES = {"sedena", "state_police", "muni_police", "gn"}
REACH = {
    "sedena": "national",
    "gn": "national",
    "c_sinaloa": "national",
    "c_cjng": "national",
    "muni_police": "municipal",
}
HARMS = {
    "journalist": ("death_threat", "surveillance", "censorship"),
    "searcher": ("disappearance", "threat", "stalking"),
    "business": ("extortion", "threat", "property"),
    "ex_police": ("attempt", "death_threat"),
    "woman_gbv": ("assault", "sexual", "threat"),
    "land_env": ("eviction", "threat", "criminalisation"),
    "hrd": ("death_threat", "surveillance", "raid"),
}
USUAL = ("threat", "death_threat", "displacement", "murder", "stalking", "kidnap")
VILLAGES = ("Pueblo Ejemplo", "Santa Cruz Ejemplo", "San Pedro Ejemplo", "Cerro Ejemplo")
SHELTERS = ("MX-MEX", "MX-CMX", "MX-MOR", "MX-PUE", "MX-QUE", "MX-CHH", "MX-BCN")
HAPPENED = (
    "Llamadas de números desconocidos, de noche.",
    "Una camioneta sin placas pasaba frente a la casa.",
    "Preguntaron por la familia en la escuela.",
    "Dejaron un recado en la puerta.",
)
FOUND = (
    "Por un familiar a quien presionaron.",
    "Por una fotografía que alguien publicó.",
    "No se sabe cómo.",
    "Porque tuvo que presentarse ante una autoridad.",
)
PAUSES = ("their_wish", "waiting_answer", "health", "no_answer")
MARRIED = ("de Ejemplo", "de Inventado", "de Muestra")
MEDICINE = (
    "Insulina dos veces al día.",
    "Pastillas para la presión, en la mañana.",
    "Inhalador; lo lleva consigo.",
    "Ninguna.",
)


@dataclass(frozen=True)
class Reaching:
    """One way to reach a person, with its rules."""

    kind: str
    value: str
    code_name: str | None = None
    no_voicemail: bool = False
    no_content: bool = False
    is_shared: bool = False
    days: str = "1111111"
    from_at: time | None = None
    to_at: time | None = None


@dataclass(frozen=True)
class Stayed:
    """A place lived after the first threat; months are what people remember."""

    state: str
    begin: date
    end: date
    happened: str
    found: str


@dataclass(frozen=True)
class Planned:
    """An emergency plan: who collects which child, what else to know."""

    children: tuple[tuple[str, str, str], ...]
    medicine: str
    tell: str
    tell_consulate: bool | None


@dataclass(frozen=True)
class Known:
    """All of it, of one person."""

    code: str
    persecutors: tuple[tuple[str, str | None, str, bool], ...] = ()
    harms: tuple[str, ...] = ()
    entry: tuple[str, date, str] | None = None
    languages: tuple[tuple[str, str, str | None, bool], ...] = ()
    ways: tuple[Reaching, ...] = ()
    stays: tuple[Stayed, ...] = field(default=())
    plan: Planned | None = None
    a_number: str | None = None
    other_names: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    earlier: tuple[str, date] | None = None
    paused: tuple[str, date, date | None] | None = None


def known(seed: int, homes: tuple[Household, ...], day: date) -> list[Known]:
    """What is known of every person of these households on a day."""
    found: list[Known] = []
    for home in homes:
        for member in home.members:
            one = _person(Chance(seed, "known", member.code), home, member, len(found) + 1)
            found.append(_more(Chance(seed, "more", member.code), one, member, day))
    return found


def _more(chance: Chance, one: Known, member: Member, day: date) -> Known:
    """What only some have: other names, a second nationality, an earlier arrival, a pause."""
    if member.profile == "child":
        return one
    paused = chance.happens(0.04) and not SHOWN & set(member.marks) and member.left_on is None and not member.marks
    since = max(member.joined_on, day - timedelta(days=chance.between(5, 70)))
    came = member.arrived_on - timedelta(days=chance.between(400, 2400))
    return replace(
        one,
        other_names=_other_names(chance, member) if chance.happens(0.2) else (),
        countries=(chance.one(("US", "GT", "ES")),) if chance.happens(0.05) and member.nationality == "MX" else (),
        earlier=(chance.one(("visa_bcc", "between_ports")), came.replace(day=1)) if chance.happens(0.07) else None,
        paused=(chance.one(PAUSES), since, day + timedelta(days=chance.between(-3, 40))) if paused else None,
    )


def _other_names(chance: Chance, member: Member) -> tuple[str, ...]:
    """How a paper spells the name, or the first surname alone, as people are called here."""
    given, surnames = member.name.given, member.name.surnames.split()
    short = f"{given.split()[0]} {surnames[0]}"
    turned = f"{short} {chance.one(MARRIED)}" if member.gender == "F" else f"{given} {surnames[-1]}"
    return (turned,) if chance.happens(0.7) else (turned, short)


def _person(chance: Chance, home: Household, member: Member, number: int) -> Known:
    is_head, is_shown = member.role == "head", bool(SHOWN & set(member.marks))
    is_grown = member.profile != "child"
    return Known(
        member.code,
        persecutors=_persecutors(chance, member) if is_head else (),
        harms=_harms(chance, member) if is_head else (),
        entry=_entry(chance, member),
        languages=_languages(chance, member),
        ways=_ways(chance, member, is_shown) if is_grown else (),
        stays=_stays(chance, member) if is_head and (is_shown or chance.happens(0.35)) else (),
        plan=_plan(chance, home, is_shown) if is_head and (is_shown or chance.happens(0.55)) else None,
        a_number=f"{number:09d}" if is_grown and (is_shown or chance.happens(0.7)) else None,
    )


def _persecutors(chance: Chance, member: Member) -> tuple[tuple[str, str | None, str, bool], ...]:
    kind = member.persecutor or "unknown"
    is_state = kind in STATES
    name = None if is_state or kind in ("unknown", "c_unknown") or not chance.happens(0.4) else chance.one(GROUPS)
    first = (kind, name, REACH.get(kind, "state" if kind == "state_police" else "regional"), is_state)
    if not is_state and chance.happens(0.25):
        return first, ("muni_police", None, "municipal", True)
    return (first,)


def _harms(chance: Chance, member: Member) -> tuple[str, ...]:
    likely = HARMS.get(member.profile, USUAL)
    return tuple(sorted({*chance.some(likely, chance.between(1, 2)), *chance.some(USUAL, 1)}))


def _entry(chance: Chance, member: Member) -> tuple[str, date, str]:
    manner = {"other": "visa_other"}.get(member.entry, member.entry)
    if chance.happens(0.08):
        return manner, member.arrived_on.replace(day=1), "month"
    return manner, member.arrived_on, "day"


def _languages(chance: Chance, member: Member) -> tuple[tuple[str, str, str | None, bool], ...]:
    if member.language in ("spa", "eng"):
        return ((member.language, "first", None, False),)
    return (
        (member.language, "first", chance.one(VILLAGES), True),
        ("spa", chance.one(("some", "well", "understands")), None, False),
    )


def _ways(chance: Chance, member: Member, is_shown: bool) -> tuple[Reaching, ...]:
    if not member.phone or member.safe_contact in ("in_person", "via_attorney"):
        return ()
    phone = Reaching(
        "phone",
        member.phone,
        code_name=chance.one(("Luna", "la maestra", "Don Chava", "la prima")) if chance.happens(0.2) else None,
        no_voicemail=member.safe_contact == "call_only" or chance.happens(0.3),
        no_content=chance.happens(0.25),
        is_shared=chance.happens(0.2),
    )
    if is_shown or chance.happens(0.3):
        phone = replace(phone, from_at=time(17), to_at=time(20, 30))
    if chance.happens(0.15):
        phone = replace(phone, days="1111100")
    if member.safe_contact in ("signal", "whatsapp"):
        return phone, replace(phone, kind=member.safe_contact)
    return (phone,)


def _stays(chance: Chance, member: Member) -> tuple[Stayed, ...]:
    """One to three places in the two years before the arrival, each after the other."""
    count = chance.between(1, 3)
    begin = _months_before(member.arrived_on, 3 + 6 * count)
    found = []
    for place in range(count):
        end = _months_before(member.arrived_on, 3 + 6 * (count - place - 1) + chance.between(0, 2))
        state = f"MX-{member.state}" if place == 0 and member.state else chance.one(SHELTERS)
        found.append(Stayed(state, begin, end, chance.one(HAPPENED), chance.one(FOUND)))
        begin = _months_before(end, -1)
    return tuple(found)


def _months_before(day: date, months: int) -> date:
    """The first of the month so many months before."""
    number = day.year * 12 + day.month - 1 - months
    return date(number // 12, number % 12 + 1, 1)


def _plan(chance: Chance, home: Household, is_shown: bool) -> Planned:
    young = [member for member in home.members if member.profile == "child"]
    children = tuple(
        (child.called, str(names.draw(chance, "F")), f"+19155550{100 + chance.below(100)}") for child in young[:4]
    )
    consulate = False if is_shown else chance.one((True, False, None))
    return Planned(children, chance.one(MEDICINE), "A la hermana, que llame a la oficina y a nadie más.", consulate)
