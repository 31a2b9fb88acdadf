"""`kill -9` at one statement after another: of a removal, of an alert's next step, of an upload, of an outcome.

A child process does the work and kills itself before its nth statement; afterwards all of it is there or
nothing, and when the same is done again it comes to the same end, once.
"""

from __future__ import annotations

import io
import os
import signal
from collections.abc import Callable
from datetime import time, timedelta
from functools import partial
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import Engine, event, func, select

from mexile.cases.event.models import Event, EventOutcome, OutcomeSheet
from mexile.config import config
from mexile.custody.alert.actions import raise_alert
from mexile.custody.alert.models import AlertNotice
from mexile.deadlines.deadline.models import Deadline
from mexile.deadlines.rule.actions import seed_rules
from mexile.documents.actions import open_document
from mexile.documents.models import Document
from mexile.ground import clock, keyring, queue, seal, trail
from mexile.ground.db import db
from mexile.ground.errors import KeyGone
from mexile.members.person.models import Member
from mexile.members.removal.actions import WAIT
from mexile.members.removal.models import MemberErasure
from mexile.services.service.models import Service
from tests.databases import let_go


def dies_at(app: Flask, number: int, act: Callable[[], Any]) -> bool:
    """Do `act` in a process that is killed before its `number`th statement; whether it came so far."""
    let_go(app)
    own = keyring.current()._local.__dict__
    if "connection" in own:
        own.pop("connection").close()
    own.clear()
    pid = os.fork()
    if pid == 0:
        try:
            left = [number]

            def count(*_words: Any) -> None:
                left[0] -= 1
                if left[0] <= 0:
                    os.kill(os.getpid(), signal.SIGKILL)

            event.listen(Engine, "before_cursor_execute", count)
            act()
        finally:
            os._exit(0)
    return os.WIFSIGNALED(os.waitpid(pid, 0)[1])


def killed_again_and_again(app: Flask, act: Callable[[int], Any], holds: Callable[[], None], every: int) -> int:
    """Kill `act` later and later until it comes through; after each time `holds` looks. How often it was killed."""
    kills = 0
    for number in range(1, 2000, every):
        if not dies_at(app, number, partial(act, kills)):
            break
        kills += 1
        with app.app_context(), seal.silent():
            holds()
            assert trail.verify()[1] is None
            db.session.remove()
    with app.app_context(), seal.silent():
        holds()
        db.session.remove()
    return kills


def _works(app: Flask, later: timedelta) -> Callable[[int], None]:
    """The worker, once the lease of the worker that was killed before has ended."""

    def act(kills: int) -> None:
        with app.app_context(), clock.at(clock.now() + later + (queue.LEASE + timedelta(seconds=1)) * kills):
            queue.work_all()

    return act


def test_a_removal_that_is_killed_anywhere_is_not_done_or_done_whole(app: Flask, make: Any) -> None:
    rosa = make.member(alias="Colibrí", legal_name="Rosa Reyes Luna", phone="+19155550101", address="Calle 5")
    make.contact(rosa, note="quiet")
    make.document(member=rosa, note="quiet")
    asked = make.removal(rosa, confirmed=make.user(role="director"))

    def holds() -> None:
        row = db.session.get(Member, rosa.id)
        paper = db.session.scalars(select(Document)).one()
        if db.session.get(MemberErasure, rosa.id) is None:
            assert (row.alias, row.legal_name, row.phone, paper.note) == (
                "Colibrí",
                "Rosa Reyes Luna",
                "+19155550101",
                "quiet",
            )
            assert open_document(paper).startswith(b"%PDF")
        else:
            assert row.alias_enc is None and row.phone_enc is None and not row.legal_name_enc and paper.note_enc is None

    kills = killed_again_and_again(app, _works(app, WAIT + timedelta(minutes=1)), holds, every=11)
    assert kills > 10
    with app.app_context():
        (done,) = db.session.scalars(select(MemberErasure)).all()
        assert done.done_at and done.request_id == asked.id
        keyring.current().refresh()
        with pytest.raises(KeyGone):
            keyring.current().cipher(rosa.key_id)
        assert db.session.scalar(select(func.count()).where(trail.TrailRow.act == "member.erase")) == 1
        assert list((config().home / "documents").iterdir()) == []


