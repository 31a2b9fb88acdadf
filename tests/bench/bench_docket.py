"""The figures of the docket: two weeks of 400 members with six years behind them, and reckoning
5,000 cases anew as one proposal."""

from __future__ import annotations

import random
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import time, timedelta
from pathlib import Path
from statistics import median
from time import perf_counter, process_time

from flask import Flask
from sqlalchemy import insert, select

from mexile.cases.event.models import Event, EventOutcome, EventPerson
from mexile.deadlines.closing.rules import OpenDays
from mexile.deadlines.deadline.actions import values_of
from mexile.deadlines.deadline.models import Deadline
from mexile.deadlines.deadline.rules import reckon
from mexile.deadlines.docket.queries import docket_of
from mexile.deadlines.recompute.actions import confirm_recompute, propose_recompute
from mexile.deadlines.recompute.models import Recompute
from mexile.deadlines.rule.actions import replace_rule, seed_rules
from mexile.deadlines.rule.queries import binding, rules_of
from mexile.ground import clock, keyring, queue, seal
from mexile.ground.db import db, writing
from mexile.members.person.models import Member
from tests.building import build
from tests.clients import Client
from tests.databases import fill, make_keys, settings
from tests.make import Make

TIMES = 60
DOCKET_BAR = 8.0
PAGE_BAR = 10.0
RECOMPUTE_BAR = 10.0


@contextmanager
def _organization(members: int, deadlines: int, events: int) -> Iterator[tuple[Flask, Make]]:
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        (home / "keys").mkdir()
        make_keys(home / "keys")
        app = build(settings(home, f"sqlite:///{home / 'mexile.db'}"))
        app.test_client_class = Client
        fill(app)
        make = Make(app)
        owner = make.user(role="attorney").id
        with app.app_context(), seal.silent():
            key = keyring.new_key()
            with writing():
                _lay(members, deadlines, events, owner, key)
        yield app, make
        with app.app_context():
            db.engine.dispose()


def _lay(members: int, deadlines: int, events: int, owner: int, key: bytes) -> None:
    """Members with six years of dates; those of the next two weeks are 26 or so of all of them."""
    chance, today = random.Random(7), clock.today()
    seed_rules()
    rules, offices = rules_of(), OpenDays()
    for n in range(members):
        db.session.add(
            Member(key_id=key, code=f"ME-{n:04d}", alias=f"Pájaro {n}", legal_name=f"Ana Prueba {n}", joined_on=today)
        )
    db.session.flush()
    ids = list(db.session.scalars(select(Member.id)))
    rows = []
    for n in range(deadlines):
        code = ("AR_11", "EOIR_33_IC", "MOTION_RESPONSE", "MTR_REOPEN")[n % 4]
        trigger = today + timedelta(days=chance.randint(-2, 700))
        found = reckon(binding(rules, code, trigger), trigger, offices)
        rows.append(
            {
                "code": f"DL-{n:05d}", "member_id": ids[n % members], "rule_code": code, "fatal": False,
                "severity": found.rule.severity, "side": "last_day", "owner_user_id": owner, **values_of(found),
            }
        )  # fmt: skip
    db.session.execute(insert(Deadline), rows)
    for n in range(events):
        on = today + timedelta(days=chance.randint(-2190, 120))
        event = Event(code=f"E-{n:05d}", kind="hearing", on=on, at=time(9), owner_user_id=owner, precision="exact")
        db.session.add(event)
        db.session.flush()
        db.session.execute(insert(EventPerson), [{"event_id": event.id, "member_id": chance.choice(ids)}])
        # What has passed was closed, but for four of the last days.
        if on < today - timedelta(days=4):
            db.session.add(EventOutcome(event_id=event.id, outcome="done", by_user_id=owner, at=clock.now()))


def _docket(app: Flask, make: Make) -> list[tuple[str, float, float]]:
    viewer, took = make.viewer(role="attorney"), []
    with app.app_context(), seal.silent():
        now, today = clock.now(), clock.today()
        lines = 0
        for _ in range(TIMES):
            begun = process_time()
            found = docket_of(viewer, now, today)
            took.append((process_time() - begun) * 1000)
            db.session.rollback()
            lines = sum(len(week.lines) for week in found.weeks)
    return [
        (f"docket of 14 days, {lines} lines, 400 members, 6 years: CPU ms of the query", median(took), DOCKET_BAR),
    ]


def _docket_page(app: Flask, make: Make) -> tuple[str, float, float]:
    """The whole request: the gate, the frame, the page as HTML, the row of the trail."""
    worker = make.user(role="attorney")
    client, took = app.test_client().carry(app, make.session(worker), worker), []
    for _ in range(TIMES):
        begun = process_time()
        answer = client.get("/docket")
        took.append((process_time() - begun) * 1000)
        assert answer.status_code == 200
    return "the docket as a whole page, CPU ms", median(took), PAGE_BAR


def _recompute(app: Flask, make: Make) -> list[tuple[str, float, float]]:
    viewer = make.viewer(role="attorney")
    begun = perf_counter()
    with app.app_context():
        with writing():
            replace_rule(viewer=viewer, code="AR_11", version=1, values={"length": 12}, reason="bench")
            code = propose_recompute(viewer=viewer, cause="all", subject="").code
        queue.work_all()
        with writing():
            changed = confirm_recompute(viewer=viewer, code=code)
        assert db.session.scalar(select(Recompute.total)) == 5_000
    return [
        (
            f"5,000 cases reckoned anew, proposed and confirmed ({changed} changed): s",
            perf_counter() - begun,
            RECOMPUTE_BAR,
        )
    ]


def run() -> list[tuple[str, float, float]]:
    with _organization(400, 220, 4_000) as (app, make):
        rows = [*_docket(app, make), _docket_page(app, make)]
    with _organization(1_000, 5_000, 10) as (app, make):
        rows += _recompute(app, make)
    return rows
