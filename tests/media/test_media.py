"""Media and advocacy requests: nobody is offered without a live consent that fits, and nothing without the attorney's yes."""

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from mexile.ground import clock
from mexile.ground.db import db
from mexile.media.models import MediaAnswer, MediaChoice, MediaConsequence, MediaPublication, MediaRequest
from mexile.media.rules import urgency
from mexile.members.consent.rules import LEVELS
from tests.sheets.test_batch import queries_of


def _count(app, model):
    with app.app_context():
        return db.session.scalar(select(func.count()).select_from(model))


def _asked(**values):
    return {
        "outlet_kind": "press",
        "outlet": "El Ejemplo",
        "asker": "Rita Ejemplo",
        "wanted": "Una conversación",
        "purpose": "media_name",
        "audience": "press",
        "level": "first_name",
        "by_on": (clock.today() + timedelta(days=5)).isoformat(),
        **values,
    }


def test_a_request_is_written_under_a_key_of_its_own(app, make, client_as):
    answer = client_as("director").post("/media/new", data=_asked())
    assert answer.status_code == 302
    with app.app_context():
        row = db.session.scalar(select(MediaRequest))
        assert b"Ejemplo" not in row.outlet_enc and b"Rita" not in row.asker_enc and row.outlet == "El Ejemplo"


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"audience": "rights_body"}, "not for this audience"),
        ({"purpose": "media_anon"}, "allow so much"),
        ({"asked_on": "2026-01-10", "by_on": "2026-01-09"}, "before they asked"),
        ({"asked_on": "2099-01-01"}, "not come yet"),
        ({"outlet": ""}, "fill this in"),
    ],
)
def test_what_cannot_be_asked_is_said_in_words(app, client_as, values, words):
    answer = client_as("director").post("/media/new", data=_asked(**values))
    assert answer.status_code == 422 and words in answer.text and "Una conversación" in answer.text
    assert _count(app, MediaRequest) == 0


def test_only_members_whose_live_consent_fits_are_offered(app, make, client_as):
    names = ("Fits", "Initials", "Film", "Ended", "Revoked", "Public", "Closed", "None")
    people = {name: make.member(legal_name=f"{name} Ejemplo") for name in names}
    make.consent_in_full(people["Fits"])
    make.consent_in_full(people["Initials"], level="initials")
    make.consent_in_full(people["Film"], audience="film")
    make.consent_in_full(people["Ended"], until=clock.today() - timedelta(days=1))
    make.consent_revocation(make.consent_in_full(people["Revoked"]))
    make.consent_in_full(people["Public"], audience="public")
    make.consent_in_full(people["Closed"])
    make.closure(people["Closed"])
    asked = make.media_request()
    client = client_as("director")
    page = client.get(f"/media/{asked.code}").text
    assert "2 members have a live consent" in page
    assert {name for name in names if f"{name} Ejemplo" in page} == {"Fits", "Public"}
    for name in names:
        expected = 302 if name in ("Fits", "Public") else 422
        answer = client.post(f"/media/{asked.code}/choices", data={"member": people[name].code})
        assert answer.status_code == expected, name
    assert _count(app, MediaChoice) == 2
    assert "Nobody is chosen without a live consent" in answer.text


@given(
    level=st.sampled_from(LEVELS),
    wanted=st.sampled_from(LEVELS),
    audience=st.sampled_from(["press", "film", "public"]),
    days=st.tuples(st.integers(-400, 0), st.integers(-30, 30)),
    revoked=st.booleans(),
)
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_nothing_is_offered_without_a_live_consent_whatever_the_days(
    app, make, client_as, level, wanted, audience, days, revoked
):
    today = clock.today()
    given_on, until = today + timedelta(days=days[0]), today + timedelta(days=max(days))
    member = make.member()
    consent = make.consent_in_full(member, level=level, audience=audience, on=given_on, until=max(until, given_on))
    if revoked:
        make.consent_revocation(consent)
    asked = make.media_request(level=wanted)
    page = client_as("director").get(f"/media/{asked.code}").text
    fits = (
        not revoked
        and audience != "film"
        and max(until, given_on) >= today
        and LEVELS.index(level) >= LEVELS.index(wanted)
    )
    assert (member.code in page) == fits


def test_only_the_attorney_says_yes_and_not_once_the_consent_is_gone(app, make, client_as):
    member = make.member()
    consent = make.consent_in_full(member)
    asked = make.media_request()
    make.media_choice(asked, member, consent=consent)
    url = f"/media/{asked.code}/members/{member.code}/answer"
    assert client_as("director").post(url, data={"answer": "yes"}).status_code == 404
    attorney = client_as("attorney")
    assert attorney.post(url, data={"answer": "yes"}).status_code == 302
    assert "the attorney said yes" in attorney.get(f"/media/{asked.code}").text
    make.consent_revocation(consent)
    assert attorney.post(url, data={"answer": "yes"}).status_code == 422
    page = attorney.get(f"/media/{asked.code}").text
    assert "no live consent fits any more" in page and _count(app, MediaAnswer) == 1


