"""Where a person stands with us: records, one after the other, each with its rule."""

import re
from datetime import timedelta

import pytest

from mexile.ground import clock, seal
from mexile.ground.db import db
from mexile.ground.vocabulary import vocabulary
from mexile.members.person.models import Member
from mexile.members.status.queries import status_of
from mexile.members.status.rules import NEXT


def _status(app, member):
    with app.app_context(), seal.silent():
        return status_of(db.session.get(Member, member.id))


def test_every_status_has_its_word_and_leads_to_one_that_exists() -> None:
    assert set(NEXT) == set(vocabulary("member_status"))
    assert all(after <= set(NEXT) for after in NEXT.values())
    assert NEXT["erased"] == set() and "paused" not in NEXT["closed"]


def test_a_pause_has_a_reason_a_day_to_ask_again_and_an_end(app, make, client_as):
    one = make.member()
    client = client_as("attorney")
    again = clock.today() + timedelta(days=30)
    url = f"/members/{one.code}/pause"
    assert client.post(url, data={"reason": "health", "until_on": again.isoformat()}).status_code == 302
    status = _status(app, one)
    assert (status.word, status.reason, status.until_on) == ("paused", "health", again)
    text = client.get(f"/members/{one.code}?part=all").text
    assert "Paused since" in text and "Health" in text and "Ask again on" in text
    assert client.post(f"/members/{one.code}/resumption").status_code == 302
    assert _status(app, one).word == "member"


@pytest.mark.parametrize("until", ["today", "yesterday"])
def test_a_pause_until_a_day_that_is_over_is_refused(app, make, client_as, until):
    one = make.member()
    answer = client_as("attorney").post(f"/members/{one.code}/pause", data={"reason": "health", "until_on": until})
    assert answer.status_code == 422 and "This day is over already." in answer.text
    assert _status(app, one).word == "member"


def test_a_pause_needs_a_reason_and_is_made_once(make, client_as):
    one = make.member()
    client = client_as("attorney")
    assert client.post(f"/members/{one.code}/pause", data={}).status_code == 422
    assert client.post(f"/members/{one.code}/pause", data={"reason": "health"}).status_code == 302
    assert client.post(f"/members/{one.code}/pause", data={"reason": "other"}).status_code == 409
    assert client.post(f"/members/{one.code}/resumption").status_code == 302
    assert client.post(f"/members/{one.code}/resumption").status_code == 409


def test_closing_ends_the_pause_and_a_closed_record_is_not_paused(app, make, client_as):
    one = make.member()
    make.pause(one)
    client = client_as("attorney")
    assert client.post(f"/members/{one.code}/closure", data={"reason": "moved"}).status_code == 302
    assert (_status(app, one).word, _status(app, one).reason) == ("closed", "moved")
    assert client.post(f"/members/{one.code}/pause", data={"reason": "health"}).status_code == 409
    client.post(f"/members/{one.code}/reopening")
    assert _status(app, one).word == "member"


def test_a_closure_needs_a_reason(app, make, client_as):
    one = make.member()
    assert client_as("attorney").post(f"/members/{one.code}/closure", data={}).status_code == 422
    assert _status(app, one).word == "member"


def test_the_list_says_who_is_paused_and_who_is_closed(make, client_as):
    make.pause(make.member(alias="Encino"))
    make.closure(make.member(alias="Nopal"))
    make.member(alias="Luna")
    client = client_as("attorney")
    text = client.get("/members").text
    said = lambda name: re.search(rf"{name}</a></th>(?:<td[^>]*>.*?</td>){{2}}<td>(.*?)</td>", text)[1]
    assert said("Encino") == "paused" and said("Luna") == "" and "Nopal" not in text
    text = client.get("/members?show=all").text
    assert said("Nopal") == "closed"
