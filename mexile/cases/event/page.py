"""One date with all that its page says: where it was read, what it was before, its chain."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from sqlalchemy import Row, select
from sqlalchemy.orm import aliased

from mexile.access.account.models import UserAccount
from mexile.access.viewer import Viewer
from mexile.cases.case.models import Case
from mexile.cases.case.queries import case_seen
from mexile.cases.companion.models import EventNote
from mexile.cases.event.models import Event, EventCompanion, EventOutcome, OutcomeSheet
from mexile.cases.event.queries import EventLine, has_outcome, lines_of
from mexile.cases.event.rights import changeable, event_seen, reportable, walked
from mexile.cases.proceeding.models import Proceeding
from mexile.cases.verification.models import EventCheck
from mexile.ground.db import db
from mexile.ground.errors import NotHere
from mexile.members.assignment.rights import walking_days

MOST_LINKS = 40
"""A chain of continuances longer than this is shown from its end."""


@dataclass(frozen=True)
class Check:
    """Somebody made sure of the date, or changed it: what it said before."""

    name: str
    at: datetime
    source: str | None
    answer: str
    was_on: date | None
    was_at: time | None
    was_precision: str | None
    was_place: str | None


@dataclass(frozen=True)
class Link:
    """One date of a chain, with what came of it and whose continuance it was."""

    code: str
    on: date | None
    at: time | None
    fold: int | None
    precision: str
    outcome: str | None
    clock_cause: str | None


@dataclass(frozen=True)
class EventPage:
    """`proceeding`: its code and kind. `chain` holds the dates from the first to the last, this one among them.
    `may_change` it, `may_report` what happened; `is_companion`: the viewer said yes, and its time isn't over."""

    line: EventLine
    event: Event
    case_code: str | None
    proceeding: tuple[str, str] | None
    verified_by: str | None
    outcome: str | None
    outcome_at: datetime | None
    outcome_by: str | None
    sheet: OutcomeSheet | None
    checks: Sequence[Check]
    chain: Sequence[Link]
    may_change: bool
    may_report: bool
    is_companion: bool


def event_page(viewer: Viewer, code: str) -> EventPage:
    """The date with this code, or NotHere outside the viewer's rights."""
    lines = lines_of(viewer, Event.code == code)
    if not lines:
        raise NotHere(code)
    line = lines[0]
    seer = aliased(UserAccount)
    mine = Event.id.in_(walked(viewer.user_id, *walking_days()))
    row = db.session.execute(
        select(
            Event,
            Case.code.label("case_code"),
            Proceeding.code.label("proceeding_code"),
            Proceeding.kind.label("proceeding_kind"),
            seer.name.label("seer"),
            changeable(viewer).label("may_change"),
            reportable(viewer).label("may_report"),
            mine.label("is_companion"),
        )
        .select_from(Event)
        .outerjoin(Case, (Case.id == Event.case_id) & case_seen(viewer))
        .outerjoin(Proceeding, (Proceeding.id == Event.proceeding_id) & (Proceeding.case_id == Case.id))
        .outerjoin(seer, seer.id == Event.verified_by_user_id)
        .where(Event.id == line.id)
    ).one()
    outcome = _outcome_of(line.id)
    return EventPage(
        line=line,
        event=row.Event,
        case_code=row.case_code,
        proceeding=(row.proceeding_code, row.proceeding_kind) if row.proceeding_code else None,
        verified_by=row.seer,
        outcome=outcome and outcome.outcome,
        outcome_at=outcome and outcome.at,
        outcome_by=outcome and outcome.name,
        sheet=outcome and outcome.OutcomeSheet,
        checks=_checks(line.id),
        chain=chain_of(line.id),
        may_change=bool(row.may_change),
        may_report=bool(row.may_report),
        is_companion=bool(row.is_companion),
    )


def changeable_page(viewer: Viewer, code: str) -> EventPage:
    """The date with this code for whoever may change it, or NotHere."""
    page = event_page(viewer, code)
    if not page.may_change:
        raise NotHere(code)
    return page


def reportable_page(viewer: Viewer, code: str) -> EventPage:
    """The date with this code for whoever may say what happened there, or NotHere."""
    page = event_page(viewer, code)
    if not page.may_report:
        raise NotHere(code)
    return page


