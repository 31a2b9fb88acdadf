"""Donors: made by a payment and not by a form, corrected by staff, asked about when name and e-mail disagree."""

from datetime import timedelta

import pytest
from sqlalchemy import select, update

from mexile.donors.models import Donor
from mexile.gifts.fund.models import Fund
from mexile.gifts.gift.models import Gift
from mexile.gifts.month.queries import find_gifts, needs
from mexile.gifts.receipt.actions import keep_texts
from mexile.gifts.receipt.models import Receipt, ReceiptText
from mexile.gifts.receipt.queries import facts_of
from mexile.gifts.receipt.rules import text_of as receipt_text
from mexile.gifts.recurring.models import RecurringGift
from mexile.ground import clock, seal
from mexile.ground.db import db, writing
from mexile.ground.organization import Organization
from mexile.ground.trail import TrailRow
from tests.demo.standin import pay
from tests.gifts.giving import give, text_of


def printed(number=1):
    """What receipt number `number` says now: its rows, as a mapping."""
    receipt = db.session.scalar(select(Receipt).where(Receipt.number == number))
    seal.begin_reads()
    return dict(receipt_text(facts_of(receipt)).rows)


def questions(make):
    seal.begin_reads()
    return needs(make.viewer("director")).questions


def donors(app):
    with app.app_context(), seal.silent():
        return [(donor.code, donor.name, donor.email) for donor in db.session.scalars(select(Donor).order_by(Donor.id))]


@pytest.mark.parametrize("every", ["once", "month"])
def test_a_form_that_is_not_paid_makes_no_donor_and_changes_none(app, client, standin, make, every):
    rosa = make.donor(name="Rosa Ejemplo", email="rosa@example.org")
    stranger = app.test_client().carry(app, None, None)
    pay(
        give(stranger, name="Somebody Else", email="rosa@example.org", every=every).headers["Location"],
        "4000000000000002",
    )
    give(client, name="Nobody Yet", email="nobody@example.org", every=every)
    standin.settle()
    assert donors(app) == [(rosa.code, "Rosa Ejemplo", "rosa@example.org")]
    pay(give(client, name="Rosa Ejemplo", email="rosa@example.org", every=every).headers["Location"])
    standin.settle()
    with app.app_context():
        assert printed()["From"] == "Rosa Ejemplo"
        assert questions(make) == []


def test_what_was_typed_and_not_paid_is_forgotten_a_day_later(app, client, standin):
    give(client)
    with clock.at(clock.now() + timedelta(minutes=31)):
        standin.work()
        with app.app_context():
            assert db.session.scalar(select(Gift.asked_enc)) is not None
    with clock.at(clock.now() + timedelta(hours=25)):
        standin.work()
    with app.app_context():
        assert db.session.scalar(select(Gift.asked_enc)) is None


@pytest.mark.parametrize("every", ["once", "month"])
def test_the_receipt_prints_the_name_that_was_typed_in_the_language_it_was_typed_in(app, client, standin, make, every):
    rosa = make.donor(name="Rosa Ejemplo", email="ana@example.org", language="en")
    with app.app_context(), writing():
        db.session.get(Donor, rosa.id).address = "1 Example Street"
    pay(give(client, lang="es", name="Luz Núñez", every=every).headers["Location"])
    standin.settle()
    with app.app_context():
        assert (printed()["De"], "Domicilio" in printed()) == ("Luz Núñez", False)
        [question] = questions(make)
        assert (question.typed, question.donor, question.name) == ("Luz Núñez", rosa.code, "Rosa Ejemplo")
    assert donors(app) == [(rosa.code, "Rosa Ejemplo", "ana@example.org")]


@pytest.mark.parametrize("typed", ["ROSA  ejemplo", "Ejemplo, Rosa", "rosa éjemplo"])
def test_the_same_words_are_the_same_name(app, client, standin, make, typed):
    make.donor(name="Rosa Ejemplo", email="ana@example.org")
    pay(give(client, name=typed).headers["Location"])
    standin.settle()
    with app.app_context():
        assert questions(make) == []
        assert printed()["From"] == typed.replace("  ", " ")


def test_another_person_becomes_a_donor_of_their_own_with_the_months_that_follow(app, client, client_as, standin, make):
    rosa = make.donor(name="Rosa Ejemplo", email="ana@example.org")
    pay(give(client, name="Luz Núñez", every="month").headers["Location"])
    standin.settle()
    staff = client_as("development")
    page = text_of(staff.get("/gifts"))
    assert "Luz Núñez" in page and "Rosa Ejemplo" in page and "Is it the same person?" in page
    with app.app_context():
        code = db.session.scalar(select(Gift.code))
    assert staff.post(f"/gifts/{code}/donor", data={"answer": "other"}).status_code == 302
    assert "Is it the same person?" not in text_of(staff.get("/gifts"))
    with app.app_context():
        seal.begin_reads()
        luz = db.session.scalar(select(Donor).where(Donor.id != rosa.id))
        assert (luz.name, luz.email) == ("Luz Núñez", "ana@example.org")
        assert set(db.session.scalars(select(Gift.donor_id))) == {luz.id}
        assert db.session.scalar(select(RecurringGift.donor_id)) == luz.id
        assert printed()["From"] == "Luz Núñez"
        assert db.session.scalar(select(TrailRow.act).where(TrailRow.act == "donor.apart"))
    from mexile.demo.standin import billing

    with standin.world.changing():
        billing.a_month_passes(standin.world)
    standin.settle()
    pay(give(client, name="luz nunez").headers["Location"])
    standin.settle()
    with app.app_context():
        assert set(db.session.scalars(select(Gift.donor_id))) == {luz.id}
        assert printed(2)["From"] == "Luz Núñez"
        assert questions(make) == []


