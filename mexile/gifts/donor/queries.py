"""Donors with what they gave: the list, sorted and narrowed, and one of them in full."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, case, extract, func, literal, select

from mexile.access.viewer import Viewer
from mexile.donors.models import Donor
from mexile.donors.queries import (
    allowed,
    donor_by_code,
    donor_names,
    donors_by_email,
    donors_by_name,
    donors_called,
    email_index,
    merged_away,
)
from mexile.gifts.gift.models import Gift, GiftVoid
from mexile.gifts.gift.queries import moves
from mexile.gifts.ledger.models import LedgerLine
from mexile.gifts.month.queries import DECLINED
from mexile.gifts.recurring.models import RecurringGift, RecurringGiftEnd
from mexile.ground import seal
from mexile.ground.db import db
from mexile.ground.paging import PAGE, offset
from mexile.ground.text import without_accents

COLUMNS = ("name", "total", "last", "gifts", "plan")
SHOWS = ("all", "monthly", "last_year", "before")


@dataclass(frozen=True)
class DonorLine:
    """One donor of the list. The total is in dollars, what went back taken off; `plan` is given every month."""

    code: str
    name: str
    total: int
    last: date | None
    gifts: int
    plan: int
    is_declined: bool


@dataclass(frozen=True)
class Wanted:
    """What the list is asked for: `by` one of COLUMNS, `show` one of SHOWS; `typed` a name, a whole mail address, a code."""

    by: str = "last"
    is_down: bool = True
    show: str = "all"
    typed: str = ""
    page: int = 1


def donors_page(viewer: Viewer, wanted: Wanted, today: date) -> tuple[list[DonorLine], int]:
    """One page of the donors, and how many there are in all. A fixed number of queries; it opens the names it shows."""
    allowed(viewer)
    rows = _rows().where(*_fits(wanted, today))
    total = db.session.scalar(select(func.count()).select_from(rows.with_only_columns(Donor.id).subquery())) or 0
    first = offset(wanted.page, total)
    if wanted.by == "name":
        shown = _by_name(rows, wanted.is_down)[first : first + PAGE]
    else:
        column = rows.selected_columns[wanted.by]
        order = column.desc().nulls_last() if wanted.is_down else column.asc().nulls_first()
        page = rows.order_by(order, Donor.id.desc()).limit(PAGE).offset(first)
        shown = list(db.session.execute(page))
    return _lines(shown), total


def lines_of(*donors: Donor) -> list[DonorLine]:
    """What each of these donors gave, in their order."""
    lines = {
        line.code: line for line in _lines(db.session.execute(_rows().where(Donor.id.in_([d.id for d in donors]))))
    }
    return [lines[donor.code] for donor in donors]


def alike_to(donor: Donor) -> list[Donor]:
    """Other donors with the same mail address or the same words in their name."""
    name = seal.looked_at(donor, "name")
    alike = [*(donors_by_email(donor.email_bidx) if donor.email_bidx else ()), *donors_called(name or "")]
    return list({other.id: other for other in alike if other.id != donor.id}.values())


def _lines(rows: Iterable[Any]) -> list[DonorLine]:
    rows = list(rows)
    found = db.session.scalars(select(Donor).where(Donor.id.in_([row.id for row in rows])))
    donors = {donor.id: donor for donor in found}
    return [
        DonorLine(
            row.code, donors[row.id].name or "", row.total, row.last, row.gifts, row.plan or 0, bool(row.is_declined)
        )
        for row in rows
    ]


def _rows() -> Select[Any]:
    """Every donor with what they gave."""
    moved = moves().subquery()
    of_gifts = (
        select(
            Gift.donor_id,
            func.coalesce(
                func.sum(case((moved.c.currency == "USD", moved.c.received - moved.c.back), else_=0)), 0
            ).label("total"),
            func.max(Gift.given_on).label("last"),
            func.count(func.distinct(Gift.id)).label("gifts"),
        )
        .outerjoin(moved, moved.c.gift_id == Gift.id)
        .outerjoin(GiftVoid, GiftVoid.gift_id == Gift.id)
        .where(Gift.given_on.is_not(None), GiftVoid.gift_id.is_(None))
        .group_by(Gift.donor_id)
        .subquery()
    )
    plans = (
        select(
            RecurringGift.donor_id,
            func.sum(RecurringGift.amount_cents).label("plan"),
            func.max(case((RecurringGift.said.in_(DECLINED), 1), else_=0)).label("is_declined"),
        )
        .where(RecurringGift.stands())
        .group_by(RecurringGift.donor_id)
        .subquery()
    )
    return (
        select(
            Donor.id,
            Donor.code,
            func.coalesce(of_gifts.c.total, 0).label("total"),
            of_gifts.c.last.label("last"),
            func.coalesce(of_gifts.c.gifts, 0).label("gifts"),
            plans.c.plan.label("plan"),
            plans.c.is_declined.label("is_declined"),
        )
        .outerjoin(of_gifts, of_gifts.c.donor_id == Donor.id)
        .outerjoin(plans, plans.c.donor_id == Donor.id)
    )


def _fits(wanted: Wanted, today: date) -> list[ColumnElement[bool]]:
    """The WHERE for what is asked."""
    conditions: list[ColumnElement[bool]] = [Donor.id.not_in(merged_away())]
    if wanted.show == "monthly":
        conditions.append(select(literal(1)).where(RecurringGift.donor_id == Donor.id, RecurringGift.stands()).exists())
    elif wanted.show in ("last_year", "before"):
        conditions.append(~_gave_in(today.year, today.year))
        last_year = today.year - 1
        conditions.append(_gave_in(last_year, last_year) if wanted.show == "last_year" else _gave_in(1990, last_year))
    if wanted.typed:
        conditions.append(_called(wanted.typed))
    return conditions


def _gave_in(first: int, last: int) -> ColumnElement[bool]:
    day = Gift.given_on.between(date(first, 1, 1), date(last, 12, 31))
    return select(literal(1)).where(Gift.donor_id == Donor.id, day, Gift.stands()).exists()


def _called(typed: str) -> ColumnElement[bool]:
    if "@" in typed:
        return Donor.id.in_([donor.id for donor in donors_by_email(email_index(typed))])
    if typed.upper().startswith("D-"):
        return Donor.id.in_([donor.id for donor in (donor_by_code(typed.upper()),) if donor])
    return Donor.id.in_([donor.id for donor in donors_by_name(typed)])


def _by_name(rows: Select[Any], is_down: bool) -> list[Any]:
    """The rows in the order of the names, which the database can't read."""
    names = donor_names()
    return sorted(
        db.session.execute(rows),
        key=lambda row: (without_accents(names.get(row.id, "").casefold()), row.id),
        reverse=is_down,
    )


