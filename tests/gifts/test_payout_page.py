"""The page of Stripe's payouts: what it shows is what the balance says, and only for who may see gifts."""

from datetime import UTC, datetime

import pytest

from mexile.access.roles import DEVELOPMENT
from mexile.gifts.payout.models import BalanceTransaction, Payout, PayoutLine
from mexile.ground import clock
from mexile.ground.db import db, writing

ARRIVES = datetime(2026, 11, 20, tzinfo=UTC)
"""As Stripe says the day on which money arrives."""


@pytest.fixture
def paid_out(app, make):
    """A payout of two payments of which one was given back, off by `off`, and one that was asked for by hand."""

    def paid_out(off=0):
        now = clock.now()
        moves = (("charge", 10_000, 320), ("charge", 5_000, 175), ("refund", -5_000, 0))
        net = sum(amount - fee for _, amount, fee in moves)
        # None of them is of a payment of ours, so that the ledger needs no line of it.
        with app.app_context(), writing():
            for name, amount, automatic in (("po_made", net + off, 1), ("po_hand", 777, 0)):
                row = Payout(
                    stripe_payout=name, amount_cents=amount, currency="USD", is_automatic=automatic, said="paid"
                )
                row.said_at, row.made_at, row.arrives_at = now, now, ARRIVES
                db.session.add(row)
            db.session.flush()
            for number, (category, amount, fee) in enumerate(moves):
                txn = BalanceTransaction(
                    stripe_id=f"txn_{number}", category=category, amount_cents=amount, fee_cents=fee
                )
                txn.currency, txn.source, txn.at, txn.seen_at = "USD", f"src_{number}", now, now
                db.session.add(txn)
                db.session.flush()
                db.session.add(PayoutLine(stripe_payout="po_made", balance_transaction=txn.stripe_id))
        return net

    return paid_out


def test_a_payout_shows_how_it_comes_about_and_one_by_hand_is_never_green(client_as, paid_out):
    assert paid_out() == 9_505
    page = client_as(DEVELOPMENT).get("/payouts").text
    for figure in ("$150.00", "$4.95", "$50.00", "$95.05", "$7.77"):
        assert figure in page, figure
    assert "20 Nov 2026" in page  # not the evening before, as it was here then
    assert page.count('class="tag done"') == 1 and "asked for by hand" in page


def test_a_payout_that_is_off_by_a_cent_says_so(client_as, paid_out):
    paid_out(off=1)
    page = client_as(DEVELOPMENT).get("/payouts").text
    assert "$0.01 not explained" in page and 'class="tag done"' not in page
