"""The pocket card: the next dates in Spanish, with the first name alone, for whoever may know the person."""

from datetime import timedelta

from mexile.ground import clock


def test_the_card_holds_the_next_dates_and_the_first_name_alone(make, client_as):
    client = client_as("caseworker")
    ana = make.member(legal_name="Ana Reyes Ejemplo", assigned=client.user)
    make.event(kind="ice_checkin", on=clock.today() + timedelta(days=3), owner=client.user, people=[ana])
    page = client.get(f"/members/{ana.code}/pocket-card").text
    card = page[page.index("<h1") :]
    assert "Ana" in card and "Reyes" not in card and "Ejemplo" not in card
    assert str((clock.today() + timedelta(days=3)).day) in card
    assert client_as("caseworker").get(f"/members/{ana.code}/pocket-card").status_code == 404
