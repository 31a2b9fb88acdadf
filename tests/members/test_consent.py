"""Consents on the page, and what they bind: nothing leaves without a live one that fits."""

from datetime import timedelta
from html import unescape

import pytest
from sqlalchemy import event, func, select

from mexile.ground import clock, organization
from mexile.ground.db import db, writing
from mexile.members.consent.models import Consent, ConsentRevocation, ConsentTerms
from mexile.members.consent.queries import may_leave
from mexile.members.merge.actions import merge_members
from mexile.members.relation.models import Relation


def _given(lucia, **values):
    return {
        "purpose": "media_name",
        "audience": "press",
        "level": "first_name",
        "channel": "written",
        "language": "spa",
        "obtained_by": str(lucia.id),
        "given_on": clock.today().isoformat(),
        "expires_on": "",
        "evidence": "paper",
        **values,
    }


def _count(app, model):
    with app.app_context():
        return db.session.scalar(select(func.count()).select_from(model))


def _leaves(app, member, purpose="media_name", audience="press"):
    with app.app_context():
        return may_leave([member.id], purpose, audience, organization.today())[member.id]


def test_a_consent_is_given_to_words_that_were_read_aloud_in_both_languages(app, make, client_as):
    lucia = make.user()
    member = make.member(assigned=lucia, legal_name="Ana Reyes", language="spa")
    client = client_as(user=lucia)
    assert "Media with name" in client.get(f"/members/{member.code}/consents/new").text
    page = unescape(client.get(f"/members/{member.code}/consents/new?purpose=media_name").text)
    assert "no se puede retirar" in page and "can't be taken back" in page
    answer = client.post(f"/members/{member.code}/consents/new", data=_given(lucia, withheld="Nada al consulado"))
    assert answer.status_code == 302
    page = client.get(f"/members/{member.code}/consents").text
    for words in ("Media with name", "First name", "In writing", "Signed paper", "Nada al consulado"):
        assert words in page
    with app.app_context():
        terms = db.session.scalar(select(ConsentTerms))
        assert (terms.expires_on - clock.today()).days in (365, 366)
    assert _leaves(app, member) == "first_name" and _leaves(app, member, audience="film") is None


@pytest.mark.parametrize(
    ("values", "words", "palabras"),
    [
        ({"expires_on": "2020-01-01"}, "end before it begins", "terminaría antes de empezar"),
        ({"purpose": "media_anon", "level": "named"}, "", ""),
        ({"evidence": "witness"}, "who the witness was", "quién fue testigo"),
        ({"given_on": "2099-01-01"}, "not come yet", "aún no llega"),
    ],
)
def test_what_cannot_be_is_said_in_words_and_keeps_what_was_typed(app, make, client_as, values, words, palabras):
    lucia, luz = make.user(), make.user(language="es")
    member = make.member(assigned=[lucia, luz])
    for who, said in ((lucia, words), (luz, palabras)):
        answer = client_as(user=who).post(
            f"/members/{member.code}/consents/new", data=_given(who, withheld="Nada", **values)
        )
        assert answer.status_code == 422 and said in answer.text and "Nada</textarea>" in answer.text
    assert _count(app, Consent) == 0


def test_a_minor_needs_a_guardian_and_the_page_names_the_parents(app, make, client_as):
    lucia = make.user()
    mother = make.member(assigned=lucia, legal_name="Ana Reyes")
    child = make.member(assigned=lucia, birth_year=clock.today().year - 9)
    make.relation(mother, "parent", child)
    client = client_as(user=lucia)
    url = f"/members/{child.code}/consents/new"
    assert "Ana Reyes" in client.get(url + "?purpose=media_name").text
    answer = client.post(url, data=_given(lucia))
    assert answer.status_code == 422 and "who consented for them" in answer.text
    assert client.post(url, data=_given(lucia, guardian="Ana Reyes")).status_code == 302
    assert "Consented for them: Ana Reyes" in client.get(f"/members/{child.code}/consents").text


@pytest.mark.once
@pytest.mark.parametrize("precision", ["month", "year", "about", "unknown"])
def test_a_day_of_birth_that_is_only_roughly_known_makes_nobody_an_adult(app, make, client_as, precision):
    """Kept as the first of January, somebody of that year may be seventeen until its end."""
    lucia = make.user()
    member = make.member(
        assigned=lucia, birth_year=clock.today().year - 18, birth_date=f"{clock.today().year - 18}-01-01"
    )
    make.member_detail(member, born_precision=precision)
    client = client_as(user=lucia)
    url = f"/members/{member.code}/consents/new"
    answer = client.post(url, data=_given(lucia))
    assert answer.status_code == 422 and "who consented for them" in answer.text
    assert client.post(url, data=_given(lucia, guardian="Ana Reyes")).status_code == 302


