"""A lost second factor: one asks, another confirms, the person sets everything anew; and what stops it."""

import json
from datetime import timedelta

import pytest
from click.testing import CliRunner
from sqlalchemy import select

from mexile import cli
from mexile.access.account.models import UserAccount
from mexile.access.letter.actions import render_new, render_own
from mexile.access.recovery.models import AccountRecovery
from mexile.ground import clock
from mexile.ground.db import db
from mexile.ground.queue import Job
from mexile.ground.trail import TrailRow
from tests.access.arriving import arrive, come_in, mailed_address


def letters(make, kind, render):
    def look():
        jobs = db.session.scalars(select(Job.body).where(Job.key.startswith(f"{kind}:")).order_by(Job.id))
        return [render(json.loads(body)["body"]) for body in jobs]

    return make.read(look)


def invited(make):
    jobs = select(Job.id).where(Job.key.startswith("access.invitation:"))
    return make.read(lambda: len(list(db.session.scalars(jobs))))


def acts(make):
    return make.read(
        lambda: [act for act in db.session.scalars(select(TrailRow.act).order_by(TrailRow.seq)) if "recovery" in act]
    )


@pytest.fixture
def lost(client_as):
    """Somebody who lost everything but the browser where they are still signed in."""
    return client_as("caseworker")


def test_one_asks_another_confirms_and_the_person_sets_everything_anew(app, client_as, make, lost):
    director, administrator = client_as("director"), client_as("administrator")
    page = f"/people/{lost.user.code}"
    assert "Ask for a new second factor" in director.get(page).text
    assert director.post(f"{page}/recovery").location == page
    assert invited(make) == 0 and "waits to be confirmed" in administrator.get(page).text
    (own,) = letters(make, "access.own", render_own)
    assert own.to == lost.user.email and own.subject == "About your account" and "second colleague" in own.text
    told = {letter.to for letter in letters(make, "access.new", render_new)}
    assert told == {director.user.email, administrator.user.email}, "whoever may confirm it is told too"
    assert administrator.post(f"{page}/recovery/confirmation").location == page
    path = mailed_address(make, lost.user.email)
    assert lost.get("/account").status_code == 200, "what they have works until then"
    answer, seed = arrive(app, make, lost.user.email, path=path)
    assert answer.status_code == 200 and lost.get("/account").status_code == 302
    assert come_in(app, lost.user.email, seed)[0].status_code == 302
    assert acts(make) == ["user.recovery", "user.recovery_confirmed"]
    assert administrator.post(f"{page}/recovery/confirmation").status_code == 409, "it is confirmed once"


def test_neither_who_asked_nor_the_person_nor_one_made_by_who_asked_confirms(client_as, make, lost):
    director, both = client_as("director"), client_as("administrator", "director")
    page = f"/people/{lost.user.code}"
    director.post(f"{page}/recovery")
    answer = director.post(f"{page}/recovery/confirmation")
    assert answer.status_code == 409 and "second person confirms" in answer.text
    page = f"/people/{both.user.code}"
    director.post(f"{page}/recovery")
    assert both.post(f"{page}/recovery/confirmation").status_code == 409
    assert invited(make) == 0


def test_a_second_account_of_who_asked_is_no_second_person(client_as, make, lost):
    administrator = client_as("administrator")
    administrator.post(
        "/people/new", data={"name": "P", "email": "p@example.org", "roles": ["administrator"], "language": "en"}
    )
    puppet = make.read(lambda: db.session.scalar(select(UserAccount).where(UserAccount.email == "p@example.org")))
    page = f"/people/{lost.user.code}"
    assert "mexile user invite" in administrator.get(page).text, "nobody could confirm it, and the page says what to do"
    administrator.post(f"{page}/recovery")
    assert client_as(user=puppet).post(f"{page}/recovery/confirmation").status_code == 409


@pytest.mark.parametrize("role", ["attorney", "caseworker", "auditor", "development"])
def test_others_neither_ask_nor_confirm(client_as, make, lost, role):
    page = f"/people/{lost.user.code}/recovery"
    other = client_as(role)
    assert [other.post(path).status_code for path in (page, f"{page}/confirmation", f"{page}/end")] == [404] * 3
    client_as("director").post(page)
    assert other.post(f"{page}/confirmation").status_code == 404 and invited(make) == 0