def _jobs(kind: str, key: str) -> int | None:
    return db.session.scalar(
        select(func.count()).select_from(queue.Job).where(queue.Job.kind == kind, queue.Job.key.like(key))
    )


def test_an_alert_whose_worker_is_killed_tells_the_next_in_line_once(app: Flask, make: Any) -> None:
    for role in ("attorney", "director", "attorney"):
        make.in_line(make.user(role))
    viewer, member = make.viewer("director"), make.member()
    alert = make.write(
        lambda: raise_alert(viewer=viewer, key_id=b"", member_code=member.code, who=None, last_seen="Piso 7")
    )

    def holds() -> None:
        steps = list(db.session.scalars(select(AlertNotice.step).order_by(AlertNotice.step)))
        letters = _jobs("mail", f"cases.alert:{alert.code}/%")
        waits = _jobs("cases.alert_next", f"{alert.code}/{len(steps)}")
        assert steps == list(range(len(steps))) and letters == len(steps) and waits == 1

    def act(kills: int) -> None:
        with app.app_context(), clock.at(clock.now() + timedelta(minutes=5, seconds=1)):
            queue.HANDLERS["cases.alert_next"]({"code": alert.code, "step": 1})

    assert killed_again_and_again(app, act, holds, every=2) > 4
    with app.app_context():
        assert db.session.scalar(select(func.count()).select_from(AlertNotice)) == 2


def test_an_upload_that_is_killed_keeps_the_paper_whole_or_not_at_all(app: Flask, make: Any, client_as: Any) -> None:
    client = client_as("caseworker")
    ana = make.member(assigned=client.user)
    content = make.pdf_file()

    def holds() -> None:
        for paper in db.session.scalars(select(Document)):
            assert open_document(paper) == content and paper.note == "typed"

    def act(_kills: int) -> None:
        data = {
            "kind": "nta",
            "note": "typed",
            "form_token": "an-upload-of-the-tests",
            "file": (io.BytesIO(content), "scan.pdf"),
        }
        client.post(f"/members/{ana.code}/documents", data=data, content_type="multipart/form-data")

    assert killed_again_and_again(app, act, holds, every=3) > 4
    with app.app_context():
        assert db.session.scalar(select(func.count()).select_from(Document)) == 1


def test_an_outcome_that_is_killed_writes_all_that_follows_or_nothing(app: Flask, make: Any, client_as: Any) -> None:
    make.service_types()
    make.write(seed_rules)
    client = client_as("caseworker")
    beto, ximena = make.user(role="volunteer"), make.user(role="attorney")
    ana, luz = make.member(assigned=client.user), make.member(assigned=client.user)
    case = make.case(member=ana, derivatives=[luz], attorney=ximena)
    yesterday, next_on = clock.today() - timedelta(days=1), clock.today() + timedelta(days=120)
    make.event(
        on=yesterday,
        at=time(9),
        owner=client.user,
        people=[ana, luz],
        companions=[(beto, "driver", True)],
        case_id=case.id,
        hearing_type="II",
    )
    data = {
        "outcome": "continued", "clock_cause": "court", "interpreter": "phone", "attorney": "ours", "enforcement": "no",
        "on": next_on.isoformat(), "at": "8:30", "step": "save", "logs": "y", "asks": "y", "minutes": "90", "back": "/today",
        "deadlines": [f"IND_HEARING_FILINGS:{next_on.isoformat()}"], "form_token": "an-outcome-of-the-tests",
    }  # fmt: skip

    def holds() -> None:
        counts = {
            kind.__tablename__: db.session.scalar(select(func.count()).select_from(kind))
            for kind in (EventOutcome, OutcomeSheet, Service)
        }
        events, deadlines = (db.session.scalar(select(func.count()).select_from(kind)) for kind in (Event, Deadline))
        assert set(counts.values()) in ({0}, {1}), counts
        assert events == 1 + counts["event_outcome"] and bool(deadlines) == bool(counts["event_outcome"])

    assert (
        killed_again_and_again(app, lambda _kills: client.post("/events/E-0001/outcome", data=data), holds, every=9) > 4
    )
    with app.app_context():
        assert db.session.scalar(select(func.count()).select_from(EventOutcome)) == 1
