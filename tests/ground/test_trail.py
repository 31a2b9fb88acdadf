"""The trail can't be edited without being found out."""

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from mexile.ground import trail
from mexile.ground.db import db, writing
from mexile.ground.errors import OpenTransaction


def write(app, count=5):
    with app.app_context():
        for number in range(count):
            with writing():
                trail.record("test.act", f"T-{number}", number=number)


def unlock(database):
    """What an owner of the database could do: take the triggers away first."""
    if database == "sqlite":
        db.session.execute(text("DROP TRIGGER trail_no_update"))
        db.session.execute(text("DROP TRIGGER trail_no_delete"))
    else:
        db.session.execute(text("ALTER TABLE trail DISABLE TRIGGER USER"))


def test_the_chain_verifies(app):
    write(app)
    with app.app_context():
        checked, bad = trail.verify()
        assert (checked >= 5, bad) == (True, None)


@pytest.mark.parametrize("statement", ["UPDATE trail SET act = 'x'", "DELETE FROM trail"])
def test_the_database_refuses_to_change_or_delete_a_line(app, statement):
    write(app)
    with app.app_context(), pytest.raises(DBAPIError), writing():
        db.session.execute(text(statement))
    with app.app_context():
        assert trail.verify()[1] is None


@pytest.mark.parametrize(
    ("statement", "offset"),
    [
        ("UPDATE trail SET act = 'other' WHERE seq = :seq", 0),
        ("UPDATE trail SET subject = 'T-9' WHERE seq = :seq", 0),
        ("UPDATE trail SET actor_id = 99 WHERE seq = :seq", 0),
        ("DELETE FROM trail WHERE seq = :seq", 0),
    ],
)
def test_a_line_edited_by_the_databases_owner_is_found_at_its_place(app, database, statement, offset):
    write(app)
    with app.app_context():
        seq = trail.head()[0] - 2
        with writing():
            unlock(database)
            db.session.execute(text(statement), {"seq": seq})
        assert trail.verify()[1] == seq + offset


def test_a_tail_cut_off_is_found_by_the_head_kept_elsewhere(app, database):
    write(app)
    with app.app_context():
        kept = trail.head()
        with writing():
            unlock(database)
            db.session.execute(text("DELETE FROM trail WHERE seq = :seq"), {"seq": kept[0]})
        assert trail.verify()[1] is None
        assert trail.head() != kept


def test_the_trail_is_written_in_the_transaction_of_the_change(app):
    with app.app_context():
        before = trail.head()
        with pytest.raises(RuntimeError), writing():
            trail.record("test.act")
            raise RuntimeError
        assert trail.head() == before
        with pytest.raises(OpenTransaction):
            trail.record("test.act")
