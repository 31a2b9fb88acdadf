"""Log a service: one act, once, for any number of people."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy import func, insert, select

from mexile.access.viewer import Viewer
from mexile.ground import clock, trail
from mexile.ground.db import db
from mexile.ground.errors import Invalid
from mexile.services.models.service import Service, ServicePerson
from mexile.services.queries.people import recipients
from mexile.services.queries.types import Kind, kind
from mexile.services.rules.act import Act, problems_of
from mexile.services.rules.counting import quantity as counted


def log_service(*, viewer: Viewer, act: Act, today: date) -> Service:
    """Write the act with its people and its trail row. All or nothing: one person outside
    the viewer's rights refuses the whole with words. Raises Invalid with all problems."""
    people = recipients(viewer, act.people)
    of = kind(act.type_code) if act.type_code else None
    problems = problems_of(act, of, people, today)
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
