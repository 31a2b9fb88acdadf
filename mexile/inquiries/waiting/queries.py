"""Who waits for an answer of ours, worst first; and the inquiries that are over."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Date, Row, Select, and_, bindparam, case, exists, func, or_, select

from mexile.access.account.models import UserAccount
from mexile.access.viewer import Viewer
from mexile.ground import seal
from mexile.ground.db import db
from mexile.inquiries.conversation.models import Conversation
from mexile.inquiries.decision.models import Answer
from mexile.inquiries.decision.rules import TAKEN
from mexile.inquiries.inquiry.models import Inquiry
from mexile.inquiries.inquiry.queries import INQUIRY_STANDS, known_inquiries, standing_decisions
from mexile.inquiries.waiting.rules import LONGEST, URGENCIES, stage, state, status

PAGE = 50
MOST = 200
"""More than these don't wait at once; the list says so."""


@dataclass(frozen=True)
class InquiryLine:
    """An inquiry as a list shows it."""

    code: str
    alias: str
    urgency: str | None
    profile: str | None
    country: str | None
    mx_state: str | None
    asked_on: date
    answer_due_on: date
    answers: str
    answers_user_id: int
    decision: str | None
    stage: str
    state: str
    days: int
    was_talked_with: bool
    status: str


def _lines() -> Select[*tuple[Any, ...]]:
    stands = standing_decisions().subquery()
    is_told = exists().where(Answer.decision_id == stands.c.id).label("is_told")
    talked = exists().where(Conversation.inquiry_id == Inquiry.id).label("was_talked_with")
    return (
        select(
            Inquiry.id,
            Inquiry.rid,
            Inquiry.key_id,
            Inquiry.code,
            Inquiry.alias_enc,
            Inquiry.urgency,
            Inquiry.profile,
            Inquiry.country,
            Inquiry.state,
            Inquiry.asked_on,
            Inquiry.answer_due_on,
            Inquiry.answers_user_id,
            Inquiry.member_id,
            UserAccount.name.label("answers"),
            stands.c.id.label("decision_id"),
            stands.c.decision,
            is_told,
            talked,
        )
        .join(UserAccount, UserAccount.id == Inquiry.answers_user_id)
        .outerjoin(stands, stands.c.inquiry_id == Inquiry.id)
    )


def _waits(line: Select[*tuple[Any, ...]]) -> ColumnElement[bool]:
    """The WHERE on a line: nobody decided, nobody told them, or nobody wrote the member down."""
    chosen = line.selected_columns
    undone = or_(
        chosen.decision.is_(None),
        chosen.decision.in_(TAKEN),
        and_(chosen.decision.in_(("refer", "cannot")), ~chosen.is_told),
    )
    return and_(Inquiry.member_id.is_(None), undone)


def held_inquiries() -> Select[Any]:
    """Who of us answers which inquiry that still waits: `user_id`, `code`, `on`."""
    line = _lines()
    waiting = line.where(_waits(line)).subquery()
    return select(waiting.c.answers_user_id.label("user_id"), waiting.c.code, waiting.c.answer_due_on.label("on"))


_TODAY, _LONG_AGO = bindparam("today", type_=Date()), bindparam("long_ago", type_=Date())


def _days(today: date) -> dict[str, date]:
    """The parameters of a statement that says what is due."""
    return {"today": today, "long_ago": today - LONGEST}


def _is_overdue(line: Select[*tuple[Any, ...]]) -> ColumnElement[bool]:
    return and_(line.selected_columns.decision.is_(None), Inquiry.asked_on < _LONG_AGO)


_urgency = case(
    *((Inquiry.urgency == urgency, rank) for rank, urgency in enumerate(URGENCIES)), else_=len(URGENCIES) - 1
)


def _worst_first(line: Select[*tuple[Any, ...]]) -> Sequence[Any]:
    """Who is in danger right now; who has no decision after two weeks; whose answer is due, the more urgent
    first; then by the day on which we said we would answer."""
    is_due = Inquiry.answer_due_on <= _TODAY
    state = case((Inquiry.urgency == URGENCIES[0], 0), (_is_overdue(line), 1), (is_due, 2), else_=3)
    return state, case((is_due, _urgency), else_=0), Inquiry.answer_due_on, _urgency, Inquiry.asked_on, Inquiry.id


