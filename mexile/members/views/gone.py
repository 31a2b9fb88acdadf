"""A code whose record was merged leads to the one that was kept; a removed one says so and nothing more."""

from __future__ import annotations

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue

from mexile.ground.db import db
from mexile.ground.errors import Merged, Problem, Removed
from mexile.members.blueprint import blueprint
from mexile.web.page import render


@blueprint.app_errorhandler(Merged)
def merged(error: Merged) -> ResponseReturnValue:
    """To the same page of the record that was kept. What was sent to the old one is not taken."""
    db.session.rollback()
    if request.method == "GET" and request.endpoint and (request.view_args or {}).get("code") == error.code:
        asked = {**request.args, **(request.view_args or {}), "code": error.kept}
        return redirect(url_for(request.endpoint, **asked))
    problem = Problem(
        "",
        f"{error.code} was merged into {error.kept} meanwhile. Open that record and do it there.",
        f"{error.code} se unió mientras tanto a {error.kept}. Abra ese registro y hágalo ahí.",
    )
    return render("errors/409.html", problem=problem), 409


@blueprint.app_errorhandler(Removed)
def removed(error: Removed) -> tuple[str, int]:
    db.session.rollback()
    return render("members/removed.html", code=error.code, at=error.at), 410
