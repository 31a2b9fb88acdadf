"""The facts of an act of service, all that can be wrong with them, and how acts are counted."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from datetime import date
from typing import Any, NamedTuple

from mexile.ground.dates import format_short_day
from mexile.ground.errors import Problem

MOST_MINUTES = 24 * 60
MODES = ("in_person", "phone", "video", "message")
MOST_PEOPLE = 500
BEFORE_INTAKE = "before_intake"
AGAIN = "again"
QUESTIONS = (BEFORE_INTAKE, AGAIN)
"""Places of problems that one tick answers."""

WHO = Problem("people", "Who was it for?", "¿Para quién fue?")
WHAT = Problem("type_code", "What was done?", "¿Qué se hizo?")
MINUTES = Problem(
    "minutes",
    "A day has 24 hours. Write the time in minutes, at most 1440.",
    "Un día tiene 24 horas. Escriba el tiempo en minutos, 1440 como máximo.",
)
MONEY = Problem("amount_cents", "How many dollars was it?", "¿Cuántos dólares fueron?")
TOO_MANY = Problem(
    "people",
    "That many people are logged as an event of their own.",
    "Tantas personas se registran como un evento aparte.",
)


@dataclass(frozen=True)
class Note:
    """A note that was sealed before the write: the act's row id, the key and the text."""

    rid: bytes
    key_id: bytes
    note_enc: bytes


class Kind(NamedTuple):
    """One kind of service with what is usual for it."""

    code: str
    en: str
    es: str
    category: str
    unit: str
    counts: str
    minutes: int
    place: str
    mode: str
    words_en: str
    words_es: str
    retired_on: date | None

    def name(self, lang: str) -> str:
        return self.es if lang == "es" else self.en


@dataclass(frozen=True)
class Recipient:
    """A member a service is about to be logged for; nothing sealed."""

    id: int
    code: str
    key_id: bytes
    joined_on: date
    is_closed: bool


@dataclass(frozen=True)
class Already:
    """That one of the people has this service on this day: logged by whom, under which code. Of somebody whom the
    viewer may not know of only who logged it is said."""

    id: int
    code: str
    service: str
    by: str


@dataclass(frozen=True, kw_only=True)
class Facts:
    """What is written of an act: the one list of it. Each fact has the name of its column in `service`; the forms ask
    for it under that name, and whatever logs, lists, repeats or corrects a service takes all of them."""

    on: date
    minutes: int | None = None
    quantity: int | None = None
    amount_cents: int | None = None
    place: str | None = None
    mode: str | None = None
    others: int = 0
    event_id: int | None = None


FACTS = tuple(fact.name for fact in fields(Facts))


def facts_of(record: object) -> dict[str, Any]:
    """The facts of an act, or of the row of one, by name."""
    return {name: getattr(record, name) for name in FACTS}


@dataclass(frozen=True, kw_only=True)
class Act(Facts):
    """What is about to be logged, or what an entry is to become. What is None is taken from the kind of service, or
    stays as it was written.

    `people` are public codes. `before_intake`: somebody confirmed that the day lies
    before a person's first day with us. `again`: that one of them has this service on that day
    already, and that this one is another.
    """

    people: Sequence[str]
    type_code: str | None
    note: Note | None = None
    before_intake: bool = False
    again: bool = False


def problems_of(
    act: Act,
    kind: Kind | None,
    people: Sequence[Recipient],
    today: date,
    already: Sequence[Already] = (),
) -> list[Problem]:
    """All that is wrong with an act, at once; a new entry and a correction pass the same."""
    problems = [WHAT] if kind is None else _problems_of_kind(act, kind)
    if not act.people and not act.others:
        problems.append(WHO)
    if len(act.people) > MOST_PEOPLE:
        problems.append(TOO_MANY)
    known = {person.code for person in people}
    problems += [not_yours(code) for code in dict.fromkeys(act.people) if code not in known]
    problems += [_closed(person) for person in people if person.is_closed]
    if act.minutes is not None and not 0 <= act.minutes <= MOST_MINUTES:
        problems.append(MINUTES)
    if act.mode is not None and act.mode not in MODES:
        problems.append(Problem("mode", "Choose how it was done.", "Elija cómo se hizo."))
    if act.on > today:
        problems.append(_ahead(act.on))
    elif not act.before_intake:
        problems += [_early(person) for person in people if act.on < person.joined_on][:1]
    if already and not act.again:
        problems.append(logged_already(already, act.on == today))
    return problems


