"""One service: its page, correcting, cancelling, undoing, doing it again, the next date."""

from __future__ import annotations

from typing import Any

from flask import g, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from mexile.ground import clock, once
from mexile.ground.db import writing
from mexile.ground.errors import Conflict, Invalid, NotHere
from mexile.ground.organisation import today, zone
from mexile.services.actions.again import log_again
from mexile.services.actions.correct import Correction, correct_service
from mexile.services.actions.event import NextDate, set_next_date
from mexile.services.actions.undo import undo_service
from mexile.services.actions.void import cancel_service
from mexile.services.blueprint import blueprint
from mexile.services.forms import CancelForm, CorrectionForm, NextDateForm
from mexile.services.queries.listing import ServiceLine, service_line, service_note
from mexile.services.queries.types import kind
from mexile.services.rules.act import QUESTIONS
from mexile.web.form import Form
from mexile.web.page import notice, render
from mexile.web.way import back


@blueprint.route("/services/<code>")
def service(code: str) -> str:
    line = _line(code)
    return render(
        "services/service.html",
        service=line,
        note=service_note(g.viewer, code),
        can_undo=_can_undo(line),
    )


@blueprint.route("/services/<code>/correction", methods=["GET", "POST"])
def correction(code: str) -> ResponseReturnValue:
    line = _line(code)
    if line.is_void:
        raise NotHere(code)
    form = CorrectionForm(data=_values(line)) if request.method == "GET" else CorrectionForm()
    if request.method == "GET":
        return _correcting(line, form=form)
    if not form.validate():
        return _correcting(line, form=form), 422
    try:
        with writing():
            if done := once.result(form.token):
                return redirect(done)
            correct_service(viewer=g.viewer, code=code, new=_correction(form, line), today=today())
            once.remember(form.token, url_for("services.service", code=code))
    except Invalid as wrong:
        form.add(wrong.problems)
        asked = [problem for problem in wrong.problems if problem.place in QUESTIONS]
        return _correcting(line, form=form, asked=asked), 422
    except Conflict as wrong:
        standing = _line(code)
        form.version.data = str(standing.version)
        form.add([wrong.problem])
        return _correcting(standing, form=form, standing=standing), 409
    return redirect(url_for("services.service", code=code))


def _correcting(line: ServiceLine, **more: Any) -> str:
    of = kind(line.type_code)
    return render(
        "services/correction.html",
        service=line,
        is_given=of is not None and of.counts == "given",
        **{"asked": (), "standing": None, **more},
    )


def _values(line: ServiceLine) -> dict[str, object]:
    return {
        "version": line.version,
        "on": line.on,
        "minutes": line.minutes,
        "quantity": line.quantity,
        "amount": line.amount_cents,
        "place": line.place,
        "mode": line.mode,
    }


def _correction(form: CorrectionForm, line: ServiceLine) -> Correction:
    return Correction(
        version=form.version_shown(),
        on=form.on.data,
        minutes=line.minutes if form.minutes.data is None else form.minutes.data,
        quantity=form.quantity.data,
        amount_cents=form.amount.data,
        place=form.place.data,
        mode=form.mode.data,
        before_intake=form.before_intake.data == "yes",
        again=form.again.data == "yes",
    )


@blueprint.route("/services/<code>/void", methods=["GET", "POST"])
def void(code: str) -> ResponseReturnValue:
    """Cancel an entry with a reason."""
    line, form = _line(code), CancelForm()
    if request.method == "GET":
        return render("services/void.html", service=line, form=form)
    if not form.validate():
        return render("services/void.html", service=line, form=form), 422
    url = url_for("services.service", code=code)
    try:
        with writing():
            if done := once.result(form.token):
                return redirect(done)
            cancel_service(viewer=g.viewer, code=code, reason=form.reason.data)
            once.remember(form.token, url)
    except Invalid as wrong:
        form.add(wrong.problems)
        return render("services/void.html", service=line, form=form), 422
    return redirect(url)


@blueprint.route("/services/<code>/undo", methods=["POST"])
def undo(code: str) -> ResponseReturnValue:
    """Take back what I logged today."""
    form = Form()
    url = back(request.form.get("back"))
    with writing():
        if done := once.result(form.token):
            return redirect(done)
        undo_service(viewer=g.viewer, code=code, zone=zone())
        once.remember(form.token, url)
    notice("done", _("Taken back: %(code)s counts nowhere.", code=code))
    return redirect(url)


@blueprint.route("/services/<code>/again", methods=["POST"])
def again(code: str) -> ResponseReturnValue:
    """The same for the same people, today; asked once more where they have it today already."""
    form, line, way = Form(), _line(code), request.form.get("back")
    try:
        with writing():
            if done := once.result(form.token):
                return redirect(done)
            service = log_again(viewer=g.viewer, code=code, today=today(), again=request.form.get("again") == "yes")
            url = back(way, logged=service.code)
            once.remember(form.token, url)
    except Invalid as wrong:
        form.add(wrong.problems)
        can = all(problem.place in QUESTIONS for problem in wrong.problems)
        return render("services/again.html", service=line, form=form, back=way, can=can), 422
    if line.hidden:
        notice(
            "soon",
            ngettext(
                "Not logged for %(num)s person whom you may not see.",
                "Not logged for %(num)s people whom you may not see.",
                line.hidden,
            ),
        )
    return redirect(url)


@blueprint.route("/services/<code>/next-date", methods=["GET", "POST"])
def next_date(code: str) -> ResponseReturnValue:
    """The next date that was given."""
    line, form = _line(code), NextDateForm()
    if request.method == "GET":
        return render("services/next_date.html", service=line, form=form)
    if not form.validate():
        return render("services/next_date.html", service=line, form=form), 422
    url = back(request.form.get("back"))
    try:
        with writing():
            if done := once.result(form.token):
                return redirect(done)
            given = NextDate(form.on.data, form.at.data, form.place.data or None)
            set_next_date(viewer=g.viewer, code=code, next_date=given, today=today())
            once.remember(form.token, url)
    except Invalid as wrong:
        form.add(wrong.problems)
        return render("services/next_date.html", service=line, form=form), 422
    notice("done", _("The next date stands in the calendar."))
    return redirect(url)


def _line(code: str) -> ServiceLine:
    found = service_line(g.viewer, code)
    if found is None:
        raise NotHere(code)
    return found


def _can_undo(line: ServiceLine) -> bool:
    return not line.is_void and line.by_user_id == g.viewer.user_id and clock.is_today(line.logged_at, zone())
