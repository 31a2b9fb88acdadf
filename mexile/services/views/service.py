"""One service: its page, correcting, cancelling, undoing, doing it again, the next date."""

from __future__ import annotations

from flask import g, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from mexile.ground import clock
from mexile.ground.errors import Conflict, NotHere
from mexile.ground.organization import today, zone
from mexile.services.actions.again import log_again
from mexile.services.actions.correct import Correction, correct_service
from mexile.services.actions.event import NextDate, set_next_date
from mexile.services.actions.undo import undo_service
from mexile.services.actions.void import cancel_service
from mexile.services.blueprint import blueprint
from mexile.services.forms import AgainForm, CancelForm, CorrectionForm, NextDateForm
from mexile.services.queries.listing import ServiceLine, service_line, service_note
from mexile.services.queries.types import kind
from mexile.services.rules.act import QUESTIONS
from mexile.web.form import Form
from mexile.web.page import notice, render
from mexile.web.save import save
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
    if request.method == "GET":
        return _correcting(line, CorrectionForm(data=_values(line)))
    form = CorrectionForm()

    def changed(wrong: Conflict) -> str:
        standing = _line(code)
        form.version.data = str(standing.version)
        form.add([wrong.problem])
        return _correcting(standing, form, standing)

    return save(
        form,
        lambda: correct_service(viewer=g.viewer, code=code, new=_correction(form, line), today=today()),
        url_for("services.service", code=code),
        lambda: _correcting(line, form),
        conflict=changed,
    )


def _correcting(line: ServiceLine, form: CorrectionForm, standing: ServiceLine | None = None) -> str:
    sort = kind(line.type_code)
    return render(
        "services/correction.html",
        service=line,
        form=form,
        is_given=sort is not None and sort.counts == "given",
        asked=[problem for problem in form.problems() if problem.place in QUESTIONS],
        standing=standing,
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
        on=form.on.given,
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
    page = lambda: render("services/void.html", service=line, form=form)
    if request.method == "GET":
        return page()
    act = lambda: cancel_service(viewer=g.viewer, code=code, reason=form.reason.data)
    return save(form, act, url_for("services.service", code=code), page)


@blueprint.route("/services/<code>/undo", methods=["POST"])
def undo(code: str) -> ResponseReturnValue:
    """Take back what I logged today."""
    act = lambda: undo_service(viewer=g.viewer, code=code, zone=zone())
    said = _("Taken back: %(code)s counts nowhere.", code=code)
    return save(Form(), act, back(request.form.get("back")), said=said)


@blueprint.route("/services/<code>/again", methods=["POST"])
def again(code: str) -> ResponseReturnValue:
    """The same for the same people, today; asked once more where they have it today already."""
    form, line, way = AgainForm(), _line(code), request.form.get("back")

    def page() -> str:
        can = form.errors.keys() <= set(QUESTIONS)
        return render("services/again.html", service=line, form=form, back=way, can=can)

    return save(
        form,
        lambda: log_again(viewer=g.viewer, code=code, today=today(), again=form.again.data == "yes"),
        lambda service: back(way, logged=service.code),
        page,
        then=lambda _service: _say_left_out(line.hidden),
    )


def _say_left_out(hidden: int) -> None:
    if hidden:
        notice(
            "soon",
            ngettext(
                "Not logged for %(num)s person whom you may not see.",
                "Not logged for %(num)s people whom you may not see.",
                hidden,
            ),
        )


@blueprint.route("/services/<code>/next-date", methods=["GET", "POST"])
def next_date(code: str) -> ResponseReturnValue:
    """The next date that was given."""
    line, form = _line(code), NextDateForm()
    page = lambda: render("services/next_date.html", service=line, form=form)
    if request.method == "GET":
        return page()

    def act() -> None:
        given = NextDate(form.on.data, form.at.data, form.place.data or None)
        set_next_date(viewer=g.viewer, code=code, next_date=given, today=today())

    return save(form, act, back(request.form.get("back")), page, said=_("The next date stands in the calendar."))


def _line(code: str) -> ServiceLine:
    found = service_line(g.viewer, code)
    if found is None:
        raise NotHere(code)
    return found


def _can_undo(line: ServiceLine) -> bool:
    return not line.is_void and line.by_user_id == g.viewer.user_id and clock.is_today(line.logged_at, zone())
