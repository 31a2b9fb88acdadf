"""What a field gives: its value, and words that are never nothing."""

from __future__ import annotations

from datetime import date

import pytest
from flask import Flask
from werkzeug.datastructures import MultiDict

from mexile.ground.errors import Invalid
from mexile.web.fields import DayField, TextField
from mexile.web.form import Form

pytestmark = pytest.mark.once


class DayForm(Form):
    on = DayField()
    name = TextField()


@pytest.mark.parametrize("shown", [None, "Ana"])
def test_words_are_never_nothing(app: Flask, shown: str | None) -> None:
    with app.test_request_context("/"):
        assert DayForm(data={"name": shown}).name.data == (shown or "")


def test_the_value_of_a_field_is_given_or_asked_for(app: Flask) -> None:
    with app.test_request_context("/"):
        assert DayForm(formdata=MultiDict({"on": "2026-03-12"})).on.given == date(2026, 3, 12)
        with pytest.raises(Invalid) as caught:
            _ = DayForm(formdata=MultiDict()).on.given
    assert [problem.place for problem in caught.value.problems] == ["on"]
