"""The page of a due report, its file, and that it was sent."""

from __future__ import annotations

from flask import g, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from mexile.access.roles import DIRECTOR
from mexile.grants.award.queries import get_award
from mexile.grants.due_report.actions import take_back_submission
from mexile.grants.due_report.queries import due_report as due_report_of
from mexile.ground import organization
from mexile.ground.errors import Invalid
from mexile.reports.actions import make_edition, register
from mexile.reports.blueprint import blueprint
from mexile.reports.due_report.actions import submit_edition
from mexile.reports.due_report.forms import LANGUAGES, EditionForm, SubmissionForm
from mexile.reports.due_report.page import STEPS, due_report_page
from mexile.reports.edition.queries import kept_editions
from mexile.reports.rules import problems_of_release
from mexile.web.form import Form, bare_form
from mexile.web.i18n import lang
from mexile.web.page import notice, render
from mexile.web.save import save


def _address(code: str, id: int) -> str:
    return url_for("reports.due_report", code=code, id=id)


def _page(code: str, id: int, edition: EditionForm | None = None, submission: SubmissionForm | None = None) -> str:
    page = due_report_page(g.viewer, code, id, organization.today())
    return render(
        "reports/due_report/due_report.html",
        page=page,
        steps=STEPS,
        names_of_languages=dict(LANGUAGES),
        may_open=g.viewer.is_any(DIRECTOR),
        edition=edition or EditionForm(None, language=lang()),
        submission=submission or SubmissionForm(page.editions, formdata=None),
        press=bare_form(),
    )


@blueprint.route("/grants/<code>/reports/<int:id>")
def due_report(code: str, id: int) -> ResponseReturnValue:
    return _page(code, id)


@blueprint.route("/grants/<code>/reports/<int:id>/editions", methods=["POST"])
def due_edition(code: str, id: int) -> ResponseReturnValue:
    """Make the funder's file. It is counted and drawn before the write, and kept with it."""
    form, due = EditionForm(), due_report_of(g.viewer, code, id, organization.today())
    problems = [] if g.viewer.is_any(DIRECTOR) else problems_of_release(due.period_from, due.period_to)
    if not form.validate() or problems:
        form.add(problems)
        return _page(code, id, edition=form), 422
    try:
        edition = make_edition(
            name=due.report_name,
            from_on=due.period_from,
            to_on=due.period_to,
            audience="release",
            lang=form.language.data,
            grant=code,
            viewer=g.viewer,
        )
    except Invalid as wrong:
        form.add(wrong.problems)
        return _page(code, id, edition=form), 422
    return save(
        form,
        lambda: register(edition, g.viewer.user_id),
        _address(code, id) + "#files",
        lambda: _page(code, id, edition=form),
        then=lambda made: notice("done", gettext("The file %(code)s is ready. Download it below.", code=made.code)),
    )


@blueprint.route("/grants/<code>/reports/<int:id>/submission", methods=["POST"])
def submission(code: str, id: int) -> ResponseReturnValue:
    """The report was sent, as one of its editions."""
    due, award = due_report_of(g.viewer, code, id, organization.today()), get_award(g.viewer, code)
    kept = kept_editions(due.report_name, award.id, due.period_from, due.period_to)
    form, editions = SubmissionForm(kept), {one.code: one for one in kept}
    return save(
        form,
        lambda: submit_edition(viewer=g.viewer, due_report=id, edition_id=editions[form.edition.data].id),
        _address(code, id),
        lambda: _page(code, id, submission=form),
        said=gettext("Noted: the report was sent."),
    )


@blueprint.route("/grants/<code>/reports/<int:id>/submission/void", methods=["POST"])
def submission_void(code: str, id: int) -> ResponseReturnValue:
    """It was said by mistake."""
    due = due_report_of(g.viewer, code, id, organization.today())
    return save(
        Form(),
        lambda: take_back_submission(viewer=g.viewer, due_report=due.id),
        _address(code, id),
        said=gettext("Taken back: the report is due again."),
    )
