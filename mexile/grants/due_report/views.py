"""The pages of a report that is due."""

from __future__ import annotations

from flask import g, request
from flask.typing import ResponseReturnValue

from mexile.grants.award.queries import get_award
from mexile.grants.blueprint import blueprint, page_of
from mexile.grants.due_report.actions import enter_due_report
from mexile.grants.due_report.forms import DueReportForm
from mexile.web.page import render
from mexile.web.save import save


@blueprint.route("/grants/<code>/due", methods=["GET", "POST"])
def due(code: str) -> ResponseReturnValue:
    """Enter a report that the funder awaits."""
    award = get_award(g.viewer, code)
    form = DueReportForm()

    def page() -> str:
        return render("grants/due_report/due.html", form=form, grant=award)

    def act() -> None:
        enter_due_report(grant=award, **form.values())

    return page() if request.method == "GET" else save(form, act, page_of(code), page)
