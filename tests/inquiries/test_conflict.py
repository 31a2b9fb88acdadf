"""The conflict check: possible or not, never who, never how many, in one form."""

import re

import pytest
from sqlalchemy import select

from mexile.ground import clock, keyring, seal
from mexile.ground.db import db, writing
from mexile.ground.errors import Invalid
from mexile.ground.trail import TrailRow
from mexile.inquiries.conflict.actions import name_person
from mexile.inquiries.conflict.queries import is_conflict_possible, is_conflict_possible_for
from mexile.inquiries.conflict.rules import may_be_one, sounds
from mexile.members.persecutor.models import MemberPersecutor
from mexile.members.persecutor.queries import name_index
from mexile.members.person.actions import phone_index


def persecutor(make, name):
    """A member who fled from this one."""
    member, by = make.member(), make.user(role="intake")

    def write():
        db.session.add(
            MemberPersecutor(
                member_id=member.id,
                key_id=member.key_id,
                kind="c_other",
                state_actor=False,
                reach="state",
                name=name,
                name_bidx=name_index(name),
                by_user_id=by.id,
                at=clock.now(),
            )
        )

    make.write(write)
    return member


@pytest.mark.parametrize(
    ("theirs", "ours", "is_possible"),
    [
        ("El Comandante Ficticio", "comandante Ficticio", True),
        ("Cártel de los Ardillos Inventados", "Los Ardillos Inventados", True),
        ("El Comandante Ficticio", "El Comandante Imaginario", False),
    ],
)
def test_the_same_persecutor_is_a_possible_conflict(in_app, make, theirs, ours, is_possible):
    persecutor(make, theirs)
    asked = make.inquiry(consented=True)
    make.named(asked, ours)
    assert is_conflict_possible(asked) is is_possible


@pytest.mark.parametrize("kind", ["self", "relative", "persecutor", "adverse"])
def test_whoever_is_one_of_our_members_is_a_possible_conflict(in_app, make, kind):
    make.member(legal_name="Abel Vázquez Inventado", surnames="Vázquez Inventado")
    asked = make.inquiry(consented=True)
    make.named(asked, "abel basquez", kind=kind)
    assert is_conflict_possible(asked)


def test_a_first_name_alone_meets_nobody(in_app, make):
    make.member(legal_name="Abel Vázquez Inventado")
    asked = make.inquiry(consented=True)
    make.named(asked, "Abel", kind="relative")
    assert not is_conflict_possible(asked)


def test_a_telephone_of_a_member_is_a_possible_conflict(in_app, make):
    make.member(phone="+19155550123", phone_bidx=phone_index("+19155550123"))
    asked = make.inquiry(consented=True)
    make.named(asked, "Nadie Conocido", kind="relative", phone="+19155550123")
    assert is_conflict_possible(asked)


@pytest.mark.parametrize(
    ("theirs", "ours", "is_possible"),
    [
        ("Luz Ficticia Reyes", "luz reyes", True),
        ("Luz Ficticia Reyes", "Luz Ficticia Reies", True),
        ("Luz", "Luz Reyes", False),
        ("Luz Ficticia Reyes", "Luz", False),
        ("Luz Ficticia Reyes", "Luz Inventada", False),
    ],
)
def test_a_relative_of_a_member_is_a_possible_conflict(in_app, make, theirs, ours, is_possible):
    make.relative(make.member(), called=theirs)
    asked = make.inquiry(consented=True)
    make.named(asked, ours, kind="adverse")
    assert is_conflict_possible(asked) is is_possible


def test_who_passes_word_on_or_collects_the_children_is_a_possible_conflict(in_app, make):
    one = make.member()
    make.contact(one, kind="through", value=None, through="su prima Luz Ficticia")
    make.emergency_plan(one, children=[("Nube", "Tomás Inventado", "915 555 0166")])
    for name, phone, is_possible in (
        ("Luz Ficticia", None, True),
        ("Tomás Inventado", None, True),
        ("Nadie Conocido", "+19155550166", True),
        ("Zutana Imaginada", "+19155550167", False),
    ):
        asked = make.inquiry(consented=True)
        make.named(asked, name, kind="persecutor", phone=phone)
        assert is_conflict_possible(asked) is is_possible, name
        db.session.rollback()


