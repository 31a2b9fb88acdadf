"""The figures of inquiries: those that are still here and those that are only counted, together."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import Subquery, exists, func, select

from mexile.access.viewer import Viewer
from mexile.ground.db import db
from mexile.ground.vocabulary import vocabulary
from mexile.inquiries.conversation.models import Conversation
from mexile.inquiries.decision.rules import TAKEN
from mexile.inquiries.figure.rules import FigureRow, row_of
from mexile.inquiries.inquiry.models import Inquiry, InquiryCount
from mexile.inquiries.inquiry.queries import standing_decisions


@dataclass
class Figures:
    """Since the first inquiry. ``undecided`` were talked with, ``untalked`` wait for a first conversation;
    ``kept_apart`` were forgotten where too few were alike to keep what was decided;
    ``months``: how people heard of us, the latest month first."""

    inquiries: int = 0
    talked: int = 0
    in_juarez: int = 0
    taken: int = 0
    referred: int = 0
    cannot: int = 0
    stayed: int = 0
    lost: int = 0
    undecided: int = 0
    untalked: int = 0
    kept_apart: int = 0
    months: list[FigureRow] = field(default_factory=list)


_OF = {"refer": "referred", "cannot": "cannot", "stayed": "stayed", "elsewhere": "stayed", "lost": "lost"}


def figures(viewer: Viewer, today: date, months: int = 12) -> Figures:
    """All figures of the house, for the director. Five queries, whatever the years."""
    figures = Figures()
    heard: dict[date, Counter[str]] = {}
    first = _months_before(today, months - 1)
    _add_rows(figures, heard, first)
    _add_counts(figures, heard, first)
    ways = list(vocabulary("heard_of_us"))
    figures.months = [row_of(month, heard[month], ways) for month in sorted(heard, reverse=True)]
    return figures


def _months_before(day: date, months: int) -> date:
    number = day.year * 12 + day.month - 1 - months
    return date(number // 12, number % 12 + 1, 1)


def _add_rows(figures: Figures, heard: dict[date, Counter[str]], first: date) -> None:
    stands = standing_decisions().subquery()
    talked = exists().where(Conversation.inquiry_id == Inquiry.id).label("talked")
    decided = db.session.execute(
        select(stands.c.decision, talked, func.count())
        .select_from(Inquiry)
        .outerjoin(stands, stands.c.inquiry_id == Inquiry.id)
        .group_by(stands.c.decision, talked)
    )
    for decision, was_talked_with, number in decided:
        figures.inquiries += number
        if decision is None:
            _add(figures, "undecided" if was_talked_with else "untalked", number)
        else:
            _add(figures, "taken" if decision in TAKEN else _OF[decision], number)
    figures.talked += db.session.scalar(select(func.count(Conversation.inquiry_id.distinct()))) or 0
    figures.in_juarez += db.session.scalar(select(func.count()).select_from(_first_in_juarez())) or 0
    asked = select(Inquiry.asked_on, Inquiry.heard_of_us).where(Inquiry.asked_on >= first)
    for asked_on, way in db.session.execute(asked):
        heard.setdefault(asked_on.replace(day=1), Counter())[way or ""] += 1


def _first_in_juarez() -> Subquery:
    first = select(func.min(Conversation.id).label("id")).group_by(Conversation.inquiry_id).subquery()
    return (
        select(Conversation.id).join(first, first.c.id == Conversation.id).where(Conversation.place == "juarez")
    ).subquery()


def _add_counts(figures: Figures, heard: dict[date, Counter[str]], first: date) -> None:
    for row in db.session.scalars(select(InquiryCount)):
        figures.inquiries += row.number
        figures.talked += row.talked
        figures.in_juarez += row.in_juarez
        if row.decision in _OF:
            _add(figures, _OF[row.decision], row.number)
        else:
            figures.kept_apart += row.number
        if row.span == "month" and row.first_on >= first:
            heard.setdefault(row.first_on, Counter())[row.heard_of_us] += row.number


def _add(figures: Figures, name: str, number: int) -> None:
    setattr(figures, name, getattr(figures, name) + number)
