"""Close an event: what came of it and what was done, in one act."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time

from sqlalchemy import select

from mexile.access.viewer import Viewer
from mexile.cases.actions.events import open_event, record_outcome, set_event, take_back_outcome
from mexile.cases.models.event import Event, EventPerson
from mexile.ground import clock
from mexile.ground.db import db
from mexile.ground.errors import Invalid, NotHere, Problem
from mexile.members.models.member import Member
from mexile.members.queries.visible import visible
from mexile.services.actions.log import Logged, write_service
from mexile.services.actions.void import undo_services_of_event
from mexile.services.models.service import Service, ServicePerson
from mexile.services.queries.seen import seen
from mexile.services.queries.types import kind
from mexile.services.rules.act import Act
from mexile.services.rules.event_types import event_of_type, type_of_event

ACCOMPANIED = frozenset({"done", "continued", "detained"})
"""Outcomes after which somebody was there with the person: they log the service."""


@dataclass(frozen=True)
class NextDate:
    """A next date that was given: day, and hour and place where they are known."""

    on: date
    at: time | None = None
    place: str | None = None


def close_event(
    *, viewer: Viewer, code: str, outcome: str, next_date: NextDate | None = None
) -> Logged | None:
    """Say what came of an event and log the accompaniment for all its people, with what
    is usual for its kind. Returns the service, None where nobody was accompanied.

    The people come from the event, not from the one who closes it: a companion closes it
    for everybody who was there without being shown a name.
    """
    event = open_event(viewer, code)
    people = _people_of(event)
    following = None
    if next_date:
        following = set_event(
            viewer=viewer,
            kind=event.kind,
            on=next_date.on,
            at=next_date.at,
            place=next_date.place or event.place,
            mode=event.mode,
            zone=event.zone,
            member_ids=[id for id, _ in people],
            owner_user_id=event.owner_user_id,
        )
    record_outcome(viewer=viewer, event=event, outcome=outcome, next_event=following)
    if outcome not in ACCOMPANIED or not people:
        return None
    of = kind(type_of_event(event.kind))
    if of is None:
        raise Invalid(Problem("type_code", "What was done?", "¿Qué se hizo?"))
    on = event.on or clock.today(event.zone)
    act = Act(people=(), type_code=of.code, on=on, mode=event.mode, event_id=event.id)
    return write_service(viewer=viewer, act=act, of=of, member_ids=people)


def reopen_event(*, viewer: Viewer, code: str) -> Event:
    """Undo: the outcome and what was logged from it are taken back together."""
    event = take_back_outcome(viewer=viewer, code=code)
    undo_services_of_event(viewer=viewer, event_id=event.id)
    return event


def set_next_date(*, viewer: Viewer, code: str, next_date: NextDate, today: date) -> Event:
    """The next date that was given at a service: an event of the same kind for the same
    people, as far as the viewer may know of them."""
    service = db.session.scalar(select(Service).where(Service.code == code, seen(viewer)))
    if service is None:
        raise NotHere(code)
    if next_date.on < today:
        raise Invalid(Problem("on", "The next date lies in the past.", "La próxima fecha ya pasó."))
    ids = db.session.scalars(
        select(ServicePerson.member_id)
        .join(Member, Member.id == ServicePerson.member_id)
        .where(ServicePerson.service_id == service.id, visible(viewer))
    )
    return set_event(
        viewer=viewer,
        kind=event_of_type(service.type_code),
        on=next_date.on,
        at=next_date.at,
        place=next_date.place,
        mode=service.mode,
        member_ids=list(ids),
    )


def _people_of(event: Event) -> Sequence[tuple[int, str]]:
    return [
        (row.id, row.code)
        for row in db.session.execute(
            select(Member.id, Member.code)
            .join(EventPerson, EventPerson.member_id == Member.id)
            .where(EventPerson.event_id == event.id)
            .order_by(Member.id)
        )
    ]