def _problems_of_kind(act: Act, kind: Kind) -> list[Problem]:
    problems = []
    if kind.retired_on and act.on >= kind.retired_on:
        problems.append(_retired(kind))
    if kind.unit == "usd" and act.amount_cents is None:
        problems.append(MONEY)
    if kind.counts != "given" and act.quantity is not None:
        problems.append(UNCOUNTED)
    return problems


def not_yours(code: str) -> Problem:
    """The same words for a person outside the viewer's rights and for one who doesn't exist."""
    return Problem(
        "people",
        f"{code} is not among the people you accompany. Nothing was saved.",
        f"{code} no está entre las personas que usted acompaña. No se guardó nada.",
    )


def logged_already(already: Sequence[Already], is_today: bool) -> Problem:
    """One encounter counts once: whose it is already, and by whom."""
    en, es = (", ".join(_by(service, by) for service in already[:5]) for by in ("by", "por"))
    rest = f" +{len(already) - 5}" if len(already) > 5 else ""
    when = ("today", "hoy") if is_today else ("for that day", "para ese día")
    return Problem(
        AGAIN,
        f"This service is logged {when[0]} already: {en}{rest}. Log it again?",
        f"Este servicio ya está registrado {when[1]}: {es}{rest}. ¿Registrarlo otra vez?",
    )


def _by(already: Already, by: str) -> str:
    """ "ME-0412 by Nora (S-00012)"; of somebody unseen only who logged it."""
    return f"{already.code} {by} {already.by} ({already.service})" if already.code else f"{by} {already.by}"


def _closed(person: Recipient) -> Problem:
    return Problem(
        "people",
        f"{person.code} is closed. Open it again before you log for this person.",
        f"{person.code} está cerrado. Ábralo de nuevo antes de registrar para esta persona.",
    )


def _retired(kind: Kind) -> Problem:
    on = kind.retired_on or date.min
    return Problem(
        "type_code",
        f"{kind.en}: nothing is logged as this from {format_short_day(on, 'en')} on. Choose another service.",
        f"{kind.es}: desde el {format_short_day(on, 'es')} ya no se registra. Elija otro servicio.",
    )


def _ahead(on: date) -> Problem:
    return Problem(
        "on",
        f"{format_short_day(on, 'en')} has not come yet. Which day was it?",
        f"El {format_short_day(on, 'es')} todavía no llega. ¿Qué día fue?",
    )


def _early(person: Recipient) -> Problem:
    return Problem(
        BEFORE_INTAKE,
        f"{person.code} has been with us since {format_short_day(person.joined_on, 'en')}. Is the day right?",
        f"{person.code} está con nosotros desde el {format_short_day(person.joined_on, 'es')}. ¿Es correcto el día?",
    )


UNCOUNTED = Problem(
    "quantity",
    "This service is not counted by a number that one writes. Leave the quantity empty.",
    "Este servicio no se cuenta con un número escrito. Deje vacía la cantidad.",
)


def quantity(counts: str, given: int | None, people: int, households: int = 1) -> int:
    """The quantity stored with an act, by the rule of its kind: `person` counts its `people` (named
    and others), `household` their `households`, `given` what was written, or one; `act` is one,
    since its hours are counted from the minutes and its dollars from the amount.
    """
    if counts == "person":
        return people
    if counts == "household":
        return max(households, 1)
    return given if counts == "given" and given is not None else 1


def same_unit(kinds: Iterable[tuple[str, str]]) -> bool:
    """Whether quantities of these (code, unit) can be added: all are nights, all pages or all people, or they
    are one kind alone. Hours and dollars have measures of their own."""
    units = {code if unit == "units" else unit for code, unit in kinds}
    return len(units) == 1 and not units & {"hours", "usd"}
