"""The pages of a report that is due."""

from __future__ import annotations

from flask import g, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from mexile.grants.award.queries import get_award
from mexile.grants.blueprint import blueprint, page_of
from mexile.grants.due_report.actions import enter_due_report, submit_report, take_back_submission
from mexile.grants.due_report.forms import DueReportForm
from mexile.web.form import Form
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


@blueprint.route("/grants/due/<int:id>/submission", methods=["POST"])
def submission(id: int) -> ResponseReturnValue:
    """The report was sent."""
    notice = gettext("Noted: the report was sent.")
    return save(Form(), lambda: submit_report(viewer=g.viewer, due_report=id), page_of, said=notice)


@blueprint.route("/grants/due/<int:id>/submission/void", methods=["POST"])
def submission_void(id: int) -> ResponseReturnValue:
    """It was said by mistake."""
    notice = gettext("Taken back: the report is due again.")
    return save(Form(), lambda: take_back_submission(viewer=g.viewer, due_report=id), page_of, said=notice)
