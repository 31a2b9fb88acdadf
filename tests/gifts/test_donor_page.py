"""A donor's own page: a mailed link, one use, half an hour; and nothing of anybody else's."""

import re
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from mexile.donors.models import DonorLink
from mexile.gifts import stripe_api
from mexile.gifts.recurring.models import RecurringGiftEnd
from mexile.ground import clock
from mexile.ground.db import db
from tests.demo.standin import pay
from tests.gifts.giving import give, text_of


def ask(client, email, **more):
    return client.post("/give/mine", data={"email": email, "form_token": "t" * 20, **more})


def link_in(letter):
    return re.search(r"http://127\.0\.0\.1:8080(/give/open/\S+)", letter.get_content()).group(1)


@pytest.fixture
def opened(app, client, standin, letters, make):
    """A monthly donor whose page is open in this browser."""
    pay(give(client, every="month", lang="es").headers["Location"])
    standin.settle()
    ask(client, "ana@example.org")
    standin.work()
    link = link_in(letters.pop())
    assert client.post(link).headers["Location"] == "/give/mine"
    return link


def test_nobody_learns_from_the_page_who_gives(app, client, standin, letters, make):
    make.donor(email="rosa@example.org")
    known = ask(client, "rosa@example.org").get_data(as_text=True)
    unknown = ask(client, "nobody@example.org", form_token="u" * 20).get_data(as_text=True)
    strip = re.compile(r'value="[^"]*"')
    assert strip.sub("", known) == strip.sub("", unknown)
    standin.work()
    assert [letter["To"] for letter in letters] == ["rosa@example.org"]


def test_a_link_opens_by_a_press_once_and_for_half_an_hour(app, client, standin, letters, make):
    make.donor(email="rosa@example.org")
    ask(client, " Rosa@EXAMPLE.org")
    standin.work()
    link = link_in(letters[0])
    for _ in range(3):  # mail programs look at links; that uses nothing up
        assert "Open my page" in text_of(client.get(link))
    with clock.at(clock.now() + timedelta(minutes=31)):
        assert "opens nothing more" in text_of(client.get(link))
        assert "opens nothing more" in text_of(client.post(link))
    assert client.post(link).status_code == 303
    assert "opens nothing more" in text_of(app.test_client().get(link))
    assert "My gifts and receipts" in text_of(client.get("/give/mine"))
    with clock.at(clock.now() + timedelta(minutes=31)):
        assert "Send the link" in text_of(client.get("/give/mine"))


def test_a_good_link_opens_whatever_strangers_of_the_network_tried(app, client, standin, letters, make):
    make.donor(email="rosa@example.org")
    ask(client, "rosa@example.org")
    standin.work()
    assert [client.post("/give/open/aa-bb").status_code for _ in range(31)][-1] == 429
    assert client.post(link_in(letters[0])).status_code == 303


def test_a_donor_opens_so_many_pages_for_a_card(client, standin, opened):
    path = re.search(r'/give/mine/[^/"]+/card', client.get("/give/mine").get_data(as_text=True)).group(0)
    places = [client.post(path).headers["Location"] for _ in range(21)]
    assert places[19] != "/give/mine" == places[20] and "There were many tries" in text_of(client.get("/give/mine"))


def test_the_secret_of_a_link_lies_in_no_table(app, client, standin, letters, make):
    make.donor(email="rosa@example.org")
    ask(client, "rosa@example.org")
    standin.work()
    word = link_in(letters[0]).rpartition("-")[2]
    with app.app_context():
        for table in db.metadata.sorted_tables:
            assert word not in str(db.session.execute(select(table)).all()), table.name
        assert len(db.session.scalars(select(DonorLink)).all()) == 1


@pytest.mark.parametrize("path", ["/give/open/aa-bb", "/give/open/" + "0" * 32 + "-" + "0" * 32])
def test_a_made_up_link_opens_nothing(client, path):
    assert "opens nothing more" in text_of(client.get(path))
    assert "opens nothing more" in text_of(client.post(path))


def test_the_page_shows_gifts_receipts_and_the_monthly_gift(client, opened):
    page = text_of(client.get("/give/mine?lang=es"))
    assert "$50 al mes (Donde más se necesita)" in page
    assert "R-000001" in page and "Pagado" in page
    receipt = text_of(client.get("/give/receipts/R-000001"))
    assert "No se entregaron bienes ni servicios" in receipt and "Ana Ejemplo" in receipt
    pdf = client.get("/give/receipts/R-000001/pdf")
    assert pdf.data.startswith(b"%PDF") and "R-000001.pdf" in pdf.headers["Content-Disposition"]


