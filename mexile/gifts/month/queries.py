"""Gifts as staff see them: one month a page, what needs somebody, a search, and what is still on its way."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, and_, func, literal, or_, select

from mexile.access.mail.queries import is_in_trouble
from mexile.access.roles import DEVELOPMENT, DIRECTOR
from mexile.access.viewer import Viewer
from mexile.donors.models import Donor
from mexile.donors.queries import allowed, donor_by_code, donors_by_email, donors_by_name, email_index
from mexile.donors.rules import fits, folded_words
from mexile.gifts.dispute.queries import OpenDispute, open_disputes
from mexile.gifts.donor_question.models import DonorAnswer, DonorQuestion
from mexile.gifts.gift.models import Gift
from mexile.gifts.gift.queries import GiftRow, by_gift, moves, rows_of
from mexile.gifts.ledger.models import LedgerLine
from mexile.gifts.receipt.models import Receipt
from mexile.gifts.receipt.queries import number_of
from mexile.gifts.recurring.models import RecurringGift, RecurringGiftEnd
from mexile.gifts.unmatched.models import Unmatched, UnmatchedClosure
from mexile.ground import clock, seal
from mexile.ground.db import db
from mexile.ground.queue import Job

DECLINED = ("past_due", "unpaid")
"""What Stripe says of a monthly gift whose month was not paid."""
AN_HOUR = timedelta(hours=1)
MOST_FOUND = 100


@dataclass(frozen=True)
class Sum:
    """What moved in one currency."""

    currency: str
    received: int
    fee: int
    back: int

    @property
    def net(self) -> int:
        return self.received - self.fee - self.back


@dataclass(frozen=True)
class Month:
    """The lines of a month and their sums, one a currency: ``received`` and the others are those in dollars.

    ``fees_pending`` counts the gifts whose fee is not known yet.
    """

    first: date
    rows: list[GiftRow] = field(default_factory=list)

    @property
    def sums(self) -> list[Sum]:
        """Dollars first, then each other currency in which something stands."""
        others = sorted({row.currency for row in self.rows} - {"USD"})
        return [
            Sum(currency, *(self._sum(name, currency) for name in ("received", "fee", "back")))
            for currency in ("USD", *others)
        ]

    def _sum(self, name: str, currency: str = "USD") -> int:
        return sum(getattr(row, name) for row in self.rows if row.currency == currency)

    @property
    def received(self) -> int:
        return self._sum("received")

    @property
    def fee(self) -> int:
        return self._sum("fee")

    @property
    def back(self) -> int:
        return self._sum("back")

    @property
    def net(self) -> int:
        return self.received - self.fee - self.back

    @property
    def fees_pending(self) -> int:
        return sum(row.state.code == "fee_pending" for row in self.rows)


@dataclass(frozen=True)
class Question:
    """A gift with the mail address of a known donor and with another name."""

    gift: str
    typed: str
    donor: str
    name: str


@dataclass(frozen=True)
class Needs:
    """What needs somebody: disputes that ask for an answer, money at Stripe without a gift, gifts that confirm too
    long, months that failed, and givers of whom nobody has said whether they are the donor with their mail address.

    ``answered`` needs nobody any more: disputes that the banks decide.
    """

    disputes: list[OpenDispute]
    unmatched: list[Unmatched]
    confirming: list[GiftRow]
    declined: list[tuple[str, str, str, int, str]]
    questions: list[Question]
    answered: list[OpenDispute]

    def __bool__(self) -> bool:
        return bool(self.disputes or self.unmatched or self.confirming or self.declined or self.questions)


def month_of_gifts(viewer: Viewer, first: date) -> Month:
    """All that moved in the month that begins on ``first``, by the day it moved, newest first.

    A refund stands in the month in which it was given back, so a month that is over never changes.
    """
    allowed(viewer)
    within = and_(LedgerLine.on >= first, LedgerLine.on < next_month(first))
    moved = by_gift(moves().where(within))
    in_kind = select(Gift.id).where(
        Gift.amount_cents.is_(None), Gift.given_on >= first, Gift.given_on < next_month(first)
    )
    ids = [*moved, *db.session.scalars(in_kind)]
    return Month(first, rows_of(ids, moved))


def next_month(first: date) -> date:
    return (first + timedelta(days=32)).replace(day=1)


def months_with_gifts(viewer: Viewer) -> tuple[date, date] | None:
    """The first and the last day on which anything moved."""
    allowed(viewer)
    first, last = db.session.execute(select(func.min(LedgerLine.on), func.max(LedgerLine.on))).one()
    return (first, last) if first else None


def needs(viewer: Viewer) -> Needs:
    """What somebody must look at."""
    allowed(viewer)
    unmatched = select(Unmatched).outerjoin(UnmatchedClosure, UnmatchedClosure.unmatched_id == Unmatched.id)
    charged = select(literal(1)).where(LedgerLine.gift_id == Gift.id, LedgerLine.kind == "charge").exists()
    waiting = select(Gift.id).where(
        Gift.said.in_(("processing", "succeeded")), Gift.made_at < clock.now() - AN_HOUR, ~charged
    )
    declined = (
        select(RecurringGift, Donor)
        .join(Donor, Donor.id == RecurringGift.donor_id)
        .outerjoin(RecurringGiftEnd, RecurringGiftEnd.recurring_gift_id == RecurringGift.id)
        .where(RecurringGift.said.in_(DECLINED), RecurringGiftEnd.recurring_gift_id.is_(None))
        .order_by(RecurringGift.id)
    )
    disputes = open_disputes(viewer)
    return Needs(
        [row for row in disputes if row.asks_for_answer],
        list(db.session.scalars(unmatched.where(UnmatchedClosure.unmatched_id.is_(None)).order_by(Unmatched.id))),
        rows_of(db.session.scalars(waiting), {}),
        [
            (plan.code, donor.code, donor.name or "", plan.amount_cents, plan.currency)
            for plan, donor in db.session.execute(declined)
        ],
        _questions(),
        [row for row in disputes if not row.asks_for_answer],
    )


def _questions() -> list[Question]:
    rows = db.session.execute(
        select(Gift, Donor)
        .join(DonorQuestion, DonorQuestion.gift_id == Gift.id)
        .join(Donor, Donor.id == Gift.donor_id)
        .outerjoin(DonorAnswer, DonorAnswer.gift_id == Gift.id)
        .where(DonorAnswer.gift_id.is_(None))
        .order_by(Gift.id)
    )
    return [Question(gift.code, gift.name or "", donor.code, donor.name or "") for gift, donor in rows]


def find_gifts(viewer: Viewer, question: str) -> list[GiftRow]:
    """Gifts by code, receipt, mail address or words of the donor's name, newest first."""
    allowed(viewer)
    ids = list(db.session.scalars(_matching(question).order_by(Gift.made_at.desc()).limit(MOST_FOUND)))
    moved = by_gift(moves().where(LedgerLine.gift_id.in_(ids)))
    return rows_of(ids, moved)