@dataclass(frozen=True)
class Year:
    """What a donor gave in one year, in dollars, what went back taken off."""

    year: int
    cents: int
    gifts: int


@dataclass(frozen=True)
class Plan:
    """A monthly gift: since when, until when, whether its last month was declined."""

    code: str
    cents: int
    currency: str
    since: datetime
    ended: datetime | None
    is_declined: bool


def years_of(donor: Donor) -> Sequence[Year]:
    """The years in which they gave, the newest first. One query."""
    moved = moves().where(LedgerLine.gift_id.in_(select(Gift.id).where(Gift.donor_id == donor.id))).subquery()
    year = extract("year", Gift.given_on)
    rows = db.session.execute(
        select(
            year.label("year"),
            func.sum(case((moved.c.currency == "USD", moved.c.received - moved.c.back), else_=0)),
            func.count(func.distinct(Gift.id)),
        )
        .outerjoin(moved, moved.c.gift_id == Gift.id)
        .outerjoin(GiftVoid, GiftVoid.gift_id == Gift.id)
        .where(Gift.donor_id == donor.id, Gift.given_on.is_not(None), GiftVoid.gift_id.is_(None))
        .group_by(year)
        .order_by(year.desc())
    )
    return [Year(int(number), int(cents or 0), gifts) for number, cents, gifts in rows]


def plans_of(donor: Donor) -> Sequence[Plan]:
    """Their monthly gifts, those that run first. One query."""
    rows = db.session.execute(
        select(RecurringGift, RecurringGiftEnd.at)
        .outerjoin(RecurringGiftEnd, RecurringGiftEnd.recurring_gift_id == RecurringGift.id)
        .where(RecurringGift.donor_id == donor.id)
        .order_by(RecurringGiftEnd.at.is_not(None), RecurringGift.id.desc())
    )
    return [
        Plan(plan.code, plan.amount_cents, plan.currency, plan.started_at, ended, plan.said in DECLINED)
        for plan, ended in rows
    ]
