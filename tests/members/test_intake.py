"""Writing a member down: alias first, consent before anything identifying, nobody twice."""

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from sqlalchemy import func, select

from mexile.ground import clock, keyring, seal
from mexile.ground.db import db, writing
from mexile.ground.trail import TrailRow
from mexile.members.assignment.models import Assignment
from mexile.members.consent.models import Consent
from mexile.members.household.models import HouseholdMembership
from mexile.members.person.actions import create_member, phone_index
from mexile.members.person.models import Member

CONSENT = {"consent": "y", "consent_on": "2026-01-15"}
WHOLE = {
    **CONSENT,
    "alias": "Golondrina",
    "safe_contact": "signal",
    "safe_note": "después de las seis",
    "language": "mxv",
    "nationality": "MX",
    "origin_state": "MX-GRO",
    "profile": "searcher",
    "given_names": "Ana María",
    "surnames": "Reyes Luna",
    "birth_date": "12 mar 1986",
    "phone": "915 555 0123",
    "email": "ana@example.org",
}


def _only(app):
    with app.app_context(), seal.silent():
        return db.session.scalar(select(Member))


def _count(app, model=Member):
    with app.app_context():
        return db.session.scalar(select(func.count()).select_from(model))


def _acts(app):
    with app.app_context():
        return list(db.session.scalars(select(TrailRow.act).order_by(TrailRow.seq)))


def test_an_alias_alone_is_enough(app, client_as):
    answer = client_as("intake").post("/members/new", data={"alias": "Colibrí"})
    assert answer.status_code == 302
    one = _only(app)
    with app.app_context(), seal.silent():
        assert one.alias == "Colibrí" and one.legal_name is None and one.birth_year is None


def test_without_an_alias_nothing_is_saved_and_the_page_says_so(app, client_as):
    answer = client_as("intake").post("/members/new", data={"safe_note": "solo de noche"})
    assert answer.status_code == 422
    assert "solo de noche" in answer.text and "alias" in answer.text
    assert _count(app) == 0


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("given_names", "Ana"),
        ("surnames", "Reyes"),
        ("preferred_name", "Nena"),
        ("birth_date", "1986-03-12"),
        ("birth_year", "1986"),
        ("phone", "915 555 0123"),
        ("email", "ana@example.org"),
        ("address", "Calle Ejemplo 1"),
    ],
)
def test_nothing_identifying_is_kept_before_consent(app, client_as, field, value):
    answer = client_as("intake").post("/members/new", data={"alias": "Colibrí", field: value})
    assert answer.status_code == 422
    assert value in answer.text and "consent" in answer.text
    assert _count(app) == 0


def test_consent_is_kept_with_its_version_and_day(app, client_as):
    client = client_as("intake")
    client.post("/members/new", data=WHOLE)
    with app.app_context(), seal.silent():
        given = db.session.scalars(select(Consent)).one()
        assert (given.version, given.given_on, given.by_user_id) == ("2026-1", date(2026, 1, 15), client.user.id)
        one = db.session.scalars(select(Member)).one()
        assert one.legal_name == "Ana María Reyes Luna" and one.surnames == "Reyes Luna"
        assert one.birth_date == "1986-03-12" and one.birth_year == 1986
        assert one.phone == "+19155550123"
    assert [act for act in _acts(app) if act != "read"] == ["consent.give", "member.create"]


def test_a_consent_of_tomorrow_is_refused(app, client_as):
    tomorrow = date.fromordinal(clock.today().toordinal() + 1).isoformat()
    data = {"alias": "C", "consent": "y", "consent_on": tomorrow, "given_names": "Ana"}
    assert client_as("intake").post("/members/new", data=data).status_code == 422
    assert _count(app) == 0


def test_what_is_wrong_is_told_all_at_once(app, client_as):
    answer = client_as("intake").post("/members/new", data={"given_names": "Ana", "birth_date": "31/02/1990"})
    assert answer.status_code == 422
    for field in ("#alias", "#birth_date", "#consent"):
        assert f'href="{field}"' in answer.text


def test_a_year_alone_is_a_date_of_birth_too(app, client_as):
    client_as("intake").post("/members/new", data={"alias": "C", **CONSENT, "birth_year": "1990"})
    one = _only(app)
    assert one.birth_year == 1990 and one.birth_date_enc is None


def test_who_writes_a_person_down_walks_with_her(app, client_as):
    client = client_as("intake")
    url = client.post("/members/new", data={"alias": "Colibrí"}).headers["Location"]
    assert client.get(url).status_code == 200
    assert client_as("intake").get(url).status_code == 404
    with app.app_context():
        assert db.session.scalars(select(Assignment.user_id)).all() == [client.user.id]


