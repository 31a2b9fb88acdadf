"""A member's page: sealed parts stay closed until opened, and every opening is in the trail."""

import json
import re
from datetime import date, timedelta

import pytest
from sqlalchemy import event, select

from mexile.ground import clock, seal
from mexile.ground.db import db, writing
from mexile.ground.trail import TrailRow
from mexile.members.person.models import Member

SEALED = {
    "legal": "Ana María Reyes Luna",
    "phone": "915-555-0123",
    "email": "ana@example.org",
    "address": "Calle Ejemplo 7",
}


@pytest.fixture
def ana(make):
    one = make.member(
        alias="Golondrina",
        preferred_name="Nena",
        legal_name=SEALED["legal"],
        birth_date="1986-03-12",
        birth_year=1986,
        phone="+19155550123",
        email=SEALED["email"],
        address=SEALED["address"],
        safe_contact="signal",
        safe_note="después de las seis",
        language="mxv",
        pronoun="she",
    )
    make.consent(one)
    return one


def _reads(app):
    with app.app_context():
        rows = db.session.scalars(select(TrailRow).where(TrailRow.act == "read").order_by(TrailRow.seq)).all()
    return [(row.subject, set(json.loads(row.detail)["fields"])) for row in rows]


def test_first_stands_how_to_call_and_reach_her_and_nothing_sealed_is_open(ana, client_as):
    text = client_as("attorney").get(f"/members/{ana.code}?part=all").text
    assert "Signal" in text.partition('class="tabs"')[0]
    for shown in ("Nena", ana.code, "Metlatónoc Mixtec", "Signal", "después de las seis"):
        assert shown in text
    for hidden in ("915-555", "+1915", SEALED["email"], SEALED["address"], "1986-03-12", "12 Mar 1986", "Golondrina"):
        assert hidden not in text


def test_each_part_has_its_address_is_read_alone_and_all_of_it_prints_as_one(make, ana, client_as):
    client = client_as("attorney")
    make.case(member=ana)
    pages = {
        part: client.get(f"/members/{ana.code}?part={part}").text for part in ("now", "family", "legal", "all", "x")
    }
    for part, text in pages.items():
        assert ('id="household"' in text) is (part in ("family", "all"))
        assert ("C-0001" in text) is (part in ("legal", "all"))
        assert "not given yet" not in text and "Who accompanies them" in text
        assert "/drawer/" in text or part != "all"
    here = re.search(r'<nav class="tabs".*?</nav>', pages["legal"], re.S)[0]
    assert here.count("aria-current") == 1 and ">Legal</a>" in here and f'href="/members/{ana.code}?part=all"' in here
    assert client.get(f"/members/{ana.code}").text.count('aria-current="page">Now') == 1


@pytest.mark.parametrize(
    ("drawer", "inside", "field"),
    [
        ("identity", ["Ana María Reyes Luna", "12 Mar 1986", "Golondrina"], "member.birth_date_enc"),
        ("contact", ["915-555-0123", SEALED["email"], SEALED["address"]], "member.phone_enc"),
    ],
)
def test_a_drawer_opens_by_a_press_and_notes_what_it_showed(app, ana, client_as, drawer, inside, field):
    client = client_as("attorney")
    text = client.get(f"/members/{ana.code}/drawer/{drawer}", headers={"HX-Request": "true"}).text
    assert all(words in text for words in inside) and "<html" not in text
    assert [subject for subject, _ in _reads(app)] == ["members.drawer"]
    assert field in _reads(app)[0][1]


def test_without_scripts_a_drawer_is_the_page_with_it_open(ana, client_as):
    text = client_as("attorney").get(f"/members/{ana.code}/drawer/contact").text
    assert "<html" in text and SEALED["address"] in text and "12 Mar 1986" not in text


def test_a_drawer_that_is_none_is_not_here(ana, client_as):
    assert client_as("attorney").get(f"/members/{ana.code}/drawer/everything").status_code == 404


def test_who_looked_names_the_person_and_the_kind(ana, make, client_as):
    lucia = make.user(role="attorney", name="Lucía Ejemplo")
    client_as(user=lucia).get(f"/members/{ana.code}/drawer/contact")
    text = client_as("director").get(f"/members/{ana.code}/drawer/looked").text
    assert "Lucía Ejemplo" in text and "telephone" in text


def test_who_looked_at_somebody_else_is_not_told(make, ana, client_as):
    other = make.member(legal_name="Beto Cruz")
    lucia = make.user(role="attorney", name="Lucía Ejemplo")
    client_as(user=lucia).get(f"/members/{other.code}?part=all")
    assert "Lucía Ejemplo" not in client_as("director").get(f"/members/{ana.code}/drawer/looked").text


def test_a_damaged_value_is_shown_as_damaged_and_nothing_else_breaks(app, make, ana, client_as):
    with app.app_context(), seal.silent(), writing():
        held = db.session.get(Member, ana.id)
        held.birth_date_enc = held.legal_name_enc = held.phone_enc
    client = client_as("attorney")
    for page in ("", "/drawer/identity", "/edit"):
        assert client.get(f"/members/{ana.code}{page}").status_code == 200, page
    assert seal.DAMAGED in client.get(f"/members/{ana.code}/drawer/identity").text
    assert ana.code in client.post("/members/search", data={"q": "nena"}).text
    data = {"alias": "Colibrí", "preferred_name": "Nena", "version": "2"}
    assert client.post(f"/members/{ana.code}/edit", data=data).status_code == 302
    with app.app_context():
        assert db.session.get(Member, ana.id).birth_date_enc is not None


