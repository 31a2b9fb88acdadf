"""Gifts for development and the director: the month, a search, records, receipts, the Excel file."""

from datetime import date, timedelta
from io import BytesIO

import pytest
from openpyxl import load_workbook
from sqlalchemy import event, select

from mexile.donors.models import Donor
from mexile.gifts.gift.models import Gift
from mexile.gifts.ledger.models import LedgerLine
from mexile.gifts.month.queries import find_gifts, month_of_gifts, needs
from mexile.gifts.receipt.models import Receipt, ReceiptVoid
from mexile.ground import clock
from mexile.ground.db import db, writing
from mexile.ground.errors import NotHere
from mexile.ground.queue import Job
from mexile.ground.trail import TrailRow
from tests.demo.standin import client_of, one_gift, pay
from tests.gifts.giving import text_of
from tests.reports.office import recalculated

NOVEMBER = date(2026, 11, 1)
CASH = {
    "channel": "cash",
    "amount": "50",
    "given_on": "2026-11-03",
    "fund": "general",
    "name": "Rosa Ejemplo",
    "kind": "person",
    "language": "en",
}
"""What the form of a gift of fifty dollars in cash sends."""


@pytest.fixture
def a_month(make):
    rosa = make.donor(name="Rosa Núñez", email="rosa@example.org")
    make.gift(donor=rosa, cents=5000, channel="stripe_card", fee=175, code="G-CARD")
    make.gift(donor=rosa, cents=20000, code="G-CHEQUE", on=date(2026, 11, 30))
    make.gift(cents=3000, channel="stripe_card", code="G-PENDING", on=date(2026, 11, 5))
    make.gift(channel="in_kind", description="Six chairs", code="G-CHAIRS", on=date(2026, 11, 6))
    make.gift(cents=10000, channel="stripe_card", fee=320, back=4000, code="G-BACK", on=date(2026, 10, 31))
    make.gift(cents=9900, code="G-OCTOBER", on=date(2026, 10, 2))
    return rosa


def test_a_month_adds_up_to_the_cent_and_a_refund_stands_where_it_happened(in_app, make, a_month):
    viewer = make.viewer("development")
    found = month_of_gifts(viewer, NOVEMBER)
    assert (found.received, found.fee, found.back, found.net) == (28000, 175, 4000, 23825)
    assert found.fees_pending == 1
    assert [row.code for row in found.rows] == ["G-CHEQUE", "G-CHAIRS", "G-PENDING", "G-CARD", "G-BACK"]
    assert [row.state.code for row in found.rows] == ["received", "received", "fee_pending", "paid", "part_refunded"]
    october = month_of_gifts(viewer, date(2026, 10, 1))
    assert (october.received, october.fee, october.back, october.net) == (19900, 320, 0, 19580)


@pytest.mark.parametrize(
    ("question", "codes"),
    [
        ("nunez", {"G-CARD", "G-CHEQUE"}),
        ("NÚÑ ros", {"G-CARD", "G-CHEQUE"}),
        ("rosa@example.org", {"G-CARD", "G-CHEQUE"}),
        ("rosa@example", set()),
        ("g-card", {"G-CARD"}),
        ("R-000002", {"G-CHEQUE"}),
        ("nobody", set()),
        ("", set()),
    ],
)
def test_a_gift_is_found_by_name_mail_code_and_receipt(in_app, make, a_month, question, codes):
    assert {row.code for row in find_gifts(make.viewer("director"), question)} == codes


def test_the_page_has_the_sums_and_each_state_in_words(client_as, a_month):
    page = text_of(client_as("development").get("/gifts?month=2026-11"))
    for words in (
        "Gifts, November 2026",
        "$280.00 received",
        "− $1.75 fees",
        "− $40.00 refunded",
        "= $238.25 net",
        "One fee is not known yet",
    ):
        assert words in page
    for state in ("Paid", "Received", "Refunded in part", "Paid, fee not yet known", "described, not valued"):
        assert state in page