def note_of_event(event_id: int) -> EventNote | None:
    """What those who accompany are told."""
    return db.session.scalar(select(EventNote).where(EventNote.event_id == event_id))


def asked_at(viewer: Viewer, code: str) -> set[int]:
    """Who was asked to accompany at a date, without opening a name."""
    return set(
        db.session.scalars(
            select(EventCompanion.user_id)
            .join(Event, Event.id == EventCompanion.event_id)
            .where(Event.code == code, event_seen(viewer))
        )
    )


def _outcome_of(event_id: int) -> Row[str, datetime, str, OutcomeSheet] | None:
    return db.session.execute(
        select(EventOutcome.outcome, EventOutcome.at, UserAccount.name, OutcomeSheet)
        .join(UserAccount, UserAccount.id == EventOutcome.by_user_id)
        .outerjoin(OutcomeSheet, OutcomeSheet.outcome_id == EventOutcome.id)
        .where(EventOutcome.event_id == event_id, EventOutcome.stands())
        .order_by(EventOutcome.id.desc())
        .limit(1)
    ).first()


def _checks(event_id: int) -> list[Check]:
    rows = db.session.execute(
        select(
            UserAccount.name,
            EventCheck.at,
            EventCheck.source,
            EventCheck.answer,
            EventCheck.was_on,
            EventCheck.was_at,
            EventCheck.was_precision,
            EventCheck.was_place,
        )
        .join(UserAccount, UserAccount.id == EventCheck.by_user_id)
        .where(EventCheck.event_id == event_id)
        .order_by(EventCheck.id.desc())
        .limit(MOST_LINKS)
    )
    return [Check(*row) for row in rows]


def chain_of(event_id: int) -> list[Link]:
    """The dates that led here and those that followed, by the outcomes that name a next one.
    One query for the ids, one for the dates; a date alone is no chain."""
    ids = _chain_ids(event_id)
    if len(ids) < 2:
        return []
    rows = db.session.execute(
        select(
            Event.id,
            Event.code,
            Event.on,
            Event.at,
            Event.fold,
            Event.precision,
            EventOutcome.outcome,
            OutcomeSheet.clock_cause,
        )
        .select_from(Event)
        .outerjoin(EventOutcome, (EventOutcome.event_id == Event.id) & EventOutcome.stands())
        .outerjoin(OutcomeSheet, OutcomeSheet.outcome_id == EventOutcome.id)
        .where(Event.id.in_(ids))
    )
    links = {row.id: Link(*row[1:]) for row in rows}
    return [links[id] for id in ids if id in links]


def _chain_ids(event_id: int) -> list[int]:
    """The ids of a chain in their order, by two recursive queries from one date."""
    standing = EventOutcome.stands()
    links = (
        select(EventOutcome.event_id, EventOutcome.next_event_id)
        .where(EventOutcome.next_event_id.is_not(None), standing)
        .subquery()
    )
    start = select(Event.id.label("id"), Event.id.label("place") * 0).where(Event.id == event_id)
    back = start.cte("back", recursive=True)
    back = back.union_all(
        select(links.c.event_id, back.c[1] - 1)
        .join(back, links.c.next_event_id == back.c.id)
        .where(back.c[1] > -MOST_LINKS)
    )
    on = start.cte("onward", recursive=True)
    on = on.union_all(
        select(links.c.next_event_id, on.c[1] + 1).join(on, links.c.event_id == on.c.id).where(on.c[1] < MOST_LINKS)
    )
    both = select(back.c.id, back.c[1]).union(select(on.c.id, on.c[1]))
    rows = db.session.execute(both).all()
    return [row[0] for row in sorted(rows, key=lambda row: row[1])]


def next_of(code: str) -> Event | None:
    """The date that the standing outcome of this one names as the next."""
    return db.session.scalar(
        select(Event)
        .join(EventOutcome, EventOutcome.next_event_id == Event.id)
        .where(
            EventOutcome.event_id == select(Event.id).where(Event.code == code).scalar_subquery(), EventOutcome.stands()
        )
    )


def has_been_closed(event_id: int) -> bool:
    return bool(db.session.scalar(select(Event.id).where(Event.id == event_id, has_outcome())))
