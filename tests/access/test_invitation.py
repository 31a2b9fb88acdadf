"""An invitation: mailed, used once, within 72 hours, and what it sets is seen by the person alone."""

import json
import re
from datetime import timedelta

import pytest
from click.testing import CliRunner
from sqlalchemy import func, select

from mexile.access.account.models import RecoveryCode, UserAccount
from mexile.access.invitation.actions import render_invitation
from mexile.access.invitation.models import Invitation
from mexile.ground import clock, trail
from mexile.ground.db import db
from mexile.ground.queue import Job
from tests.access.arriving import NEW, account, arrive, begin, come_in, mailed_address, now_code

ANA = "ana@example.org"


def add(browser, **more):
    data = {"name": "Ana Ejemplo", "email": ANA, "roles": ["auditor"], "language": "en", **more}
    return browser.post("/people/new", data=data)


def stranger(app):
    return app.test_client().carry(app, None, None)


def test_who_invites_sees_no_secret_and_the_invited_sets_all_three(client_as, app, make):
    browser = client_as("administrator")
    answer = add(browser)
    assert answer.status_code == 302
    path = mailed_address(make, ANA)
    shown = answer.text + browser.get(answer.location).text + browser.get("/people").text
    assert path not in shown and "scan" not in shown
    arrived, seed = arrive(app, make, ANA)
    codes = re.findall(r"<li>([a-z0-9-]{19})</li>", arrived.text)
    assert arrived.status_code == 200 and len(codes) == 10
    answer, person = come_in(app, ANA, seed, next="/trail")
    assert answer.location == "/trail" and person.get("/trail").status_code == 200
    assert come_in(app, ANA, seed)[0].status_code == 422, "the code of the telephone works once"
    with clock.at(clock.now() + timedelta(minutes=5)):
        form = {"email": ANA, "password": NEW, "code": codes[0]}
        assert stranger(app).post("/sign-in", data=form).status_code == 302


def test_a_get_shows_and_changes_nothing_and_the_seed_is_not_on_it(client_as, app, make):
    add(client_as("administrator"))
    path = mailed_address(make, ANA)
    for _ in range(3):  # as a mail program does
        answer = stranger(app).get(path)
        assert answer.status_code == 200 and "scan" not in answer.text and "seed" not in answer.text
    assert answer.headers["Referrer-Policy"] == "no-referrer" and answer.headers["Cache-Control"] == "no-store"
    assert ANA not in answer.text and "Ana" not in answer.text
    assert arrive(app, make, ANA)[0].status_code == 200


def test_the_secret_of_the_address_lies_in_no_table(client_as, app, make):
    add(client_as("administrator"))
    token = mailed_address(make, ANA).rpartition("/")[2]
    rows = make.read(
        lambda: [tuple(row) for table in db.metadata.sorted_tables for row in db.session.execute(select(table))]
    )
    assert token not in repr(rows) and token.encode() not in b"".join(repr(row).encode() for row in rows)
    assert make.read(lambda: db.session.scalar(select(UserAccount.password_hash).where(UserAccount.email == ANA))) == ""


@pytest.mark.parametrize("method", ["get", "post"])
def test_used_late_replaced_and_unknown_are_said_in_words(client_as, app, make, method):
    browser = client_as("administrator")
    add(browser)
    path = mailed_address(make, ANA)
    ask = lambda where: getattr(stranger(app), method)(where).text  # noqa: E731
    with clock.at(clock.now() + timedelta(hours=72, seconds=1)):
        assert "older than 72 hours" in ask(path)
    with clock.at(clock.now() + timedelta(hours=71)):
        assert "older than 72 hours" not in ask(path)
    with clock.at(clock.now() - timedelta(hours=1)):
        assert "older than 72 hours" not in ask(path), "a clock set back makes nothing old"
    with clock.at(clock.now() - timedelta(hours=72, seconds=1)):
        assert "was set back" in ask(path), "nor gives more time than it had"
    press = f"/people/{account(make, ANA).code}/invitation"
    assert f'action="{press}"' in browser.get(press.rpartition("/")[0]).text
    browser.post(press)
    assert "replaced by a newer one" in ask(path)
    newer = mailed_address(make, ANA)
    assert newer != path
    arrive(app, make, ANA)
    assert "used already" in ask(newer) and "Ana" not in ask(newer)
    unknown = {ask(f"/invitations/open/{odd}") for odd in ("x", "A" * 43, "٣" * 20)}
    assert all("This is no invitation" in text for text in unknown)


def test_a_forwarded_address_is_used_by_one_only(client_as, app, make):
    add(client_as("administrator"))
    path = mailed_address(make, ANA)
    first, second = stranger(app), stranger(app)
    (word, seed), (other_word, other_seed) = begin(first, path), begin(second, path)
    assert seed != other_seed
    send = lambda browser, word, seed: browser.post(
        path, data={"seed": word, "password": NEW, "again": NEW, "code": now_code(seed)}
    )  # noqa: E731
    assert "Recovery codes" in send(first, word, seed).text
    assert "used already" in send(second, other_word, other_seed).text
    assert make.read(lambda: db.session.scalar(select(func.count()).select_from(RecoveryCode))) == 10


