"""A donor gives once: the form, the payment page, the thank-you page, the receipt."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import select

from mexile.demo.standin import cards
from mexile.donors.models import Donor
from mexile.gifts import stripe_api
from mexile.gifts.card_testing import actions as limits
from mexile.gifts.gift.models import Gift
from mexile.gifts.give.rules import with_fee
from mexile.gifts.ledger.models import LedgerLine
from mexile.gifts.receipt.models import Receipt
from mexile.ground import clock
from mexile.ground.db import db
from tests.demo.standin import pay
from tests.gifts.giving import form, give, text_of
from tests.gifts.test_stripe_event import everything

DECLINED = "4000000000000002"

LINES = select(LedgerLine.kind, LedgerLine.amount_cents).order_by(LedgerLine.id)


def ledger(app):
    with app.app_context():
        return [tuple(row) for row in db.session.execute(LINES)]


def test_fifty_dollars_in_spanish_from_the_form_to_the_receipt(app, client, standin, letters):
    page = client.get("/give?lang=es")
    assert page.status_code == 200
    answer = give(client, lang="es", email="Ana@Example.org ")
    assert answer.status_code == 303
    checkout = answer.headers["Location"]
    assert checkout.startswith(standin.world.address + "/checkout/")
    back = pay(checkout)
    assert back.startswith("http://127.0.0.1:8080/give/thanks/G-")
    thanks = back.removeprefix("http://127.0.0.1:8080")
    assert "Confirmando con su banco" in text_of(client.get(thanks))
    standin.settle()
    assert "Gracias" in text_of(client.get(thanks))
    assert ledger(app) == [("charge", 5000), ("fee", -175)]
    [letter] = letters
    assert letter["Subject"] == "Su recibo R-000001"
    assert letter["To"] == "Ana@Example.org"
    assert "No se entregaron bienes ni servicios" in letter.get_body().get_content()
    [pdf] = letter.iter_attachments()
    assert pdf.get_filename() == "R-000001.pdf"


def test_a_double_click_is_one_page_and_one_gift(app, client, standin):
    filled = form()
    pages = {client.post("/give", data=filled).headers["Location"] for _ in range(3)}
    assert len(pages) == 1
    assert len(standin.world.all("checkout.session")) == 1
    with app.app_context():
        assert len(db.session.scalars(select(Gift)).all()) == 1


def test_a_crash_after_the_page_was_made_leaves_nothing_and_the_same_form_finds_it(app, client, standin, monkeypatch):
    filled = form()

    def crash(*ignored):
        raise OSError("the power went out")

    with monkeypatch.context() as broken:
        broken.setattr("mexile.gifts.give.actions._write", crash)
        assert client.post("/give", data=filled).status_code == 500
    [session] = standin.world.all("checkout.session")
    assert (session["status"], session["payment_status"]) == ("open", "unpaid")
    with clock.at(clock.now() + timedelta(minutes=20)):
        assert client.post("/give", data=filled).headers["Location"] == session["url"]
    assert len(standin.world.all("checkout.session")) == 1


def test_the_same_form_filled_in_anew_is_another_gift_and_the_old_page_closes(app, client, standin):
    filled = form()
    first = client.post("/give", data=filled).headers["Location"]
    second = client.post("/give", data=filled | {"amount": "10000"}).headers["Location"]
    assert first != second
    assert pay(first) is None
    assert pay(second)


def open_pages(standin):
    return [session for session in standin.world.all("checkout.session") if session["status"] == "open"]


@pytest.mark.parametrize("every", ["once", "month"])
def test_a_changed_mind_after_the_browsers_back_or_in_a_second_tab_leaves_one_page_to_pay(app, client, standin, every):
    first = give(client, every="month").headers["Location"]
    second = give(client, every=every, amount="2500", email="ana.ejemplo@example.org").headers["Location"]
    assert pay(first) is None
    assert pay(second)
    standin.settle()
    assert ledger(app)[0] == ("charge", 2500) and len(ledger(app)) == 2


def test_a_page_that_cannot_be_closed_opens_no_other_one(client, standin, monkeypatch):
    give(client)
    with monkeypatch.context() as silent:

        def nothing(*ignored):
            raise stripe_api.StripeSilent("no answer")

        silent.setattr(stripe_api, "close_checkout", nothing)
        answer = give(client, amount="2500")
    assert answer.status_code == 503 and "Nothing was charged" in text_of(answer)
    assert len(open_pages(standin)) == 1
    assert give(client, amount="2500").status_code == 303
    assert [page["amount_total"] for page in open_pages(standin)] == [2500]


def test_whoever_paid_and_comes_back_to_the_same_form_is_thanked_and_not_charged_again(client, standin):
    filled = form()
    pay(client.post("/give", data=filled).headers["Location"])
    answer = client.post("/give", data=filled | {"amount": "10000"})
    assert "/give/thanks/" in answer.headers["Location"]
    assert open_pages(standin) == []


def test_whoever_paid_may_give_again_with_a_new_form(client, standin):
    pay(give(client).headers["Location"])
    assert pay(give(client, amount="10000").headers["Location"])


def test_another_browser_closes_nobodys_page_whatever_address_it_types(app, client, standin):
    first = give(client).headers["Location"]
    assert pay(give(app.test_client().carry(app, None, None)).headers["Location"])
    assert pay(first)


def test_after_a_decline_the_next_page_works_and_the_first_one_takes_no_card(app, client, standin):
    filled = form(every="month")
    first = client.post("/give", data=filled).headers["Location"]
    assert pay(first, DECLINED) is None
    second = client.post("/give", data=filled | {"amount": "2500"}).headers["Location"]
    assert pay(first) is None and pay(second)
    standin.settle()
    assert ledger(app)[0] == ("charge", 2500) and len(ledger(app)) == 2


def test_a_declined_card_charges_nothing_and_everything_is_kept(app, client, standin):
    checkout = give(client, amount="other", other="33.50", every="month", name="Ñandú Ejemplo").headers["Location"]
    assert pay(checkout, DECLINED) is None
    [session] = standin.world.all("checkout.session")
    back = session["cancel_url"].removeprefix("http://127.0.0.1:8080")
    page = client.get(back).get_data(as_text=True)
    assert "Nothing was charged" in page
    assert 'value="33.50"' in page and "Ñandú Ejemplo" in page and "ana@example.org" in page
    assert re.search(r'value="month"[^>]*checked|checked[^>]*value="month"', page)


def test_the_way_back_shows_what_was_typed_and_never_whose_address_it_is(app, client, standin, make):
    make.donor(name="Rosa Ejemplo", email="rosa@example.org")
    give(client, name="Somebody Else", email="ROSA@example.org")
    [session] = standin.world.all("checkout.session")
    back = session["cancel_url"].removeprefix("http://127.0.0.1:8080")
    page = client.get(back).get_data(as_text=True)
    assert "Somebody Else" in page and "Rosa" not in page
    pay(session["url"])
    standin.settle()
    with app.app_context():
        assert db.session.scalar(select(Gift.asked_enc)) is None


def test_a_declined_gift_says_so_on_its_page_and_a_second_card_pays_it(app, client, standin):
    checkout = give(client).headers["Location"]
    pay(checkout, "4000000000009995")
    standin.settle()
    thanks = standin.world.all("checkout.session")[0]["success_url"].removeprefix("http://127.0.0.1:8080")
    assert "Nothing was charged" in text_of(client.get(thanks))
    pay(checkout)
    standin.settle()
    assert "Thank you" in text_of(client.get(thanks))
    assert ledger(app) == [("charge", 5000), ("fee", -175)]


@pytest.mark.parametrize("lang", ["en", "es"])
@pytest.mark.parametrize(
    ("typed", "cents"),
    [
        ("1,000.50", 100050),
        ("1.000,50", 100050),
        ("$ 20", 2000),
        ("-5", None),
        ("1e9", None),
        ("0.001", None),
        ("2.99", None),
        ("25,000.01", None),
        ("٥٠", None),
        ("", None),
    ],
)
def test_an_amount_is_read_in_both_ways_or_refused_in_words(client, standin, lang, typed, cents):
    answer = give(client, lang=lang, amount="other", other=typed)
    if cents is not None:
        assert answer.status_code == 303
        assert standin.world.all("checkout.session")[0]["amount_total"] == cents
        return
    assert answer.status_code == 422
    assert 'role="alert"' in answer.get_data(as_text=True)
    assert standin.world.all("checkout.session") == []
    assert "Ana Ejemplo" in answer.get_data(as_text=True)


def test_a_form_that_nobody_looked_at_opens_no_page(client, standin):
    for wrong in (form(seconds=1), form(seconds=3 * 3600), form() | {"form_token": "0123456789abcdef-6a000000-00"}):
        answer = client.post("/give", data=wrong)
        assert answer.status_code == 422
        assert "press" in text_of(answer)
    assert standin.world.all("checkout.session") == []


def test_gifts_that_are_only_begun_take_nobodys_place(client, standin):
    """Sixty guests behind one address, on one day and in one minute, and forty strangers from elsewhere."""
    with clock.at(clock.now().replace(second=1)):
        for n in range(45):
            there = {"REMOTE_ADDR": f"192.0.2.{n}"} if n % 2 else {}
            sent = form(email=f"d{n}@example.org")
            assert client.post("/give", data=sent, environ_base=there).status_code == 303, n


def _declined(standin, client, times, address):
    for n in range(times):
        sent = form(email=f"tester{n}-{address}@example.org")
        page = client.post("/give", data=sent, environ_base={"REMOTE_ADDR": address}).headers["Location"]
        pay(page, DECLINED)
    standin.settle()


def test_a_network_whose_cards_are_declined_is_slowed_and_no_other_one(client, standin):
    begun = clock.now().replace(second=1)
    with clock.at(begun):
        _declined(standin, client, limits.DECLINED, "192.0.2.7")
        elsewhere = client.post("/give", data=form(), environ_base={"REMOTE_ADDR": "192.0.2.8"})
        answers = [
            client.post("/give", data=form(email=f"d{n}@example.org"), environ_base={"REMOTE_ADDR": "192.0.2.7"})
            for n in range(3)
        ]
    assert elsewhere.status_code == 303
    assert [answer.status_code for answer in answers] == [303, 429, 429]
    assert "Nothing was charged" in text_of(answers[1]) and "Ana Ejemplo" in answers[1].text
    with clock.at(begun + timedelta(minutes=1)):
        assert client.post("/give", data=form(), environ_base={"REMOTE_ADDR": "192.0.2.7"}).status_code == 303
    with clock.at(begun + timedelta(minutes=40)):
        standin.work()
        assert [give(client, email=f"e{n}@example.org").status_code for n in range(3)] == [303] * 3


def test_while_cards_are_declined_everywhere_only_who_tries_them_is_slowed(client, standin, monkeypatch):
    monkeypatch.setattr(limits, "ATTACK", 4)
    with clock.at(clock.now().replace(second=1)):
        for address in ("192.0.2.7", "192.0.2.8"):
            _declined(standin, client, limits.DECLINED_THEN, address)
        there = {"REMOTE_ADDR": "192.0.2.7"}
        answers = [
            client.post("/give", data=form(email=f"d{n}@example.org"), environ_base=there).status_code for n in range(2)
        ]
        assert answers == [303, 429]
        assert [give(client, email=f"e{n}@example.org").status_code for n in range(7)] == [303] * 7


def test_the_mark_of_a_network_goes_with_the_page(app, client, standin):
    give(client)
    with app.app_context():
        assert len(db.session.scalar(select(Gift.network_mark))) == 32
    with clock.at(clock.now() + timedelta(minutes=31)):
        standin.work()
    with app.app_context():
        assert db.session.scalar(select(Gift.network_mark)) is None


def test_who_only_looks_whether_the_page_is_there_is_answered(client, standin):
    for path in ("/give", "/give/mine", "/sign-in"):
        answer = client.head(path)
        assert (answer.status_code, answer.data) == (200, b""), path


def test_a_stripe_that_takes_two_seconds_is_waited_for(client, standin):
    standin.world.switches.slow_seconds = 2
    assert give(client).status_code == 303


@pytest.mark.parametrize("trouble", ["down", "slow", "gone"])
def test_a_stripe_that_does_not_answer_charges_nothing_and_the_form_stays(client, standin, monkeypatch, trouble):
    monkeypatch.setattr(stripe_api, "PATIENCE", 1)
    if trouble == "down":
        standin.world.switches.down = True
    elif trouble == "slow":
        standin.world.switches.slow_seconds = 1.5
    else:
        standin.running.stop()
    filled = form(amount="2500")
    answer = client.post("/give", data=filled)
    assert answer.status_code == 503
    page = answer.get_data(as_text=True)
    assert "Nothing was charged" in page and filled["form_token"] in page and "Ana Ejemplo" in page
    if trouble != "gone":
        standin.world.switches.down, standin.world.switches.slow_seconds = False, 0
        assert client.post("/give", data=filled).status_code == 303
        assert len(standin.world.all("checkout.session")) == 1


def test_whoever_adds_the_fee_pays_just_so_much_that_all_of_the_gift_arrives(app, client, standin):
    for cents in range(300, 60_000, 7):
        charged = with_fee(cents, 29, 30)
        assert 0 <= charged - cards.fee_of(charged) - cents <= 1
    page = give(client, cover="y").headers["Location"]
    assert standin.world.all("checkout.session")[0]["amount_total"] == 5181
    pay(page)
    standin.settle()
    assert ledger(app) == [("charge", 5181), ("fee", -180)]
    with app.app_context():
        assert db.session.scalar(select(Receipt.amount_cents)) == 5181


@pytest.mark.parametrize("breaks", ["before", "after"])
def test_what_broke_at_stripe_is_looked_up_before_anything_is_made_again(client, standin, breaks):
    """The same idempotency key is answered with the same 500 for a day; the donor has one page all the same."""
    standin.world.switches.breaks = breaks
    filled = form()
    pages = {client.post("/give", data=filled).headers["Location"] for _ in range(2)}
    [session] = standin.world.all("checkout.session")
    assert pages == {session["url"]}


@pytest.mark.parametrize(
    ("link", "shown"),
    [
        ("amount=50&fund=bonds&monthly=1", {"amount": "5000", "fund": "bonds", "every": "month"}),
        ("amount=1.000,50", {"amount": "other", "fund": "general", "every": "once"}),
        ("amount=much&fund=none&monthly=2&name=Ana&email=ana@example.org", {"fund": "general", "every": "once"}),
    ],
)
def test_a_link_fills_in_how_much_and_for_what_and_never_who(client, standin, link, shown):
    page = client.get(f"/give?{link}").get_data(as_text=True)
    checked = dict(
        re.findall(r'<input(?=[^>]*type="radio")(?=[^>]*checked)(?=[^>]*name="(\w+)")[^>]*value="(\w+)"', page)
    )
    assert checked == shown
    assert "ana@example.org" not in page and 'value="Ana' not in page
    assert ('value="1000.50"' in page) == ("1.000,50" in link)


def test_an_unpaid_page_closes_after_half_an_hour(app, client, standin):
    checkout = give(client).headers["Location"]
    with clock.at(clock.now() + timedelta(minutes=31)):
        standin.work()
        assert standin.world.all("checkout.session")[0]["status"] == "expired"
        assert pay(checkout) is None
    with app.app_context():
        assert db.session.scalar(select(Gift.said)) == "expired"
        assert db.session.scalars(select(Receipt)).all() == []


def test_a_gift_is_found_even_if_no_event_ever_comes(app, client, standin):
    pay(give(client).headers["Location"])
    standin.take()
    with clock.at(clock.now() + timedelta(minutes=31)):
        standin.work()
    assert ledger(app) == [("charge", 5000), ("fee", -175)]


def test_a_known_donor_is_found_and_not_changed_by_a_form(app, client, standin, make):
    known = make.donor(name="Rosa Ejemplo", email="ana@example.org", language="es")
    give(client, name="Somebody Else")
    with app.app_context():
        [donor] = db.session.scalars(select(Donor)).all()
        assert (donor.code, donor.name, donor.language) == (known.code, "Rosa Ejemplo", "es")


def test_the_fee_comes_later_and_is_pending_until_then(app, client, standin):
    standin.world.switches.fee_late_seconds = 3600
    pay(give(client).headers["Location"])
    standin.settle()
    assert ledger(app) == [("charge", 5000)]
    with standin.world.changing():
        cards.settle_fees(standin.world)
    standin.settle()
    assert ledger(app) == [("charge", 5000), ("fee", -175)]


def test_a_wrong_ticket_opens_nothing(client, standin):
    for path in ("/give/thanks/G-AAAAAAAA-" + "0" * 32, "/give/back/x"):
        assert client.get(path).headers["Location"] == "/give"


def test_the_form_may_lead_to_the_payment_page_and_nowhere_else(client, standin):
    policy = client.get("/give").headers["Content-Security-Policy"]
    assert f"form-action 'self' {standin.world.address};" in policy


def test_the_page_of_gifts_shows_nothing_of_the_staffs_frame_to_somebody_signed_in(client_as) -> None:
    page = client_as("caseworker").get("/give").get_data(as_text=True)
    assert "<form" in page
    assert 'class="doors"' not in page and "idle-lock" not in page and 'name="line"' not in page


def test_a_page_on_which_card_after_card_is_declined_is_closed(app, client, standin):
    page = give(client).headers["Location"]
    for _ in range(limits.TRIED - 1):
        assert pay(page, DECLINED) is None
    standin.settle()
    assert standin.world.all("checkout.session")[0]["status"] == "open", "a donor with a bad day"
    assert pay(page, DECLINED) is None
    standin.settle()
    assert standin.world.all("checkout.session")[0]["status"] == "expired"
    assert pay(page) is None and everything(app)["lines"] == []


def test_a_gift_that_was_paid_after_many_declined_cards_stays_paid(app, client, standin):
    page = give(client).headers["Location"]
    for _ in range(limits.TRIED):
        assert pay(page, DECLINED) is None
    assert pay(page)
    standin.settle()
    assert everything(app)["lines"] == [("charge", 5000), ("fee", -175)]