def test_both_gave_their_password_just_now(client_as, make, lost):
    page = f"/people/{lost.user.code}/recovery"
    old = timedelta(minutes=6)
    assert "/confirm" in client_as("director", confirmed=old).post(page).location
    assert client_as("director").post(page).status_code == 302
    assert "/confirm" in client_as("administrator", confirmed=old).post(f"{page}/confirmation").location
    assert invited(make) == 0


def test_the_person_stops_it_and_so_does_a_colleague(client_as, make, lost):
    director, administrator = client_as("director"), client_as("administrator")
    page = f"/people/{lost.user.code}/recovery"
    for stop in (lambda: lost.post("/account/recovery/end"), lambda: administrator.post(f"{page}/end")):
        assert director.post(page).status_code == 302
        assert "asked that your second factor" in lost.get("/account").text
        assert stop().status_code == 302
        assert administrator.post(f"{page}/confirmation").status_code == 409
        assert "asked that your second factor" not in lost.get("/account").text
    assert invited(make) == 0 and lost.post("/account/recovery/end").status_code == 409
    assert acts(make) == ["user.recovery", "user.recovery_end"] * 2


@pytest.mark.parametrize("by", ["the person", "a colleague"])
def test_after_it_was_confirmed_the_mailed_address_can_still_be_stopped(app, client_as, make, lost, by):
    director, administrator = client_as("director"), client_as("administrator")
    page = f"/people/{lost.user.code}"
    director.post(f"{page}/recovery")
    administrator.post(f"{page}/recovery/confirmation")
    path = mailed_address(make, lost.user.email)
    assert "asked that your second factor" in lost.get("/today").text, "told where every day begins, not by mail alone"
    assert "the mailed address wasn't used yet" in director.get(page).text
    stopped = lost.post("/account/recovery/end") if by == "the person" else director.post(f"{page}/recovery/end")
    assert stopped.status_code == 302 and "replaced" in app.test_client().get(path).text
    assert lost.get("/account").status_code == 200 and "asked that your second" not in lost.get("/today").text
    assert "Ask for a new second factor" in director.get(page).text


def test_who_may_no_longer_ask_has_asked_for_nothing(client_as, make, lost):
    director = client_as("director")
    page = f"/people/{lost.user.code}/recovery"
    director.post(page)
    make.ended_access(director.user)
    assert client_as("administrator").post(f"{page}/confirmation").status_code == 409 and invited(make) == 0


@pytest.mark.parametrize(("hours", "status"), [(71, 302), (73, 409)])
def test_it_waits_for_72_hours(client_as, make, lost, hours, status):
    page = f"/people/{lost.user.code}/recovery"
    client_as("director").post(page)
    with clock.at(clock.now() + timedelta(hours=hours)):
        assert client_as("administrator").post(f"{page}/confirmation").status_code == status


def test_what_can_not_be_asked_is_said_in_words(client_as, make, lost):
    director = client_as("director")
    page = f"/people/{lost.user.code}/recovery"
    director.post(page)
    assert "waits to be confirmed" in client_as("administrator").post(page).text
    assert director.post(f"/people/{director.user.code}/recovery").status_code == 409
    fresh = make.user(password_hash="")
    assert director.post(f"/people/{fresh.code}/recovery").status_code == 409
    make.ended_access(lost.user)
    assert client_as("administrator").post(f"{page}/confirmation").status_code == 409
    assert make.read(lambda: len(list(db.session.scalars(select(AccountRecovery.id))))) == 1


@pytest.mark.once
def test_who_runs_the_server_invites_anew_where_there_are_no_two(app, make, monkeypatch):
    monkeypatch.setattr(cli, "open_app", lambda: app)
    person = make.user(role="director")
    said = CliRunner().invoke(cli.main, ["user", "invite", person.code])
    assert said.exit_code == 0 and invited(make) == 1
    assert [letter.to for letter in letters(make, "access.new", render_new)] == [person.email]
    assert CliRunner().invoke(cli.main, ["user", "invite", "U-99"]).exit_code != 0
    make.ended_access(person)
    assert CliRunner().invoke(cli.main, ["user", "invite", person.code]).exit_code != 0
