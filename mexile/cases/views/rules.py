"""The rules of deadlines, the days on which offices are closed, and reckoning anew."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask import g, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from mexile.cases.actions.recompute import confirm_recompute, discard_recompute, propose_recompute
from mexile.cases.actions.rules import (
    change_law,
    close_day,
    replace_rule,
    review_rule,
    revoke_closing,
    version_problems,
)
from mexile.cases.blueprint import blueprint
from mexile.cases.forms.deadlines import ClosingForm
from mexile.cases.forms.rules import RULE_FIELDS, RuleForm
from mexile.cases.models.recompute import CAUSES, Recompute
from mexile.cases.queries import rules as read
from mexile.cases.queries.recompute import open_recomputes, recompute_page
from mexile.cases.rules.rule_file import own_rules
from mexile.ground import organization
from mexile.web.form import Form
from mexile.web.page import render
from mexile.web.save import save


@blueprint.route("/rules")
def rules() -> str:
    return render(
        "cases/rules.html",
        lines=read.rule_lines(),
        waiting=open_recomputes(),
        left_out=[(one, _named(one.fields)) for one in read.left_out(own_rules())],
    )


def _named(fields: Sequence[str]) -> list[str]:
    """The fields of a rule as its form calls them; what the form doesn't ask is one of the rest."""
    form = RuleForm(MultiDict[str, str]())
    return list(dict.fromkeys(str(form[name].label.text) if name in form else _("the rest") for name in fields))


@blueprint.route("/rules/<code>/versions/<int:version>", methods=["GET", "POST"])
def rule(code: str, version: int) -> ResponseReturnValue:
    """One version with its history. A POST writes the next one; the open deadlines it touches become
    a proposal."""
    line = read.rule_line(code, version)
    form = RuleForm() if request.method == "POST" else RuleForm(data=_values(line))
    if request.method == "GET":
        return _rule(line, form)
    if not form.validate():
        found = version_problems(code, version, form.values()) if not form.begins_on.data else []
        form.add([one for one in found if not form[one.place].errors])
        return _rule(line, form), 422
    return save(form, lambda: _next_version(code, version, form), _proposal, lambda: _rule(line, form))


def _proposal(recompute: Recompute) -> str:
    return url_for("cases.recompute", code=recompute.code)


def _next_version(code: str, version: int, form: RuleForm) -> Recompute:
    values, reason, begins_on = form.values(), form.reason.data, form.begins_on.data
    if begins_on:
        beside = {name: value for name, value in values.items() if name not in ("from_on", "to_on", "status")}
        change_law(viewer=g.viewer, code=code, version=version, from_on=begins_on, values=beside, reason=reason)
    else:
        replace_rule(viewer=g.viewer, code=code, version=version, values=values, reason=reason)
    return propose_recompute(viewer=g.viewer, cause="rule", subject=code)


def _values(line: read.RuleLine) -> dict[str, Any]:
    return {name: getattr(line.rule, name) for name in RULE_FIELDS}


def _rule(line: read.RuleLine, form: RuleForm) -> str:
    return render(
        "cases/rule.html",
        line=line,
        form=form,
        history=read.rule_history(line.rule.code),
        is_replaced=read.is_replaced(line.rule.id or 0),
    )


@blueprint.route("/rules/<code>/versions/<int:version>/review", methods=["POST"])
def rule_review(code: str, version: int) -> ResponseReturnValue:
    url = url_for("cases.rule", code=code, version=version)
    return save(Form(), lambda: review_rule(viewer=g.viewer, code=code, version=version), url)


# ---- closed days -------------------------------------------------------------------


@blueprint.route("/closings", methods=["GET", "POST"])
def closings() -> ResponseReturnValue:
    form = ClosingForm()
    page = lambda: render("cases/closings.html", lines=read.closings(), form=form)
    if request.method == "GET":
        return page()

    def act() -> Recompute:
        on = form.on.given
        close_day(viewer=g.viewer, on=on, en=form.en.data, es=form.es.data, source=form.source.data)
        return propose_recompute(viewer=g.viewer, cause="closing", subject=on.isoformat())

    return save(form, act, _proposal, page)


@blueprint.route("/closings/<int:id>/revocation", methods=["POST"])
def closing_revocation(id: int) -> ResponseReturnValue:
    def act() -> Recompute:
        closing = revoke_closing(viewer=g.viewer, closing_id=id)
        return propose_recompute(viewer=g.viewer, cause="closing", subject=closing.on.isoformat())

    return save(Form(), act, _proposal)


# ---- reckoning anew ----------------------------------------------------------------


@blueprint.route("/recomputes", methods=["POST"])
def recomputes() -> ResponseReturnValue:
    cause = request.form.get("cause", "all")
    cause = cause if cause in CAUSES else "all"
    return save(Form(), lambda: propose_recompute(viewer=g.viewer, cause=cause, subject=""), _proposal)


@blueprint.route("/recomputes/<code>")
def recompute(code: str) -> str:
    return render("cases/recompute.html", page=recompute_page(code), today=organization.today())


@blueprint.route("/recomputes/<code>/confirmation", methods=["POST"])
def recompute_confirmation(code: str) -> ResponseReturnValue:
    url = url_for("cases.recompute", code=code)
    return save(Form(), lambda: confirm_recompute(viewer=g.viewer, code=code), url)


@blueprint.route("/recomputes/<code>/discarding", methods=["POST"])
def recompute_discarding(code: str) -> ResponseReturnValue:
    url = url_for("cases.recompute", code=code)
    return save(Form(), lambda: discard_recompute(viewer=g.viewer, code=code), url)
