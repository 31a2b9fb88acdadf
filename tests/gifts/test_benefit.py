"""A gift for which the donor got something: described, with its fair value, and only the rest is for taxes."""

from dataclasses import replace

import pytest
from sqlalchemy import select

from mexile.gifts.gift.models import Gift
from mexile.gifts.ledger.models import LedgerLine
from mexile.gifts.receipt.rules import text_of
from mexile.ground.db import db
from tests.gifts import giving
from tests.gifts.test_receipt import FACTS, read, sources, words

DINNER = replace(FACTS, cents=10000, benefit="Dinner at the gala", benefit_cents=4000)
SENT = {
    "channel": "cheque",
    "amount": "100",
    "given_on": "2026-11-03",
    "fund": "general",
    "kind": "person",
    "name": "Rosa Ejemplo",
    "email": "rosa@example.org",
    "language": "en",
    "benefit": "Dinner at the gala",
    "benefit_value": "40",
}
NOTHING = ("No goods or services", "No se entregaron bienes")


@pytest.mark.parametrize(
    ("language", "said"),
    [
        (
            "en",
            ("In exchange we provided: Dinner at the gala.", "fair market value is $40.00", "can be deducted: $60.00"),
        ),
        ("es", ("A cambio entregamos: Dinner at the gala.", "es de $40.00", "puede deducirse: $60.00")),
    ],
)
def test_a_benefit_is_described_with_its_value_and_the_deductible_part(language, said):
    facts = replace(DINNER, language=language)
    for sentence in said:
        assert sentence in words(facts) and sentence in read(facts).replace("\n", " ")
    assert not any(nothing in words(facts) for nothing in NOTHING)
    assert "IRC 170(f)(8)(B)(ii) and (iii)" in sources(facts)


@pytest.mark.parametrize(("cents", "source"), [(7500, False), (7501, True)])
def test_a_payment_above_75_dollars_carries_the_disclosure_that_the_law_asks_for(cents, source):
    facts = replace(DINNER, cents=cents, benefit_cents=7000)
    assert ("IRC 6115(a); IRS Publication 1771" in sources(facts)) is source
    assert f"can be deducted: ${(cents - 7000) / 100:.2f}" in words(facts)


def test_what_is_worth_its_price_is_no_gift_and_not_for_taxes():
    facts = replace(DINNER, benefit_cents=10000)
    assert "no part of the payment can be deducted" in words(facts)
    assert "Keep this receipt with your taxes" not in words(facts)


def test_a_part_that_went_back_makes_the_deductible_part_smaller():
    assert "can be deducted: $10.00" in words(replace(DINNER, cents=5000))
    assert "no part of the payment can be deducted" in words(replace(DINNER, cents=3000))


def test_a_gift_in_kind_with_a_benefit_is_described_and_never_valued():
    facts = replace(DINNER, cents=None, channel="in_kind", description="Six chairs")
    assert "Dinner at the gala" in words(facts) and not any(nothing in words(facts) for nothing in NOTHING)
    assert "deducted: $" not in words(facts)


@pytest.mark.parametrize("language", ["en", "es"])
def test_pesos_reach_no_threshold_of_dollars(language):
    facts = replace(FACTS, currency="MXN", cents=50000, language=language)
    assert "MX$500.00" in dict(text_of(facts).rows).values()
    assert "For a gift of $250" not in words(facts) and "Para un donativo de $250" not in words(facts)
    assert "$250" in words(facts)


@pytest.mark.parametrize("reason", ["refunded", "corrected", "cancelled", "disputed", "reissued"])
def test_a_void_receipt_states_nothing_for_taxes(reason):
    assert text_of(replace(FACTS, void_reason=reason)).sentences == []


def test_an_organization_without_a_tax_number_promises_nothing_for_taxes():
    assert "your taxes" not in words(replace(FACTS, ein=""))


def test_staff_record_a_benefit_and_the_books_keep_the_whole_payment(app, client_as, make, letters, standin):
    client = client_as("development")
    assert client.post("/gifts/new", data=SENT).status_code == 302
    with app.app_context():
        gift = db.session.scalar(select(Gift))
        assert gift.benefit_cents == 4000 and b"Dinner" not in gift.benefit_enc
        assert db.session.scalar(select(LedgerLine.amount_cents)) == 10000
        code = gift.code
    assert "Dinner at the gala, $40.00" in giving.text_of(client.get(f"/gifts/{code}"))
    page = giving.text_of(client.get("/gifts/receipts/R-000001"))
    assert "can be deducted: $60.00" in page and NOTHING[0] not in page
    standin.work()
    [letter] = letters
    assert "can be deducted: $60.00" in letter.get_body().get_content()


@pytest.mark.parametrize(
    ("changed", "problem"),
    [
        ({"benefit_value": "100.01"}, "more than the gift"),
        ({"benefit_value": ""}, "Estimate its fair value"),
        ({"benefit": ""}, "Say what the donor got"),
        ({"benefit_value": "forty"}, "Write an amount in dollars"),
    ],
)
def test_a_benefit_that_does_not_fit_is_refused_in_words_and_nothing_is_lost(app, client_as, make, changed, problem):
    make.funds()
    answer = client_as("development").post("/gifts/new", data=SENT | changed)
    page = giving.text_of(answer)
    assert answer.status_code == 422 and problem in page and 'value="100' in answer.get_data(as_text=True)
    with app.app_context():
        assert db.session.scalar(select(Gift)) is None