def test_any_number_a_member_is_reached_at_is_a_possible_conflict(in_app, make):
    make.contact(make.member(), kind="whatsapp", value="+526565550188")
    asked = make.inquiry(consented=True)
    make.named(asked, "Nadie Conocido", kind="adverse", phone="+526565550188")
    assert is_conflict_possible(asked)


def test_the_number_of_whoever_asks_is_compared(in_app, make):
    other = make.inquiry(consented=True)
    make.named(other, "Nadie Conocido", kind="adverse", phone="+526565550188")
    asked = make.inquiry(consented=True, answer="+52 656 555 0188")
    assert is_conflict_possible(asked) and is_conflict_possible(other)


def test_two_who_ask_from_the_telephone_of_a_shelter_are_no_conflict(in_app, make):
    asked = [make.inquiry(consented=True, answer="+52 656 555 0188") for _ in range(2)]
    assert not any(is_conflict_possible(one) for one in asked)


def test_what_is_near_a_removed_member_is_met_no_more(in_app, make):
    one = make.member()
    make.contact(one, kind="through", value=None, through="Luz Ficticia")
    keyring.current().destroy(one.key_id)
    asked = make.inquiry(consented=True)
    make.named(asked, "Luz Ficticia", kind="relative")
    assert not is_conflict_possible(asked)


def test_an_adverse_person_of_another_inquiry_is_a_possible_conflict(in_app, make):
    make.named(make.inquiry(consented=True), "Mengano Inventado", kind="adverse")
    asked = make.inquiry(consented=True)
    assert not is_conflict_possible(asked)
    db.session.rollback()
    make.named(asked, "Mengano Inventado", kind="self")
    assert is_conflict_possible(asked)


def test_ones_own_names_are_no_conflict(in_app, make):
    asked = make.inquiry(consented=True)
    make.named(asked, "Mengano Inventado", kind="adverse")
    make.named(asked, "Mengano Inventado", kind="persecutor")
    assert not is_conflict_possible(asked)


def test_a_check_without_a_name_says_so(client_as, make):
    client = client_as("intake")
    asked = make.inquiry(answers=client.user, consented=True)
    client.post(f"/inquiries/{asked.code}/conflict/check")
    assert "no name was compared" in client.get(f"/inquiries/{asked.code}").text
    make.named(asked, "Mengano Inventado", kind="self")
    client.post(f"/inquiries/{asked.code}/conflict/check")
    page = client.get(f"/inquiries/{asked.code}").text
    assert "No conflict found." in page and "no name was compared" not in page


def test_no_name_is_written_down_before_consent(in_app, make):
    asked = make.inquiry()
    values = {"kind": "relative", "name": "Fulana", "persecutor": None, "phone": None}
    with pytest.raises(Invalid), writing():
        name_person(viewer=make.viewer("intake"), code=asked.code, **values)


def test_the_answer_never_says_who_nor_how_many_nor_reads_anybody(app, client_as, make):
    client = client_as("intake")
    pages, trails = [], []
    for number in (0, 1, 3):
        for _ in range(number):
            persecutor(make, f"El Comandante Ficticio {number}")
        asked = make.inquiry(answers=client.user, consented=True, alias="Mismo")
        make.named(asked, f"El Comandante Ficticio {number}")
        answer = client.post(f"/inquiries/{asked.code}/conflict/check")
        assert answer.status_code == 302 and answer.headers["Location"].endswith(f"/inquiries/{asked.code}#conflicts")
        pages.append(_plain(client.get(f"/inquiries/{asked.code}").text, asked.code))
        with app.app_context(), seal.silent():
            rows = db.session.execute(
                select(TrailRow.act, TrailRow.subject, TrailRow.detail).where(TrailRow.subject == asked.code)
            ).all()
        trails.append([(row.act, row.detail) for row in rows])
    none, one, three = pages
    assert "No conflict found." in none and "Possible conflict: ask the attorney." in one
    assert one == three
    assert trails[0] == trails[1] == trails[2] == [("inquiry.check", "")]
    assert not re.search(r"ME-\d{4}", one)


def _plain(page, code):
    """The page without what differs on any two: its code, its tokens, the minute."""
    page = re.sub(r'value="[^"]*"', "", page.replace(code, "IQ"))
    return re.sub(r"\d\d:\d\d|#?\?v=\w+", "", page)


