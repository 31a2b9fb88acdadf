"""Donors, gifts with their ledger lines and receipts, funders, grants and due reports."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from mexile.demo.fill.ground import Site, add, rid, sealed
from mexile.demo.organization.giving import Donor as Giver
from mexile.demo.organization.giving import Gift as Given
from mexile.donors.models import Donor
from mexile.donors.queries import email_index
from mexile.gifts.dispute.models import Dispute
from mexile.gifts.fund.actions import seed_funds
from mexile.gifts.gift.models import Gift
from mexile.gifts.ledger.models import LedgerLine
from mexile.gifts.receipt.actions import keep_texts
from mexile.gifts.receipt.models import Receipt, ReceiptBook, ReceiptVoid
from mexile.gifts.recurring.models import RecurringGift, RecurringGiftEnd
from mexile.grants.models import DueReport, Funder, GrantAward, GrantServiceType, Indicator, ReportSubmission

SAID = {
    "paid": "succeeded",
    "refunded": "succeeded",
    "disputed": "succeeded",
    "failed": "declined",
    "confirming": "processing",
}
KEPT = ("paid", "refunded", "disputed")
DISPUTE_FEE = 1500
TO_ANSWER = timedelta(days=9)
A_WHILE = timedelta(minutes=10)
"""So long has the bank been thinking about today's gift."""


def seed_money(site: Site) -> None:
    seed_funds()
    _lay_donors(site)
    _lay_plans(site)
    _lay_gifts(site)
    _lay_receipts(site)


def _lay_donors(site: Site) -> None:
    first: dict[str, Given] = {}
    for gift in site.plan.giving.gifts:
        first.setdefault(gift.donor, gift)
    customers = {
        plan.donor: site.account.subscriptions[plan.code][1] for plan in site.plan.giving.plans if plan.ended_on is None
    }
    rows = []
    for number, giver in enumerate(site.plan.giving.donors, start=1):
        site.donors[giver.code] = number
        site.donor_keys[giver.code] = key_id = site.key()
        rows.append(_donor(site, number, giver, key_id, first[giver.code], customers.get(giver.code)))
    add(Donor, rows)


def _donor(site: Site, number: int, giver: Giver, key_id: bytes, first: Given, customer: str | None) -> dict[str, Any]:
    row = {
        "id": number,
        "rid": rid(),
        "key_id": key_id,
        "code": giver.code,
        "kind": giver.kind,
        "email_bidx": email_index(giver.email) if giver.email else None,
        "language": giver.language,
        "anonymous": int(giver.anonymous),
        "stripe_customer": customer,
        "made_at": site.at(first.given_on, first.minute),
    }
    return sealed("donor", row, name=giver.name, email=giver.email, address=giver.address)


def _lay_plans(site: Site) -> None:
    plans = list(enumerate(site.plan.giving.plans, start=1))
    known = site.account.subscriptions
    languages = {giver.code: giver.language for giver in site.plan.giving.donors}
    add(
        RecurringGift,
        (
            {
                "id": n,
                "code": plan.code,
                "donor_id": site.donors[plan.donor],
                "amount_cents": plan.cents,
                "currency": "USD",
                "fund_code": plan.fund,
                "language": languages[plan.donor],
                "stripe_subscription": known.get(plan.code, (f"sub_demo{n:05d}", ""))[0],
                "stripe_customer": known.get(plan.code, ("", f"cus_demo{n:05d}"))[1],
                "said": "canceled" if plan.ended_on else "active",
                "said_at": site.at(plan.ended_on or site.plan.day),
                "started_at": site.at(plan.started_on),
            }
            for n, plan in plans
        ),
    )
    add(
        RecurringGiftEnd,
        ({"recurring_gift_id": n, "by": "donor", "at": site.at(plan.ended_on)} for n, plan in plans if plan.ended_on),
    )


def _lay_gifts(site: Site) -> None:
    plans = {plan.code: n for n, plan in enumerate(site.plan.giving.plans, start=1)}
    gifts = list(enumerate(site.plan.giving.gifts, start=1))
    add(Gift, (_gift(site, n, gift, plans) for n, gift in gifts))
    add(LedgerLine, (line for n, gift in gifts for line in _lines(site, n, gift)))
    add(
        Dispute,
        (_dispute(site, n, gift, gift.undone_on) for n, gift in gifts if gift.state == "disputed" and gift.undone_on),
    )