def waiting(viewer: Viewer, today: date, *, mine: bool = False) -> list[InquiryLine]:
    """Those who wait for us, worst first. One query; it opens the aliases it shows."""
    line = _lines()
    query = line.where(known_inquiries(viewer), _waits(line))
    if mine:
        query = query.where(Inquiry.answers_user_id == viewer.user_id)
    rows = db.session.execute(query.order_by(*_worst_first(line)).limit(MOST), _days(today))
    return [_line(row, today) for row in rows]


def answers_due(viewer: Viewer, today: date) -> list[InquiryLine]:
    """Those to whom the viewer owes an answer today or owed one before, and who is in danger, worst first."""
    if not known_to(viewer):
        return []
    rows = db.session.connection().execute(_answers_due(), _days(today) | {"user_id": viewer.user_id})
    return [_line(row, today) for row in rows]


@cache
def _answers_due() -> Any:
    """Made once, since every Today asks; whoever answers an inquiry may know of it."""
    line = _lines()
    is_due = or_(_is_overdue(line), Inquiry.answer_due_on <= _TODAY, Inquiry.urgency == URGENCIES[0])
    mine = and_(INQUIRY_STANDS, Inquiry.answers_user_id == bindparam("user_id"))
    return line.where(mine, _waits(line), is_due).order_by(*_worst_first(line)).limit(20)


def known_to(viewer: Viewer) -> bool:
    """Whether any inquiry may exist for this viewer: others cost no query."""
    return viewer.is_any("intake", "attorney", "director", "caseworker")


def over(viewer: Viewer, today: date, before: int | None = None) -> tuple[list[InquiryLine], int | None]:
    """Inquiries that are over, the latest decision first, and from which decision on the next page goes."""
    line = _lines()
    chosen = line.selected_columns
    query = line.where(known_inquiries(viewer), ~_waits(line), chosen.decision_id.is_not(None))
    if before is not None:
        query = query.where(chosen.decision_id < before)
    rows = db.session.execute(query.order_by(chosen.decision_id.desc()).limit(PAGE + 1)).all()
    shown = rows[:PAGE]
    return [_line(row, today) for row in shown], shown[-1].decision_id if len(rows) > PAGE else None


def undecided(viewer: Viewer, today: date) -> list[tuple[InquiryLine, str | None]]:
    """Inquiries talked with and undecided, worst first, each with what the person last decided. Two queries."""
    line = _lines()
    chosen = line.selected_columns
    rows = db.session.execute(
        line.where(
            known_inquiries(viewer), chosen.decision.is_(None), chosen.was_talked_with, Inquiry.member_id.is_(None)
        )
        .order_by(*_worst_first(line))
        .limit(MOST),
        _days(today),
    ).all()
    wishes = _wishes([row.id for row in rows])
    return [(_line(row, today), wishes.get(row.id)) for row in rows]


def _wishes(ids: Sequence[int]) -> dict[int, str]:
    rows = db.session.execute(
        select(Conversation.inquiry_id, Conversation.wish)
        .where(Conversation.inquiry_id.in_(ids), Conversation.wish.is_not(None))
        .order_by(Conversation.held_on, Conversation.id)
    )
    return {inquiry_id: wish for inquiry_id, wish in rows if wish}


def _line(row: Row[Any], today: date) -> InquiryLine:
    at = stage(row.decision, row.is_told, row.member_id is not None)
    alias = row.alias_enc and seal.unseal("inquiry", "alias_enc", row.rid, row.key_id, row.alias_enc)
    return InquiryLine(
        row.code,
        alias or "",
        row.urgency,
        row.profile,
        row.country,
        row.state,
        row.asked_on,
        row.answer_due_on,
        row.answers,
        row.answers_user_id,
        row.decision,
        at,
        state(row.asked_on, row.answer_due_on, at, today),
        (today - row.asked_on).days,
        row.was_talked_with,
        status(row.was_talked_with, row.decision, row.member_id is not None),
    )


def count_late(viewer: Viewer, today: date) -> int:
    """How many wait whose answer was due before today, whoever owes it. One query; opens no alias."""
    if not known_to(viewer):
        return 0
    line = _lines()
    late = line.where(known_inquiries(viewer), _waits(line), or_(_is_overdue(line), Inquiry.answer_due_on < _TODAY))
    return db.session.scalar(select(func.count()).select_from(late.subquery()), _days(today)) or 0
