"""The pages of grants: what is due next, one award with its promises, the forms."""

from __future__ import annotations

from typing import Any

from flask import g, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_babel import lazy_gettext as _

from mexile.grants import actions
from mexile.grants.blueprint import blueprint
from mexile.grants.forms import AwardForm, DueReportForm, IndicatorForm
from mexile.grants.models import Funder, GrantAward
from mexile.grants.queries import awards as reading
from mexile.grants.queries.population import types_of
from mexile.ground import organization
from mexile.ground.rule_change import rule_changes
from mexile.services.service_type.queries import kinds
from mexile.web.form import Form, bare_form
from mexile.web.i18n import lang
from mexile.web.page import door, notice, render
from mexile.web.save import save
from mexile.web.stale import differences, keep_standing

door(_("Grants"), "grants.grants", 60)


@blueprint.route("/grants")
def grants() -> ResponseReturnValue:
    """What is due next and in how many days; then the awards."""
    today = organization.today()
    return render(
        "grants/grants.html",
        due=reading.due_reports(g.viewer, today),
        awards=reading.awards(g.viewer, today),
        form=bare_form(),
    )


@blueprint.route("/grants/<code>")
def grant(code: str) -> ResponseReturnValue:
    """One award: its promises against their targets, what is due, what was sent."""
    award, today = reading.award(g.viewer, code), organization.today()
    return render(
        "grants/grant.html",
        grant=award,
        funder=reading.funder_of(award),
        progress=(progress := reading.progress(g.viewer, award, today)),
        changes=rule_changes({CHANGES_OF[row.measure] for row in progress if row.measure in CHANGES_OF}),
        out=reading.taken_out(g.viewer, award),
        due=reading.due_reports(g.viewer, today, code),
        sent=reading.due_reports(g.viewer, today, code, sent=True),
        types=_names(types_of(award)),
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

    def page() -> str:
        return render("grants/form.html", form=form, grant=None, funders=reading.funders())

    if request.method == "GET":
        return page()
    return save(
        form,
        lambda: actions.record_award(funder=_funder(form), types=form.types.data or [], **form.values()),
        lambda award: _page_of(award.code),
        page,
        then=lambda award: notice("done", gettext("%(code)s is recorded.", code=award.code)),
    )


def _funder(form: AwardForm) -> Funder:
    return actions.find_or_record_funder(name=form.funder.data, fiscal_year_month=form.fiscal_year_month.data)


@blueprint.route("/grants/<code>/edit", methods=["GET", "POST"])
def edit(code: str) -> ResponseReturnValue:
    award = reading.award(g.viewer, code)
    form = AwardForm(obj=award, **_beside(award)) if request.method == "GET" else AwardForm()
    keep_standing(form, _stands(form, award))

    def page() -> str:
        return render("grants/form.html", form=form, grant=award, funders=reading.funders())

    def act() -> GrantAward:
        funder = _funder(form)
        types, version = form.types.data or [], form.version_shown()
        return actions.change_award(code=code, version=version, types=types, funder_id=funder.id, **form.values())

    if request.method == "GET":
        return page()
    return save(
        form,
        act,
        _page_of(code),
        page,
        conflict=lambda _error: _both(code, form),
        said=gettext("%(code)s is changed.", code=code),
    )


def _both(code: str, form: AwardForm) -> str:
    """Both versions, field by field, when somebody else changed the award meanwhile."""
    award = reading.award(g.viewer, code)
    form.version.data = str(award.version)
    differing = differences(form, _stands(form, award))
    return render("grants/form.html", form=form, grant=award, funders=reading.funders(), differing=differing)


def _stands(form: AwardForm, award: GrantAward) -> dict[str, Any]:
    """What an award holds, as its form takes it."""
    return form.values_in(award) | {"restricted": bool(award.restricted)} | _beside(award)


def _beside(award: GrantAward) -> dict[str, Any]:
    """What the form says of an award's funder and of the services that count."""
    funder = reading.funder_of(award)
    return {
        "funder": funder.name,
        "fiscal_year_month": funder.fiscal_year_month,
        "types": sorted(types_of(award)),
    }


@blueprint.route("/grants/<code>/due", methods=["GET", "POST"])
def due(code: str) -> ResponseReturnValue:
    """Enter a report that the funder awaits."""
    award = reading.award(g.viewer, code)
    form = DueReportForm()

    def page() -> str:
        return render("grants/due.html", form=form, grant=award)

    def act() -> None:
        actions.enter_due_report(grant=award, **form.values())

    return page() if request.method == "GET" else save(form, act, _page_of(code), page)


@blueprint.route("/grants/<code>/indicators", methods=["GET", "POST"])
def indicators(code: str) -> ResponseReturnValue:
    """Enter a promise of the grant."""
    award = reading.award(g.viewer, code)
    form = IndicatorForm()

    def page() -> str:
        return render("grants/indicator.html", form=form, grant=award)

    def act() -> None:
        actions.enter_indicator(grant=award, **form.values())

    return page() if request.method == "GET" else save(form, act, _page_of(code), page)


@blueprint.route("/grants/due/<int:id>/submission", methods=["POST"])
def submission(id: int) -> ResponseReturnValue:
    """The report was sent."""
    notice = gettext("Noted: the report was sent.")
    return save(Form(), lambda: actions.submit_report(viewer=g.viewer, due_report=id), _page_of, said=notice)


@blueprint.route("/grants/due/<int:id>/submission/void", methods=["POST"])
def submission_void(id: int) -> ResponseReturnValue:
    """It was said by mistake."""
    notice = gettext("Taken back: the report is due again.")
    return save(Form(), lambda: actions.take_back_submission(viewer=g.viewer, due_report=id), _page_of, said=notice)


@blueprint.route("/grants/indicators/<int:id>/removal", methods=["POST"])
def indicator_removal(id: int) -> ResponseReturnValue:
    """A target that counts no more; it can be put back."""
    notice = gettext("The target was taken out. It can be put back below.")
    return save(Form(), lambda: actions.remove_indicator(viewer=g.viewer, id=id), _page_of, said=notice)


@blueprint.route("/grants/indicators/<int:id>/return", methods=["POST"])
def indicator_return(id: int) -> ResponseReturnValue:
    notice = gettext("The target counts again.")
    return save(Form(), lambda: actions.return_indicator(viewer=g.viewer, id=id), _page_of, said=notice)


def _page_of(code: str) -> str:
    return url_for("grants.grant", code=code)
