"""Several people at once: nobody's work is lost, nobody is starved, and the second of two
edits of one record is told so."""

import threading
import time

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm.exc import StaleDataError

from mexile.ground import once, trail
from mexile.ground.db import db, writing
from mexile.ground.errors import OpenTransaction
from mexile.members.person.models import Member
from tests.make import Make


def test_eight_writers_lose_nothing_and_wait_their_turn(app: Flask) -> None:
    waited: dict[int, list[float]] = {}
    wrong: list[BaseException] = []

    def write(name: int) -> None:
        waited[name] = []
        try:
            for number in range(12):
                begun = time.perf_counter()
                with app.app_context(), writing():
                    waited[name].append(time.perf_counter() - begun)
                    trail.record("test.write", f"{name}-{number}")
        except BaseException as error:
            wrong.append(error)

    threads = [threading.Thread(target=write, args=(name,)) for name in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert wrong == []
    with app.app_context():
        assert trail.verify() == (96, None)
    longest, total = max(max(times) for times in waited.values()), sum(sum(times) for times in waited.values())
    assert longest < max(0.5, total / 4), "one writer was starved"


def test_the_same_form_sent_twice_at_once_counts_once(app: Flask) -> None:
    done, barrier = [], threading.Barrier(2)

    def send(number: int) -> None:
        barrier.wait()
        with app.app_context(), writing():
            first = once.result("the-same-form-token")
            if first is None:
                once.remember("the-same-form-token", f"/made/{number}")
                trail.record("test.make", str(number))
            done.append(first or f"/made/{number}")

    threads = [threading.Thread(target=send, args=(number,)) for number in (1, 2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    assert len(done) == 2 and len(set(done)) == 1
    with app.app_context():
        assert trail.verify() == (1, None)


def test_the_second_of_two_edits_of_one_record_is_told(app: Flask, make: Make) -> None:
    member = make.member(pronoun="ella")
    with app.app_context():
        seen = db.session.scalars(select(Member).where(Member.id == member.id)).one()
        db.session.expunge(seen)
    with app.app_context(), writing():
        db.session.scalars(select(Member).where(Member.id == member.id)).one().pronoun = "elle"
    with pytest.raises(StaleDataError), app.app_context(), writing():
        db.session.add(seen)
        seen.pronoun = "él"
    with app.app_context():
        assert db.session.scalar(select(Member.pronoun).where(Member.id == member.id)) == "elle"


def test_a_write_inside_a_write_is_refused(in_app: Flask) -> None:
    with writing(), pytest.raises(OpenTransaction), writing():
        pass


def test_a_write_that_fails_leaves_nothing_and_the_next_one_goes_on(in_app: Flask) -> None:
    with pytest.raises(ZeroDivisionError), writing():
        trail.record("test.lost")
        raise ZeroDivisionError
    with writing():
        trail.record("test.kept")
    assert trail.verify() == (1, None)
