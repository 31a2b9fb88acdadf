"""An edition shown again, and a file that somebody brings: is it ours, and which?"""

from __future__ import annotations

from flask import Response, g, request
from flask.typing import ResponseReturnValue

from mexile.ground.errors import Problem
from mexile.reports.blueprint import SHEET, blueprint
from mexile.reports.edition.forms import VerifyForm
from mexile.reports.edition.queries import edition_body, edition_of
from mexile.web.page import render

NONE = Problem("file", "Choose a file.", "Elija un archivo.")


@blueprint.route("/reports/editions/<code>/file")
def edition_file(code: str) -> ResponseReturnValue:
    """The same bytes that were made then. The trail has a row for it before they leave."""
    name, body = edition_body(code)
    g.act = f"report.again {code}"
    answer = Response(body, mimetype=SHEET)
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


@blueprint.route("/reports/editions/verify", methods=["GET", "POST"])
def verify() -> ResponseReturnValue:
    """Which edition a file is, by its hash; the file is read and not kept."""
    form = VerifyForm()
    if request.method == "GET":
        return render("reports/edition/verify.html", form=form)
    file = request.files.get("file")
    if not form.validate() or not file:
        form.add([] if file else [NONE])
        return render("reports/edition/verify.html", form=form), 422
    return render("reports/edition/verify.html", form=form, asked=True, found=edition_of(file.read()))
