"""Who was invited and hasn't come yet answers for nothing; the last director stays; what ends is told like what begins."""

import json
import re

import pytest
from sqlalchemy import select, update

from mexile.access.account.models import UserAccount
from mexile.access.account.queries import holding, with_roles
from mexile.access.holding.queries import gone_ids
from mexile.access.letter.actions import render_new
from mexile.access.role.actions import end_role, give_role
from mexile.access.roles import ROLES
from mexile.cases.case.queries import covering
from mexile.custody.line.queries import told_line
from mexile.ground import clock
from mexile.ground.db import db, writing
from mexile.ground.errors import Conflict
from mexile.ground.queue import Job
from tests.access.test_two_people import longstanding


def letters(make):
    """Who was told of what, with the letter."""

    def look():
        rows = db.session.execute(select(Job.body).where(Job.key.startswith("access.new:")).order_by(Job.id)).scalars()
        return [(body, render_new(body)) for body in (json.loads(row)["body"] for row in rows)]

    return make.read(look)


def test_who_never_came_holds_no_role_yet_and_does_from_the_first_day_here(in_app, make):
    roles = sorted(set(ROLES) - {"administrator"})
    invited = make.user(roles=roles, name="Nadia Nueva", password_hash="")
    for role in roles:
        assert with_roles(role) == []
        assert [id for id, _, _ in holding(role, invited=True)] == [invited.id]
    with writing():
        db.session.execute(update(UserAccount).values(password_hash="set"))
    assert all(with_roles(role) == [(invited.id, "Nadia Nueva")] for role in roles)


def test_no_form_offers_who_never_came_and_no_page_counts_on_them(make, client_as):
    make.user(role="attorney", name="Nadia Nueva", password_hash="")
    director, rosa = client_as("director"), make.member()
    for path in (
        "/events/new",
        "/deadlines/new",
        "/alerts/line",
        f"/members/{rosa.code}/assignments",
        f"/cases/new?member={rosa.code}",
        "/inquiries/new",
        "/docket",
        f"/people/{director.user.code}",
    ):
        answer = director.get(path)
        assert answer.status_code in (200, 404) and "Nadia Nueva" not in answer.text, path
    make.deadline(member=rosa, fatal=True)
    assert "Needs an attorney today" in director.get("/today").text
    assert make.read(lambda: covering([rosa.id])) == {}
    assert make.read(lambda: [one.name for one in told_line()]) == [director.user.name]


def test_what_stands_under_somebody_invited_is_listed_and_not_called_left(make, client_as):
    nadia, director = make.user(role="attorney", name="Nadia Nueva", password_hash=""), client_as("director")
    event = make.event(owner=nadia, people=[make.member()])
    assert make.read(lambda: nadia.id in gone_ids())
    page = director.get(f"/events/{event.code}").text
    assert "not here yet" in page and "no longer here" not in page
    assert "Nadia Nueva: 1 thing." in director.get("/today").text


@pytest.mark.parametrize(("language", "words"), [("en", "not in this role now"), ("es", "ahora sin este rol")])
def test_who_is_here_without_the_role_is_not_called_gone(make, client_as, language, words):
    wanda = make.user(role="attorney", name="Wanda")
    director = client_as(user=make.user(role="director", language=language))
    event = make.event(owner=wanda, on=clock.today(), people=[make.member()])
    make.write(lambda: give_role(user_id=wanda.id, role="administrator", by=director.user.id))
    for page in (f"/events/{event.code}", f"/events/{event.code}/edit"):
        text = director.get(page).text
        assert words in text and "no longer here" not in text and "ya no está aquí" not in text, page


@pytest.mark.parametrize("act", ["role", "access", "administrator"])
def test_the_last_director_stays(make, client_as, act):
    administrator, director = client_as("administrator"), longstanding(make, "director")
    make.user(role="director", password_hash="")
    path, form = {
        "role": ("roles/director/end", {}),
        "access": ("revocation", {"reason": "leaves"}),
        "administrator": ("roles", {"role": "administrator"}),
    }[act]
    answer = administrator.post(f"/people/{director.code}/{path}", data=form)
    assert answer.status_code == 409 and "last director" in answer.text
    assert make.read(lambda: with_roles("director")) == [(director.id, director.name)]
    longstanding(make, "director")
    assert administrator.post(f"/people/{director.code}/{path}", data=form).status_code == 302


def test_an_invitation_to_direct_can_be_ended(make, client_as):
    nadia = make.user(role="director", password_hash="")
    assert (
        client_as("administrator")
        .post(f"/people/{nadia.code}/revocation", data={"reason": "wrong address"})
        .status_code
        == 302
    )


def test_who_never_came_is_no_second_administrator(in_app, make):
    only, nadia = make.user(role="administrator"), make.user(role="administrator", password_hash="")
    with pytest.raises(Conflict):
        make.write(lambda: end_role(user_id=only.id, role="administrator", by=nadia.id))


def test_the_end_of_a_role_and_of_an_access_is_told_to_every_director(make, client_as):
    administrator = client_as("administrator")
    first, second = longstanding(make, "director"), longstanding(make, "director", language="es")
    leaver = make.user(roles=["caseworker", "intake"], name="Luz Ejemplo")
    administrator.post(f"/people/{leaver.code}/roles/intake/end")
    administrator.post(f"/people/{leaver.code}/revocation", data={"reason": "moved away"})
    told = letters(make)
    assert [(body["what"], body["roles"], body["user"]) for body, _ in told] == [
        (what, roles, user.id)
        for what, roles in (("role_ended", ["intake"]), ("access_ended", ["caseworker"]))
        for user in sorted((first, second), key=lambda one: one.name)
    ]
    for _body, letter in told:
        assert leaver.code in letter.text and administrator.user.code in letter.text
        assert not re.search("Luz|moved away|end it|termínelo", letter.text)


def test_a_director_whose_role_is_ended_is_told_too(make, client_as):
    administrator, other, gone = (
        client_as("administrator"),
        longstanding(make, "director"),
        longstanding(make, "director"),
    )
    administrator.post(f"/people/{gone.code}/roles/director/end")
    assert {letter.to for _body, letter in letters(make)} == {other.email, gone.email}


def test_an_invited_director_is_told_of_new_accounts(make, client_as):
    nadia = make.user(role="director", password_hash="")
    client_as("administrator").post(
        "/people/new", data={"name": "B", "email": "b@example.org", "roles": ["intake"], "language": "en"}
    )
    assert [body["user"] for body, _ in letters(make)] == [nadia.id]


def test_who_was_told_of_an_account_is_said_as_it_was(make, client_as):
    administrator = client_as("administrator")
    form = {"name": "B", "email": "b@example.org", "roles": ["intake"], "language": "en"}
    said = "There is no director; who runs the system"
    assert (
        said in administrator.get("/people/new").text and "Every director" not in administrator.get("/people/new").text
    )
    page = administrator.post("/people/new", data=form, follow_redirects=True).text
    assert said in page and "Every director" not in page
    make.user(role="director", code="U-90")
    page = administrator.post("/people/new", data={**form, "email": "c@example.org"}, follow_redirects=True).text
    assert "Every director is told" in page and said not in page
    assert "Every director is told" in administrator.get("/people/new").text
