"""The note of one service: read and changed on a page of its own."""

from __future__ import annotations

from functools import partial

from flask import g, request, url_for
from flask.typing import ResponseReturnValue

from mexile.ground import seal
from mexile.ground.errors import Conflict, NotHere
from mexile.services.actions.change_note import change_note
from mexile.services.actions.note import key_of_note
from mexile.services.blueprint import blueprint
from mexile.services.forms import NoteForm
from mexile.services.models.service import Service
from mexile.services.queries.listing import ServiceLine, noted_service, service_line
from mexile.web.page import render
from mexile.web.save import save


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
    about = [] if line.hidden else [one.code for one in line.people]
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
    return render("services/note.html", service=line, form=form, standing=standing)