def test_who_steps_back_can_be_chosen_again(app, make, client_as):
    member = make.member()
    make.consent_in_full(member)
    asked = make.media_request()
    client = client_as("director")
    url = f"/media/{asked.code}"
    for _ in range(2):
        assert client.post(f"{url}/choices", data={"member": member.code}).status_code == 302
        assert client.post(f"{url}/members/{member.code}/withdrawal").status_code == 302
        assert client.post(f"{url}/members/{member.code}/withdrawal").status_code == 404
    assert "stepped back" in client.get(url).text


def test_what_was_published_and_what_followed_stands_with_its_day(app, make, client_as):
    member = make.member()
    asked = make.media_request()
    make.media_choice(asked, member, answer="yes")
    client = client_as("director")
    url, today = f"/media/{asked.code}", clock.today().isoformat()
    assert client.post(f"{url}/publications", data={"published_on": today, "published": "Portada"}).status_code == 302
    values = {"kind": "family_risk", "member": member.code.lower(), "note": "Llamaron a su mamá"}
    assert client.post(f"{url}/consequences", data=values).status_code == 302
    page = client.get(url).text
    assert "Portada" in page and "Relatives were bothered" in page and "Llamaron a su mamá" in page
    with app.app_context():
        assert db.session.scalar(select(MediaConsequence.key_id)) == member.key_id
    wrong = client.post(f"{url}/consequences", data={"kind": "threat", "member": "ME-9999", "note": "Algo"})
    assert wrong.status_code == 422 and "Nobody with this code was chosen" in wrong.text and "Algo" in wrong.text
    tomorrow = (clock.today() + timedelta(days=1)).isoformat()
    assert (
        client.post(f"{url}/publications", data={"published_on": tomorrow, "published": "Portada"}).status_code == 422
    )
    assert _count(app, MediaPublication) == 1


def test_a_caseworker_sees_only_requests_for_those_she_walks_with(make, client_as):
    lucia = make.user()
    mine, hidden = make.member(assigned=lucia), make.member(legal_name="Secreta Persona")
    own, other = make.media_request(outlet="Uno"), make.media_request(outlet="Dos")
    make.media_choice(own, mine)
    make.media_choice(own, hidden)
    make.media_choice(other, hidden)
    make.media_consequence(own, member=hidden, note="Secreto")
    client = client_as(user=lucia)
    listed = client.get("/media").text
    assert "Uno" in listed and "Dos" not in listed
    page = client.get(f"/media/{own.code}").text
    assert mine.code in page and hidden.code not in page and "Secret" not in page
    assert client.get(f"/media/{other.code}").status_code == 404
    assert "Uno" in client.get(f"/members/{mine.code}/consents").text


def test_what_is_past_its_day_comes_first_and_what_is_finished_last(make, client_as):
    today = clock.today()
    made = {}
    for name, days in (("Luego", 9), ("Sinfecha", None), ("Tarde", -4), ("Pronto", 2)):
        made[name] = make.media_request(outlet=name, by_on=None if days is None else today + timedelta(days=days))
    make.media_closure(make.media_request(outlet="Hecho", by_on=today - timedelta(days=9)))
    page = client_as("director").get("/media").text
    places = [page.index(name) for name in ("Tarde", "Pronto", "Luego", "Sinfecha", "Hecho")]
    assert places == sorted(places) and "past its day" in page and "within three days" in page


def test_urgency_at_its_boundary_days():
    today = clock.today()
    days = [urgency(today + timedelta(days=number), today, False) for number in (-1, 0, 3, 4)]
    assert (
        days == ["late", "soon", "soon", ""] and urgency(None, today, False) == "" and urgency(today, today, True) == ""
    )


def test_a_finished_request_takes_no_one_and_still_says_what_followed(app, make, client_as):
    member = make.member()
    make.consent_in_full(member)
    asked = make.media_request()
    client = client_as("director")
    url = f"/media/{asked.code}"
    assert client.post(f"{url}/closure", data={"reason": "nobody"}).status_code == 302
    answer = client.post(f"{url}/choices", data={"member": member.code})
    assert answer.status_code == 422 and "This request is finished" in answer.text
    assert client.post(f"{url}/consequences", data={"kind": "callers"}).status_code == 302


def test_the_list_takes_a_fixed_number_of_queries(app, make, client_as):
    client = client_as("director")
    counts = []
    for rows in (1, 8):
        for _ in range(rows):
            make.media_choice(make.media_request(), make.member())
        counts.append(queries_of(app, client, "/media"))
    assert counts[0] == counts[1] <= 16
