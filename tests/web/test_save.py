"""One way to save: once, in one write, and a page for whatever stood in the way."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from flask import Flask, get_flashed_messages
from sqlalchemy import func, select
from wtforms import StringField
from wtforms.validators import InputRequired

from mexile.ground.db import db
from mexile.ground.errors import Conflict, Invalid, NotHere, Problem
from mexile.ground.organization import Organization
from mexile.web.form import Form
from mexile.web.save import save

TAKEN = Problem("name", "Somebody has this name.", "Alguien tiene este nombre.")
TOKEN = "the-page-of-this-one-test"


class NameForm(Form):
    name = StringField(validators=[InputRequired()])


@pytest.fixture
def sent(app: Flask) -> Iterator[Callable[..., NameForm]]:
    """The form as it comes in with these fields."""
    with app.test_request_context("/", method="POST"):
        yield lambda **fields: NameForm(formdata=_dict({"form_token": TOKEN, "name": "Ana", **fields}))


def _dict(values: dict[str, str]) -> Any:
    from werkzeug.datastructures import MultiDict

    return MultiDict(values)


def _write() -> str:
    db.session.get_one(Organization, 1).short_name += "!"
    return "row"


def _written() -> int:
    db.session.expire_all()
    return db.session.scalar(select(func.length(Organization.short_name))) - len("Casa Ejemplo")


def test_what_is_sent_twice_is_written_once_and_leads_to_the_same_place(sent: Callable[..., NameForm]) -> None:
    first = save(sent(), _write, lambda row: f"/{row}", said="Noted.")
    second = save(sent(), _write, "/elsewhere", said="Noted.")
    assert (first.location, second.location, _written()) == ("/row", "/row", 1)
    assert [text for text, *_ in get_flashed_messages()] == ["Noted."]


def test_what_comes_after_the_write_is_done_with_its_result_and_once(sent: Callable[..., NameForm]) -> None:
    done: list[tuple[str, int]] = []
    for _ in range(2):
        save(sent(), _write, "/", then=lambda row: done.append((row, _written())))
    assert done == [("row", 1)]


def test_what_comes_after_a_write_does_not_come_without_one(sent: Callable[..., NameForm]) -> None:
    done: list[None] = []

    def act() -> None:
        raise Invalid(TAKEN)

    save(sent(), act, "/", lambda: "", then=done.append)
    save(sent(name=""), act, "/", lambda: "", then=done.append)
    assert done == []


def test_a_form_that_is_not_filled_in_comes_back_and_nothing_is_done(sent: Callable[..., NameForm]) -> None:
    form = sent(name="")
    assert save(form, _write, "/", lambda: str(form.errors["name"])) == ("['This field is required.']", 422)
    assert _written() == 0


@pytest.mark.parametrize(("error", "status"), [(Invalid(TAKEN), 422), (Conflict(TAKEN), 409)])
def test_what_an_act_refuses_stands_beside_its_field_and_is_not_written(
    sent: Callable[..., NameForm], error: Exception, status: int
) -> None:
    def act() -> None:
        _write()
        raise error

    form = sent()
    assert save(form, act, "/", lambda: f"{form.name.data}: {form.name.errors[0]}") == (f"Ana: {TAKEN.en}", status)
    assert _written() == 0
    # The same form, mended, is a new one.
    assert save(sent(), _write, "/").location == "/" and _written() == 1


def test_a_conflict_may_have_a_page_of_its_own(sent: Callable[..., NameForm]) -> None:
    def act() -> None:
        raise Conflict(TAKEN)

    answer = save(sent(), act, "/", lambda: "the form", conflict=lambda error: f"both, because {error.problem.en}")
    assert answer == (f"both, because {TAKEN.en}", 409)


@pytest.mark.parametrize("error", [Invalid(TAKEN), Conflict(TAKEN), NotHere("ME-0001")])
def test_without_a_page_the_error_goes_on_and_nothing_is_written(
    sent: Callable[..., NameForm], error: Exception
) -> None:
    def act() -> None:
        _write()
        raise error

    with pytest.raises(type(error)):
        save(sent(), act, "/")
    assert _written() == 0