def test_the_excel_file_has_the_totals_of_the_page_and_no_text_is_a_formula(app, client_as, make, a_month):
    evil = make.donor(name="=HYPERLINK(\"http://x\")\x01 cmd|' /C calc'!A0")
    make.gift(donor=evil, cents=100, on=date(2026, 11, 12))
    answer = client_as("director").post("/gifts/workbook", data={"month": "2026-11"})
    assert 'filename="gifts-2026-11.xlsx"' in answer.headers["Content-Disposition"]
    sheet = load_workbook(BytesIO(answer.data)).active
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=5)]
    received, fees, back = (round(sum(row[n] for row in rows[:-1]) * 100) for n in (6, 7, 8))
    assert (received, fees, back) == (28100, 175, 4000)
    assert rows[-1][6:10] == [f"=SUM({c}5:{c}10)" for c in "GHIJ"]
    names = [cell for row in sheet.iter_rows(min_row=5, max_row=10) for cell in row if isinstance(cell.value, str)]
    assert {cell.data_type for cell in names if cell.column != 10} == {"s"}
    with app.app_context():
        assert db.session.scalar(select(TrailRow.subject).where(TrailRow.act == "gift.export")) == "2026-11"


@pytest.mark.once
@pytest.mark.parametrize("name", ["=1+1", "+1 915 555 0123", "-1", "@SUM(A1)", "Ana \u202ereversed"])
def test_every_formula_of_the_excel_file_holds_its_value_and_names_stay_words(client_as, make, a_month, name):
    make.gift(donor=make.donor(name=name), cents=100, on=date(2026, 11, 12))
    body = client_as("director").post("/gifts/workbook", data={"month": "2026-11"}).data
    formulas, values = (load_workbook(BytesIO(body), data_only=flag).active for flag in (False, True))
    counted = [cell.coordinate for row in formulas for cell in row if cell.data_type == "f"]
    assert len(counted) == 6 + 4 and all(isinstance(values[at].value, int | float) for at in counted)
    assert [round(values[f"{column}11"].value * 100) for column in "GHIJ"] == [28100, 175, 4000, 23925]
    [held] = [row[3] for row in formulas.iter_rows(min_row=5, max_row=10) if row[6].value == 1]
    assert held.data_type == "s" and "\u202e" not in held.value
    assert held.quotePrefix is (name[0] in "=+-@")


def test_an_empty_month_makes_a_file_too(client_as, make):
    make.gift(cents=100, on=date(2026, 11, 12))
    body = client_as("director").post("/gifts/workbook", data={"month": "2026-10"}).data
    assert load_workbook(BytesIO(body), data_only=True).active["J5"].value == 0


@pytest.mark.once
def test_libreoffice_counts_the_same_totals_as_the_page(client_as, a_month, libreoffice, tmp_path):
    body = client_as("director").post("/gifts/workbook", data={"month": "2026-11"}).data
    [cells] = recalculated(libreoffice, body, tmp_path).values()
    assert [round(cells[f"{column}10"] * 100) for column in "GHIJ"] == [28000, 175, 4000, 23825]


def test_the_excel_file_asks_for_the_password_again(client_as, a_month):
    client = client_as("development", confirmed=timedelta(minutes=6))
    assert "/confirm" in client.post("/gifts/workbook", data={"month": "2026-11"}).headers["Location"]


def test_a_cheque_is_recorded_once_with_its_line_and_receipt(app, client_as, make, letters, standin):
    client = client_as("development")
    filled = {
        "channel": "cheque",
        "amount": "1.000,50",
        "given_on": "3 nov 2026",
        "fund": "bonds",
        "name": "Círculo Ejemplo",
        "email": "circulo@example.org",
        "kind": "organization",
        "language": "es",
        "form_token": "r" * 20,
    }
    addresses = {client.post("/gifts/new", data=filled).headers["Location"] for _ in range(3)}
    assert len(addresses) == 1
    with app.app_context():
        [gift] = db.session.scalars(select(Gift)).all()
        [line] = db.session.scalars(select(LedgerLine)).all()
        [receipt] = db.session.scalars(select(Receipt)).all()
        assert (gift.amount_cents, line.amount_cents, receipt.amount_cents) == (100050, 100050, 100050)
        assert db.session.scalar(select(Donor.kind)) == "organization"
    standin.work()
    assert [letter["Subject"] for letter in letters] == ["Su recibo R-000001"]
    assert "Círculo Ejemplo" in text_of(client.get(addresses.pop()))