def test_a_double_submit_writes_one_person(app, client_as):
    client = client_as("intake")
    token = re.search(r'name="form_token"[^>]*value="([^"]+)"', client.get("/members/new").text)[1]
    answers = [client.post("/members/new", data={"alias": "Colibrí", "form_token": token}) for _ in range(3)]
    assert {answer.status_code for answer in answers} == {302}
    assert len({answer.headers["Location"] for answer in answers}) == 1
    assert _count(app) == 1


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ('=HYPERLINK("http://evil.example","x")', '=HYPERLINK("http://evil.example","x")'),
        ("Ana\x00\x07 \x1bReyes", "Ana Reyes"),
        ("Ana\u202eseyeR", "AnaseyeR"),
        ("  Ana \n Reyes ", "Ana Reyes"),
        ("Ñandú ꞌ Łucja Шевченко", "Ñandú ꞌ Łucja Шевченко"),
    ],
)
def test_a_strange_name_is_cleaned_and_kept_as_text(app, client_as, typed, kept):
    client = client_as("attorney")
    assert client.post("/members/new", data={"alias": typed}).status_code == 302
    with app.app_context(), seal.silent():
        assert db.session.scalar(select(Member)).alias == kept
    page = client.get("/members")
    assert page.status_code == 200 and "<script" not in kept


def test_ten_thousand_characters_are_answered_in_words_and_stay(app, client_as):
    answer = client_as("intake").post("/members/new", data={"alias": "á" * 10_000})
    assert answer.status_code == 422
    assert "10000" in answer.text and "á" * 10_000 in answer.text
    assert _count(app) == 0


@pytest.mark.parametrize("typed", ["31/02/1990", "29 Feb 2023", "1990-13-01", "nonsense"])
def test_a_day_that_is_none_is_told_and_kept_as_typed(app, client_as, typed):
    answer = client_as("intake").post("/members/new", data={"alias": "C", **CONSENT, "birth_date": typed})
    assert answer.status_code == 422 and f'value="{typed}"' in answer.text
    assert _count(app) == 0


def test_a_day_with_two_readings_is_asked_and_never_guessed(app, client_as):
    answer = client_as("intake").post("/members/new", data={"alias": "C", **CONSENT, "birth_date": "03/04/1990"})
    assert answer.status_code == 422 and "4 Mar 1990" in answer.text and "3 Apr 1990" in answer.text
    assert _count(app) == 0


def test_the_twenty_ninth_of_february_of_a_leap_year_is_a_day(app, client_as):
    client_as("intake").post("/members/new", data={"alias": "C", **CONSENT, "birth_date": "29 Feb 2024"})
    assert _only(app).birth_year == 2024


def test_nobody_is_born_tomorrow_or_arrives_before_being_born(app, client_as):
    tomorrow = date.fromordinal(clock.today().toordinal() + 1).isoformat()
    client = client_as("intake")
    for days in (
        {"birth_date": tomorrow},
        {"birth_date": "1990-05-01", "arrived_on": "1989-05-01"},
        {"birth_year": "1895"},
    ):
        assert client.post("/members/new", data={"alias": "C", **CONSENT, **days}).status_code == 422
    assert _count(app) == 0


def test_a_telephone_that_is_none_is_told(app, client_as):
    answer = client_as("intake").post("/members/new", data={"alias": "C", **CONSENT, "phone": "12"})
    assert answer.status_code == 422 and "+52" in answer.text
    assert _count(app) == 0


@pytest.mark.parametrize(
    "typed",
    [
        {"given_names": "Otra", "surnames": "Persona", "phone": "+1 (915) 555-0123"},
        {"given_names": "Ana", "surnames": "Cruz", "birth_date": "1986-03-12"},
        {"given_names": "Ana Maria", "surnames": "Reies Luna"},
    ],
)
def test_somebody_we_may_know_is_shown_side_by_side_before_saving(app, client_as, typed):
    client = client_as("attorney")
    first = client.post("/members/new", data=WHOLE).headers["Location"].rpartition("/")[2]
    answer = client.post("/members/new", data={"alias": "Otra vez", **CONSENT, **typed})
    assert answer.status_code == 422
    assert first in answer.text and "Ana María Reyes Luna" in answer.text and "Otra vez" in answer.text
    assert _count(app) == 1


def test_a_namesake_by_first_name_alone_is_no_warning(app, client_as):
    client = client_as("attorney")
    client.post("/members/new", data=WHOLE)
    answer = client.post("/members/new", data={"alias": "X", **CONSENT, "given_names": "Ana", "surnames": "Cruz Díaz"})
    assert answer.status_code == 302 and _count(app) == 2


