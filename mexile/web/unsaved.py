"""The answer when nothing can be written just now: why it is so, and what was sent, to be sent again.

One place for every form. It reads nothing of any record: what stands on the page is what this very request brought.
"""

from __future__ import annotations

from flask import Response, current_app, g, request

from mexile.ground import seal
from mexile.web.form import CSRF, OWN
from mexile.web.i18n import lang
from mexile.web.page import render

SAFE = ("GET", "HEAD", "OPTIONS")


def unsaved(trouble: str = "", *, was_taken: bool = False) -> Response:
    """503 in words. ``trouble``: why (see `ground/trouble.py`); ``was_taken``: the form itself was saved, and only
    what comes after it failed."""
    seal.begin_reads()
    lang()  # in the language of who asks, who is forgotten on the next line
    g.viewer, g.unsaved = None, True
    typed = [] if was_taken or request.method in SAFE or not _is_ours() else _typed()
    page = render(
        "errors/503.html", trouble=trouble, was_taken=was_taken, typed=typed, own=OWN, again=_can_be_sent_again()
    )
    return Response(page, status=503, mimetype="text/html", headers={"Retry-After": "10"})


def words_typed() -> list[str]:
    """What a person typed into the form that this request sent, for a page that says why it wasn't taken."""
    if request.method in SAFE or not _is_ours():
        return []
    return [value for name, value in _typed() if name not in OWN and value.strip()]


def _is_ours() -> bool:
    """Whether one of our own pages sent it, told without the database: a stranger's page must not make ours
    show a form that sends what the stranger wrote."""
    return bool(current_app.extensions["gate"].is_sent_by_our_page())


def _has_secret() -> bool:
    return any("password" in name for name in request.form)


def _can_be_sent_again() -> bool:
    """A file and a password are not put into a page: whoever sent them has to give them anew."""
    return not any(file.filename for file in request.files.values()) and not _has_secret()


def _typed() -> list[tuple[str, str]]:
    """What was sent, field by field; of a form with a password nothing but the address for mail."""
    fields = [(name, value) for name, values in request.form.lists() for value in values if name != CSRF]
    return [entry for entry in fields if entry[0] == "email"] if _has_secret() else fields
