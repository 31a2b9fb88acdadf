"""Mail that could not be sent: who sees it, what it says, and how it is sent again."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from mexile.access.mail.views import KINDS, TROUBLES
from mexile.ground import clock, mail, queue, smtp
from mexile.ground.db import db, writing
from tests.clients import Client
from tests.make import Make


def ours() -> list[str]:
    """The letters of the program; other tests have some of their own."""
    return [kind for kind, renderer in mail.RENDERERS.items() if renderer.__module__.startswith("mexile.")]


@pytest.fixture
def failed(app: Flask, make: Make, monkeypatch: pytest.MonkeyPatch) -> Callable[[], dict[str, tuple[str, int]]]:
    """Two letters that failed and one that nobody tried yet; returns how they stand."""
    monkeypatch.setattr(mail._pause, "seconds", 0)
    with app.app_context(), writing():
        for kind, key, state, trouble, tries in (
            ("gifts.receipt", "R-1", "dead", "refused", 1),
            ("cases.alert", "A-1/1", "waiting", "server", 3),
            ("gifts.link", "fresh", "waiting", "", 0),
        ):
            db.session.add(
                queue.Job(
                    kind="mail", key=f"{kind}:{key}", body='{"ana@example.org": 1}', state=state, trouble=trouble,
                    tries=tries, run_at=clock.now() + timedelta(hours=1),
                )
            )  # fmt: skip

    def stand() -> dict[str, tuple[str, int]]:
        with app.app_context():
            return {one.key: (one.state + one.trouble, one.tries) for one in db.session.scalars(select(queue.Job))}

    return stand


def test_who_runs_the_system_and_who_directs_see_what_failed_and_nothing_personal(
    failed: Callable, client_as: Callable[..., Client]
) -> None:
    for role in ("administrator", "director"):
        page = client_as(role).get("/mail").text
        assert "given up" in page and "no such address" in page and "doesn" in page
        assert "Receipt" in page and "Someone was detained" in page and "A donor&#39;s link" not in page
        assert "ana@example.org" not in page and "A-1" not in page and "R-1" not in page
    assert client_as("caseworker").get("/mail").status_code == 404
    assert "/mail" in client_as("director").get("/today").text
    assert "/mail" not in client_as("caseworker").get("/today").text


def test_one_is_sent_again_or_all_and_a_double_click_counts_once(
    app: Flask, failed: Callable, client_as: Callable[..., Client]
) -> None:
    client = client_as("administrator")
    with app.app_context():
        number = db.session.scalar(select(queue.Job.id).where(queue.Job.state == "dead"))
    for _ in range(2):
        assert (
            client.post("/mail/sending", data={"job": str(number), "form_token": "a-token-of-this-page"}).status_code
            == 302
        )
    assert failed() == {
        "gifts.receipt:R-1": ("waiting", 0),
        "cases.alert:A-1/1": ("waitingserver", 3),
        "gifts.link:fresh": ("waiting", 0),
    }
    client.post("/mail/sending")
    assert failed()["cases.alert:A-1/1"] == ("waiting", 0)
    assert "Nothing waits" in client.get("/mail").text
    for odd in ("²", "9" * 30, "-1", "x", ""):
        assert client.post("/mail/sending", data={"job": odd}).status_code == 302


def test_every_kind_of_letter_and_every_trouble_has_its_words(app: Flask) -> None:
    assert set(ours()) <= set(KINDS), "say what this letter is, in access/views/mail.py"
    assert {*smtp.OF_THE_SERVER, "refused", "later", "address"} == set(TROUBLES)


def test_an_alert_that_can_t_be_mailed_says_so_on_its_page_at_once(
    app: Flask, make: Make, client_as: Callable[..., Client], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(mail._pause, "seconds", 0)
    attorney = make.user(role="attorney", name="Elena Ruiz")
    ana = make.member(assigned=attorney)
    client = client_as("caseworker", user=make.user(role="director"))
    mail.use(mail.Server("127.0.0.1", 9))
    answer = client.post("/alerts", data={"who": ana.code, "member": ana.code, "form_token": "an-alert-is-raised"})
    page = answer.headers["Location"]
    assert "could not be sent" not in client.get(page).text, "nobody tried yet"
    with app.app_context():
        queue.work_all()
    shown = client.get(page).text
    assert "the mail could not be sent: call" in shown
    assert "the mail could not be sent: call" in client.get(f"{page}/told").text


@pytest.mark.once
def test_no_letter_goes_to_who_has_left_whatever_it_is_about(make: Make) -> None:
    stays, left = make.user(), make.user()
    event = make.event(companions=[(stays, "accompanier", False), (left, "accompanier", False)])
    make.ended_access(left)
    bodies = {
        "access.own": {"what": "accepted"},
        "access.new": {"what": "account", "roles": [], "by": None},
        "access.password_reset": {"asked": int(clock.now().timestamp())},
    }
    kinds = [kind for kind in ours() if not kind.startswith("gifts.") and kind != "access.invitation"]
    assert len(kinds) > 8

    def letter(kind: str, user: int) -> mail.Letter | None:
        body = {"code": event.code, "user": user, **bodies.get(kind, {})}
        return make.read(lambda: mail.RENDERERS[kind](body))

    for kind in kinds:
        found = letter(kind, stays.id)
        assert found is not None and found.to == stays.email, kind
        assert letter(kind, left.id) is None, kind
