"""Consents that end soon or have just ended and were not renewed: who is asked again, before something leaves late."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, func, or_, select
from sqlalchemy.orm import aliased

from mexile.access.viewer import Viewer
from mexile.ground.db import db
from mexile.members.models.consent import Consent, ConsentRevocation, ConsentTerms
from mexile.members.models.member import Member
from mexile.members.queries.closed import is_closed
from mexile.members.queries.names import NAME_COLUMNS, name_of
from mexile.members.queries.visible import assigned_ids, visible
from mexile.members.rules.consents import SOON

PAGE = 50
PAST = timedelta(days=30)
"""So long an ended consent stays in the list; whoever hasn't asked by then decided not to."""


@dataclass(frozen=True)
class Ending:
    """One consent of the list."""

    id: int
    code: str
    name: str
    purpose: str
    audience: str
    level: str
    expires_on: date
    has_ended: bool


def ending_consents(viewer: Viewer, today: date, after: int | None = None) -> tuple[Sequence[Ending], int | None]:
    """Fifty of those whom the viewer may know of, the first to end first, and the id after which the next page
    begins. One query, one more where a page before is given."""
    where = [*_ending(viewer, today)]
    if after is not None:
        where.append(_behind(after))
    rows = db.session.execute(
        select(
            Consent.id,
            Consent.purpose,
            ConsentTerms.audience,
            ConsentTerms.level,
            ConsentTerms.expires_on,
            Member.code,
            *NAME_COLUMNS,
        )
        .join(ConsentTerms, ConsentTerms.consent_id == Consent.id)
        .join(Member, Member.id == Consent.member_id)
        .where(*where)
        .order_by(ConsentTerms.expires_on, Consent.id)
        .limit(PAGE + 1)
    ).all()
    lines = [_line(row, viewer, today) for row in rows[:PAGE]]
    return lines, lines[-1].id if len(rows) > PAGE else None


def ending_of_mine(viewer: Viewer, today: date) -> int:
    """How many of the list are of people whom the viewer walks with: those she asks. One query."""
    mine = Member.id.in_(assigned_ids(viewer.user_id))
    found = (
        select(func.count())
        .select_from(Consent)
        .join(ConsentTerms, ConsentTerms.consent_id == Consent.id)
        .join(Member, Member.id == Consent.member_id)
        .where(*_ending(viewer, today), mine)
    )
    return db.session.scalar(found) or 0


def _ending(viewer: Viewer, today: date) -> list[ColumnElement[bool]]:
    return [
        visible(viewer),
        ~is_closed(),
        ConsentTerms.expires_on.between(today - PAST, today + SOON),
        ~exists().where(ConsentRevocation.consent_id == Consent.id),
        ~_followed(),
    ]


def _followed() -> Any:
    """A later consent for the same purpose and audience lasts longer and was not taken back."""
    later, terms = aliased(Consent), aliased(ConsentTerms)
    return exists().where(
        later.id == terms.consent_id,
        later.member_id == Consent.member_id,
        later.purpose == Consent.purpose,
        terms.audience == ConsentTerms.audience,
        terms.expires_on > ConsentTerms.expires_on,
        ~exists().where(ConsentRevocation.consent_id == later.id),
    )


def _behind(after: int) -> Any:
    on = select(ConsentTerms.expires_on).where(ConsentTerms.consent_id == after).scalar_subquery()
    return or_(ConsentTerms.expires_on > on, and_(ConsentTerms.expires_on == on, Consent.id > after))


def _line(row: Any, viewer: Viewer, today: date) -> Ending:
    name = name_of(row, viewer).full
    return Ending(row.id, row.code, name, row.purpose, row.audience, row.level, row.expires_on, row.expires_on < today)