def _matching(question: str) -> Select[int]:
    asked = question.strip()
    code = asked.upper()
    if code.startswith("G-"):
        return select(Gift.id).where(Gift.code == code)
    if code.startswith("R-"):
        return select(Gift.id).join(Receipt, Receipt.gift_id == Gift.id).where(Receipt.number == number_of(code))
    if "@" in asked:
        donors = [donor.id for donor in donors_by_email(email_index(asked))]
    elif code.startswith("D-"):
        donors = [donor.id for donor in (donor_by_code(code),) if donor]
    else:
        donors = [donor.id for donor in donors_by_name(asked)]
    # What was begun and never paid is not a gift.
    given = or_(Gift.given_on.is_not(None), Gift.said.in_(("processing", "succeeded")))
    return select(Gift.id).where(or_(Gift.donor_id.in_(donors), Gift.id.in_(_waiting(asked))), given)


def _waiting(asked: str) -> list[int]:
    """Gifts that have no donor yet, while their banks confirm them, by name or mail address: there are few."""
    words = folded_words(asked)
    rows = select(Gift).where(Gift.donor_id.is_(None), Gift.said.in_(("processing", "succeeded")))
    named = ((gift.id, seal.looked_at(gift, "asked")) for gift in db.session.scalars(rows))
    return [gift for gift, typed in named if words and fits(words, folded_words(typed))]


class Waits(NamedTuple):
    """How many things of the gifts wait for somebody."""

    unmatched: int = 0
    declined: int = 0
    questions: int = 0
    letters: int = 0

    def __bool__(self) -> bool:
        return any(self)


def what_waits(viewer: Viewer) -> Waits:
    """What the month's page lists under "Needs you", and receipts that could not be mailed: counts only, so that no name
    is opened. One query."""
    if not viewer.is_any(DEVELOPMENT, DIRECTOR):
        return Waits()
    counts = (
        select(Unmatched.id).where(~_closed(UnmatchedClosure.unmatched_id, Unmatched.id)),
        select(RecurringGift.id).where(
            RecurringGift.said.in_(DECLINED), ~_closed(RecurringGiftEnd.recurring_gift_id, RecurringGift.id)
        ),
        select(DonorQuestion.gift_id).where(~_closed(DonorAnswer.gift_id, DonorQuestion.gift_id)),
        select(Job.id).where(is_in_trouble(), Job.kind == "mail", Job.key.startswith("gifts.receipt")),
    )
    columns = [select(func.count()).select_from(rows.subquery()).scalar_subquery() for rows in counts]
    return Waits(*db.session.execute(select(*columns)).one())


def _closed(end: Any, key: Any) -> ColumnElement[bool]:
    return select(literal(1)).where(end == key).exists()


class Confirming(NamedTuple):
    """Gifts that their banks still confirm: how many, and what they come to, a sum a currency: (cents, currency)."""

    gifts: int
    sums: tuple[tuple[int, str], ...] = ()


def confirming(viewer: Viewer) -> Confirming:
    """Gifts by Stripe that aren't paid yet and have no charge. Opens no name. One query."""
    if not viewer.is_any(DEVELOPMENT, DIRECTOR):
        return Confirming(0)
    charged = select(LedgerLine.id).where(LedgerLine.gift_id == Gift.id, LedgerLine.kind == "charge")
    waiting = (Gift.given_on.is_(None), Gift.said.in_(("processing", "succeeded")), ~charged.exists())
    rows = db.session.execute(
        select(func.count(), func.sum(Gift.amount_cents), Gift.currency).where(*waiting).group_by(Gift.currency)
    ).all()
    sums = tuple(sorted(((cents or 0, currency) for _, cents, currency in rows), key=lambda sum: sum[1] != "USD"))
    return Confirming(sum(count for count, *_ in rows), sums)
