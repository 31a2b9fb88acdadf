"""Forgetting who was not taken: after ninety days the key is destroyed, the rows are deleted, a count remains."""

from typing import Any

from sqlalchemy import Row, delete, select

from mexile.access.session.models import Draft
from mexile.ground import keyring, organization, queue, trail
from mexile.ground.db import db, writing
from mexile.inquiries.conflict.models import ConflictCheck, NamedPerson
from mexile.inquiries.conversation.models import Conversation, Told
from mexile.inquiries.decision.models import Answer, Decision
from mexile.inquiries.decision.rules import NOT_TAKEN
from mexile.inquiries.forgetting.rules import KEPT, Cell, assign, cells
from mexile.inquiries.inquiry.models import Inquiry, InquiryCount
from mexile.inquiries.inquiry.queries import standing_decisions

FORGET, KEY = "inquiries.forget", "inquiries.key"
AT_ONCE = 200


@queue.every(3600)
def forget_today() -> None:
    """Put the work of this day, once."""
    with writing():
        queue.put(FORGET, organization.today().isoformat(), {})


@queue.handles(FORGET)
def _forget(_body: dict[str, Any]) -> None:
    while forget_due() == AT_ONCE:
        pass


def forget_due() -> int:
    """Every inquiry that was not taken and whose decision is ninety days old. Returns how many.

    Rows, count and the order to destroy the keys are one transaction: a key outlives its rows by one job,
    and never the other way round.
    """
    with writing():
        rows = _not_taken()
        due = [row for row in rows if row.decided_on <= organization.today() - KEPT][:AT_ONCE]
        if due:
            _count(rows, due)
            _delete(due)
            for row in due:
                queue.put(KEY, row.key_id.hex(), {"key": row.key_id.hex()})
                trail.record("inquiry.forget", row.code)
    return len(due)


@queue.handles(KEY)
def _destroy_key(body: dict[str, Any]) -> None:
    keyring.current().erase(bytes.fromhex(body["key"]))


def _not_taken() -> list[Row[Any]]:
    """All inquiries that were not taken and are still here, the oldest decision first."""
    stands = standing_decisions().subquery()
    return list(
        db.session.execute(
            select(
                Inquiry.id,
                Inquiry.code,
                Inquiry.key_id,
                Inquiry.asked_on,
                Inquiry.country,
                Inquiry.state,
                Inquiry.heard_of_us,
                stands.c.decision,
                stands.c.decided_on,
            )
            .join(stands, stands.c.inquiry_id == Inquiry.id)
            .where(Inquiry.member_id.is_(None), stands.c.decision.in_(NOT_TAKEN))
            .order_by(stands.c.decided_on, Inquiry.id)
        )
    )


def _count(rows: list[Row[Any]], due: list[Row[Any]]) -> None:
    """One more in the finest cell that at least five share, for each that is forgotten now."""
    counts = {_cell(row): row for row in db.session.scalars(select(InquiryCount))}
    assigned = assign([_cells(row) for row in rows], {cell: row.number for cell, row in counts.items()})
    place = dict(zip((row.id for row in rows), assigned, strict=True))
    talked = _talked([row.id for row in due])
    for row in due:
        cell = place[row.id]
        if cell not in counts:
            counts[cell] = InquiryCount(**vars(cell), number=0, talked=0, in_juarez=0)
            db.session.add(counts[cell])
        places = talked.get(row.id, set())
        counts[cell].number += 1
        counts[cell].talked += bool(places)
        counts[cell].in_juarez += "juarez" in places
    db.session.flush()


def _cell(row: InquiryCount) -> Cell:
    return Cell(row.span, row.first_on, row.country, row.state, row.heard_of_us, row.decision)


def _cells(row: Row[Any]) -> tuple[Cell, ...]:
    return cells(row.asked_on, row.country, row.state, row.heard_of_us, row.decision)


def _talked(ids: list[int]) -> dict[int, set[str]]:
    """Where the first conversation with each took place."""
    places_of: dict[int, set[str]] = {}
    rows = db.session.execute(
        select(Conversation.inquiry_id, Conversation.place)
        .where(Conversation.inquiry_id.in_(ids))
        .order_by(Conversation.held_on, Conversation.id)
    )
    for inquiry_id, place in rows:
        places_of.setdefault(inquiry_id, {place})
    return places_of


def _delete(due: list[Row[Any]]) -> None:
    """Every row of these inquiries, and what somebody typed on their pages and did not save."""
    ids = [row.id for row in due]
    talks = select(Conversation.id).where(Conversation.inquiry_id.in_(ids))
    db.session.execute(delete(Told).where(Told.conversation_id.in_(talks)))
    for table in (Conversation, NamedPerson, Answer, Decision, ConflictCheck):
        db.session.execute(delete(table).where(table.inquiry_id.in_(ids)))
    for row in due:
        db.session.execute(delete(Draft).where(Draft.path.like(f"/inquiries/{row.code}/%")))
    db.session.execute(delete(Inquiry).where(Inquiry.id.in_(ids)))
