"""The judges: a list that people fill."""

from __future__ import annotations

from flask import g, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from mexile.cases.blueprint import blueprint
from mexile.cases.judge.actions import add_judge, edit_judge
from mexile.cases.judge.forms import JudgeForm
from mexile.cases.judge.queries import get_judge, judges
from mexile.cases.place.views import form_page
from mexile.ground.errors import Conflict
from mexile.web.page import render
from mexile.web.save import save
from mexile.web.stale import differences, not_theirs


@blueprint.route("/judges", endpoint="judges")
def judge_list() -> str:
    return render("cases/judge/judges.html", judges=judges())


@blueprint.route("/judges/new", methods=["GET", "POST"])
def new_judge() -> ResponseReturnValue:
    form = JudgeForm()
    page = lambda: form_page("judge", form, _("Add a judge"), url_for("cases.new_judge"))
    if request.method == "GET":
        return page()
    return save(form, lambda: add_judge(viewer=g.viewer, values=form.values()), url_for("cases.judges"), page)


@blueprint.route("/judges/<code>", methods=["GET", "POST"])
def judge(code: str) -> ResponseReturnValue:
    held, url = get_judge(code), url_for("cases.judge", code=code)
    if request.method == "GET":
        return form_page("judge", JudgeForm(obj=held), held.code, url, heading=held.name)
    form = JudgeForm()

    def stale(_error: Conflict) -> str:
        held = get_judge(code)
        form.version.data = str(held.version)
        return form_page("judge", form, held.code, url, differences(form, form.values_in(held)), held.name)

    return save(
        form,
        lambda: edit_judge(viewer=g.viewer, code=code, version=form.version_shown(), values=not_theirs(form)),
        url_for("cases.judges"),
        lambda: form_page("judge", form, held.code, url, heading=held.name),
        conflict=stale,
    )
