"""The queue of dates to verify: one at a time, the same or changed."""

from __future__ import annotations

from flask import g, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from mexile.cases.blueprint import blueprint
from mexile.cases.event.forms import SOURCE, VerifyForm, when_of
from mexile.cases.event.page import EventPage, changeable_page
from mexile.cases.verification.actions import change_event, verify_same
from mexile.cases.verification.queries import ToVerify, to_verify
from mexile.ground import organization
from mexile.ground.errors import Conflict
from mexile.ground.vocabulary import vocabulary
from mexile.web.form import Form
from mexile.web.page import render
from mexile.web.save import save

MOST_LATER = 60


@blueprint.route("/events/verification", methods=["GET", "POST"])
def verification() -> ResponseReturnValue:
    """The next date that nobody has seen lately. `later` in the address: codes put off for now."""
    form = VerifyForm()
    if request.method == "GET":
        form.source.data = request.args.get("source", "")
        return _page(form, to_verify(g.viewer, organization.today(), _later()))
    code = form.code.data
    if not code:
        return redirect(_next(form))
    page = changeable_page(g.viewer, code)
    if form.answer.data == "same":
        return _same(form, code)
    if form.answer.data == "changing":
        form = VerifyForm(None, data=when_of(page.event), **_kept(form))
        return _page(form, _of(page), is_changing=True)
    return _changed(form, code)


def _later() -> set[str]:
    return set(request.args.getlist("later")[-MOST_LATER:])


def _of(page: EventPage) -> ToVerify:
    return ToVerify(page.line, page.event.version, 0)


def _kept(form: VerifyForm) -> dict[str, str | None]:
    return {"code": form.code.data, "version": form.version.data, "source": form.source.data}


def _page(form: VerifyForm, waiting: ToVerify, is_changing: bool = False) -> str:
    if waiting.line:
        form.code.data, form.version.data = waiting.line.code, form.version.data or str(waiting.version)
    return render(
        "cases/verification/verification.html", form=form, waiting=waiting, is_changing=is_changing, later=_later()
    )


def _next(form: VerifyForm) -> str:
    return url_for("cases.verification", source=form.source.data or None, later=sorted(_later()))


def _same(form: VerifyForm, code: str) -> ResponseReturnValue:
    if form.source.data not in vocabulary("event_source"):
        form.source.errors = []
        form.add([SOURCE])
        return _page(form, _of(changeable_page(g.viewer, code))), 422
    return save(Form(), lambda: verify_same(viewer=g.viewer, code=code, source=form.source.data), _next(form))


def _changed(form: VerifyForm, code: str) -> ResponseReturnValue:
    """What it said before stays as a row of the date's history."""

    def page() -> str:
        return _page(form, _of(changeable_page(g.viewer, code)), is_changing=True)

    def stale(error: Conflict) -> str:
        form.add([error.problem])
        form.version.data = str(changeable_page(g.viewer, code).event.version)
        return page()

    return save(
        form,
        lambda: change_event(
            viewer=g.viewer,
            code=code,
            version=form.version_shown(),
            values=form.moment(),
            source=form.source.data,
            answer="changed",
        ),
        _next(form),
        page,
        conflict=stale,
        said=_("The new date is saved; the old one stays in its history."),
    )
