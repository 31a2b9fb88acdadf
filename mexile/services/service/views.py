"""One service: its page, correcting, cancelling, doing it again, and its note."""

from __future__ import annotations

from functools import partial

from flask import g, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext, ngettext

from mexile.ground import clock, seal
from mexile.ground.errors import Conflict, NotHere
from mexile.ground.organization import today, zone
from mexile.services.blueprint import blueprint
from mexile.services.correction.actions import cancel_service, change_note, correct_service, restore_service
from mexile.services.listing.queries import ServiceLine, noted_service, service_line, service_note
from mexile.services.service.actions import key_of_note, log_again
from mexile.services.service.forms import AgainForm, CancelForm, CorrectionForm, NoteForm
from mexile.services.service.models import Service
from mexile.services.service.rules import QUESTIONS
from mexile.services.service_type.queries import kind
from mexile.web.page import notice, render
from mexile.web.save import save
from mexile.web.way import back


@blueprint.route("/services/<code>")
def service(code: str) -> str:
    line = get_line(code)
    return render(
        "services/service/service.html",
        service=line,
        note=service_note(g.viewer, code),
        can_undo=_can_undo(line),
    )


@blueprint.route("/services/<code>/correction", methods=["GET", "POST"])
def correction(code: str) -> ResponseReturnValue:
    line = get_line(code)
    if line.is_void:
        raise NotHere(code)
    if request.method == "GET":
        return _correcting(line, CorrectionForm(obj=line))
    form = CorrectionForm()

    def changed(wrong: Conflict) -> str:
        standing = get_line(code)
        form.version.data = str(standing.version)
        form.add([wrong.problem])
        return _correcting(standing, form, standing)

    return save(
        form,
        lambda: correct_service(
            viewer=g.viewer, code=code, version=form.version_shown(), apply=form.apply, today=today()
        ),
        url_for("services.service", code=code),
        lambda: _correcting(line, form),
        conflict=changed,
    )


def _correcting(line: ServiceLine, form: CorrectionForm, standing: ServiceLine | None = None) -> str:
    sort = kind(line.type_code)
    return render(
        "services/correction/correction.html",
        service=line,
        form=form,
        is_given=sort is not None and sort.counts == "given",
        asked=[problem for problem in form.problems() if problem.place in QUESTIONS],
        standing=standing,
    )


@blueprint.route("/services/<code>/void", methods=["GET", "POST"])
def void(code: str) -> ResponseReturnValue:
    """Cancel an entry with a reason."""
    line, form = get_line(code), CancelForm()
    page = lambda: render("services/correction/void.html", service=line, form=form)
    if request.method == "GET":
        return page()
    act = lambda: cancel_service(viewer=g.viewer, code=code, reason=form.reason.data)
    return save(form, act, url_for("services.service", code=code), page)


@blueprint.route("/services/<code>/again", methods=["POST"])
def again(code: str) -> ResponseReturnValue:
    """The same for the same people, today; asked once more where they have it today already."""
    form, line, way = AgainForm(), get_line(code), request.form.get("back")

    def page() -> str:
        can = form.errors.keys() <= set(QUESTIONS)
        return render("services/service/again.html", service=line, form=form, back=way, can=can, is_restored=False)

    return save(
        form,
        lambda: log_again(viewer=g.viewer, code=code, today=today(), again=form.again.data == "yes"),
        lambda service: back(way, logged=service.code),
        page,
        then=lambda _service: _say_left_out(line.hidden),
    )


@blueprint.route("/services/<code>/restoration", methods=["POST"])
def restoration(code: str) -> ResponseReturnValue:
    """A cancelled entry counts again; asked once more where somebody logged the same since."""
    form, line = AgainForm(), get_line(code)

    def page() -> str:
        can = form.errors.keys() <= set(QUESTIONS)
        return render("services/service/again.html", service=line, form=form, back="", can=can, is_restored=True)

    return save(
        form,
        lambda: restore_service(viewer=g.viewer, code=code, today=today(), again=form.again.data == "yes"),
        url_for("services.service", code=code),
        page,
        said=gettext("It counts again."),
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


def get_line(code: str) -> ServiceLine:
    line = service_line(g.viewer, code)
    if line is None:
        raise NotHere(code)
    return line


def _can_undo(line: ServiceLine) -> bool:
    return not line.is_void and line.by_user_id == g.viewer.user_id and clock.is_today(line.logged_at, zone())


@blueprint.route("/services/<code>/note", methods=["GET", "POST"])
def note(code: str) -> ResponseReturnValue:
    """What is written now, to be changed. A note whose key was destroyed is changed by nobody."""
    line, form = service_line(g.viewer, code), NoteForm()
    held = noted_service(g.viewer, code)
    if line is None or held is None or line.is_void or held.note in (seal.NO_KEY, seal.UNOPENED):
        raise NotHere(code)
    if request.method == "GET":
        if not form.is_restored:
            form.note.data = held.note or ""
        form.version.data = form.version.data or str(held.version)
        return _page(form, line)
    about = [] if line.hidden else [person.code for person in line.people]
    key_id = held.key_id or key_of_note(g.viewer, about)

    def act() -> Service:
        version, text = form.version_shown(), form.note.data or None
        return change_note(viewer=g.viewer, code=code, version=version, key_id=key_id, text=text)

    return save(
        form,
        act,
        url_for("services.service", code=code),
        lambda: _page(form, line),
        conflict=partial(_both, form, line),
    )


def _both(form: NoteForm, line: ServiceLine, changed: Conflict) -> str:
    """What stands there now beside what was typed."""
    standing = noted_service(g.viewer, line.code)
    form.version.data = str(standing.version) if standing else ""
    form.add([changed.problem])
    return _page(form, line, standing.note if standing else None)


def _page(form: NoteForm, line: ServiceLine, standing: str | None = None) -> str:
    return render("services/service/note.html", service=line, form=form, standing=standing)