def test_all_that_is_wrong_is_said_at_once_and_the_telephone_keeps_its_seed(client_as, app, make):
    add(client_as("administrator"))
    path, browser = mailed_address(make, ANA), stranger(app)
    word, seed = begin(browser, path)
    answer = browser.post(path, data={"seed": word, "password": "short", "again": "short", "code": "١٢٣٤٥٦"})
    assert (
        answer.status_code == 422
        and "at least 12 characters" in answer.text
        and "not the code of the moment" in answer.text
    )
    assert seed in answer.text and word in answer.text
    answer = browser.post(path, data={"seed": word, "password": NEW, "again": NEW + "x", "code": now_code(seed)})
    assert answer.status_code == 422 and "not the same" in answer.text
    forged = browser.post(
        path, data={"seed": "A" * 32 + "-" + "0" * 40, "password": NEW, "again": NEW, "code": now_code("A" * 32)}
    )
    assert forged.status_code == 422 and "A" * 32 not in forged.text


def test_before_the_invitation_is_used_nothing_opens_the_account(client_as, app, make):
    add(client_as("administrator"))
    for password, code in (("", "1"), ("x", "000000"), (NEW, "000000")):
        assert (
            stranger(app).post("/sign-in", data={"email": ANA, "password": password, "code": code}).status_code == 422
        )


def test_a_new_invitation_ends_sessions_when_it_is_used_and_not_before(client_as, app, make):
    person = client_as("auditor")
    path = "/invitations/open/" + make.invitation(person.user)
    assert person.get("/trail").status_code == 200
    answer, seed = arrive(app, make, person.user.email, path=path)
    assert answer.status_code == 200 and person.get("/trail").status_code == 302
    assert come_in(app, person.user.email, seed)[0].status_code == 302


def test_one_administrator_alone_invites_nobody_anew_who_has_come_in(client_as, make):
    administrator, person = client_as("administrator"), make.user(role="auditor")
    answer = administrator.post(f"/people/{person.code}/invitation")
    assert answer.status_code == 409 and "confirmed by another" in answer.text
    assert "Send a new invitation" not in administrator.get(f"/people/{person.code}").text


def test_whose_access_ended_accepts_nothing(client_as, app, make):
    add(client_as("administrator"))
    path = mailed_address(make, ANA)
    make.ended_access(account(make, ANA))
    assert "taken back" in stranger(app).get(path).text
    body = make.read(
        lambda: json.loads(db.session.scalar(select(Job.body).where(Job.key.startswith("access.invitation:"))))["body"]
    )
    assert make.read(lambda: render_invitation(body)) is None


def test_invitations_are_slowed_by_network(client, make):
    answers = [client.get("/invitations/open/x").status_code for _ in range(62)]
    assert answers[-1] == 429 and answers[0] == 200


@pytest.mark.once
def test_init_prints_one_address_that_makes_the_first_director_and_dies(tmp_path, monkeypatch):
    from mexile.app import create_app
    from mexile.cli import main
    from tests.databases import let_go

    monkeypatch.setenv("MEXILE_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("MEXILE_KEYS", str(tmp_path / "keys"))
    run = lambda *words: CliRunner().invoke(main, [*words], catch_exceptions=False).output  # noqa: E731
    said = run("init")
    addresses = re.findall(r"https?://\S+", said)
    assert len(addresses) == 1
    again = re.findall(r"https?://\S+", run("init"))
    assert len(again) == 1 and again != addresses, "nobody has come yet: a new one, and the old is dead"
    app = create_app()
    app.testing = True
    from tests.clients import Client
    from tests.make import Make

    app.test_client_class = Client
    make = Make(app)
    path = lambda address: "/" + address.split("/", 3)[3]  # noqa: E731
    assert "was replaced" in stranger(app).get(path(addresses[0])).text
    late, other = stranger(app), path(again[0])
    word, other_seed = begin(late, other)
    wrong, _seed = arrive(app, make, "nora", path=other, name=" ", password="short")
    assert wrong.status_code == 422 and wrong.text.count('class="error"') == 3, "all that is wrong, at once"
    answer, seed = arrive(app, make, "Nora@example.org", path=other, name="Nora")
    assert answer.status_code == 200
    sent = {"seed": word, "password": NEW, "again": NEW, "code": now_code(other_seed), "name": "Eva", "email": ANA}
    assert "opens nothing" in late.post(other, data=sent).text and account(make, ANA) is None
    answer, browser = come_in(app, "nora@example.org", seed)
    assert browser.get("/members").status_code == 200 and browser.get("/people").status_code == 200
    assert run("init").strip().endswith("Nothing was changed.")
    said = run("user", "add", "--name", "Ana", "--email", ANA, "--role", "director")
    assert "invited by mail" in said and "http" not in said
    assert make.read(lambda: db.session.scalar(select(func.count()).select_from(Invitation))) == 3
    assert make.read(lambda: "user.accept" in set(db.session.scalars(select(trail.TrailRow.act))))
    let_go(app)


@pytest.mark.once
def test_the_picture_for_the_telephone_is_dark_on_white_also_at_night(client_as, app, make):
    add(client_as("administrator"))
    browser = app.test_client().carry(app, None, None)
    picture = browser.post(mailed_address(make, ANA), data={}).text.partition('class="qr"')[2].partition("</svg>")[0]
    assert 'fill="#fff"' in picture