def _gift(site: Site, number: int, gift: Given, plans: dict[str, int]) -> dict[str, Any]:
    made = site.at(gift.given_on, gift.minute)
    if gift.state == "confirming":
        made = site.now - A_WHILE
    stripe = gift.channel.startswith("stripe")
    session, intent = site.account.late.get(gift.code, (None, f"pi_demo{number:05d}" if stripe else None))
    row = {
        "id": number,
        "rid": rid(),
        "key_id": site.donor_keys[gift.donor],
        "code": gift.code,
        "donor_id": site.donors[gift.donor],
        "recurring_gift_id": plans.get(gift.plan or ""),
        "channel": gift.channel,
        "amount_cents": None if gift.channel == "in_kind" else gift.cents,
        "currency": "USD",
        "is_monthly": int(gift.plan is not None),
        "fund_code": gift.fund,
        "given_on": gift.given_on if gift.state in KEPT else None,
        "language": gift.language,
        "stripe_session": session,
        "stripe_payment_intent": intent,
        "said": SAID[gift.state] if stripe else None,
        "said_at": made if stripe else None,
        "by_user_id": None if stripe else site.users["ines"],
        "made_at": made,
    }
    words = gift.description_es if gift.language == "es" else gift.description
    return sealed("gift", row, description=words)


def _lines(site: Site, number: int, gift: Given) -> Iterator[dict[str, Any]]:
    """What moved: the charge, Stripe's fee, and what went back."""
    if gift.state not in KEPT or not gift.cents:
        return
    stripe = gift.channel.startswith("stripe")
    source = f"ch_demo{number:05d}" if stripe else gift.code

    def line(kind: str, cents: int, on: Any, source: str = source, balance: str | None = None) -> dict[str, Any]:
        return {
            "gift_id": number,
            "kind": kind,
            "amount_cents": cents,
            "currency": "USD",
            "source": source,
            "balance_transaction": balance,
            "on": on,
            "at": site.at(on, gift.minute),
        }

    yield line("charge", gift.cents, gift.given_on)
    if stripe:
        yield line("fee", -gift.fee_cents, gift.given_on, balance=f"txn_demo{number:05d}")
    if gift.state == "refunded":
        yield line("refund", -gift.cents, gift.undone_on, f"re_demo{number:05d}", f"txn_back{number:05d}")
    if gift.state == "disputed":
        yield line("dispute", -gift.cents, gift.undone_on, f"du_demo{number:05d}", f"txn_disp{number:05d}")
        yield line("dispute_fee", -DISPUTE_FEE, gift.undone_on, f"du_demo{number:05d}", f"txn_dfee{number:05d}")


def _dispute(site: Site, number: int, gift: Given, on: date) -> dict[str, Any]:
    """A dispute of the last days waits for an answer, an older one for the bank."""
    opened = site.at(on, gift.minute)
    due = opened + TO_ANSWER
    return {
        "stripe_dispute": f"du_demo{number:05d}",
        "stripe_payment_intent": f"pi_demo{number:05d}",
        "gift_id": number,
        "amount_cents": gift.cents,
        "currency": "USD",
        "reason": "fraudulent",
        "said": "needs_response" if due > site.now else "under_review",
        "said_at": opened,
        "due_at": due,
        "opened_at": opened,
    }


def _lay_receipts(site: Site) -> None:
    gifts = [(n, gift) for n, gift in enumerate(site.plan.giving.gifts, start=1) if gift.state in KEPT]
    receipts = list(enumerate(gifts, start=1))
    add(
        Receipt,
        (
            {
                "id": number,
                "number": number,
                "gift_id": n,
                "version": 1,
                "amount_cents": gift.cents or None,
                "language": gift.language,
                "issued_at": site.at(gift.given_on, gift.minute),
            }
            for number, (n, gift) in receipts
        ),
    )
    add(
        ReceiptVoid,
        (
            {"receipt_id": number, "at": site.at(gift.undone_on), "reason": "refunded"}
            for number, (_, gift) in receipts
            if gift.state == "refunded" and gift.undone_on
        ),
    )
    add(ReceiptBook, [{"id": 1, "last_number": len(receipts)}])
    keep_texts(is_later=False)


