"""The rules of deadlines: the list, one of them, a newer version, its review."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask import g, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from mexile.deadlines.blueprint import blueprint
from mexile.deadlines.deadline.rules import example
from mexile.deadlines.recompute.actions import propose_recompute
from mexile.deadlines.recompute.models import Recompute
from mexile.deadlines.recompute.queries import open_recomputes
from mexile.deadlines.rule import queries as read
from mexile.deadlines.rule.actions import change_law, replace_rule, review_rule, version_problems
from mexile.deadlines.rule.file import own_rules
from mexile.deadlines.rule.forms import RULE_FIELDS, RuleForm
from mexile.ground import organization
from mexile.web.form import Form
from mexile.web.page import render
from mexile.web.save import save


@blueprint.route("/rules")
def rules() -> str:
    return render(
        "deadlines/rule/rules.html",
        lines=read.rule_lines(),
        waiting=open_recomputes(),
        left_out=[(rule, _named(rule.fields)) for rule in read.left_out(own_rules())],
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
        problems = version_problems(code, version, form.values()) if not form.begins_on.data else []
        form.add([problem for problem in problems if not form[problem.place].errors])
        return _rule(line, form), 422
    return save(form, lambda: _next_version(code, version, form), proposal_url, lambda: _rule(line, form))


def proposal_url(recompute: Recompute) -> str:
    return url_for("deadlines.recompute", code=recompute.code)


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
        "deadlines/rule/rule.html",
        line=line,
        form=form,
        history=read.rule_history(line.rule.code),
        is_replaced=read.is_replaced(line.rule.id or 0),
    )


@blueprint.route("/rules/review")
def rule_reviews() -> ResponseReturnValue:
    """The sitting, at the first rule that waits."""
    return redirect(_review_url(next((line for line in read.asked_rules() if line.is_unreviewed), None)))


@blueprint.route("/rules/<code>/versions/<int:version>/review", methods=["GET", "POST"])
def rule_review(code: str, version: int) -> ResponseReturnValue:
    """One rule of the sitting; a POST stands for it and goes on to the next that waits."""
    form = Form()

    def page() -> str:
        sitting = read.sitting(code, version)
        shown = example(sitting.line.rule, organization.today(), read.open_days())
        after = _review_url(sitting.after)
        return render("deadlines/rule/review.html", form=form, sitting=sitting, example=shown, after=after)

    if request.method == "GET":
        return page()
    act = lambda: review_rule(viewer=g.viewer, code=code, version=version)
    return save(form, act, lambda _done: _review_url(read.sitting(code, version).after), page)


def _review_url(line: read.RuleLine | None) -> str:
    """Its page in the sitting; without one the sitting is over."""
    if line is None:
        return url_for("deadlines.rules")
    return url_for("deadlines.rule_review", code=line.rule.code, version=line.rule.version)
