"""The steps of an import that the worker does: check again, commit, undo."""

from __future__ import annotations

from typing import Any

from flask import g, redirect, url_for
from flask.typing import ResponseReturnValue

from mexile.ground.errors import Conflict, Problem
from mexile.members.actions.import_commit import ALREADY
from mexile.members.actions.import_job import ask_for
from mexile.members.actions.import_undo import NOT_COMMITTED, UNDONE
from mexile.members.blueprint import blueprint
from mexile.members.forms.imports import CommitForm
from mexile.members.queries.imports import DryRun, dry_run, standing
from mexile.members.views.imports import batch_page
from mexile.web.form import Form
from mexile.web.save import save

UNCHECKED = Problem("", "Check the sheet first.", "Revise primero la hoja.")
ERRORS = Problem(
    "leave_out",
    "Some rows have errors. Mend the sheet and upload it again, or tick that they are left out.",
    "Hay filas con errores. Corrija la hoja y súbala de nuevo, o marque que se dejan fuera.",
)
NOTHING = Problem("", "There is nothing new in this sheet.", "No hay nada nuevo en esta hoja.")


def _ask(code: str, step: str, form: Form, **said: Any) -> ResponseReturnValue:
    """Have the worker do it, once for one form, and go back to the import's page."""

    def act() -> None:
        found = standing(g.viewer, code)
        if step != "undo" and found.commit is not None:
            raise Conflict(ALREADY)
        ask_for(batch=found.batch, step=step, viewer=g.viewer, **said)

    return save(form, act, url_for("members.import_batch", code=code))


@blueprint.route("/members/imports/<code>/check", methods=["POST"])
def import_check(code: str) -> ResponseReturnValue:
    """Once more: something may have changed since."""
    found = standing(g.viewer, code)
    if not found.is_held or not found.batch.body:
        raise Conflict(UNCHECKED)
    return _ask(code, "check", Form())


@blueprint.route("/members/imports/<code>/commit", methods=["POST"])
def import_commit(code: str) -> ResponseReturnValue:
    """Write what the dry run showed."""
    found, form = standing(g.viewer, code), CommitForm()
    if found.commit is not None:
        return redirect(url_for("members.import_batch", code=code))
    if found.check is None:
        raise Conflict(UNCHECKED)
    take = form.doubtful.data == "take"
    if problems := _refusals(dry_run(found.batch, found.check), form, take):
        form.add(problems)
        return batch_page(found, form), 422
    return _ask(code, "commit", form, take_doubtful=take)


def _refusals(run: DryRun, form: CommitForm, take: bool) -> list[Problem]:
    problems = list(run.questions)
    if run.counts["error"] and not form.leave_out.data:
        problems.append(ERRORS)
    if not run.counts["create"] + run.counts["update"] + (run.counts["duplicate"] if take else 0):
        problems.append(NOTHING)
    return problems


@blueprint.route("/members/imports/<code>/undo", methods=["POST"])
def import_undo(code: str) -> ResponseReturnValue:
    """Take the whole batch back."""
    found = standing(g.viewer, code)
    if found.commit is None:
        raise Conflict(NOT_COMMITTED)
    if found.undo is not None:
        raise Conflict(UNDONE)
    return _ask(code, "undo", Form())
