"""Imports: the list, a new file, one import and where it stands, the verdicts on its rows, and the steps that the worker does."""

from __future__ import annotations

from typing import Any

from flask import g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from mexile.ground import keyring
from mexile.ground.errors import Conflict, Invalid, Problem
from mexile.ground.text import number_sent
from mexile.sheets.batch.actions import TROUBLES, ask_for, discard_import, keep_upload, receive
from mexile.sheets.batch.queries import BatchState, DryRun, batch_state, dry_run, get_batch, imports, told, verdicts
from mexile.sheets.batch.rules import ALREADY, NOT_COMMITTED, UNDONE
from mexile.sheets.blueprint import blueprint
from mexile.sheets.mapping.forms import CommitForm, UploadForm
from mexile.sheets.target.rules import TARGETS
from mexile.sheets.value.rules import code_name
from mexile.sheets.verdict.rules import LETTERS
from mexile.web.form import Form
from mexile.web.i18n import lang
from mexile.web.page import render
from mexile.web.save import save

MOST_REASONS = 20


@blueprint.route("/sheets", methods=["GET", "POST"], endpoint="imports")
def imports_page() -> ResponseReturnValue:
    form = UploadForm()
    if request.method == "GET":
        return _list(form)
    file = request.files.get("file")
    if not form.validate() or not file:
        if not file:
            form.add([Problem("file", "Choose a file.", "Elija un archivo.")])
        return _list(form), 422
    try:
        received = receive(content=file.read(), name=file.filename or "", by=g.viewer.user_id)
    except Invalid as wrong:
        form.add(wrong.problems)
        return _list(form), 422
    received.batch.into = form.into.data
    return save(
        form,
        lambda: keep_upload(received=received),
        lambda batch: url_for("sheets.import_columns", code=batch.code),
        lambda: _list(form),
    )


def _list(form: UploadForm) -> str:
    lines, further = imports(g.viewer, request.args.get("before"))
    next_url = url_for("sheets.imports", before=further) if further else None
    return render("sheets/batch/list.html", form=form, lines=lines, next_url=next_url)


@blueprint.route("/sheets/<code>", endpoint="import_batch")
def import_page(code: str) -> ResponseReturnValue:
    """Where the import stands: it waits, runs, was checked, was written or was undone."""
    return batch_page(batch_state(g.viewer, code), CommitForm(None))


def batch_page(state: BatchState, form: CommitForm) -> str:
    run = dry_run(state.batch, state.check) if state.check else None
    return render(
        "sheets/batch/batch.html",
        state=state,
        run=run,
        form=form,
        trouble=_trouble(state),
        reasons=told(run, MOST_REASONS) if run else [],
        most_reasons=MOST_REASONS,
        **_words(state.batch.into),
    )


def _trouble(state: BatchState) -> Problem | None:
    return TROUBLES.get(state.progress.trouble) if state.progress and state.progress.trouble else None


def _words(into: str | None) -> dict[str, object]:
    """How the templates name fields and codes."""
    fields = TARGETS[into].fields if into else {}
    return {
        "field_word": lambda name: fields[name].label(lang()) if name in fields else name,
        "code_word": lambda name, code: code_name(fields[name], code, lang()),
    }


@blueprint.route("/sheets/<code>/progress")
def import_progress(code: str) -> ResponseReturnValue | tuple[str, int, dict[str, str]]:
    """The piece of the page that says how far it is; the page comes anew when the step ends."""
    state = batch_state(g.viewer, code)
    if not state.is_running:
        return "", 200, {"HX-Refresh": "true"}
    return render_template("sheets/batch/_progress.html", state=state)


@blueprint.route("/sheets/<code>/rows")
def import_rows(code: str) -> ResponseReturnValue:
    """The verdict on each row, fifty a page, all or those of one kind."""
    state = batch_state(g.viewer, code)
    run = dry_run(state.batch, state.check) if state.check else None
    only = request.args.get("only")
    only = only if only in LETTERS.values() else None
    rows, further = _rows(run, only)
    more = url_for("sheets.import_rows", code=code, only=only, after=further) if further else None
    return render(
        "sheets/batch/rows.html",
        state=state,
        run=run,
        rows=rows,
        only=only,
        next_url=more,
        **_words(state.batch.into),
    )


def _rows(run: DryRun | None, only: str | None) -> tuple[list, int | None]:
    after = request.args.get("after", "0")
    return verdicts(run, only, number_sent(after) or 0) if run else ([], None)


@blueprint.route("/sheets/<code>/discard", methods=["POST"])
def import_discard(code: str) -> ResponseReturnValue:
    """The file is thrown away; nothing had been written."""
    return save(
        Form(),
        lambda: discard_import(batch=get_batch(g.viewer, code)),
        url_for("sheets.imports"),
        said=_("%(code)s was thrown away. Nothing had been written.", code=code),
        then=keyring.current().erase,
    )


UNCHECKED = Problem("", "Check the sheet first.", "Revise primero la hoja.")
ERRORS = Problem(
    "leave_out",
    "Some rows have errors. Mend the sheet and upload it again, or tick that they are left out.",
    "Hay filas con errores. Corrija la hoja y súbala de nuevo, o marque que se dejan fuera.",
)
NOTHING = Problem("", "There is nothing new in this sheet.", "No hay nada nuevo en esta hoja.")


def _ask(code: str, step: str, form: Form, **decisions: Any) -> ResponseReturnValue:
    """Have the worker do it, once for one form, and go back to the import's page."""

    def act() -> None:
        state = batch_state(g.viewer, code)
        if step != "undo" and state.commit is not None:
            raise Conflict(ALREADY)
        ask_for(batch=state.batch, step=step, viewer=g.viewer, **decisions)

    return save(form, act, url_for("sheets.import_batch", code=code))


@blueprint.route("/sheets/<code>/check", methods=["POST"])
def import_check(code: str) -> ResponseReturnValue:
    """Once more: something may have changed since."""
    state = batch_state(g.viewer, code)
    if not state.is_held or not state.batch.body:
        raise Conflict(UNCHECKED)
    return _ask(code, "check", Form())


@blueprint.route("/sheets/<code>/commit", methods=["POST"])
def import_commit(code: str) -> ResponseReturnValue:
    """Write what the dry run showed."""
    state, form = batch_state(g.viewer, code), CommitForm()
    if state.commit is not None:
        return redirect(url_for("sheets.import_batch", code=code))
    if state.check is None:
        raise Conflict(UNCHECKED)
    take = form.doubtful.data == "take"
    if problems := _refusals(dry_run(state.batch, state.check), form, take):
        form.add(problems)
        return batch_page(state, form), 422
    return _ask(code, "commit", form, take_doubtful=take)


def _refusals(run: DryRun, form: CommitForm, take: bool) -> list[Problem]:
    problems = list(run.questions)
    if run.counts["error"] and not form.leave_out.data:
        problems.append(ERRORS)
    if not run.counts["create"] + run.counts["update"] + (run.counts["duplicate"] if take else 0):
        problems.append(NOTHING)
    return problems


@blueprint.route("/sheets/<code>/undo", methods=["POST"])
def import_undo(code: str) -> ResponseReturnValue:
    """Take the whole batch back."""
    state = batch_state(g.viewer, code)
    if state.commit is None:
        raise Conflict(NOT_COMMITTED)
    if state.undo is not None:
        raise Conflict(UNDONE)
    return _ask(code, "undo", Form())
