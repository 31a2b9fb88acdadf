"""A relative without a record gets one in a step: prefilled, with what they are to others and where they are."""

from sqlalchemy import select

from mexile.ground import seal
from mexile.ground.db import db
from mexile.members.family.models import Relative
from mexile.members.household.models import HouseholdMembership, HouseholdPlace
from mexile.members.person.models import Member
from mexile.members.relation.models import Relation, RelationEnd


def _family(make, client):
    ana = make.member(alias="Colibrí", birth_year=1984, assigned=client.user)
    house = make.household(ana)
    luz = make.relative(ana, household=house, called="Luz", role="child", birth_year=2012)
    make.relation(ana, "parent", luz)
    make.household_place(ana, relative=luz, place="in_juarez", note="with the aunt")
    return ana, house, luz


def test_the_household_offers_it_and_the_form_begins_with_what_was_said(make, client_as):
    client = client_as("caseworker")
    ana, house, luz = _family(make, client)
    assert f"relative={luz.code}" in client.get(f"/members/{ana.code}/household").text
    page = client.get(f"/members/new?of={ana.code}&relative={luz.code}").text
    assert 'value="Luz"' in page and 'value="2012"' in page and house.code in page
    assert '<option selected value="child">' in page and f'value="{ana.code}/{luz.code}"' in page


def test_the_relation_the_household_and_the_place_come_along(app, make, client_as):
    client = client_as("caseworker")
    ana, house, luz = _family(make, client)
    data = {"alias": "Luz", "birth_year": "2012", "consent": "y", "role": "child", "household": house.code}
    data["relative"] = f"{ana.code}/{luz.code}"
    for _ in range(2):
        made = client.post("/members/new", data={**data, "form_token": "t" * 22})
        assert made.status_code == 302
    with app.app_context(), seal.silent():
        one = db.session.scalars(select(Member).where(Member.id != ana.id)).one()
        ended = db.session.scalars(select(RelationEnd.relation_id)).all()
        row = db.session.scalars(select(Relation).where(Relation.id.not_in(ended))).one()
        assert (row.member_id, row.relative_id, row.kind) == (ana.id, None, "parent")
        assert (row.other_member_id, row.other_relative_id) == (one.id, None)
        place = db.session.scalars(select(HouseholdPlace).where(HouseholdPlace.member_id == one.id)).one()
        assert (place.place, place.note, place.key_id) == ("in_juarez", "with the aunt", one.key_id)
        assert (
            db.session.scalar(select(HouseholdMembership.role).where(HouseholdMembership.member_id == one.id))
            == "child"
        )
        assert db.session.scalar(select(Relative.to_on)) is not None
    page = client.get(f"/members/{ana.code}/household").text
    assert "no record of their own" not in page and one.code in page


def test_twice_is_said_and_what_was_typed_stays(make, client_as):
    client = client_as("attorney")
    ana, house, luz = _family(make, client)
    data = {"alias": "Luz", "household": house.code, "role": "child", "relative": f"{ana.code}/{luz.code}"}
    assert client.post("/members/new", data=data).status_code == 302
    again = client.post("/members/new", data={**data, "alias": "Lucero"})
    assert again.status_code == 422 and "has a record already" in again.text and 'value="Lucero"' in again.text


def test_a_relative_of_somebody_hidden_does_not_exist(app, make, client_as):
    client, other = client_as("caseworker"), client_as("attorney")
    ana, house, luz = _family(make, other)
    assert client.get(f"/members/new?of={ana.code}&relative={luz.code}").status_code == 404
    data = {"alias": "Luz", "relative": f"{ana.code}/{luz.code}"}
    assert client.post("/members/new", data=data).status_code == 404
    with app.app_context():
        assert len(db.session.scalars(select(Member)).all()) == 1


def _is_known(client, owner, luz, known):
    """The form of a new record answers that the relative is somebody known; then the record that stands is saved."""
    typed = {"alias": "Luz", "given_names": "Luz", "surnames": "Inventada Mora", "consent": "y"}
    typed |= {
        "birth_year": str(known.birth_year),
        "relative": f"{owner.code}/{luz.code}",
        "decision": f"same:{known.code}",
    }
    page = client.post("/members/new", data=typed).text
    assert f'value="{owner.code}/{luz.code}"' in page and "come along" in page
    return client.post(f"/members/{known.code}/edit", data={**typed, "version": str(known.version)})


def test_a_relative_who_is_somebody_known_becomes_that_member(app, make, client_as):
    client = client_as("attorney")
    ana, house, luz = _family(make, client)
    known = make.member(alias="Lucero", legal_name="Luz Inventada Mora", surnames="Inventada Mora", birth_year=2012)
    assert _is_known(client, ana, luz, known).headers["Location"].endswith(known.code)
    with app.app_context(), seal.silent():
        ended = db.session.scalars(select(RelationEnd.relation_id)).all()
        row = db.session.scalars(select(Relation).where(Relation.id.not_in(ended))).one()
        assert (row.member_id, row.kind, row.other_member_id, row.other_relative_id) == (
            ana.id,
            "parent",
            known.id,
            None,
        )
        assert (
            db.session.scalar(select(HouseholdMembership.role).where(HouseholdMembership.member_id == known.id))
            == "child"
        )
        assert (
            db.session.scalars(select(HouseholdPlace).where(HouseholdPlace.member_id == known.id)).one().place
            == "in_juarez"
        )
        assert db.session.scalar(select(Relative.to_on)) is not None
    one, other = (client.get(f"/members/{member.code}/relations").text for member in (ana, known))
    assert (
        f'Daughter or son: <a href="/members/{known.code}"' in one
        and f'Mother or father: <a href="/members/{ana.code}"' in other
    )
    assert "no record of their own" not in client.get(f"/members/{ana.code}/household").text


def test_a_relative_is_neither_the_one_who_told_of_them_nor_older_than_their_child(app, make, client_as):
    client = client_as("attorney")
    ana, _, luz = _family(make, client)
    older = make.member(alias="Lucero", legal_name="Luz Inventada Mora", surnames="Inventada Mora", birth_year=1950)
    refused = _is_known(client, ana, luz, older)
    assert refused.status_code == 422 and "older than" in refused.text and "Inventada Mora" in refused.text
    own = client.post(
        f"/members/{ana.code}/edit",
        data={"alias": "Otra", "version": str(ana.version), "relative": f"{ana.code}/{luz.code}"},
    )
    assert own.status_code == 422 and "their own relative" in own.text and 'value="Otra"' in own.text
    with app.app_context():
        assert db.session.scalar(select(Relative.to_on)) is None and not db.session.scalars(select(RelationEnd)).all()