def test_somebody_new_is_saved_in_spite_of_the_likeness(app, client_as):
    client = client_as("attorney")
    client.post("/members/new", data=WHOLE)
    assert client.post("/members/new", data={**WHOLE, "decision": "new"}).status_code == 302
    assert _count(app) == 2


def test_a_relative_is_saved_into_the_same_household(app, client_as):
    client = client_as("attorney")
    first = client.post("/members/new", data=WHOLE).headers["Location"].rpartition("/")[2]
    data = {**WHOLE, "given_names": "Beto", "decision": f"relative:{first}", "role": "child"}
    assert client.post("/members/new", data=data).status_code == 302
    with app.app_context():
        rows = db.session.execute(select(HouseholdMembership.household_id, HouseholdMembership.role)).all()
    assert len({row.household_id for row in rows}) == 1 and sorted(row.role for row in rows) == ["child", "head"]


def test_a_likeness_outside_ones_rights_says_only_that_it_exists(app, make, client_as):
    client_as("attorney").post("/members/new", data=WHOLE)
    answer = client_as("intake").post(
        "/members/new", data={"alias": "Otra", **CONSENT, "given_names": "Ana", "phone": "9155550123"}
    )
    assert answer.status_code == 422
    assert "Ask the attorney" in answer.text
    assert "Reyes" not in answer.text and "ME-0001" not in answer.text
    assert "member.known_elsewhere" in _acts(app)


def test_a_relative_outside_ones_rights_cannot_be_named(app, client_as):
    client_as("attorney").post("/members/new", data=WHOLE)
    answer = client_as("intake").post("/members/new", data={"alias": "Otra", "decision": "relative:ME-0001"})
    assert answer.status_code == 404 and _count(app) == 1


def test_nothing_of_the_person_lies_open_in_the_database(app, client_as):
    client_as("intake").post("/members/new", data=WHOLE)
    with app.app_context():
        row = db.session.execute(select(Member.__table__)).one()
        trail = db.session.execute(select(TrailRow.__table__)).all()
    stored = repr(row).lower() + repr(trail).lower()
    for value in ("golondrina", "reyes", "915555", "ana@example.org", "1986-03-12", "seis"):
        assert value not in stored


def test_the_consent_is_read_aloud_in_both_languages(client_as):
    text = client_as("intake").get("/members/new").text
    assert "We write down your name" in text and "Anotamos su nombre" in text


def test_codes_go_on_after_four_digits(in_app, make):
    assert make.member(code="ME-9999").code == "ME-9999"
    assert [make.member().code, make.member().code] == ["ME-10000", "ME-10001"]


def test_two_people_written_down_at_the_same_moment_get_two_codes(app, make):
    def write(number: int) -> str:
        with app.app_context(), seal.silent():
            key_id = keyring.new_key()
            with writing():
                made = create_member(viewer=viewer, key_id=key_id, values={"alias": f"A{number}"}, consent=None)
            return made.code

    viewer = make.viewer("attorney")
    with ThreadPoolExecutor(4) as pool:
        codes = list(pool.map(write, range(8)))
    assert len(set(codes)) == 8


def test_the_same_person_is_changed_with_nothing_typed_and_nothing_standing_lost(app, make, client_as):
    nora = client_as("intake")
    ana = make.member(
        legal_name="Ana Reyes Luna",
        surnames="Reyes Luna",
        phone="+19155550101",
        address="Calle 5",
        consented_on=date(2026, 1, 1),
        assigned=nora.user,
    )
    typed = {
        "alias": "Garza",
        "given_names": "Ana María",
        "surnames": "Reyes Luna",
        "phone": "915 555 0101",
        "consent": "y",
        "consent_on": "2026-01-02",
    }
    warned = nora.post("/members/new", data=typed)
    assert warned.status_code == 422 and f"same:{ana.code}" in warned.text
    page = nora.post("/members/new", data={**typed, "decision": f"same:{ana.code}"})
    assert page.status_code == 200
    assert f'action="/members/{ana.code}/edit"' in page.text
    for word in ("Ana María", "Garza", "Calle 5", "what you typed beside what stands"):
        assert word in page.text


def test_somebody_whose_look_alike_one_may_not_see_is_told_to_ask_without_a_name(app, make, client_as):
    make.member(
        legal_name="Ana Reyes Luna",
        phone="+19155550101",
        phone_bidx=phone_index("+19155550101"),
        consented_on=date(2026, 1, 1),
    )
    typed = {
        "alias": "Garza",
        "given_names": "Eva",
        "phone": "915 555 0101",
        "consent": "y",
        "consent_on": "2026-01-02",
    }
    warned = client_as("intake").post("/members/new", data=typed)
    assert warned.status_code == 422 and "Ask the attorney" in warned.text and "Reyes" not in warned.text