def test_taking_back_is_a_record_lists_what_left_and_stops_the_next_export(app, make, client_as):
    lucia = make.user()
    member = make.member(assigned=lucia)
    consent = make.consent_in_full(member)
    left = make.export(member)
    client = client_as(user=lucia)
    url = f"/members/{member.code}/consents/{consent.id}/revocation"
    assert _leaves(app, member) == "named" and left.code in client.get(url).text
    assert client.post(url, data={"revoked_on": clock.today().isoformat()}).status_code == 302
    assert _leaves(app, member) is None and _count(app, Consent) == 1 and _count(app, ConsentRevocation) == 1
    assert left.code in client.get(f"/members/{member.code}/consents").text
    assert "consent taken back" in client.get(f"/members/{member.code}?part=all").text
    assert client.get(url).status_code == 404
    again = client.post(url, data={"revoked_on": clock.today().isoformat()})
    assert again.status_code == 422 and "taken back already" in again.text


def test_a_revocation_before_the_consent_is_refused_in_words(app, make, client_as):
    lucia = make.user(language="es")
    member = make.member(assigned=lucia)
    consent = make.consent_in_full(member)
    before = (consent.given_on - timedelta(days=1)).isoformat()
    answer = client_as(user=lucia).post(
        f"/members/{member.code}/consents/{consent.id}/revocation", data={"revoked_on": before}
    )
    assert answer.status_code == 422 and "se dio después de este día" in answer.text
    assert _count(app, ConsentRevocation) == 0


def test_a_renewal_follows_the_consent_before_and_governs(app, make, client_as):
    lucia = make.user()
    member = make.member(assigned=lucia)
    old = make.consent_in_full(member, on=clock.today() - timedelta(days=400), until=clock.today() - timedelta(days=35))
    assert _leaves(app, member) is None
    client = client_as(user=lucia)
    assert "has ended" in client.get(f"/members/{member.code}?part=all").text
    page = client.get(f"/members/{member.code}/consents/new?purpose=media_name&renews={old.id}")
    assert f'value="{old.id}"' in page.text
    answer = client.post(f"/members/{member.code}/consents/new", data=_given(lucia, renews=str(old.id)))
    assert answer.status_code == 302 and _leaves(app, member) == "first_name"


def test_the_consent_of_another_member_is_not_renewed_nor_taken_back(make, client_as):
    lucia = make.user()
    member, other = make.member(assigned=lucia), make.member()
    consent = make.consent_in_full(other)
    client = client_as(user=lucia)
    for code in (member.code, other.code):
        assert client.get(f"/members/{code}/consents/{consent.id}/revocation").status_code == 404
    assert (
        client.post(f"/members/{member.code}/consents/new", data=_given(lucia, renews=str(consent.id))).status_code
        == 404
    )


def test_a_consent_taken_back_asks_again_before_anything_identifying_is_saved(make, client_as):
    lucia = make.user()
    member = make.member(assigned=lucia)
    consent = make.consent(member)
    client = client_as(user=lucia)
    client.post(f"/members/{member.code}/consents/{consent.id}/revocation", data={"revoked_on": ""})
    answer = client.post(
        f"/members/{member.code}/edit", data={"alias": "Luna", "given_names": "Ana", "version": str(member.version)}
    )
    assert answer.status_code == 422


def test_the_first_conversations_consent_is_for_the_people_who_work_here_alone(app, make):
    member, other = make.member(consented_on=clock.today()), make.member()
    assert _leaves(app, member, "org_internal", "staff") == "named"
    assert _leaves(app, member, "org_internal", "funder") is None and _leaves(app, member) is None
    assert _leaves(app, other, "org_internal", "staff") is None


def test_a_merged_record_keeps_its_consents_and_its_family(app, make, client_as):
    kept, merged = make.member(), make.member()
    consent = make.consent_in_full(merged, withheld="Nada al consulado")
    child = make.member(legal_name="Luz Ejemplo")
    for one in (kept, merged):
        make.relation(one, "parent", child)
    viewer = make.viewer("attorney")
    with app.app_context(), writing():
        versions = (kept.version, merged.version)
        merge_members(viewer=viewer, code=kept.code, other=merged.code, versions=versions, take={}, households="both")
    assert _leaves(app, kept) == "named" and _leaves(app, merged) is None
    with app.app_context():
        assert db.session.get(ConsentTerms, consent.id).withheld == "Nada al consulado"
    client = client_as("attorney")
    page = client.get(f"/members/{kept.code}/relations").text
    assert page.count("Luz Ejemplo</a>") == 1
    with app.app_context():
        first = db.session.scalar(select(Relation.id).order_by(Relation.id))
    client.post(f"/members/{kept.code}/relations/{first}/end")
    assert "Luz Ejemplo</a>" not in client.get(f"/members/{kept.code}/relations").text
    assert "Nada al consulado" in client.get(f"/members/{kept.code}/consents").text


def test_what_may_leave_is_asked_once_for_all(app, make):
    people = [make.member() for _ in range(4)]
    for one in people[:3]:
        make.consent_in_full(one)
    seen = []
    with app.app_context():
        event.listen(db.engine, "before_cursor_execute", lambda *words: seen.append(words[2]))
        found = may_leave([one.id for one in people], "media_name", "press", organization.today())
    assert sorted(found) == sorted(one.id for one in people) and list(found.values()).count("named") == 3
    assert len([one for one in seen if "consent" in one]) == 1
