"""The organization in the database: whole, sealed, in balance, and laid only when it should be."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select

from mexile import config as configuration
from mexile.access.account.models import UserAccount
from mexile.access.viewer import Viewer
from mexile.cases.event.models import Event, EventOutcome
from mexile.deadlines.deadline.models import Deadline
from mexile.demo import command, ports
from mexile.demo.fill import standing
from mexile.demo.organization.inquiry import CALLER
from mexile.demo.organization.whole import organization
from mexile.demo.place import Place
from mexile.demo.standin.world import World
from mexile.donors.models import Donor
from mexile.gifts.gift.models import Gift
from mexile.gifts.ledger.models import LedgerLine
from mexile.gifts.receipt.models import Receipt
from mexile.grants.award.models import GrantAward
from mexile.grants.due_report.models import DueReport, ReportSubmission
from mexile.ground import clock, seal, trail
from mexile.ground.db import Base, db, writing
from mexile.ground.errors import Invalid
from mexile.ground.organization import Organization
from mexile.inquiries.figure.queries import figures
from mexile.inquiries.inquiry.models import InquiryCount
from mexile.inquiries.waiting.queries import waiting
from mexile.members.assignment.models import Assignment
from mexile.members.household.models import Household
from mexile.members.person.models import Member
from mexile.services.service.models import Service
from tests.demo.conftest import PINNED_NOON, settings_of

PINNED = date(2026, 11, 24)


def count(table: type) -> int:
    return db.session.scalar(select(func.count()).select_from(table)) or 0


def test_everything_of_the_plan_is_in_the_database(demo: Flask) -> None:
    plan = organization(PINNED)
    with demo.app_context():
        found = {
            table.__tablename__: count(table)
            for table in (Member, Household, Service, Gift, Donor, GrantAward, UserAccount, DueReport, Deadline)
        }
        assert found == {
            "member": 400 + 2,  # one was written down twice, one was removed
            "household": 158,
            "service": 30_000,
            "gift": 4_000,
            "donor": 1_150,
            "grant_award": 19,
            "user_account": 20,
            "due_report": len(plan.rows["due_report"]),
            "deadline": len(plan.rows["deadline"]),
        }
        assert count(ReportSubmission) == len(plan.rows["report_submission"]) > 0
        assert count(Assignment) == len(plan.rows["assignment"]) > 400
        for table in Base.metadata.sorted_tables:
            if table.name in plan.rows:
                written = db.session.scalar(select(func.count()).select_from(table))
                assert written == len(plan.rows[table.name]), table.name


def test_everybody_who_asked_is_there_as_a_row_or_in_a_count(demo: Flask) -> None:
    with demo.app_context(), seal.silent():
        director = db.session.scalars(select(UserAccount).where(UserAccount.email == "elena@example.org")).one()
        viewer = Viewer(director.id, director.code, director.name, "en", frozenset({"director"}))
        found = figures(viewer, PINNED)
        assert (found.inquiries, found.talked, found.in_juarez) == (640, 388, 96)
        assert (found.taken, found.undecided, found.untalked) == (158, 31, 12)
        rows = db.session.scalars(select(InquiryCount)).all()
        # In the last months those who are alike are partly still here as rows.
        assert all(row.number >= 5 or row.decision == "*" or row.first_on.year == PINNED.year for row in rows)
        waits = [line for line in waiting(viewer, PINNED) if line.alias == CALLER]
        assert [(line.mx_state, line.answer_due_on, line.was_talked_with) for line in waits] == [
            ("MX-GRO", PINNED, False)
        ]


def test_names_are_sealed_and_stand_nowhere_in_the_file(demo: Flask, home: Path) -> None:
    with demo.app_context(), seal.silent():
        held = db.session.scalars(select(Member).where(Member.code == "ME-0100")).one()
        name = held.legal_name
    assert name == next(str(m.name) for m in organization(PINNED).members if m.code == "ME-0100")
    body = (home / "mexile.db").read_bytes()
    for member in organization(PINNED).members[:50]:
        assert str(member.name).encode() not in body


def test_the_ledger_holds_to_the_cent_what_the_plan_says(demo: Flask) -> None:
    gifts = organization(PINNED).rows["gift"]
    came = sum(gift.amount_cents or 0 for gift in gifts if gift.get("said") in (None, "succeeded"))
    with demo.app_context():
        charged = db.session.scalar(select(func.sum(LedgerLine.amount_cents)).where(LedgerLine.kind == "charge"))
        numbers = db.session.execute(select(func.count(), func.min(Receipt.number), func.max(Receipt.number))).one()
    assert charged == came
    assert numbers == (3_915, 1, 3_915)


def test_the_trail_begins_with_the_filling_and_is_whole(demo: Flask) -> None:
    with demo.app_context():
        assert trail.verify() == (1, None)
        assert db.session.scalar(select(trail.TrailRow.act)) == "demo.fill"


def test_one_check_in_of_yesterday_waits_to_be_closed(demo: Flask) -> None:
    with demo.app_context():
        open_events = db.session.execute(
            select(Event.kind, Event.on)
            .join(UserAccount, UserAccount.id == Event.owner_user_id)
            .outerjoin(EventOutcome, EventOutcome.event_id == Event.id)
            .where(EventOutcome.id.is_(None), Event.on < PINNED, UserAccount.email == "lucia@example.org")
        ).all()
    assert [tuple(row) for row in open_events] == [("ice_checkin", date(2026, 11, 23))]


def test_the_stand_in_knows_the_monthly_gifts_that_run(demo: Flask, home: Path) -> None:
    kept = json.loads((home / "demo" / "standin.json").read_text())
    kinds = [body["object"] for body in kept["objects"].values()]
    late = [
        body
        for body in kept["objects"].values()
        if body["object"] == "payment_intent" and body["status"] == "processing"
    ]
    assert kinds.count("subscription") == 45
    assert [body["amount"] for body in late] == [25_000]


# ---- laid only when it should be --------------------------------------------------


def signs_and_works(app: Flask) -> None:
    with app.app_context(), writing():
        trail.record("service.log", "S-1")


def test_a_second_start_lays_nothing(
    prepare: Callable[[], Flask], home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with clock.at(PINNED_NOON + timedelta(hours=2)):
        prepare()
    assert "Laying" not in capsys.readouterr().out


def test_an_untouched_organization_of_another_day_is_laid_again(
    prepare: Callable[[], Flask], capsys: pytest.CaptureFixture[str]
) -> None:
    with clock.at(PINNED_NOON + timedelta(days=3)):
        app = prepare()
        with app.app_context():
            assert standing().day == date(2026, 11, 27)
    assert "laid again for today" in capsys.readouterr().out


def test_one_that_somebody_worked_in_is_kept_and_says_its_day(
    prepare: Callable[[], Flask], capsys: pytest.CaptureFixture[str]
) -> None:
    with clock.at(PINNED_NOON):
        signs_and_works(prepare())
    with clock.at(PINNED_NOON + timedelta(days=3)), prepare().app_context():
        assert standing().day == PINNED
    assert "is that of 2026-11-24" in capsys.readouterr().out


def test_looking_around_is_not_working(prepare: Callable[[], Flask]) -> None:
    with clock.at(PINNED_NOON):
        app = prepare()
        with app.app_context():
            with writing():
                for act in ("sign_in", "read", "denied", "session.confirm"):
                    trail.record(act)
            assert not standing().is_touched


def test_a_real_organization_is_never_touched(prepare: Callable[[], Flask], home: Path) -> None:
    with clock.at(PINNED_NOON):
        app = prepare()
        with app.app_context(), writing():
            db.session.get_one(Organization, 1).invented = 0
        with pytest.raises(Invalid) as refused:
            prepare()
    assert [problem.place for problem in refused.value.problems] == ["MEXILE_HOME"]


def test_production_refuses_the_demo(tmp_path: Path) -> None:
    given = configuration.read({"MEXILE_HOME": str(tmp_path / "home"), "MEXILE_KEYS": str(tmp_path / "keys")})
    with pytest.raises(Invalid) as refused:
        command.arrange(replace(given, production=True), 18080, ports.Held())
    assert "MEXILE_DEMO_KEY" in [problem.place for problem in refused.value.problems]


def test_start_again_brings_everything_back(prepare: Callable[[], Flask], home: Path) -> None:
    with clock.at(PINNED_NOON):
        app = prepare()
        signs_and_works(app)
        world = World(path=home / "demo" / "standin.json")
        with world.changing():
            world.objects.clear()
        command.put_back(Place(home), settings_of(home), world)
        with app.app_context():
            db.session.rollback()
            assert trail.verify() == (1, None)
            assert not standing().is_touched
        assert sum(1 for body in world.objects.values() if body["object"] == "subscription") == 45


def test_moments_of_today_are_never_in_the_future(demo: Flask) -> None:
    with demo.app_context():
        latest: datetime = db.session.scalar(select(func.max(Service.logged_at)))
    assert latest <= PINNED_NOON + timedelta(minutes=5)