def test_the_same_person_is_asked_about_once(app, client, client_as, standin, make):
    make.donor(name="Rosa Ejemplo", email="ana@example.org")
    for _ in range(2):
        pay(give(client, name="Rosita E.").headers["Location"])
        standin.settle()
        with app.app_context():
            asked = questions(make)
        for question in asked:
            client_as("director").post(f"/gifts/{question.gift}/donor", data={"answer": "same"})
    assert len(asked) == 0 and len(donors(app)) == 1


def test_an_answer_that_is_none_changes_nothing(app, client, client_as, standin, make):
    make.donor(name="Rosa Ejemplo", email="ana@example.org")
    gift = make.gift()
    pay(give(client, name="Luz").headers["Location"])
    standin.settle()
    with app.app_context():
        [question] = questions(make)
    staff = client_as("director")
    assert staff.post(f"/gifts/{question.gift}/donor", data={"answer": "x"}).status_code == 303
    assert staff.post(f"/gifts/{gift.code}/donor", data={"answer": "other"}).status_code == 404
    with app.app_context():
        assert len(questions(make)) == 1


# ---- receipts stay as they were issued -----------------------------------------------------------------------------


def change_everything():
    """A donor, a fund and the organization are no longer what they were."""
    donor = db.session.scalar(select(Donor))
    donor.name, donor.address = "Changed", "9 Changed Street"
    db.session.execute(update(Fund).values(en="Changed", es="Cambiado"))
    ours = db.session.scalar(select(Organization))
    ours.legal_name, ours.ein, ours.address = "Changed, Inc.", "11-1111111", "Changed"
    db.session.flush()


def test_a_receipt_says_for_ever_what_it_said_when_it_was_issued(app, client_as, make, monkeypatch):
    gift = make.gift(donor=make.donor(name="Rosa Ejemplo", email="rosa@example.org"))
    client = client_as("director")
    before = text_of(client.get("/gifts/receipts/R-000001"))
    with app.app_context(), writing():
        change_everything()
    monkeypatch.setattr("mexile.gifts.receipt.rules.RULES", ())
    assert text_of(client.get("/gifts/receipts/R-000001")) == before
    assert "Changed" not in before and "No goods or services" in before
    assert client.get("/gifts/receipts/R-000001/pdf").status_code == 200
    answer = client.post(f"/gifts/{gift.code}/void", data={"reason": "bounced"})
    assert answer.status_code == 302
    after = text_of(client.get("/gifts/receipts/R-000001"))
    assert "VOID" in after and "Rosa Ejemplo" in after and "Changed" not in after


def test_receipts_from_before_are_kept_as_they_read_today_and_marked(app, client_as, make, monkeypatch):
    with monkeypatch.context() as before_texts_were_kept:
        before_texts_were_kept.setattr("mexile.gifts.receipt.actions.keep_text", lambda *args, **more: None)
        make.gift(donor=make.donor(name="Rosa Ejemplo"))
    make.gift()
    with app.app_context(), writing():
        assert keep_texts(is_later=True) == 1
        assert keep_texts(is_later=True) == 0
        change_everything()
    with app.app_context():
        assert list(db.session.scalars(select(ReceiptText.is_later).order_by(ReceiptText.receipt_id))) == [1, 0]
        assert printed()["From"] == "Rosa Ejemplo" and "Changed" not in str(printed())
    client = client_as("director")
    assert "Issued before receipts were kept" in text_of(client.get("/gifts/receipts/R-000001"))
    assert "Issued before receipts were kept" not in text_of(client.get("/gifts/receipts/R-000002"))


def test_what_a_receipt_said_can_be_neither_changed_nor_deleted_and_is_sealed(app, make):
    make.gift(donor=make.donor(name="Rosa Ejemplo"))
    with app.app_context():
        assert b"Rosa" not in db.session.scalar(select(ReceiptText.said_enc))
    for statement in ("UPDATE receipt_text SET is_later = 1", "DELETE FROM receipt_text"):
        with app.app_context(), pytest.raises(Exception, match="append-only"), writing():
            db.session.execute(db.text(statement))