@pytest.mark.parametrize(
    ("one", "other", "may_be"),
    [
        ("José Luis Pérez", "Luis Perez Soto", True),
        ("Luis Pérez", "José Luis Pérez Soto", True),
        ("Perez Soto, Luis", "José Luis Pérez", True),
        ("Juan Carlos Vázquez", "juan basques lopez", True),
        ("María del Carmen Ruiz", "Carmen Ruiz", True),
        ("Comandante Luis Pérez", "el Luis Pérez", True),
        ("Juan Pérez Soto", "Ana Pérez Soto", False),
        ("María Guadalupe López", "María Guadalupe Hernández", False),
        ("Luis Pérez", "Luis Soto", False),
        ("Luis", "Luis Pérez", False),
        ("L. Pérez", "L. Pérez Soto", False),
        ("", "Luis Pérez", False),
    ],
)
def test_names_meet_by_two_words_and_contradict_each_other_nowhere(one, other, may_be):
    assert may_be_one(sounds(one), sounds(other)) is may_be_one(sounds(other), sounds(one)) is may_be


def test_a_name_that_says_less_or_more_is_met_wherever_it_stands(in_app, make):
    of_a_member, other = make.member(), make.inquiry(consented=True)
    make.member(legal_name="Rosa Ficticia Mora", surnames="Ficticia Mora")
    make.named(of_a_member, "José Luis Inventado", kind="adverse")
    make.persecutor(of_a_member, name="Beto Imaginado Ruiz")
    make.named(other, "Ana Supuesta Ruiz", kind="relative")
    for name, is_possible in (
        ("Luis Inventado Soto", True),
        ("Alberto Beto Imaginado", True),
        ("Supuesta Ruiz, Ana", True),
        ("Rosa Elena Ficticia", True),
        ("Luz Ficticia Mora", False),
    ):
        asked = make.inquiry(consented=True)
        make.named(asked, name, kind="adverse")
        assert is_conflict_possible(asked) is is_possible, name
        db.session.rollback()


def test_a_member_who_came_without_an_inquiry_is_checked_against_everybody_else(in_app, make):
    one, other = make.member(legal_name="Rosa Ficticia Mora"), make.member(legal_name="José Luis Inventado")
    make.named(one, "Mengano Supuesto", kind="adverse", phone="+526565550188")
    assert not is_conflict_possible_for(one) and not is_conflict_possible_for(other)
    db.session.rollback()
    make.named(one, "Luis Inventado Soto", kind="adverse")
    assert is_conflict_possible_for(one) and is_conflict_possible_for(other)
    db.session.rollback()
    third = make.member(phone="+526565550188", phone_bidx=phone_index("+526565550188"))
    assert is_conflict_possible_for(third)


def test_adverse_people_of_a_member_are_written_after_consent_and_shown_to_who_may_know(client_as, make):
    lucia, beto, nora = client_as("caseworker"), client_as("volunteer"), make.user(role="intake")
    one = make.member(assigned=[lucia.user, beto.user])
    make.named(make.inquiry(answers=nora, consented=True, member_id=one.id), "Fulano Secreto", kind="adverse")
    url = f"/members/{one.code}/conflict"
    values = {"kind": "adverse", "name": "Mengano Inventado", "phone": "+52 656 555 0188"}
    refused = lucia.post(url, data=values)
    assert refused.status_code == 422 and "Mengano" not in lucia.get(url).text
    make.consent(one)
    assert lucia.post(url, data=values | {"phone": "x"}).status_code == 422
    assert lucia.post(url, data=values).status_code == 302
    page = lucia.get(url).text
    assert (
        "Mengano Inventado" in page
        and "Fulano Secreto" not in page
        and url in lucia.get(f"/members/{one.code}?part=all").text
    )
    assert "Fulano Secreto" in client_as("attorney").get(url).text
    assert beto.get(url).status_code == 404 and "/adverse" not in beto.get(f"/members/{one.code}?part=all").text
    checked = lucia.post(f"{url}/check", data={})
    assert checked.status_code == 200 and "No conflict found." in checked.text
    id = re.search(rf"{url}/(\d+)/removal", page)[1]
    assert lucia.post(f"{url}/{int(id) - 1}/removal", data={}).status_code == 404
    assert lucia.post(f"{url}/{id}/removal", data={}).status_code == 302 and "Mengano" not in lucia.get(url).text
