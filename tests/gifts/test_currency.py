"""Pesos are never dollars: on the page, in the workbook, in what needs somebody, in sums and on the donor's page."""

from datetime import date
from io import BytesIO
from zoneinfo import ZoneInfo

import pytest
from openpyxl import load_workbook
from sqlalchemy import select

from mexile.demo.standin import cards, control
from mexile.gifts.gift.models import Gift
from mexile.gifts.ledger.models import LedgerLine
from mexile.gifts.month.queries import confirming, month_of_gifts
from mexile.gifts.unmatched.models import Unmatched
from mexile.ground import clock, seal
from mexile.ground.db import db, writing
from tests.demo.standin import client_of, one_gift, pay
from tests.gifts.giving import text_of


def today():
    """The organization's day."""
    return clock.now().astimezone(ZoneInfo("America/Denver")).date()


def this_month(make):
    seal.begin_reads()
    return month_of_gifts(make.viewer("director"), today().replace(day=1))


PESOS = {"currency": "mxn", "unit_amount": 50000, "product_data": {"name": "Gift"}}


@pytest.fixture
def pesos(app, client, standin, make):
    """MX$500 that came in at Stripe without a gift of ours, beside a check of $100."""
    standin.world.switches.fee_late_seconds = 3600
    make.gift(cents=10000, on=today())
    params = one_gift(50000) | {"line_items": [{"quantity": 1, "price_data": PESOS}]}
    pay(client_of(standin.running).v1.checkout.sessions.create(params).url)
    standin.settle()
    return standin


def match(app, client_as, make):
    donor = make.donor(name="Luz Ejemplo", email="luz@example.org")
    with app.app_context():
        unmatched = db.session.scalar(select(Unmatched.id))
    staff = client_as("director")
    answer = staff.post(f"/gifts/unmatched/{unmatched}/gift", data={"donor": donor.code, "fund": "general"})
    assert answer.status_code == 302
    return staff, answer.headers["Location"]


def test_pesos_that_need_somebody_are_called_pesos(client_as, pesos):
    page = text_of(client_as("director").get("/gifts"))
    assert "MX$500.00 came in at Stripe" in page and " $500.00" not in page


def test_pesos_have_a_sum_of_their_own_until_stripe_changes_them(app, client_as, make, pesos):
    staff, gift = match(app, client_as, make)
    page = text_of(staff.get("/gifts"))
    assert "$100.00 received" in page and "MX$500.00 received" in page and "$600.00" not in page
    assert " $500.00" not in text_of(staff.get(gift))
    with app.app_context():
        month = this_month(make)
        assert [(sum.currency, sum.received) for sum in month.sums] == [("USD", 10000), ("MXN", 50000)]
        assert month.received == 10000


def test_changed_pesos_count_with_the_dollars_that_they_came_to(app, client_as, make, pesos):
    staff, gift = match(app, client_as, make)
    with pesos.world.changing():
        cards.settle_fees(pesos.world)
    pesos.settle()
    with app.app_context():
        lines = select(LedgerLine.kind, LedgerLine.amount_cents, LedgerLine.currency, LedgerLine.settled_cents)
        moved = set(db.session.execute(lines.where(LedgerLine.balance_transaction.is_not(None))).all())
        assert moved == {("fee", -82, "USD", 2780)}
        month = this_month(make)
        assert [(sum.currency, sum.received, sum.fee, sum.net) for sum in month.sums] == [("USD", 12780, 82, 12698)]
    assert "given as MX$500.00" in text_of(staff.get("/gifts"))
    page = text_of(staff.get(gift))
    assert "MX$500.00" in page and "$26.98" in page and " $500.00" not in page
    assert "MX$500.00" in text_of(staff.get("/gifts/receipts/R-000002"))
    with pesos.world.changing():
        control.refund_last(pesos.world, {"amount": "20000"})
    pesos.settle()
    with app.app_context():
        back = db.session.execute(lines.where(LedgerLine.kind == "refund")).one()
        assert tuple(back) == ("refund", -20000, "MXN", -1112)
        assert [sum.back for sum in this_month(make).sums] == [1112]
    assert "MX$300.00" in text_of(staff.get("/gifts/receipts/R-000003"))


def test_the_workbook_has_a_total_a_currency(app, client_as, make, pesos):
    staff, _gift = match(app, client_as, make)
    body = staff.post("/gifts/workbook", data={"month": f"{today():%Y-%m}"}).data
    formulas, values = (load_workbook(BytesIO(body), data_only=flag).active for flag in (False, True))
    totals = {row[11].value: row for row in values.iter_rows(min_row=7)}
    assert (totals["USD"][6].value, totals["MXN"][6].value) == (100, 500)
    assert "MX$" in totals["MXN"][6].number_format
    assert {row[6].value[:7] for row in formulas.iter_rows(min_row=7)} == {"=SUMIF("}


def test_gifts_that_their_banks_confirm_are_summed_a_currency(app, client_as, make):
    waiting = {"channel": "stripe_card", "fund_code": "general", "language": "en", "said": "processing"}
    make.funds()
    with app.app_context(), writing():
        for number, (cents, currency) in enumerate(((5000, "USD"), (50000, "MXN"))):
            key = make.donor().key_id
            db.session.add(
                Gift(
                    key_id=key,
                    code=f"G-W{number}",
                    amount_cents=cents,
                    currency=currency,
                    made_at=clock.now(),
                    **waiting,
                )
            )
    with app.app_context():
        assert confirming(make.viewer("director")) == (2, ((5000, "USD"), (50000, "MXN")))
    assert "$50 + MX$500" in text_of(client_as("director").get("/today"))


def test_a_monthly_gift_in_pesos_is_declined_in_pesos(app, client_as, make):
    plan = make.monthly(cents=50000, said="past_due")
    with app.app_context(), writing():
        db.session.merge(plan).currency = "MXN"
    page = text_of(client_as("director").get("/gifts"))
    assert "MX$500 a month was declined" in page


def test_the_day_since_which_sums_are_kept_by_currency_stands_where_older_lines_do(app, client_as, make):
    donor = make.donor()
    make.gift(donor=donor, on=date(2026, 11, 3))
    staff, words = client_as("development"), "Counted this way since"
    pages = ("/gifts?month=2026-11&lang=en", f"/donors/{donor.code}?lang=en")
    assert not any(words in text_of(staff.get(page)) for page in pages), "nothing changed here"
    make.rule_change("currency", since=date(2026, 11, 20))
    for page in pages:
        assert "Counted this way since 20 Nov 2026: Gifts count in the currency" in text_of(staff.get(page))
    spanish = client_as(user=make.user(role="director", language="es"))
    assert "Se cuenta así desde el 20 nov 2026: Los donativos" in text_of(spanish.get("/gifts?month=2026-11"))
    body = staff.post("/gifts/workbook?lang=en", data={"month": "2026-11"}).data
    assert "What was booked before counts as dollars" in load_workbook(BytesIO(body)).active["A3"].value
    make.gift(donor=donor, on=date(2026, 12, 3))
    assert words not in text_of(staff.get("/gifts?month=2026-12&lang=en"))
