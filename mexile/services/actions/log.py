"""Log a service: one act, once, for any number of people."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, insert, select

from mexile.access.viewer import Viewer
from mexile.ground import clock, trail
from mexile.ground.dates import format_short_day
from mexile.ground.db import db
from mexile.ground.errors import Invalid, Problem
from mexile.services.actions.note import SealedNote
from mexile.services.models.service import MOST_MINUTES, Service, ServicePerson
from mexile.services.models.service_type import MODES
from mexile.services.queries.people import Recipient, recipients
from mexile.services.queries.types import Kind, kind
from mexile.services.rules.counting import quantity as counted

MOST_PEOPLE = 500
BEFORE_INTAKE = "before_intake"

WHO = Problem("people", "Who was it for?", "¿Para quién fue?")
WHAT = Problem("type_code", "What was done?", "¿Qué se hizo?")
MINUTES = Problem(
    "minutes",
    "A day has 24 hours. Write the time in minutes, at most 1440.",
    "Un día tiene 24 horas. Escriba el tiempo en minutos, 1440 como máximo.",
)
MONEY = Problem("amount", "How many dollars was it?", "¿Cuántos dólares fueron?")
TOO_MANY = Problem(
    "people",
    "That many people are logged as an event of their own.",
    "Tantas personas se registran como un evento aparte.",
)


@dataclass(frozen=True)
class Act:
    """What is about to be logged. What is None is taken from the kind of service.

    `people` are public codes. `before_intake`: somebody confirmed that the day lies
    before a person's first day with us.
    """

    people: Sequence[str]
    type_code: str | None
    on: date
    minutes: int | None = None
    quantity: int | None = None
    amount_cents: int | None = None
    place: str | None = None
    mode: str | None = None
    others: int = 0
    note: SealedNote | None = None
    event_id: int | None = None
    before_intake: bool = False


def log_service(*, viewer: Viewer, act: Act, today: date) -> Service:
    """Write the act with its people and its trail row. All or nothing: one person outside
    the viewer's rights refuses the whole with words. Raises Invalid with all problems."""
    people = recipients(viewer, act.people)
    of = kind(act.type_code) if act.type_code else None
    problems = _problems(act, of, people, today)
    if problems or of is None:
        raise Invalid(problems)
    return write_service(viewer=viewer, act=act, of=of, member_ids=[(p.id, p.code) for p in people])


def write_service(
    *, viewer: Viewer, act: Act, of: Kind, member_ids: Sequence[tuple[int, str]]
) -> Service:
    """The rows of an act that was checked. `member_ids`: (id, code) of its people."""
    number = (db.session.scalar(select(func.max(Service.id))) or 0) + 1
    sealed = (
        {"rid": act.note.rid, "key_id": act.note.key_id, "note_enc": act.note.note_enc}
        if act.note
        else {}
    )
    service = Service(
        **sealed,
        code=f"S-{number:05d}",
        type_code=of.code,
        unit=of.unit,
        on=act.on,
        minutes=of.minutes if act.minutes is None else act.minutes,
        quantity=counted(of.unit, act.quantity, len(member_ids) + act.others),
        amount_cents=act.amount_cents,
        place=act.place or of.place,
        mode=act.mode or of.mode,
        event_id=act.event_id,
        by_user_id=viewer.user_id,
        logged_at=clock.now(),
        others=act.others,
    )
    db.session.add(service)
    db.session.flush()
    _add_people(service, [id for id, _ in member_ids])
    trail.record(
        "service.log",
        [service.code, *(code for _, code in member_ids)],
        type=of.code,
        people=len(member_ids) + act.others,
    )
    return service


def _add_people(service: Service, ids: Sequence[int]) -> None:
    if not ids:
        return
    db.session.execute(
        insert(ServicePerson),
        [
            {
                "service_id": service.id,
                "member_id": id,
                "on": service.on,
                "type_code": service.type_code,
            }
            for id in ids
        ],
    )


def _problems(act: Act, of: Kind | None, people: list[Recipient], today: date) -> list[Problem]:
    """All that is wrong with an act, at once."""
    found = []
    if of is None:
        found.append(WHAT)
    elif of.unit == "usd" and act.amount_cents is None:
        found.append(MONEY)
    if not act.people and not act.others:
        found.append(WHO)
    if len(act.people) > MOST_PEOPLE:
        found.append(TOO_MANY)
    known = {person.code for person in people}
    found += [not_yours(code) for code in dict.fromkeys(act.people) if code not in known]
    found += [_closed(person) for person in people if person.is_closed]
    if act.minutes is not None and not 0 <= act.minutes <= MOST_MINUTES:
        found.append(MINUTES)
    if act.mode is not None and act.mode not in MODES:
        found.append(Problem("mode", "Choose how it was done.", "Elija cómo se hizo."))
    if act.on > today:
        found.append(_ahead(act.on))
    elif not act.before_intake:
        found += [_early(person) for person in people if act.on < person.joined_on][:1]
    return found


def not_yours(code: str) -> Problem:
    """The same words for a person outside the viewer's rights and for one who doesn't exist."""
    return Problem(
        "people",
        f"{code} is not among the people you accompany. Nothing was saved.",
        f"{code} no está entre las personas que usted acompaña. No se guardó nada.",
    )


def _closed(person: Recipient) -> Problem:
    return Problem(
        "people",
        f"{person.code} is closed. Open it again before you log for this person.",
        f"{person.code} está cerrado. Ábralo de nuevo antes de registrar para esta persona.",
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
        f"{person.code} has been with us since {format_short_day(person.joined_on, 'en')}. "
        "Is the day right?",
        f"{person.code} está con nosotros desde el {format_short_day(person.joined_on, 'es')}. "
        "¿Es correcto el día?",
    )