def test_a_gift_in_kind_is_described_and_never_valued(app, client_as, make, letters, standin):
    client = client_as("director")
    filled = {
        "channel": "in_kind",
        "amount": "900",
        "description": "A refrigerator",
        "given_on": "2026-11-03",
        "fund": "families",
        "name": "Rosa Ejemplo",
        "email": "rosa@example.org",
        "kind": "person",
        "language": "en",
    }
    client.post("/gifts/new", data=filled)
    standin.work()
    letter = letters[0].get_body().get_content()
    assert "A refrigerator" in letter and "900" not in letter and "$" not in letter.replace("$500", "")
    with app.app_context():
        assert db.session.scalar(select(Gift.amount_cents)) is None
        assert db.session.scalars(select(LedgerLine)).all() == []


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"amount": ""}, "Please fill this in"),
        ({"amount": "1e9"}, "Write an amount in dollars"),
        ({"amount": "-5"}, "Write an amount in dollars"),
        ({"given_on": "3/12/2026"}, "Is it"),
        ({"given_on": "31/02/2026"}, "no day of the calendar"),
        ({"given_on": "2199-01-01"}, "still to come"),
        ({"given_on": "2999-01-01"}, "can&#39;t be right"),
        ({"name": ""}, "Write a name"),
        ({"donor": "D-9999"}, "No donor has this code"),
        ({"channel": "in_kind"}, "Describe what was given"),
        ({"email": "not an address"}, "Write an e-mail address"),
    ],
)
def test_what_is_wrong_is_said_in_words_and_nothing_is_lost(app, client_as, make, wrong, words):
    make.funds()
    filled = CASH | {"address": "1 Example Street"}
    answer = client_as("development").post("/gifts/new", data=filled | wrong)
    assert answer.status_code == 422
    assert words in text_of(answer)
    assert "1 Example Street" in answer.get_data(as_text=True)
    with app.app_context():
        assert db.session.scalars(select(Gift)).all() == []


def test_a_name_that_is_known_is_asked_about(app, client_as, make):
    known = make.donor(name="Rosa Núñez")
    make.funds()
    filled = CASH | {"name": "nunez ROSA"}
    client = client_as("development")
    asked = client.post("/gifts/new", data=filled)
    assert asked.status_code == 422 and known.code in text_of(asked)
    client.post("/gifts/new", data=filled | {"same": known.code})
    client.post("/gifts/new", data=filled | {"same": "new"})
    with app.app_context():
        assert len(db.session.scalars(select(Donor)).all()) == 2


def test_a_gift_of_somebody_new_is_recorded_once_however_often_the_form_is_sent(app, client_as, make):
    make.funds()
    filled = CASH | {"form_token": "c" * 20}
    client = client_as("development")
    first, again = (client.post("/gifts/new", data=filled) for _ in range(2))
    assert (first.status_code, again.status_code, again.location) == (302, 302, first.location)
    with app.app_context():
        assert len(db.session.scalars(select(Gift)).all()) == 1


def test_a_payment_matched_twice_by_a_double_click_leads_to_its_gift_both_times(client_as, make, standin):
    make.unmatched(cents=7000)
    sent = {"donor": make.donor(name="Rosa Ejemplo").code, "fund": "general", "form_token": "d" * 20}
    client = client_as("development")
    first, again = (client.post("/gifts/unmatched/1/gift", data=sent) for _ in range(2))
    assert (first.status_code, again.status_code, again.location) == (302, 302, first.location)


def test_no_letter_goes_to_a_donor_whose_address_was_taken_out_meanwhile(app, client_as, make, letters, standin):
    donor = make.donor(name="Rosa Ejemplo", email="rosa@example.org")
    make.gift(donor=donor, code="G-1")
    client = client_as("development")
    client.post("/gifts/G-1/void", data={"reason": "It bounced"})
    emptied = {"name": "Rosa Ejemplo", "email": "", "address": "", "language": "en", "version": "1"}
    assert client.post(f"/donors/{donor.code}/edit", data=emptied).status_code == 302
    standin.work()
    assert letters == []
    with app.app_context():
        kinds = select(Job.kind).where(Job.kind == "mail", Job.state != "done")
        assert db.session.scalars(kinds).all() == [], "nothing waits or is called undeliverable"


def test_a_cancelled_entry_leaves_the_books_today_and_its_receipt_is_void(app, client_as, make):
    make.gift(cents=20000, code="G-CHEQUE", on=date(2026, 10, 2))
    client = client_as("development")
    for _ in range(2):
        assert client.post("/gifts/G-CHEQUE/void", data={"reason": "It bounced"}).status_code == 302
    page = text_of(client.get("/gifts/G-CHEQUE"))
    assert "Entry cancelled" in page and "It bounced" in page and "void" in page
    with app.app_context():
        lines = [tuple(line) for line in db.session.execute(select(LedgerLine.kind, LedgerLine.amount_cents))]
        assert lines == [("charge", 20000), ("refund", -20000)]
        assert db.session.scalar(select(ReceiptVoid.reason)) == "cancelled"


