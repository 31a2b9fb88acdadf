"""The list of grants, one of them with all that belongs to it, and its form."""

from __future__ import annotations

from typing import Any

from flask import g, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from mexile.grants.award.actions import change_award, record_award
from mexile.grants.award.forms import AwardForm
from mexile.grants.award.models import GrantAward
from mexile.grants.award.queries import awards, get_award
from mexile.grants.award.rules import share_of_time
from mexile.grants.blueprint import blueprint, page_of
from mexile.grants.due_report.queries import due_reports
from mexile.grants.funder.actions import find_or_record_funder
from mexile.grants.funder.models import Funder
from mexile.grants.funder.queries import funder_of, funders
from mexile.grants.indicator.queries import progress_of, taken_out
from mexile.grants.population.queries import types_of
from mexile.ground import organization
from mexile.ground.rule_change import rule_changes
from mexile.services.service_type.queries import kinds
from mexile.web.form import bare_form
from mexile.web.i18n import lang
from mexile.web.page import notice, render
from mexile.web.save import save
from mexile.web.stale import differences, keep_standing


@blueprint.route("/grants")
def grants() -> ResponseReturnValue:
    """What is due next and in how many days; then the awards."""
    today = organization.today()
    return render(
        "grants/award/grants.html",
        due=due_reports(g.viewer, today),
        awards=awards(g.viewer, today),
        form=bare_form(),
    )


@blueprint.route("/grants/<code>")
def grant(code: str) -> ResponseReturnValue:
    """One award: its promises against their targets, what is due, what was sent."""
    award, today = get_award(g.viewer, code), organization.today()
    return render(
        "grants/award/grant.html",
        grant=award,
        funder=funder_of(award),
        progress=(progress := progress_of(g.viewer, award, today)),
        changes=rule_changes({CHANGES_OF[row.measure] for row in progress if row.measure in CHANGES_OF}),
        out=taken_out(g.viewer, award),
        due=due_reports(g.viewer, today, code),
        sent=due_reports(g.viewer, today, code, sent=True),
        types=_names(types_of(award)),
        form=bare_form(),
        time=share_of_time(award.from_on, award.to_on, today),
    )


CHANGES_OF = {"units": "quantity", "minutes": "hours"}
"""The rule of counting that changed for a measure."""


def _names(codes: frozenset[str]) -> list[str]:
    return [kind.name(lang()) for kind in kinds().values() if kind.code in codes]


@blueprint.route("/grants/new", methods=["GET", "POST"])
def new_grant() -> ResponseReturnValue:
    form = AwardForm()

    def page() -> str:
        return render("grants/award/form.html", form=form, grant=None, funders=funders())

    if request.method == "GET":
        return page()
    return save(
        form,
        lambda: record_award(funder=_funder(form), types=form.types.data or [], **form.values()),
        lambda award: page_of(award.code),
        page,
        then=lambda award: notice("done", gettext("%(code)s is recorded.", code=award.code)),
    )


def _funder(form: AwardForm) -> Funder:
    return find_or_record_funder(name=form.funder.data, fiscal_year_month=form.fiscal_year_month.data)


@blueprint.route("/grants/<code>/edit", methods=["GET", "POST"])
def edit(code: str) -> ResponseReturnValue:
    award = get_award(g.viewer, code)
    form = AwardForm(obj=award, **_beside(award)) if request.method == "GET" else AwardForm()
    keep_standing(form, _stands(form, award))

    def page() -> str:
        return render("grants/award/form.html", form=form, grant=award, funders=funders())

    def act() -> GrantAward:
        funder = _funder(form)
        types, version = form.types.data or [], form.version_shown()
        return change_award(code=code, version=version, types=types, funder_id=funder.id, **form.values())

    if request.method == "GET":
        return page()
    return save(
        form,
        act,
        page_of(code),
        page,
        conflict=lambda _error: _both(code, form),
        said=gettext("%(code)s is changed.", code=code),
    )


def _both(code: str, form: AwardForm) -> str:
    """Both versions, field by field, when somebody else changed the award meanwhile."""
    award = get_award(g.viewer, code)
    form.version.data = str(award.version)
    differing = differences(form, _stands(form, award))
    return render("grants/award/form.html", form=form, grant=award, funders=funders(), differing=differing)


def _stands(form: AwardForm, award: GrantAward) -> dict[str, Any]:
    """What an award holds, as its form takes it."""
    return form.values_in(award) | {"restricted": bool(award.restricted)} | _beside(award)


def _beside(award: GrantAward) -> dict[str, Any]:
    """What the form says of an award's funder and of the services that count."""
    funder = funder_of(award)
    return {
        "funder": funder.name,
        "fiscal_year_month": funder.fiscal_year_month,
        "types": sorted(types_of(award)),
    }
