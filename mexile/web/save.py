"""The one way in which a view saves: once, in one write, and a page for whatever stood in the way."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from flask import redirect
from flask.typing import ResponseReturnValue

from mexile.ground import once
from mexile.ground.db import writing
from mexile.ground.errors import Conflict, Invalid, Problem
from mexile.web.form import Form
from mexile.web.page import notice

Result = TypeVar("Result")


def save(
    form: Form,
    act: Callable[[], Result],
    to: str | Callable[[Result], str],
    page: Callable[[], str] | None = None,
    *,
    conflict: Callable[[Conflict], str] | None = None,
    said: str = "",
    then: Callable[[Result], object] | None = None,
) -> ResponseReturnValue:
    """Do `act` in one write transaction, however often this form is sent, and go on to `to`.

    `to` is an address, or makes one of what `act` gave back. `page` renders the form again with what was typed:
    422 where the form or the act finds something wrong, each problem beside its field; 409 where somebody was
    faster or the record's state forbids it. `conflict` renders that page where it shows more than the problem
    (two versions side by side). Without a page the program's own error page answers. `said` is the notice on the
    next page, and `then` does with what the act gave back what comes after the write (a notice that depends on it, a
    key to erase); a form that was taken before leads to where it led, and neither happens.

    Raises Invalid and Conflict where there is no page, and whatever else `act` raises: NotHere becomes 404.
    """
    if not form.validate():
        return _back(page, form.problems())
    try:
        with writing():
            if done := once.result(form.token):
                return redirect(done)
            result = act()
            url = to if isinstance(to, str) else to(result)
            once.remember(form.token, url)
    except Invalid as wrong:
        form.add(wrong.problems)
        return _back(page, wrong.problems)
    except Conflict as wrong:
        if conflict is not None:
            return conflict(wrong), 409
        if page is None:
            raise
        form.add([wrong.problem])
        return page(), 409
    if then is not None:
        then(result)
    if said:
        notice("done", said)
    return redirect(url)


def _back(page: Callable[[], str] | None, problems: list[Problem]) -> ResponseReturnValue:
    if page is None:
        raise Invalid(problems)
    return page(), 422