def test_a_gift_by_card_is_given_back_at_stripe(client_as, make):
    make.gift(channel="stripe_card", fee=175, code="G-CARD")
    answer = client_as("director").post("/gifts/G-CARD/void", data={"reason": "x"})
    assert answer.status_code == 409


def test_a_receipt_is_sent_again_once_a_press_and_marked_as_a_copy(app, client_as, make, letters, standin):
    make.gift(donor=make.donor(email="rosa@example.org"), code="G-1")
    standin.work()
    letters.clear()
    client = client_as("development")
    for token in ("a" * 20, "a" * 20, "b" * 20):
        client.post("/gifts/G-1/receipt", data={"form_token": token})
    standin.work()
    assert len(letters) == 2
    assert all("Copy." in letter.get_body().get_content() for letter in letters)


def test_what_needs_somebody_is_on_the_page(app, client_as, make):
    make.unmatched(cents=7000)
    donor = make.donor(name="Rosa Núñez")
    make.monthly(donor=donor, said="past_due", cents=2500)
    waiting = make.gift(donor=donor, channel="in_kind", code="G-OLD", description="x")
    page = text_of(client_as("development").get("/gifts"))
    for words in ("Needs you", "$70.00 came in at Stripe without a gift", "$25 a month was declined"):
        assert words in page
    assert waiting.code not in page.partition("Needs you")[2].partition("Twelve months")[0]


def test_a_gift_that_confirms_for_over_an_hour_needs_somebody(in_app, make):
    gift = make.gift(channel="in_kind", description="x", code="G-SLOW")
    with writing():
        row = db.session.get(Gift, gift.id)
        row.channel, row.amount_cents, row.given_on = "stripe_card", 5000, None
        row.said, row.made_at = "processing", clock.now() - timedelta(minutes=61)
    assert [row.code for row in needs(make.viewer("director")).confirming] == ["G-SLOW"]


def test_unmatched_money_becomes_a_donors_gift_or_is_set_aside(app, client_as, make, standin):
    donor = make.donor(name="Rosa Núñez")
    for _ in range(2):
        pay(client_of(standin.running).v1.checkout.sessions.create(one_gift(7000)).url)
    standin.settle()
    client = client_as("development")
    assert client.post("/gifts/unmatched/1/gift", data={"donor": donor.code, "fund": "bonds"}).status_code == 302
    client.post("/gifts/unmatched/2/closure", data={"reason": "A test"})
    page = text_of(client.get("/gifts"))
    assert "Needs you" not in page and "$70.00" in page and "Rosa Núñez" in page
    with app.app_context():
        lines = [tuple(line) for line in db.session.execute(select(LedgerLine.kind, LedgerLine.amount_cents))]
        assert lines == [("charge", 7000), ("fee", -233)]


@pytest.mark.parametrize("role", ["administrator", "attorney", "caseworker", "intake", "volunteer", "auditor"])
def test_for_other_roles_this_house_does_not_exist(in_app, make, role):
    viewer = make.viewer(role)
    for question in (lambda: month_of_gifts(viewer, NOVEMBER), lambda: find_gifts(viewer, "a"), lambda: needs(viewer)):
        with pytest.raises(NotHere):
            question()


def test_no_word_of_a_member_can_appear_here(app, client_as, make, a_month):
    make.member(alias="Colibrí Canario", legal_name="Persona Canario")
    client = client_as("director")
    for path in ("/gifts?month=2026-11", "/gifts/G-CARD", "/donors/D-0001", "/gifts/new"):
        page = text_of(client.get(path))
        assert "Persona" not in page and "Colibrí" not in page and "ME-" not in page, path


def test_a_month_takes_a_fixed_number_of_queries(in_app, make, a_month):
    viewer, counted = make.viewer("development"), []

    def count(*words):
        if words[2].startswith("SELECT"):
            counted.append(words[2])

    event.listen(db.engine, "before_cursor_execute", count)
    for more in (0, 20):
        for number in range(more):
            make.gift(cents=100 + number, on=date(2026, 11, 9))
        db.session.rollback()
        counted.clear()
        assert len(month_of_gifts(viewer, NOVEMBER).rows) == 5 + more
        assert len(counted) == 6
