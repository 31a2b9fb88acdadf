"""One search for everything: each kind within its own rights, and no word typed is kept anywhere."""

import pytest
from sqlalchemy import select, text

from mexile.access.roles import ROLES
from mexile.ground.db import db

WORDS = "ejemplo"


def search(client, words):
    return client.post("/search", data={"q": words}, headers={"X-Live-Search": "1"}).get_data(as_text=True)


@pytest.fixture
def records(make):
    """A person, her case, a date and a service, a donor, a grant, and an inquiry, all of the same word."""
    member = make.member(legal_name="Rosa Ejemplo Luna")
    award = make.grant(funder=make.funder(name="Ejemplo Foundation"))
    return {
        "member": member.code,
        "case": make.case(member=member).code,
        "donor": make.donor(name="Luis Ejemplo").code,
        "grant": award.code,
        "inquiry": make.inquiry(alias="Ejemplo").code,
    }


MAY = {
    "member": {"director", "attorney"},
    "case": {"director", "attorney"},
    "donor": {"director", "development"},
    "grant": {"director", "development"},
    "inquiry": {"director", "attorney", "intake"},
}


@pytest.mark.parametrize("role", ROLES)
def test_each_finds_by_words_and_by_code_what_they_may_see_and_nothing_else(client_as, records, role):
    client = client_as(role)
    by_word = search(client, WORDS)
    for kind, code in records.items():
        if kind != "case":
            assert (code in by_word) == (role in MAY[kind]), kind
        by_code = search(client, code.lower().replace("-", " "))
        assert (f'/{code}"' in by_code) == (role in MAY[kind]), kind


def test_a_caseworker_finds_who_is_assigned_to_them_alone(client_as, make):
    client = client_as("caseworker")
    theirs, others = make.member(alias="Colibrí", assigned=client.user), make.member(alias="Colibrí")
    page = search(client, "colibri")
    assert theirs.code in page and others.code not in page
    assert f'/{others.code}"' not in search(client, others.code)


@pytest.mark.parametrize("words", ["%", "'", "_", "100%' OR 1=1 --", "\\", "😀", "<b>", "XX-", "E-99999999"])
def test_signs_that_mean_something_elsewhere_find_nothing_and_hurt_nothing(client_as, records, words):
    page = search(client_as("director"), words)
    assert "No match" in page and not any(code in page for code in records.values())


def test_the_words_typed_stand_in_no_trail_and_no_address(app, client_as, records):
    client = client_as("director")
    search(client, "Rosa Ejemplo")
    with app.app_context():
        kept = " ".join(str(row) for row in db.session.execute(text("SELECT * FROM trail")))
        tables = " ".join(str(row) for row in db.session.execute(select(text("*")).select_from(text("job"))))
    assert "Ejemplo" not in kept + tables and "ejemplo" not in kept + tables
    assert client.get("/search?q=Ejemplo").get_data(as_text=True).count("Ejemplo") == 0


def test_pages_are_found_by_their_words_in_both_languages(client_as, make):
    assert 'href="/judges"' in search(client_as("attorney"), "judges")
    spanish = client_as(user=make.user(role="attorney", language="es"))
    assert 'href="/judges"' in search(spanish, "juec") or 'href="/judges"' in search(spanish, "juez")
    assert 'href="/judges"' not in search(client_as("development"), "judges")
