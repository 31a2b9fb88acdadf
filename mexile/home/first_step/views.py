"""First steps: the page of a new organization, and its line on Today."""

from __future__ import annotations

from typing import Any

from flask import g, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import NotFound

from mexile.access.roles import ADMINISTRATOR, DIRECTOR
from mexile.access.viewer import Viewer
from mexile.ground.organization import organization
from mexile.home.blueprint import blueprint
from mexile.home.first_step.actions import put_off, take_up
from mexile.home.first_step.queries import first_steps, is_any_open
from mexile.home.first_step.steps import STEPS
from mexile.web.form import Form
from mexile.web.i18n import lang
from mexile.web.page import render
from mexile.web.save import save


@blueprint.route("/first-steps", endpoint="first_steps")
def first_steps_page() -> str:
    return render("home/first_step/first_steps.html", steps=first_steps())


@blueprint.route("/first-steps/<code>", methods=["POST"])
def first_step(code: str) -> ResponseReturnValue:
    """Leave a step for later, or take it up again."""
    if code not in {step.code for step in STEPS}:
        raise NotFound()
    is_later = request.form.get("later") == "1"
    act = lambda: put_off(viewer=g.viewer, code=code) if is_later else take_up(code=code)
    return save(Form(), act, url_for("home.first_steps") + f"#{code}")


def steps_left(viewer: Viewer) -> dict[str, Any] | None:
    """Whoever sets the organization up is led back until all is done or left for later; an invented one needs none."""
    if not viewer.is_any(ADMINISTRATOR, DIRECTOR) or organization().invented:
        return None
    return {} if is_any_open() else None


@blueprint.app_template_filter("in_words")
def in_words(words: tuple[str, str]) -> str:
    """English and Spanish words, in this page's language."""
    return words[1] if lang() == "es" else words[0]
