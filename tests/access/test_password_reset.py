"""A forgotten password: one link, one use, one hour, one answer to everybody."""

import json
from datetime import timedelta

import pytest
from sqlalchemy import event, select

from mexile.access.letter.actions import render_own
from mexile.access.password_reset.actions import render_link
from mexile.ground import clock
from mexile.ground.db import db
from mexile.ground.queue import Job
from mexile.ground.trail import TrailRow
from tests.access.arriving import NEW, come_in
from tests.access.test_own_account import seed_of
from tests.makers.access import PASSWORD


def stranger(app):
    return app.test_client().carry(app, None, None)


def ask(app, email):
    return stranger(app).post("/password-reset", data={"email": email})


def mailed(make):
    """The letters that would go out now, None for one that goes to nobody."""

    def look():
        jobs = db.session.scalars(select(Job.body).where(Job.key.startswith("access.password_reset:")).order_by(Job.id))
        return [render_link(json.loads(body)["body"]) for body in jobs]

    return make.read(look)


def link(make):
    (letter,) = [letter for letter in mailed(make) if letter]
    return next(line for line in letter.text.splitlines() if "/password-reset/" in line).partition("8080")[2]


def set_anew(app, path, password=NEW):
    return stranger(app).post(path, data={"password": password, "again": password})


def test_the_link_sets_a_new_password_ends_every_session_and_is_told(app, client_as, make):
    here = client_as("auditor")
    seed = seed_of(make, here.user)
    assert ask(app, here.user.email.upper()).location == "/sign-in"
    path = link(make)
    (letter,) = mailed(make)
    assert letter.to == here.user.email and letter.subject == "About your account" and here.user.name not in letter.text
    assert stranger(app).get(path).headers["Referrer-Policy"] == "no-referrer" and here.get("/trail").status_code == 200
    assert set_anew(app, path).location == "/sign-in"
    assert here.get("/trail").status_code == 302
    assert come_in(app, here.user.email, seed, password=PASSWORD)[0].status_code == 422
    assert come_in(app, here.user.email, "A" * 32)[0].status_code == 422, "the second factor is asked for as ever"
    assert come_in(app, here.user.email, seed)[0].status_code == 302
    told = make.read(
        lambda: [
            render_own(json.loads(body)["body"]).text
            for body in db.session.scalars(select(Job.body).where(Job.key.startswith("access.own:")))
        ]
    )
    assert len(told) == 1 and "set anew by a mailed link" in told[0]
    assert "user.password_reset" in make.read(lambda: list(db.session.scalars(select(TrailRow.act))))


def test_a_link_works_once_and_for_an_hour_and_ends_with_the_password_it_replaces(app, client_as, make):
    person = client_as("auditor")
    ask(app, person.user.email)
    path = link(make)
    with clock.at(clock.now() + timedelta(minutes=61)):
        assert "no longer opens anything" in stranger(app).get(path).text
        assert mailed(make) == [None], "a letter that lay too long isn't sent"
    assert set_anew(app, path, "short").status_code == 422 and set_anew(app, path, PASSWORD).status_code == 422
    assert set_anew(app, path).status_code == 302
    again = set_anew(app, path, NEW + " again")
    assert again.status_code == 200 and "no longer opens anything" in again.text and "Ask for a new link" in again.text


@pytest.mark.parametrize("odd", ["x", "A" * 43, "٣" * 20, "00-ff.x", "-.", "0" * 32 + "-" + "f" * 30 + ".x"])
def test_what_is_no_link_of_ours_opens_nothing(app, make, odd):
    make.user()
    assert "no longer opens anything" in set_anew(app, f"/password-reset/{odd}").text


def test_a_link_of_one_account_is_none_of_another(app, make):
    ana, beto = make.user(), make.user()
    of_ana, of_beto = make.password_reset(ana), make.password_reset(beto)
    mixed = of_beto.rpartition(".")[0] + "." + of_ana.rpartition(".")[2]
    assert "no longer opens anything" in set_anew(app, f"/password-reset/{mixed}").text


def test_everybody_gets_one_answer_after_the_same_work(app, client_as, make):
    known, ended = make.user(email="ana@example.org"), make.user(email="gone@example.org")
    make.ended_access(ended)
    make.user(email="new@example.org", password_hash="")
    seen = []
    for email in (known.email, "nobody@example.org", ended.email, "new@example.org"):
        statements = []
        with app.app_context():
            watch = lambda *words, kept=statements: kept.append(words[2])
            event.listen(db.engine, "before_cursor_execute", watch)
        answer = ask(app, email)
        page = stranger(app).get(answer.location)
        with app.app_context():
            event.remove(db.engine, "before_cursor_execute", watch)
        seen.append((answer.status_code, answer.location, page.status_code, statements))
    assert all(one == seen[0] for one in seen)
    assert [letter and letter.to for letter in mailed(make)] == [known.email, None, None, None]


def test_an_address_gets_three_letters_an_hour_and_the_answer_stays_the_same(app, make, monkeypatch):
    ana = make.user(email="ana@example.org")
    answers = {(answer.status_code, answer.location) for answer in (ask(app, ana.email) for _ in range(5))}
    assert answers == {(302, "/sign-in")}
    assert [bool(letter) for letter in mailed(make)] == [True] * 3 + [False] * 2


def test_one_network_asks_twenty_times_a_minute(app, make):
    assert [ask(app, f"p{number}@example.org").status_code for number in range(21)] == [302] * 20 + [429]


@pytest.mark.parametrize(("email", "words"), [("", "fill this in"), ("ana", "Write a mail address")])
def test_what_is_no_address_is_refused_in_words(app, email, words):
    answer = ask(app, email)
    assert answer.status_code == 422 and words in answer.text


def test_the_door_leads_there(client):
    assert 'href="/password-reset"' in client.get("/sign-in").text
