"""Gifts as staff see them: one month a page, what needs somebody, a search, one gift, one donor."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta

from sqlalchemy import Date, and_, case, func, literal, or_, select

from mexile.access.roles import DEVELOPMENT, DIRECTOR
from mexile.access.viewer import Viewer
from mexile.gifts.models import (
    Donor,
    DonorAnswer,
    DonorQuestion,
    Fund,
    Gift,
    GiftVoid,
    LedgerLine,
    Receipt,
    ReceiptVoid,
    RecurringGift,
    RecurringGiftEnd,
    Unmatched,
    UnmatchedClosure,
)
from mexile.gifts.queries.disputes import OpenDispute, open_disputes
from mexile.gifts.queries.find import disputes_of, email_index, state_by, totals_of
from mexile.gifts.queries.receipt import number_of
from mexile.gifts.rules.names import fits, folded_words
from mexile.gifts.rules.state import State
from mexile.ground import clock, seal
from mexile.ground.db import db
from mexile.ground.errors import NotHere

AN_HOUR = timedelta(hours=1)
MOST_FOUND = 100


@dataclass(frozen=True)
class Row:
    """One gift as a line: what moved (in the month asked for, or in all), and its state."""

    code: str
    on: date | None
    donor: str
    name: str
    channel: str
    fund: Fund
    received: int
    fee: int
    back: int
    state: State
    is_monthly: bool
    receipt: str
    description: str

    @property
    def net(self) -> int:
        return self.received - self.fee - self.back

    @property
    def is_in_kind(self) -> bool:
        return self.channel == "in_kind"


@dataclass(frozen=True)
class Month:
    """The lines of a month and their sums; ``fees_pending`` counts the gifts whose fee is not known yet."""

    first: date
    rows: list[Row] = field(default_factory=list)

    def _sum(self, name: str) -> int:
        return sum(getattr(row, name) for row in self.rows)

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
    """What needs somebody: disputes, money at Stripe without a gift, gifts that confirm too long, months that failed,
    and givers of whom nobody has said whether they are the donor with their mail address."""

    disputes: list[OpenDispute]
    unmatched: list[Unmatched]
    confirming: list[Row]
    declined: list[tuple[str, str, str, int]]
    questions: list[Question]

    def __bool__(self) -> bool:
        return bool(self.disputes or self.unmatched or self.confirming or self.declined or self.questions)


def allowed(viewer: Viewer) -> None:
    """Raise NotHere for whoever may not see gifts."""
    if not viewer.is_any(DEVELOPMENT, DIRECTOR):
        raise NotHere("gifts")


def month_of_gifts(viewer: Viewer, first: date) -> Month:
    """All that moved in the month that begins on ``first``, by the day it moved, newest first.

    A refund stands in the month in which it was given back, so a month that is over never changes.
    """
    allowed(viewer)
    within = and_(LedgerLine.on >= first, LedgerLine.on < next_month(first))
    moved = {row.gift_id: row for row in db.session.execute(moves().where(within))}
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


def moves():
    """By gift: what came, the fee, what went back, and the first day of it. Sums in SQL."""

    def total(*kinds: str):
        return func.coalesce(func.sum(case((LedgerLine.kind.in_(kinds), LedgerLine.amount_cents), else_=0)), 0)

    return select(
        LedgerLine.gift_id,
        func.min(LedgerLine.on, type_=Date).label("on"),
        total("charge").label("received"),
        (-total("fee", "dispute_fee")).label("fee"),
        (-total("refund", "refund_failed", "dispute", "reinstated")).label("back"),
    ).group_by(LedgerLine.gift_id)


def rows_of(ids: Iterable[int], moved: dict) -> list[Row]:
    """The lines of these gifts, in a fixed number of queries."""
    ids = list(ids)
    receipts = _good_receipts(ids)
    totals, disputes = totals_of(ids), disputes_of(ids)
    found = db.session.execute(
        select(Gift, Donor, Fund, GiftVoid.gift_id)
        .outerjoin(Donor, Donor.id == Gift.donor_id)
        .join(Fund, Fund.code == Gift.fund_code)
        .outerjoin(GiftVoid, GiftVoid.gift_id == Gift.id)
        .where(Gift.id.in_(ids))
    )
    rows = []
    for gift, donor, fund, voided in found:
        move = moved.get(gift.id)
        row = Row(
            code=gift.code,
            on=move.on if move else gift.given_on,
            donor=donor.code if donor else "",
            name=gift.name or (donor.name if donor else (gift.asked or "").partition("\n")[0]) or "",
            channel=gift.channel,
            fund=fund,
            received=move.received if move else 0,
            fee=move.fee if move else 0,
            back=move.back if move else 0,
            state=state_by(gift, totals, disputes, is_void=voided is not None),
            is_monthly=gift.recurring_gift_id is not None,
            receipt=receipts.get(gift.id, ""),
            description=gift.description or "",
        )
        rows.append((row.on or date.min, gift.id, row))
    return [row for _, _, row in sorted(rows, key=lambda found: found[:2], reverse=True)]


def _good_receipts(ids: list[int]) -> dict[int, str]:
    found = db.session.scalars(
        select(Receipt)
        .outerjoin(ReceiptVoid, ReceiptVoid.receipt_id == Receipt.id)
        .where(Receipt.gift_id.in_(ids), ReceiptVoid.receipt_id.is_(None))
    )
    return {receipt.gift_id: receipt.code for receipt in found}


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
        .where(RecurringGift.said.in_(("past_due", "unpaid")), RecurringGiftEnd.recurring_gift_id.is_(None))
        .order_by(RecurringGift.id)
    )
    return Needs(
        open_disputes(viewer),
        list(db.session.scalars(unmatched.where(UnmatchedClosure.unmatched_id.is_(None)).order_by(Unmatched.id))),
        rows_of(db.session.scalars(waiting), {}),
        [(plan.code, donor.code, donor.name or "", plan.amount_cents) for plan, donor in db.session.execute(declined)],
        _questions(),
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


def find_gifts(viewer: Viewer, question: str) -> list[Row]:
    """Gifts by code, receipt, mail address or words of the donor's name, newest first."""
    allowed(viewer)
    ids = list(db.session.scalars(_matching(question).order_by(Gift.made_at.desc()).limit(MOST_FOUND)))
    moved = {row.gift_id: row for row in db.session.execute(moves().where(LedgerLine.gift_id.in_(ids)))}
    return rows_of(ids, moved)


def _matching(question: str):
    asked = question.strip()
    code = asked.upper()
    if code.startswith("G-"):
        return select(Gift.id).where(Gift.code == code)
    if code.startswith("R-"):
        return select(Gift.id).join(Receipt, Receipt.gift_id == Gift.id).where(Receipt.number == number_of(code))
    if "@" in asked:
        donors = select(Donor.id).where(Donor.email_bidx == email_index(asked))
    elif code.startswith("D-"):
        donors = select(Donor.id).where(Donor.code == code)
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


def donors_by_name(question: str) -> list[Donor]:
    """Donors a word of whose name begins with each word asked for. Names are opened in memory, and not shown here."""
    asked = folded_words(question)
    if not asked:
        return []
    named = ((donor, seal.looked_at(donor, "name") or "") for donor in db.session.scalars(select(Donor)))
    return [donor for donor, name in named if fits(asked, folded_words(name))]


def donors_called(name: str) -> list[Donor]:
    """Donors whose name has just these words, in any order."""
    asked = sorted(folded_words(name))
    if not asked:
        return []
    named = ((donor, seal.looked_at(donor, "name") or "") for donor in db.session.scalars(select(Donor)))
    return [donor for donor, name in named if sorted(folded_words(name)) == asked]