def test_one_press_stops_the_monthly_gift_and_a_second_press_changes_nothing(app, client, standin, opened):
    for _ in range(2):
        assert client.post("/give/mine/M-0001/end").status_code == 303
    assert standin.world.all("subscription")[0]["status"] == "canceled"
    page = text_of(client.get("/give/mine?lang=en"))
    assert "Nothing more will be charged" in page and "Every month" not in page
    standin.settle()
    with app.app_context():
        assert [end.by for end in db.session.scalars(select(RecurringGiftEnd))] == ["donor"]


def test_if_stripe_is_silent_the_page_says_that_nothing_has_changed(app, client, standin, opened, monkeypatch):
    monkeypatch.setattr(stripe_api, "PATIENCE", 1)
    standin.world.switches.down = True
    client.post("/give/mine/M-0001/end")
    assert "could not be stopped just now" in text_of(client.get("/give/mine?lang=en"))
    with app.app_context():
        assert db.session.scalars(select(RecurringGiftEnd)).all() == []


def test_the_card_is_changed_on_stripes_own_page(client, standin, opened):
    portal = client.post("/give/mine/M-0001/card").headers["Location"]
    assert portal.startswith(standin.world.address + "/checkout/")
    assert pay(portal, "5555555555554444") == "http://127.0.0.1:8080/give/mine?card=new"


def test_another_donors_receipt_and_monthly_gift_do_not_exist(client, standin, opened, make):
    other = make.donor(name="Otra Persona")
    make.gift(donor=other)
    plan = make.monthly(donor=other)
    for path in ("/give/receipts/R-000002", "/give/receipts/R-000002/pdf", "/give/receipts/R-x"):
        assert client.get(path).headers["Location"] == "/give/mine"
    for act in ("end", "card"):
        assert client.post(f"/give/mine/{plan.code}/{act}").headers["Location"] == "/give/mine"
    assert "Otra" not in text_of(client.get("/give/mine"))


def test_closing_the_page_closes_it_on_this_device(client, opened):
    client.post("/give/mine/end")
    assert "Ana" not in text_of(client.get("/give/mine"))
    assert client.get("/give/receipts/R-000001").headers["Location"] == "/give/mine"


def test_whoever_asks_again_and_again_sends_one_letter_and_takes_nobodys_way_in(app, client, standin, letters, make):
    make.donor(email="rosa@example.org")
    pages = {
        ask(app.test_client().carry(app, None, None), "rosa@example.org", form_token=f"{n:020d}").status_code
        for n in range(12)
    }
    standin.work()
    assert (pages, len(letters)) == ({200}, 1)
    client.post(link_in(letters[0]))
    assert "My gifts and receipts" in text_of(client.get("/give/mine"))
    ask(client, "rosa@example.org", form_token="v" * 20)  # the link is used: another one is sent at once
    standin.work()
    assert len(letters) == 2
    with clock.at(clock.now() + timedelta(minutes=6)):
        ask(client, "rosa@example.org", form_token="x" * 20)
        standin.work()
    assert len(letters) == 3


def test_after_leaving_an_old_cookie_opens_nothing(client, opened):
    kept = client.get_cookie("mx-donor", domain="127.0.0.1").value
    assert "Ana" in text_of(client.get("/give/mine"))
    client.post("/give/mine/end")
    client.set_cookie("mx-donor", kept, domain="127.0.0.1")
    assert "Ana" not in text_of(client.get("/give/mine"))
    assert client.get("/give/receipts/R-000001").headers["Location"] == "/give/mine"
    assert client.post("/give/mine/M-0001/card").headers["Location"] == "/give/mine"


@pytest.mark.once
def test_neither_a_link_nor_an_open_page_lives_longer_because_the_clock_was_set_back(
    app, client, opened, letters, standin
):
    assert client.get("/give/mine").text.count("end") > 0
    with clock.at(clock.now() - timedelta(hours=1)):
        assert 'name="email"' in client.get("/give/mine").text
    ask(client, "ana@example.org", form_token="w" * 20)
    standin.work()
    link = link_in(letters.pop())
    with clock.at(clock.now() - timedelta(hours=1)):
        assert client.post(link).headers.get("Location") is None


def test_what_was_cancelled_is_never_called_detained(app, client, standin, opened):
    page = text_of(client.get("/give/mine?lang=es"))
    assert "Cancelar este donativo mensual" in page
    root = Path(app.root_path)
    words = (root / "translations/es/LC_MESSAGES/gifts.po").read_text()
    assert "Su donativo mensual quedó cancelado." in words
    for path in (root / "gifts/rules").glob("*.py"):
        words += path.read_text()
    assert not [word for word in ("detener", "detenid", "detuvo") if word in words.lower()]


def test_the_address_is_asked_for_with_what_is_sent_there(client, standin, make):
    page = text_of(client.get("/give?lang=en"))
    assert "nothing else" not in page
    assert "For your receipt, yearly statement and anything about this gift; no newsletter." in page
    assert "y nada más" not in text_of(client.get("/give?lang=es"))
    assert "If you gave with this address" in text_of(client.get("/give/mine?lang=en"))