def test_a_correction_is_a_new_receipt_and_the_one_before_says_so(app, client_as, make, letters):
    gift = make.gift(donor=make.donor(name="Rosa Ejemlo", email="rosa@example.org"))
    client = client_as("development")
    sent = {"name": "Rosa Ejemplo", "address": "1 Example Street", "language": "es", "receipt": "R-000001"}
    assert client.post(f"/gifts/{gift.code}/correction", data=sent | {"name": ""}).status_code == 422
    assert client.post(f"/gifts/{gift.code}/correction", data=sent).headers["Location"].endswith("/R-000002")
    overtaken = client.post(f"/gifts/{gift.code}/correction", data=sent | {"name": "Rosa E."})
    assert overtaken.status_code == 409 and "Rosa E." in overtaken.get_data(as_text=True)
    with app.app_context():
        assert printed(1)["From"] == "Rosa Ejemlo"
        assert (printed(2)["De"], printed(2)["Domicilio"]) == ("Rosa Ejemplo", "1 Example Street")
    assert "VOID: something on this receipt was corrected" in text_of(client.get("/gifts/receipts/R-000001"))
    assert "ocupa el lugar de uno anterior" in text_of(client.get("/gifts/receipts/R-000002"))


# ---- staff correct a donor -----------------------------------------------------------------------------------------


def test_a_donor_is_corrected_and_found_by_the_new_address(app, client_as, make):
    rosa = make.donor(name="Rosa Ejemlo", email="rosa@example.org")
    make.gift(donor=rosa, code="G-ROSA")
    client = client_as("development")
    sent = {"name": "Rosa Ejemplo", "email": "rosa.e@example.org", "address": "1 Example Street", "language": "es"}
    sent |= {"contact": "Luz, 555-0142", "note": "Likes a letter"}
    address = f"/donors/{rosa.code}/edit"
    assert "rosa@example.org" in client.get(address).get_data(as_text=True)
    refused = client.post(address, data=sent | {"email": "no address", "version": "1"})
    assert refused.status_code == 422 and "1 Example Street" in refused.get_data(as_text=True)
    assert client.post(address, data=sent | {"version": "1"}).status_code == 302
    page = client.get(f"/donors/{rosa.code}").text
    assert "Luz, 555-0142" in page and "Likes a letter" in page
    with app.app_context():
        seal.begin_reads()
        assert "Likes a letter" not in str(printed())
        assert [row.code for row in find_gifts(make.viewer("director"), "rosa.e@example.org")] == ["G-ROSA"]
        assert find_gifts(make.viewer("director"), "rosa@example.org") == []
        assert printed()["From"] == "Rosa Ejemlo"
        row = db.session.scalar(select(TrailRow).where(TrailRow.act == "donor.change"))
        assert row.subject == rosa.code


def test_two_people_who_correct_a_donor_at_once_lose_nothing(app, client_as, make):
    rosa = make.donor(name="Rosa Ejemplo", email="rosa@example.org")
    client, address = client_as("development"), f"/donors/{rosa.code}/edit"
    typed = {"name": "Rosa Ejemplo", "email": "rosa@example.org", "address": "", "language": "en", "version": "1"}
    assert client.post(address, data=typed | {"name": "Rosa María Ejemplo"}).status_code == 302
    answer = client.post(address, data=typed | {"address": "1 Example Street"})
    page = answer.get_data(as_text=True)
    assert answer.status_code == 409 and "Rosa María Ejemplo" in page and "1 Example Street" in page
    again = typed | {"address": "1 Example Street", "theirs": "name", "version": "2"}
    assert client.post(address, data=again).status_code == 302
    with app.app_context():
        seal.begin_reads()
        donor = db.session.get(Donor, rosa.id)
        assert (donor.name, donor.address) == ("Rosa María Ejemplo", "1 Example Street")


@pytest.mark.parametrize("who", ["caseworker", "attorney", "administrator"])
def test_nobody_else_corrects_a_donor(client_as, make, who):
    rosa = make.donor(name="Rosa Ejemplo")
    assert client_as(who).get(f"/donors/{rosa.code}/edit").status_code in (403, 404)


def test_by_hand_an_address_that_is_known_with_another_name_is_asked_about(app, client_as, make, standin):
    rosa = make.donor(name="Rosa Ejemplo", email="rosa@example.org", language="es")
    client = client_as("development")
    sent = {
        "channel": "cheque", "amount": "50", "given_on": "2026-11-03", "fund": "general", "kind": "person",
        "name": "Luz Núñez", "email": "rosa@example.org", "address": "2 Example Street", "language": "en",
    }  # fmt: skip
    asked = client.post("/gifts/new", data=sent)
    assert asked.status_code == 422 and rosa.code in asked.get_data(as_text=True)
    assert client.post("/gifts/new", data=sent | {"same": rosa.code}).status_code == 302
    assert client.post("/gifts/new", data=sent | {"same": "new"}).status_code == 302
    assert [name for _code, name, _email in donors(app)] == ["Rosa Ejemplo", "Luz Núñez"]
    with app.app_context():
        assert {printed(n)[word] for n, word in ((1, "De"), (2, "From"))} == {"Luz Núñez"}