# ---- grants ---------------------------------------------------------------------

INDICATORS = {
    "accompaniment": ("People accompanied to a date", "Personas acompañadas a una cita", "people"),
    "people": ("People served, each counted once", "Personas atendidas, contadas una sola vez", "people"),
    "households": ("Households served", "Hogares atendidos", "households"),
    "acts": ("Services given", "Servicios prestados", "acts"),
    "minutes": ("Time given", "Tiempo dedicado", "minutes"),
}


def seed_grants(site: Site) -> None:
    add(Funder, (_funder(n, funder.code, funder.name) for n, funder in enumerate(site.plan.funders, start=1)))
    funders = {funder.code: n for n, funder in enumerate(site.plan.funders, start=1)}
    awards = list(enumerate(site.plan.awards, start=1))
    add(
        GrantAward,
        (
            {
                "id": n,
                "code": award.code,
                "funder_id": funders[award.funder],
                "title_en": award.title["en"],
                "title_es": award.title["es"],
                "amount_cents": award.cents,
                "currency": "USD",
                "from_on": award.from_on,
                "to_on": award.to_on,
                "restricted": int(award.restricted),
                "version": 1,
            }
            for n, award in awards
        ),
    )
    add(GrantServiceType, ({"grant_id": n, "type_code": code} for n, award in awards for code in award.types))
    add(Indicator, (row for n, _ in awards for row in _indicators(site, n)))
    _lay_reports(site, {award.code: n for n, award in awards})


def _funder(number: int, code: str, name: str) -> dict[str, Any]:
    """A few funders reckon their year from July."""
    return {"id": number, "code": code, "name": name, "fiscal_year_month": 7 if number % 4 == 0 else 1}


def _indicators(site: Site, grant_id: int) -> Iterator[dict[str, Any]]:
    """Three promises a grant, a little above or below what will be reached."""
    award = site.plan.awards[grant_id - 1]
    reached = _reached(site, award)
    for position, name in enumerate(("people", "households", "acts", "minutes")[: 3 + grant_id % 2]):
        en, es, measure = INDICATORS[name]
        share = (0.82, 0.95, 1.08, 1.2)[(grant_id + position) % 4]
        target = max(_round(reached[name] / share), 1)
        yield {
            "grant_id": grant_id,
            "position": position,
            "en": en,
            "es": es,
            "measure": measure,
            "type_codes": "",
            "target": target,
        }


def _round(value: float) -> int:
    """A number that somebody would promise."""
    step = 5 if value < 200 else 50 if value < 5000 else 600
    return int(round(value / step) * step)


def _reached(site: Site, award: Any) -> dict[str, float]:
    """What was reached of the whole grant's time, in the measures' own units."""
    homes = {member.code: member.household for member in site.plan.members}
    acts = [
        a for a in site.plan.acts if award.from_on <= a.on <= award.to_on and (not award.types or a.type in award.types)
    ]
    people = {code for act in acts for code in act.members}
    run = max((min(award.to_on, site.plan.day) - award.from_on).days, 30) / max((award.to_on - award.from_on).days, 1)
    return {
        "people": len(people) / run**0.4,
        "households": len({homes[code] for code in people}) / run**0.4,
        "acts": len(acts) / run,
        "minutes": sum(act.minutes for act in acts) / run,
    }


def _lay_reports(site: Site, grants: dict[str, int]) -> None:
    reports = list(enumerate(site.plan.reports, start=1))
    add(
        DueReport,
        (
            {
                "id": n,
                "grant_id": grants[report.award],
                "report_name": report.kind,
                "period_from": report.from_on,
                "period_to": report.to_on,
                "due_on": report.due_on,
            }
            for n, report in reports
        ),
    )
    add(
        ReportSubmission,
        (
            {"due_report_id": n, "by_user_id": site.users["elena"], "at": site.at(report.sent_on, 15 * 60)}
            for n, report in reports
            if report.sent_on
        ),
    )
