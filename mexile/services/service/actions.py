"""Log a service, once, for any number of people; log the same again, today. Its note is sealed before the write begins."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import insert, select

from mexile.access.viewer import Viewer
from mexile.cases.event.actions import open_event, record_outcome
from mexile.ground import clock, keyring, seal, trail
from mexile.ground.codes import next_code
from mexile.ground.db import db
from mexile.ground.errors import Invalid, NotHere
from mexile.members.assignment.rights import visible
from mexile.members.person.models import Member
from mexile.services.quick_log.queries import households_of, recipients
from mexile.services.service.models import Service, ServicePerson
from mexile.services.service.queries import already_logged, open_date_of, service_seen
from mexile.services.service.rules import WHO, Act, Kind, Note, facts_of, problems_of
from mexile.services.service.rules import quantity as counted
from mexile.services.service_type.queries import kind


def seal_note(viewer: Viewer, codes: Sequence[str], text: str | None) -> Note | None:
    """Seal `text` under the key of the one person it is about, or under a key of its own
    when there are several. Outside any write transaction, since a new key is committed
    to the keyring first."""
    if not text:
        return None
    rid, key_id = secrets.token_bytes(16), key_of_note(viewer, codes)
    return Note(rid, key_id, seal.seal("service", "note_enc", rid, key_id, text))


def key_of_note(viewer: Viewer, codes: Sequence[str]) -> bytes:
    """The key of the one person a note is about, or one of its own. Outside any write transaction."""
    people = recipients(viewer, codes)
    return people[0].key_id if len(people) == 1 else keyring.new_key()


_service = Service.__table__
_insert = insert(_service).returning(_service.c.id)
_insert_people = insert(ServicePerson.__table__)


class Logged(NamedTuple):
    """The act that was written."""

    id: int
    code: str


def log_service(*, viewer: Viewer, act: Act, today: date) -> Logged:
    """Write the act with its people and its trail row. All or nothing: one person outside
    the viewer's rights refuses the whole with words. Raises Invalid with all problems.

    Where it is the encounter of an open date, it closes that date: one encounter counts once.
    `reopen_event` undoes both."""
    people = recipients(viewer, act.people)
    service_kind = kind(act.type_code) if act.type_code else None
    already = (
        already_logged(viewer, [person.id for person in people], service_kind.code, act.on) if service_kind else []
    )
    problems = problems_of(act, service_kind, people, today, already)
    if problems or service_kind is None:
        raise Invalid(problems)
    act = replace(act, **close_date_of(viewer, act))
    return write_service(viewer=viewer, act=act, service_kind=service_kind, member_ids=[(p.id, p.code) for p in people])


def close_date_of(viewer: Viewer, act: Act) -> dict[str, Any]:
    """Close the one open date of the act's kind and day with somebody of its people as done; what the act
    takes over from it."""
    code = open_date_of(viewer, act)
    if code is None:
        return {}
    event = open_event(viewer, code)
    record_outcome(viewer=viewer, event=event, outcome="done")
    return {"event_id": event.id, "mode": act.mode or event.mode}


def write_service(*, viewer: Viewer, act: Act, service_kind: Kind, member_ids: Sequence[tuple[int, str]]) -> Logged:
    """The rows of an act that was checked. `member_ids`: (id, code) of its people."""
    connection = db.session.connection()
    code = next_code("S", Service.code, 5)
    usual = service_kind._asdict()
    facts = {name: usual.get(name) if value is None else value for name, value in facts_of(act).items()}
    facts["quantity"] = _quantity(act, service_kind, [id for id, _ in member_ids])
    values = dict(
        facts,
        rid=act.note.rid if act.note else secrets.token_bytes(16),
        key_id=act.note.key_id if act.note else None,
        note_enc=act.note.note_enc if act.note else None,
        version=1,
        code=code,
        type_code=service_kind.code,
        unit=service_kind.unit,
        by_user_id=viewer.user_id,
        logged_at=clock.now(),
    )
    service_id = connection.scalar(_insert, values)
    if member_ids:
        shared = {"service_id": service_id, "on": act.on, "type_code": service_kind.code}
        people = [{"member_id": id, **shared} for id, _ in member_ids]
        connection.execute(_insert_people, people)
    trail.record(
        "service.log",
        [code, *(code for _, code in member_ids)],
        type=service_kind.code,
        people=len(member_ids) + act.others,
    )
    return Logged(service_id, code)


def _quantity(act: Act, service_kind: Kind, ids: Sequence[int]) -> int:
    households = households_of(ids, act.on) if service_kind.counts == "household" else 1
    return counted(service_kind.counts, act.quantity, len(ids) + act.others, households)


def log_again(*, viewer: Viewer, code: str, today: date, again: bool = False) -> Logged:
    """The same act for the same people on the day `today`: what repeats is logged in two
    taps. People outside the viewer's rights are left out; with nobody left it refuses, and it asks
    where they have it today already, unless `again` says so."""
    before = db.session.scalar(select(Service).where(Service.code == code, service_seen(viewer)))
    if before is None:
        raise NotHere(code)
    people = db.session.scalars(
        select(Member.code)
        .join(ServicePerson, ServicePerson.member_id == Member.id)
        .where(ServicePerson.service_id == before.id, visible(viewer))
        .order_by(Member.id)
    ).all()
    if not people and not before.others:
        raise Invalid(WHO)
    act = replace(act_of_entry(before, people), on=today, event_id=None, again=again)
    return log_service(viewer=viewer, act=act, today=today)


def act_of_entry(service: Service, people: Sequence[str]) -> Act:
    """What was logged, as an act for `people`. A quantity that its kind counts by itself is nothing that one says."""
    facts, service_kind = facts_of(service), kind(service.type_code)
    if service_kind is None or service_kind.counts != "given":
        facts["quantity"] = None
    return Act(people=people, type_code=service.type_code, **facts)
