"""Families: who stayed behind is seen, where each is, and what they are to one another."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from mexile.ground import clock
from mexile.ground.db import db
from mexile.members.family.models import Relative
from mexile.members.household.models import HouseholdPlace
from mexile.members.relation.models import Relation


def _count(app, model):
    with app.app_context():
        return db.session.scalar(select(func.count()).select_from(model))


def test_a_man_who_came_alone_is_seen_as_a_family(app, make, client_as):
    man = make.member(legal_name="Julián Ejemplo Ríos", birth_year=1984)
    client = client_as("attorney")
    url = f"/members/{man.code}/relatives"
    luz = {
        "called": "Luz",
        "role": "child",
        "side": "child",
        "birth_year": "2015",
        "place": "in_juarez",
        "in_danger": "yes",
        "contact": "through_member",
    }
    rosa = {
        "called": "Rosa",
        "role": "partner",
        "side": "partner",
        "place": "in_mexico",
        "state": "MX-GRO",
        "contact": "no",
    }
    for values in (luz, rosa):
        assert client.post(url, data=values).status_code == 302
    page = client.get(f"/members/{man.code}?part=all").text
    for words in (
        "Luz",
        "Rosa",
        "In Juárez, waiting",
        "In danger",
        "Guerrero",
        "Must not be contacted",
        "Daughter or son",
    ):
        assert words in page
    home = client.get(f"/members/{man.code}/household").text
    assert "no record of their own" in home and "Partner: Julián Ejemplo Ríos" in home
    spanish = client_as(user=make.user(role="attorney", language="es")).get(f"/members/{man.code}?part=all").text
    for words in ("En Juárez, en espera", "En peligro", "No se debe contactar", "Hija o hijo"):
        assert words in spanish


def test_a_relative_lies_under_the_key_of_the_member_who_told(app, make):
    member = make.member()
    kin = make.relative(member, called="Luz")
    with app.app_context():
        row = db.session.get(Relative, kin.id)
        assert row.key_id == member.key_id and b"Luz" not in row.called_enc


def test_the_place_now_is_the_newest_and_the_history_stays(app, make, client_as):
    member = make.member()
    make.household(member)
    client, today = client_as("attorney"), clock.today()
    for place, days in (("in_juarez", 30), ("with_us", 0), ("in_mexico", 90)):
        day = (today - timedelta(days=days)).isoformat()
        assert client.post(f"/members/{member.code}/place", data={"place": place, "since_on": day}).status_code == 302
    assert "With us" in client.get(f"/members/{member.code}?part=all").text
    history = client.get(f"/members/{member.code}/place").text
    assert (
        history.index("With us</span>")
        < history.index("In Juárez, waiting</span>")
        < history.index("Elsewhere in Mexico</span>")
    )
    assert _count(app, HouseholdPlace) == 3


def test_a_place_from_tomorrow_on_is_refused_in_words(make, client_as):
    member = make.member()
    tomorrow = (clock.today() + timedelta(days=1)).isoformat()
    answer = client_as("attorney").post(
        f"/members/{member.code}/place", data={"place": "unknown", "since_on": tomorrow}
    )
    assert answer.status_code == 422 and "not come yet" in answer.text


def test_danger_is_not_kept_of_somebody_who_is_with_us(app, make, client_as):
    member = make.member()
    client_as("attorney").post(
        f"/members/{member.code}/place", data={"place": "with_us", "in_danger": "yes", "contact": "no"}
    )
    with app.app_context():
        row = db.session.scalar(select(HouseholdPlace))
        assert (row.in_danger, row.contact) == ("unknown", "unknown")


def test_a_relation_stands_once_and_is_read_from_both_sides(app, make, client_as):
    mother, child = (
        make.member(legal_name="Ana Reyes", birth_year=1980),
        make.member(legal_name="Beto Reyes", birth_year=2010),
    )
    client = client_as("attorney")
    answer = client.post(f"/members/{mother.code}/relations", data={"side": "child", "other": child.code.lower()})
    assert answer.status_code == 302 and _count(app, Relation) == 1
    assert "Daughter or son: <a" in client.get(f"/members/{mother.code}/relations").text
    assert "Mother or father: <a" in client.get(f"/members/{child.code}/relations").text


@pytest.mark.parametrize(
    ("side", "words"), [("parent", "older than the parent"), ("grandparent", "older than the parent")]
)
def test_a_child_older_than_the_parent_is_answered_in_words(app, make, client_as, side, words):
    mother, child = make.member(birth_year=1980), make.member(birth_year=2010)
    answer = client_as("attorney").post(f"/members/{mother.code}/relations", data={"side": side, "other": child.code})
    assert answer.status_code == 422 and words in answer.text and _count(app, Relation) == 0
    spanish = client_as(user=make.user(role="attorney", language="es")).post(
        f"/members/{mother.code}/relations", data={"side": side, "other": child.code}
    )
    assert "sería mayor que su madre o padre" in spanish.text


def test_nobody_is_their_own_parent_nor_their_own_grandchild(app, make, client_as):
    one, two = make.member(), make.member()
    client = client_as("attorney")
    assert (
        "related to themselves"
        in client.post(f"/members/{one.code}/relations", data={"side": "parent", "other": one.code}).text
    )
    make.relation(one, "parent", two)
    three = make.member()
    make.relation(two, "parent", three)
    answer = client.post(f"/members/{one.code}/relations", data={"side": "parent", "other": three.code})
    assert answer.status_code == 422 and "own forebear" in answer.text and _count(app, Relation) == 2


def test_a_relation_ends_by_a_record_and_can_be_said_again(app, make, client_as):
    one, two = make.member(), make.member()
    kept = make.relation(one, "sibling", two)
    client = client_as("attorney")
    url = f"/members/{two.code}/relations"
    assert client.post(f"{url}/{kept.id}/end").status_code == 302
    assert client.post(f"{url}/{kept.id}/end").status_code == 404
    assert client.post(url, data={"side": "partner", "other": one.code}).status_code == 302
    assert _count(app, Relation) == 2


def test_a_relation_to_somebody_unknown_to_the_viewer_is_neither_made_nor_named(app, make, client_as):
    worker = make.user()
    one, hidden = make.member(assigned=worker), make.member(legal_name="Secreta Persona")
    client = client_as(user=worker)
    answer = client.post(f"/members/{one.code}/relations", data={"side": "child", "other": hidden.code})
    assert answer.status_code == 422 and _count(app, Relation) == 0
    make.relation(one, "sibling", hidden)
    page = client.get(f"/members/{one.code}/relations").text
    assert "somebody you" in page and "Secreta" not in page and hidden.code not in page


def test_a_relative_of_somebody_unknown_to_the_viewer_is_only_counted(make, client_as):
    worker = make.user()
    one, hidden = make.member(assigned=worker), make.member()
    house = make.household(one, (hidden, "partner"))
    kin = make.relative(hidden, household=house, called="Secreta")
    client = client_as(user=worker)
    for url in (f"/members/{one.code}?part=family", f"/members/{one.code}/household"):
        page = client.get(url).text
        assert "2 people you" in page and "Secreta" not in page and kin.code not in page
    assert client.get(f"/members/{one.code}/relatives/{kin.code}/place").status_code == 404
    assert client.get(f"/members/{hidden.code}/relatives/{kin.code}/place").status_code == 404


def test_who_left_stays_in_the_history(make, client_as):
    one, two = make.member(legal_name="Ana Reyes"), make.member(legal_name="Beto Reyes")
    house = make.household(one, (two, "partner"))
    kin = make.relative(one, household=house, called="Luz")
    client = client_as("attorney")
    client.post(f"/members/{two.code}/household/{house.code}/departure", data={"from": one.code})
    client.post(f"/members/{one.code}/relatives/{kin.code}/departure", data={"from": one.code})
    page = client.get(f"/members/{one.code}/household").text
    assert page.index("Who left") < page.index("Beto Reyes") and page.index("Who left") < page.index("Luz")


def test_the_member_page_asks_the_same_number_of_questions_for_a_large_family(app, make, client_as):
    from tests.sheets.test_batch import queries_of

    client = client_as("attorney")
    one = make.member()
    house = make.household(one)
    kin = make.relative(one, household=house)
    make.relation(one, "parent", kin)
    before = queries_of(app, client, f"/members/{one.code}?part=all")
    for number in range(6):
        other = make.member(birth_year=2000 + number)
        make.household_place(other)
        make.relation(one, "parent", other)
        client.post(f"/members/{one.code}/household", data={"who": other.code, "role": "child"})
        another = make.relative(one, household=house, called=f"Luz {number}")
        make.household_place(one, relative=another)
        make.relation(other, "sibling", another)
    assert queries_of(app, client, f"/members/{one.code}?part=all") == before
