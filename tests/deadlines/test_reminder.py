"""Letters about a day that comes closer, and to whom we ask to walk along: they say where to look, nothing else."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select

from mexile.cases.companion.actions import ask_companion, confirm_companion, render_asked
from mexile.deadlines.clock.models import WorkPermit
from mexile.deadlines.reminder.actions import remind, remind_today, render_reminder
from mexile.deadlines.reminder.rules import ONE_YEAR, RENEWAL, mark_of_letter
from mexile.ground import clock, queue
from mexile.ground.db import db, writing

TODAY = date(2026, 11, 24)
NOON = datetime(2026, 11, 24, 19, tzinfo=UTC)


@pytest.fixture(autouse=True)
def noon():
    with clock.at(NOON):
        yield


def letters(make, kind):
    """(code, user) of every letter of this kind in the queue."""
    with make.app.app_context():
        rows = db.session.scalars(select(queue.Job.key).where(queue.Job.kind == "mail").order_by(queue.Job.id))
        return [key.removeprefix(f"{kind}:") for key in rows if key.startswith(f"{kind}:")]


def work(make):
    with make.app.app_context():
        remind({})


@pytest.mark.parametrize(
    ("days", "mark"),
    [(299, None), (300, 300), (313, 300), (314, None), (330, 330), (349, None), (350, 350), (364, None)],
)
def test_a_letter_about_the_year_leaves_at_its_mark_or_in_the_two_weeks_after(days, mark):
    assert mark_of_letter(ONE_YEAR, TODAY - timedelta(days=days), TODAY) == mark


@pytest.mark.parametrize(
    ("days", "mark"), [(181, None), (180, 180), (167, 180), (166, None), (150, 150), (120, 120), (90, 90), (76, None)]
)
def test_a_letter_about_a_permit_leaves_at_its_mark_or_in_the_two_weeks_after(days, mark):
    assert mark_of_letter(RENEWAL, TODAY + timedelta(days=days), TODAY) == mark


def test_both_who_answer_are_told_once(make):
    lucia, elena = make.user(role="caseworker"), make.user(role="director")
    made = make.deadline(
        owner=lucia,
        second_owner_user_id=elena.id,
        trigger_on=TODAY - timedelta(days=330),
        due_on=TODAY + timedelta(days=35),
    )
    for _again in range(2):
        work(make)
    assert letters(make, "cases.reminder") == [f"{made.code}/330/{lucia.id}", f"{made.code}/330/{elena.id}"]


def test_the_letter_says_neither_whose_day_nor_which(make):
    lucia = make.user(role="caseworker", language="es")
    made = make.deadline(owner=lucia, trigger_on=TODAY - timedelta(days=330))
    letter = make.read(lambda: render_reminder({"code": made.code, "user": lucia.id}))
    assert letter.to == lucia.email and letter.subject == "mexile: se acerca un día"
    assert not any(word in (letter.subject + letter.text).lower() for word in ("asil", "asyl", "deten", "detain"))
    make.deadline_closure(made)
    assert make.read(lambda: render_reminder({"code": made.code, "user": lucia.id})) is None


def test_what_was_closed_reminds_nobody(make):
    made = make.deadline(owner=make.user(role="caseworker"), trigger_on=TODAY - timedelta(days=300))
    make.deadline_closure(made)
    work(make)
    assert letters(make, "cases.reminder") == []


def test_a_card_without_a_deadline_reminds_who_walks_with_the_member(make):
    lucia = make.user(role="caseworker")
    ana = make.member(assigned=lucia)
    with make.app.app_context(), writing():
        for ends in (400, 150):
            db.session.add(
                WorkPermit(
                    member_id=ana.id,
                    issued_on=TODAY - timedelta(days=ends),
                    ends_on=TODAY + timedelta(days=150 if ends == 150 else -30),
                    by_user_id=lucia.id,
                    at=clock.now(),
                )
            )
    work(make)
    assert letters(make, "cases.reminder") == [f"{ana.code}/150/{lucia.id}"]


def test_a_card_whose_renewal_was_closed_reminds_nobody(make):
    lucia = make.user(role="caseworker")
    ana = make.member(assigned=lucia)
    ends = TODAY + timedelta(days=150)
    with make.app.app_context(), writing():
        db.session.add(WorkPermit(member_id=ana.id, issued_on=TODAY, ends_on=ends, by_user_id=lucia.id, at=clock.now()))
    made = make.deadline(member=ana, owner=lucia, rule_code=RENEWAL, side="first_day", trigger_on=ends, due_on=TODAY)
    make.deadline_closure(made)
    work(make)
    assert letters(make, "cases.reminder") == []


def test_the_letters_of_a_day_wait_for_its_morning(make):
    with make.app.app_context():
        remind_today()
        remind_today()
        (job,) = db.session.scalars(select(queue.Job).where(queue.Job.kind == "cases.remind"))
        assert job.run_at == datetime(2026, 11, 24, 15, tzinfo=UTC)


def test_whoever_is_asked_to_walk_along_is_told_and_who_offers_is_not(make):
    beto = make.user(role="volunteer")
    event = make.event(on=TODAY + timedelta(days=3))
    elena = make.viewer(role="director")
    make.write(lambda: ask_companion(viewer=elena, code=event.code, user_id=elena.user_id, role="driver"))
    assert letters(make, "cases.asked") == []
    make.write(lambda: ask_companion(viewer=elena, code=event.code, user_id=beto.id, role="driver"))
    make.write(lambda: ask_companion(viewer=elena, code=event.code, user_id=beto.id, role="accompanier"))
    (key,) = letters(make, "cases.asked")
    assert key.startswith(f"{event.code}/{beto.id}/")
    body = {"code": event.code, "user": beto.id}
    letter = make.read(lambda: render_asked(body))
    assert letter.subject == "mexile: a question for you" and event.code in letter.text
    make.write(lambda: confirm_companion(viewer=elena, code=event.code, user_id=beto.id))
    assert make.read(lambda: render_asked(body)) is None


def test_a_card_that_has_ended_is_not_said_to_end(make, client_as):
    ana = make.member()
    with clock.at(datetime(2026, 11, 24, 18, tzinfo=UTC)):
        lucia, ended = client_as("attorney"), TODAY - timedelta(days=9)
        make.deadline(member=ana, owner=lucia.user, rule_code=RENEWAL, side="first_day", trigger_on=ended, due_on=TODAY)
        page = lucia.get(f"/members/{ana.code}").text
    assert "the card ended on" in page and "in less than" not in page
