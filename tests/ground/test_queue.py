"""A job is put with its cause, done once, tried again, and never lost."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from mexile.ground import clock, once, queue
from mexile.ground.db import db, outside_write, writing
from mexile.ground.errors import OpenTransaction


@pytest.fixture
def done():
    ran = []
    queue.HANDLERS["test"] = lambda body: ran.append(body["n"])
    yield ran
    del queue.HANDLERS["test"]


def test_a_job_is_done_once_and_a_second_of_the_same_key_is_none(app, done):
    with app.app_context():
        with writing():
            queue.put("test", "a", {"n": 1})
            queue.put("test", "a", {"n": 2})
        with writing():
            queue.put("test", "a", {"n": 3})
        queue.work_all()
        assert done == [1]


def test_a_job_whose_cause_was_undone_never_was(app, done):
    with app.app_context():
        with pytest.raises(RuntimeError), writing():
            queue.put("test", "a", {"n": 1})
            raise RuntimeError
        assert queue.work_all() == 0 and done == []


def test_a_failing_job_is_tried_again_later_and_kept_after_five_days_of_it(app):
    tries = []

    def fail(body):
        tries.append(1)
        raise ValueError("a name that must not be logged")

    queue.HANDLERS["test"] = fail
    try:
        with app.app_context():
            with writing():
                queue.put("test", "a", {"n": 1})
            begun = clock.now()
            for hour in range(200):
                with clock.at(begun + timedelta(hours=1.3 * hour)):
                    queue.work_all()
                if hour == 74:
                    assert queue.dead() == 0, "an outage of four days loses nothing"
            assert len(tries) == queue.TRIES
            assert queue.dead() == 1
            job = db.session.scalar(select(queue.Job))
            assert (job.state, job.trouble) == ("dead", "ValueError")
    finally:
        del queue.HANDLERS["test"]


@pytest.mark.parametrize("back", [timedelta(minutes=2), timedelta(hours=1), timedelta(days=40)])
def test_after_the_clock_was_set_back_nothing_waits_longer_than_it_was_to_wait(app, done, back):
    with app.app_context():
        with writing():
            queue.put("test", "now", {"n": 1})
            queue.put("test", "soon", {"n": 2}, run_at=clock.now() + timedelta(minutes=5))
            queue.put("test", "late", {"n": 3}, run_at=clock.now() + timedelta(hours=72))
        with clock.at(clock.now() - back):
            queue.work_all()
            assert done == [1]
            with clock.at(clock.now() + timedelta(minutes=5, seconds=1)):
                queue.work_all()
                assert done == [1, 2]
            with clock.at(clock.now() + timedelta(hours=71)):
                queue.work_all()
                assert done == [1, 2]
            with clock.at(clock.now() + timedelta(hours=72, seconds=10)):
                queue.work_all()
                assert done == [1, 2, 3]


def test_a_try_and_a_lease_of_before_the_clock_was_set_back_are_taken_up_again(app, done):
    with app.app_context():
        with writing():
            queue.put("test", "a", {"n": 1})
            queue.put("failing", "b", {})
        assert queue.claim() is not None and queue.work_one()
        with clock.at(clock.now() - timedelta(hours=1) + timedelta(seconds=5)):
            assert queue.work_all() == 0
            with clock.at(clock.now() + timedelta(seconds=61)):
                assert queue.work_all() == 2 and done == [1]


def test_a_job_whose_worker_died_is_taken_up_after_its_lease(app, done):
    with app.app_context():
        with writing():
            queue.put("test", "a", {"n": 1})
        assert queue.claim() is not None
        assert queue.work_all() == 0
        with clock.at(clock.now() + queue.LEASE + timedelta(seconds=1)):
            queue.work_all()
        assert done == [1]


@pytest.fixture
def lane(monkeypatch):
    """A lane whose neighbor is in trouble for the jobs in `silent`; `asked` is what was asked of him, `done` what was done."""

    class Lane:
        def __init__(self):
            self.silent, self.asked, self.done = set("abc"), [], []

        def work(self, body):
            self.asked.append(body["n"])
            if body["n"] in self.silent:
                raise queue.JobLater(20, "Silent")
            self.done.append(body["n"])

    found = Lane()
    monkeypatch.setitem(queue.HANDLERS, "test.neighbor", found.work)
    monkeypatch.setitem(queue.LANES, "test.neighbor", "neighbor")
    return found


def test_one_look_at_a_silent_neighbor_is_enough_for_all_who_wait_for_him(app, done, lane):
    with app.app_context():
        with writing():
            for name in "abc":
                queue.put("test.neighbor", name, {"n": name})
            queue.put("test.neighbor", "next week", {"n": "d"}, run_at=clock.now() + timedelta(days=7))
            queue.put("test", "of no lane", {"n": 1})
        queue.work_all()
        assert (lane.asked, done) == (["a"], [1])
        assert queue.troubles() == {"Silent": 3}
        lane.silent.clear()
        with clock.at(clock.now() + timedelta(seconds=21)):
            queue.work_all()
        assert lane.done == ["b", "c", "a"] and queue.troubles() == {}
        with clock.at(clock.now() + timedelta(days=7, seconds=1)):
            queue.work_all()
        assert lane.done[-1] == "d"


def test_what_is_in_trouble_alone_holds_up_nobody_for_ever(app, lane):
    lane.silent = {"a", "b"}
    with app.app_context():
        with writing():
            for name in "abcd":
                queue.put("test.neighbor", name, {"n": name})
        begun = clock.now()
        for look in range(4):
            with clock.at(begun + timedelta(seconds=25 * look)):
                queue.work_all()
        assert lane.done == ["c", "d"]


def test_the_outside_world_is_not_called_inside_a_write(app):
    with app.app_context():
        with writing(), pytest.raises(OpenTransaction):
            outside_write()
        with writing(), pytest.raises(OpenTransaction), writing():
            pass
        outside_write()


def test_a_form_counts_once(app):
    with app.app_context():
        with writing():
            assert once.result("token-1") is None
            once.remember("token-1", "/members/ME-0001")
        with writing():
            assert once.result("token-1") == "/members/ME-0001"


def test_outside_a_write_the_database_refuses_to_write(app):
    from sqlalchemy import text
    from sqlalchemy.exc import DBAPIError

    from mexile.ground.errors import OpenTransaction

    for statement in (
        "INSERT INTO rate_count VALUES ('x', 1, 1)",
        "UPDATE rate_count SET bucket = bucket",
        "DELETE FROM rate_count",
        " delete from rate_count",
        "WITH one AS (SELECT 1) UPDATE rate_count SET bucket = bucket",
        "WITH one AS (SELECT 1) DELETE FROM rate_count",
        "CREATE TABLE written (id INTEGER)",
        "DROP TABLE rate_count",
        "ALTER TABLE rate_count ADD COLUMN more INTEGER",
    ):
        with app.app_context():
            with pytest.raises((DBAPIError, OpenTransaction)):
                db.session.execute(text(statement))
            db.session.rollback()
    with app.app_context():
        assert db.session.scalar(text("WITH one AS (SELECT 1 AS n) SELECT n FROM one")) == 1
