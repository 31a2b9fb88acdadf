"""The harness itself: both databases are real, and the tests can't leave the machine."""

import socket

import pytest
from flask import Flask
from sqlalchemy import select, text

from mexile.ground import trail
from mexile.ground.db import db, writing
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
    for reach in (lambda: socket.create_connection(("192.0.2.1", 80), 1), lambda: socket.getaddrinfo("example.org", 80)):
        with pytest.raises(Reached):
            reach()
