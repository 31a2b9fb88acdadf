"""The pages of grants: what is due next, one award with its promises, the forms."""

from __future__ import annotations

from typing import Any

from flask import g, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_babel import lazy_gettext as _

from mexile.grants import actions
from mexile.grants.blueprint import blueprint
from mexile.grants.forms import AwardForm, DueReportForm, IndicatorForm
from mexile.grants.models import GrantAward
from mexile.grants.queries import awards as reading
from mexile.grants.queries.population import types_of
from mexile.ground import once, organisation
from mexile.ground.db import db, writing
from mexile.ground.errors import Conflict, Invalid
from mexile.ground.rule_change import rule_changes
from mexile.services.queries.types import kinds
from mexile.web.form import Form, bare_form
from mexile.web.i18n import lang
from mexile.web.page import door, notice, render
from mexile.web.stale import differences, keep_standing

door(_("Grants"), "grants.grants", 60)


@blueprint.route("/grants")
def grants() -> ResponseReturnValue:
    """What is due next and in how many days; then the awards."""
    today = organisation.today()
    return render(
        "grants/grants.html",
        due=reading.due_reports(g.viewer, today),
        awards=reading.awards(g.viewer, today),
        form=bare_form(),
    )


@blueprint.route("/grants/<code>")
def grant(code: str) -> ResponseReturnValue:
    """One award: its promises against their targets, what is due, what was sent."""
    found, today = reading.award(g.viewer, code), organisation.today()
    return render(
        "grants/grant.html",
        grant=found,
        funder=reading.funder_of(found),
        progress=(progress := reading.progress(g.viewer, found, today)),
        changes=rule_changes({CHANGES_OF.get(one.measure) for one in progress}),
        out=reading.taken_out(g.viewer, found),
        due=reading.due_reports(g.viewer, today, code),
        sent=reading.due_reports(g.viewer, today, code, sent=True),
        types=_names(types_of(found)),
        form=bare_form(),
        today=today,
    )


CHANGES_OF = {"units": "quantity", "minutes": "hours"}
"""The rule of counting that changed for a measure."""


def _names(codes: frozenset[str]) -> list[str]:
    return [kind.name(lang()) for kind in kinds().values() if kind.code in codes]


@blueprint.route("/grants/new", methods=["GET", "POST"])
def new_grant() -> ResponseReturnValue:
    form = AwardForm()
    if request.method == "POST" and form.validate():
        try:
            with writing():
                if done := once.result(form.token):
                    return redirect(done, 303)
                made = actions.record_award(funder=_funder(form), amount_cents=form.amount.data, **_said(form))
                url = url_for("grants.grant", code=made.code)
                once.remember(form.token, url)
            notice("done", gettext("%(code)s is recorded.", code=made.code))
            return redirect(url, 303)
        except Invalid as wrong:
            form.add(wrong.problems)
    status = 422 if request.method == "POST" else 200
    return render("grants/form.html", form=form, grant=None, funders=reading.funders()), status


def _funder(form: AwardForm) -> Any:
    return actions.find_or_record_funder(name=form.funder.data, fiscal_year_month=form.fiscal_year_month.data)


def _said(form: AwardForm) -> dict[str, Any]:
    return {
        "title_en": form.title_en.data,
        "title_es": form.title_es.data,
        "from_on": form.from_on.data,
        "to_on": form.to_on.data,
        "restricted": form.restricted.data,
        "types": form.types.data or [],
    }


@blueprint.route("/grants/<code>/edit", methods=["GET", "POST"])
def edit(code: str) -> ResponseReturnValue:
    found = reading.award(g.viewer, code)
    form = AwardForm(**_of(found)) if request.method == "GET" else AwardForm()
    keep_standing(form, _of(found))
    if request.method == "POST" and form.validate():
        try:
            with writing():
                actions.change_award(
                    code=code,
                    version=form.version_shown(),
                    funder_id=_funder(form).id,
                    amount_cents=form.amount.data,
                    **_said(form),
                )
            notice("done", gettext("%(code)s is changed.", code=code))
            return redirect(url_for("grants.grant", code=code), 303)
        except Invalid as wrong:
            form.add(wrong.problems)
        except Conflict:
            return _stale(code, form)
    status = 422 if request.method == "POST" else 200
    return render("grants/form.html", form=form, grant=found, funders=reading.funders()), status