def test_a_volunteer_has_no_page_of_a_member_and_no_drawer(make, ana, client_as):
    volunteer = make.user(role="volunteer")
    make.assign(ana, volunteer)
    client = client_as(user=volunteer)
    for address in ("", *(f"/drawer/{name}" for name in ("identity", "contact", "story", "plan", "looked"))):
        assert client.get(f"/members/{ana.code}{address}").status_code == 404


def test_the_next_date_and_the_last_services_stand_on_the_page(make, ana, client_as):
    lucia = make.user(name="Lucía Ejemplo")
    make.service(people=[ana], by=lucia, type_code="therapy", on=date(2026, 3, 2))
    make.event(kind="ice_checkin", on=clock.today() + timedelta(days=9), people=[ana], owner=lucia)
    text = client_as("attorney").get(f"/members/{ana.code}?part=all").text
    for words in ("Counselling session", "ICE check-in", "Lucía Ejemplo", "Mon 2 Mar 2026"):
        assert words in text


def test_log_service_begins_with_the_person(make, ana, client_as):
    client = client_as("attorney")
    address = f"/services/log?who={ana.code}"
    assert f'href="{address}"' in client.get(f"/members/{ana.code}?part=all").text
    assert f'value="{ana.code} "' in client.get(address).text
    assert "script" not in client.get("/services/log?who=<script>").text.partition("<main")[2]


def test_a_volunteer_is_not_shown_what_others_did(make, ana, client_as):
    volunteer = make.user(role="volunteer")
    make.assign(ana, volunteer)
    make.service(people=[ana], type_code="therapy", on=date(2026, 3, 2))
    assert "Counselling" not in client_as(user=volunteer).get(f"/members/{ana.code}?part=all").text


def test_a_member_page_is_a_fixed_number_of_queries(app, make, ana, client_as):
    lucia = make.user()
    client = client_as("attorney")
    seen = []
    with app.app_context():
        engine = db.engine
    event.listen(engine, "before_cursor_execute", lambda *words: seen.append(words[2]))

    def count() -> int:
        client.get(f"/members/{ana.code}?part=all")
        seen.clear()
        client.get(f"/members/{ana.code}?part=all")
        return len([one for one in seen if one.lstrip().upper().startswith("SELECT")])

    few = count()
    for number in range(6):
        make.service(people=[ana], by=lucia, on=date(2026, 3, 2 + number))
        make.event(on=clock.today() + timedelta(days=number), people=[ana], owner=lucia)
    people = [make.member() for _ in range(5)]
    make.household(ana, *people)
    for _person in people:
        make.assign(ana, make.user())
    assert count() <= few + 7  # the empty ask less: nobody's names, no companions, no places, no relations
    again = count()
    make.household(*[make.member() for _ in range(3)])
    assert count() == again


def test_closing_needs_a_reason_says_it_on_the_page_and_can_be_taken_back(app, ana, client_as):
    client = client_as("attorney")
    url = f"/members/{ana.code}/closure"
    assert client.post(url, data={}).status_code == 422
    assert client.post(url, data={"reason": "moved"}).status_code == 302
    assert "Moved away" in client.get(f"/members/{ana.code}?part=all").text
    again = client.post(url, data={"reason": "moved"})
    assert again.status_code == 409 and "This member is closed already." in again.text and "Open again" in again.text
    assert client.post(f"/members/{ana.code}/reopening").status_code == 302
    assert "Moved away" not in client.get(f"/members/{ana.code}?part=all").text
    assert client.post(f"/members/{ana.code}/reopening").status_code == 409


def test_a_closed_member_is_found_after_the_open_ones_and_again_when_reopened(make, client_as):
    one, two = make.member(legal_name="Ana Aguilar"), make.member(legal_name="Ana Zamora")
    client = client_as("attorney")
    client.post("/members/search", data={"q": "ana"})
    client.post(f"/members/{one.code}/closure", data={"reason": "moved"})
    text = client.post("/members/search", data={"q": "ana"}).text
    assert text.index(two.code) < text.index(one.code)
    client.post(f"/members/{one.code}/reopening")
    text = client.post("/members/search", data={"q": "ana"}).text
    assert text.index(one.code) < text.index(two.code)


@pytest.mark.parametrize("role", ["caseworker", "intake", "volunteer"])
def test_only_attorney_and_director_close(make, ana, client_as, role):
    who = make.user(role=role)
    make.assign(ana, who)
    client = client_as(user=who)
    assert client.post(f"/members/{ana.code}/closure", data={"reason": "moved"}).status_code == 404


def test_spanish_says_everything_in_spanish(make, ana, client_as):
    text = client_as(user=make.user(role="attorney", language="es")).get(f"/members/{ana.code}?part=all").text
    for words in ("Idioma", "Mixteco de Metlatónoc", "ella", "Bajo llave", "Quién acompaña", "Hogar"):
        assert words in text
    for words in ("Language", "Household", "Kept closed"):
        assert words not in text
