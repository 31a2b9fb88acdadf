"""First steps: what is done is read from the facts, what is left can wait, and the doctor says the same."""

import json
from dataclasses import replace

import pytest
from sqlalchemy import update

from mexile import config as configuration
from mexile.config import STANDIN, config
from mexile.deadlines.rule.actions import review_rule
from mexile.deadlines.rule.queries import asked_rules
from mexile.doctor.findings import GRAVE, Findings, _first_steps
from mexile.gifts.stripe.queries import trial
from mexile.ground import clock, queue
from mexile.ground.db import db
from mexile.ground.organization import Organization
from mexile.ground.queue import Job
from mexile.home.first_step.queries import first_steps
from mexile.home.first_step.steps import STEPS
from mexile.sheets.batch.models import ImportCommit
from tests.gifts.conftest import standin  # noqa: F401 - a fixture


def open_steps(make):
    return make.read(lambda: [one.step.code for one in first_steps() if one.is_open])


def begin(make, **values):
    """An organization as `mexile init` leaves it."""
    empty = {"legal_name": "", "short_name": "", "ein": "", "address": "", "mail_from": "", "invented": 0}
    make.write(lambda: db.session.execute(update(Organization).values({**empty, **values})))


def test_each_step_ticks_itself_when_it_is_true(app, make, client_as):
    begin(make)
    browser = client_as("director")
    assert open_steps(make) == [step.code for step in STEPS]
    begin(make, legal_name="Casa", ein="00-0000000", address="1 St, 00000", mail_from="a@example.org")
    make.in_line(make.user(role="attorney"))
    make.service(people=[make.member()])
    make.deadline_rules()
    assert "rule" in open_steps(make), "rules that were only loaded are not reviewed"
    viewer, asked = make.viewer(role="attorney"), make.read(asked_rules)
    make.write(lambda: [review_rule(viewer=viewer, code=a.rule.code, version=a.rule.version) for a in asked])
    batch = make.import_batch()
    assert "sheet" in open_steps(make), "a sheet that was only sent is not taken in"
    rows = {"created": 1, "updated": 0, "left_out": 0}
    make.write(lambda: db.session.add(ImportCommit(batch_id=batch.id, at=clock.now(), **rows)))
    left = open_steps(make)
    assert left == ["mark", "sender", "stripe", "backup"]
    page = browser.get("/first-steps").text
    assert "7 of 11 done" in page and "No letter has gone out yet" in page


def test_a_step_can_wait_and_is_taken_up_again(make, client_as):
    begin(make)
    browser = client_as("administrator")
    assert browser.post("/first-steps/line", data={"later": "1"}).status_code == 302
    assert "line" not in open_steps(make) and "Take it up again" in browser.get("/first-steps").text
    browser.post("/first-steps/line", data={"later": "0"})
    assert "line" in open_steps(make)
    assert browser.post("/first-steps/nothing", data={"later": "1"}).status_code == 404


def test_today_leads_to_them_until_all_is_done_or_left(make, client_as):
    begin(make)
    browser = client_as("director")
    assert "/first-steps" in browser.get("/today").text
    for step in STEPS:
        browser.post(f"/first-steps/{step.code}", data={"later": "1"})
    assert "/first-steps" not in browser.get("/today").text
    assert "/first-steps" not in client_as("caseworker").get("/today").text


def test_a_test_letter_says_what_came_of_it(app, make, client_as):
    begin(make, mail_from="a@example.org")
    browser = client_as("director")
    assert browser.post("/mail/test", data={}).status_code == 302
    assert "on its way" in browser.get("/mail").text

    def say(**values):
        make.write(lambda: db.session.execute(update(Job).where(Job.key.startswith("access.test:")).values(**values)))

    say(trouble="server")
    assert "was not taken. The mail server doesn" in browser.get("/mail").text and "sender" in open_steps(make)
    say(state="done", trouble="")
    assert "took your test letter" in browser.get("/mail").text and "sender" not in open_steps(make)
    assert "took your test letter" not in client_as("administrator").get("/mail").text, "each sees their own"


def test_the_doctor_is_never_well_without_tax_number_sender_and_stripe(app, make):
    begin(make)
    configuration.use(replace(config(), stripe_key="", stripe_webhook_secret=""))
    with app.app_context():
        findings = Findings()
        _first_steps(findings)
    assert {problem.place for problem in findings.problems} == set(GRAVE)
    assert {note.place for note in findings.notes} >= {"line", "member", "sheet"}


@pytest.mark.parametrize(("production", "status"), [(False, 200), (True, 503)])
def test_nobody_is_asked_to_give_where_no_money_would_come(app, make, client_as, client, production, status):
    begin(make, legal_name="Casa", mail_from="a@example.org")
    configuration.use(replace(config(), production=production))
    make.funds()
    answer = client.get("/give")
    assert answer.status_code == status
    assert ('href="/give"' in client.get("/").text) is (status == 200)
    if status == 503:
        assert "being prepared" in answer.text and "test mode" not in answer.text
        assert "se está preparando" in client.get("/give?lang=es").text
        staff = client_as("development").get("/give")
        assert staff.status_code == 200 and "Only staff see this page" in staff.text
        assert client.post("/give", data={}).status_code == 503
    begin(make, legal_name="")
    told = client_as("director").get("/give")
    assert told.status_code == 503 and "no legal name yet" in told.text
    assert client_as("caseworker").get("/give").text.count("no legal name yet") == 0


def test_a_dollar_in_test_mode_ticks_the_step_when_its_receipt_went_out(app, make, client_as, standin):  # noqa: F811
    begin(make, legal_name="Casa", mail_from="a@example.org")
    assert make.read(trial) == "" and "stripe" in open_steps(make)
    gift = make.gift(channel="stripe_card")
    assert make.read(trial) == "receipted" and "stripe" in open_steps(make)
    make.write(lambda: queue.put("mail", "gifts.receipt:R-000001", {}))
    make.write(lambda: db.session.execute(update(Job).values(state="done")))
    assert gift and make.read(trial) == "sent" and "stripe" not in open_steps(make)
    browser = client_as("administrator")
    assert browser.post("/gifts/stripe/test", data={}).status_code == 302
    assert "To be mended at Stripe" in browser.get("/gifts/stripe").text  # this stand-in has no webhook


@pytest.mark.once
def test_a_standin_is_found_where_no_key_is_set_and_never_in_production(tmp_path):
    bare = replace(config(), home=tmp_path, stripe_key="", stripe_base=configuration.STRIPE)
    assert configuration.with_standin(bare) == bare
    (tmp_path / STANDIN).parent.mkdir()
    for base, is_taken in (("http://127.0.0.1:1", True), ("http://stranger.example.org", False)):
        (tmp_path / STANDIN).write_text(json.dumps({"base": base, "secret": "whsec_x"}))
        assert (configuration.with_standin(bare).stripe_base == base) is is_taken
        for other in (replace(bare, production=True), replace(bare, stripe_key="sk_live_x")):
            assert configuration.with_standin(other) == other
    (tmp_path / STANDIN).write_text("{")
    assert configuration.with_standin(bare) == bare