def _stale(code: str, form: AwardForm) -> ResponseReturnValue:
    """Both versions, field by field, when somebody else changed the award meanwhile."""
    db.session.rollback()
    found = reading.award(g.viewer, code)
    stands = _of(found)
    form.version.data = stands.pop("version")
    page = render(
        "grants/form.html", form=form, grant=found, funders=reading.funders(), differing=differences(form, stands)
    )
    return page, 409


def _of(found: GrantAward) -> dict[str, Any]:
    """What an award holds, as its form takes it."""
    funder = reading.funder_of(found)
    return {
        "funder": funder.name,
        "fiscal_year_month": funder.fiscal_year_month,
        "title_en": found.title_en,
        "title_es": found.title_es,
        "amount": found.amount_cents,
        "from_on": found.from_on,
        "to_on": found.to_on,
        "restricted": bool(found.restricted),
        "types": sorted(types_of(found)),
        "version": str(found.version),
    }


@blueprint.route("/grants/<code>/due", methods=["GET", "POST"])
def due(code: str) -> ResponseReturnValue:
    """Enter a report that the funder awaits."""
    found = reading.award(g.viewer, code)
    form = DueReportForm()
    if request.method == "POST" and form.validate():
        try:
            _enter(form, code, lambda: actions.enter_due_report(
                grant=found,
                report_name=form.report_name.data,
                period_from=form.period_from.data,
                period_to=form.period_to.data,
                due_on=form.due_on.data,
            ))  # fmt: skip
            return redirect(url_for("grants.grant", code=code), 303)
        except Invalid as wrong:
            form.add(wrong.problems)
    return render("grants/due.html", form=form, grant=found), 422 if request.method == "POST" else 200


@blueprint.route("/grants/<code>/indicators", methods=["GET", "POST"])
def indicators(code: str) -> ResponseReturnValue:
    """Enter a promise of the grant."""
    found = reading.award(g.viewer, code)
    form = IndicatorForm()
    if request.method == "POST" and form.validate():
        try:
            _enter(form, code, lambda: actions.enter_indicator(
                grant=found,
                en=form.en.data,
                es=form.es.data,
                measure=form.measure.data,
                types=form.types.data or [],
                target=form.target_in_own_unit(),
            ))  # fmt: skip
            return redirect(url_for("grants.grant", code=code), 303)
        except Invalid as wrong:
            form.add(wrong.problems)
    status = 422 if request.method == "POST" else 200
    return render("grants/indicator.html", form=form, grant=found), status


def _enter(form: Form, code: str, act: Any) -> None:
    """Do `act` once, however often the form is sent."""
    with writing():
        if once.result(form.token) is None:
            act()
            once.remember(form.token, url_for("grants.grant", code=code))


@blueprint.route("/grants/due/<int:id>/submission", methods=["POST"])
def submission(id: int) -> ResponseReturnValue:
    """The report was sent."""
    with writing():
        code = actions.submit_report(viewer=g.viewer, due_report=id)
    notice("done", gettext("Noted: the report was sent."))
    return redirect(url_for("grants.grant", code=code), 303)


@blueprint.route("/grants/due/<int:id>/submission/void", methods=["POST"])
def submission_void(id: int) -> ResponseReturnValue:
    """It was said by mistake."""
    with writing():
        code = actions.take_back_submission(viewer=g.viewer, due_report=id)
    notice("done", gettext("Taken back: the report is due again."))
    return redirect(url_for("grants.grant", code=code), 303)


@blueprint.route("/grants/indicators/<int:id>/removal", methods=["POST"])
def indicator_removal(id: int) -> ResponseReturnValue:
    """A target that counts no more; it can be put back."""
    with writing():
        code = actions.remove_indicator(viewer=g.viewer, id=id)
    notice("done", gettext("The target was taken out. It can be put back below."))
    return redirect(url_for("grants.grant", code=code), 303)


@blueprint.route("/grants/indicators/<int:id>/return", methods=["POST"])
def indicator_return(id: int) -> ResponseReturnValue:
    with writing():
        code = actions.return_indicator(viewer=g.viewer, id=id)
    notice("done", gettext("The target counts again."))
    return redirect(url_for("grants.grant", code=code), 303)
