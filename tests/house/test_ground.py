"""The harness itself: both databases are real, and the tests can't leave the machine."""

import socket
from datetime import date

import pytest
from flask import Flask
from sqlalchemy import select, text

from mexile.gifts.payout.models import BalanceTransaction, Payout, PayoutLine
from mexile.grants.due_report.models import ReportSubmission, ReportSubmissionVoid
from mexile.ground import clock, trail
from mexile.ground.db import TRIGGERS, Base, db, writing
from mexile.reports.edition.models import EditionContent, SubmissionEdition
from mexile.reports.models import ReportEdition
from mexile.services.service_type.models import ServiceTypeChange
from tests.house.world import World
from tests.make import Make
from tests.sockets import Reached


def test_a_test_runs_on_the_database_it_names(in_app: Flask, database: str) -> None:
    assert db.engine.dialect.name == database


def test_a_trail_row_can_be_added_and_neither_changed_nor_deleted(in_app: Flask) -> None:
    with writing():
        trail.record("test.act")
    for statement in ("UPDATE trail SET act = 'other'", "DELETE FROM trail"):
        with pytest.raises(Exception, match="append-only"), writing():
            db.session.execute(text(statement))
    assert trail.verify() == (1, None)


def test_nothing_is_written_outside_a_write_transaction(in_app: Flask) -> None:
    with pytest.raises(Exception, match=r"read.?only"):
        db.session.execute(text("DELETE FROM job"))
    db.session.rollback()
    assert db.session.scalar(select(text("1"))) == 1


def test_an_address_beyond_this_machine_is_refused() -> None:
    for reach in (
        lambda: socket.create_connection(("192.0.2.1", 80), 1),
        lambda: socket.getaddrinfo("example.org", 80),
    ):
        with pytest.raises(Reached):
            reach()


def _added_rows(world: World) -> list[Base]:
    """A report that was made, one that was sent, and that this was taken back; a payout with its line; a type's change."""
    user, now, due = world.user["director"], clock.now(), world.shared["due"]
    period = {"period_from": date(2026, 1, 1), "period_to": date(2026, 6, 30)}
    edition = ReportEdition(
        code="X-0001",
        report_name="advocacy",
        audience="release",
        language="en",
        by_user_id=user.id,
        at=now,
        sha256=bytes(32),
        **period,
    )
    sent = ReportSubmission(id=1, due_report_id=due.id, by_user_id=user.id, at=now)
    moved = BalanceTransaction(
        stripe_id="txn_1",
        category="charge",
        amount_cents=1,
        fee_cents=0,
        currency="usd",
        source="ch_1",
        at=now,
        seen_at=now,
    )
    payout = Payout(
        stripe_payout="po_1",
        amount_cents=1,
        currency="usd",
        said="paid",
        is_automatic=1,
        arrives_at=now,
        made_at=now,
        said_at=now,
    )
    db.session.add_all([edition, sent, moved, payout])
    db.session.flush()
    kept = EditionContent(edition_id=edition.id, report_file="", program="1", numbers="{}", body=b"x")
    return [
        kept,
        PayoutLine(stripe_payout="po_1", balance_transaction="txn_1"),
        ServiceTypeChange(
            type_code=world.shared["types"].code, field="", before="", after="", by_user_id=user.id, at=now
        ),
        SubmissionEdition(submission_id=1, edition_id=edition.id),
        ReportSubmissionVoid(submission_id=1, by_user_id=user.id, at=now),
    ]


def test_no_row_that_is_only_added_to_can_be_changed_or_deleted(app: Flask, make: Make) -> None:
    world = World(make)
    tried = set()
    with app.app_context():
        with writing():
            db.session.add_all(_added_rows(world))
        for table in TRIGGERS:
            if db.session.execute(text(f"SELECT 1 FROM {table}")).first() is None:  # noqa: S608
                continue
            db.session.rollback()
            column = next(iter(db.metadata.tables[table].columns)).name
            for statement in (f"UPDATE {table} SET {column} = {column}", f"DELETE FROM {table}"):  # noqa: S608
                with pytest.raises(Exception, match="append-only"), writing():
                    db.session.execute(text(statement))
            tried.add(table)
    assert tried == set(TRIGGERS)
