"""The brand: the page where it is set, and the two files by which pages of the public wear it."""

from __future__ import annotations

from flask import Response, make_response, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug.exceptions import NotFound

from mexile.access.blueprint import blueprint
from mexile.access.brand.actions import change_brand, remove_mark
from mexile.access.brand.forms import BrandForm
from mexile.access.brand.queries import mark_png
from mexile.access.brand.rules import read_mark
from mexile.ground.errors import Invalid
from mexile.ground.organization import organization
from mexile.web.assets import YEAR
from mexile.web.form import Form
from mexile.web.page import render
from mexile.web.save import save


@blueprint.route("/organization/brand", methods=["GET", "POST"], endpoint="brand")
def brand_page() -> ResponseReturnValue:
    """The mark and the two colors."""
    form = BrandForm(obj=organization())
    page = lambda: render("access/brand/brand.html", form=form)
    if request.method == "GET":
        return page()
    sent, png = request.files.get("mark"), None
    if sent is not None and sent.filename:
        try:
            png = read_mark(sent.read())
        except Invalid as wrong:
            form.validate()
            form.add(wrong.problems)
            return page(), 422
    act = lambda: change_brand(color=form.color.data or "", title_color=form.title_color.data or "", png=png)
    return save(
        form, act, url_for("access.brand"), page, said=_("Saved. Pages of the public and new receipts wear it.")
    )


@blueprint.route("/organization/brand/mark-removal", methods=["POST"])
def mark_removal() -> ResponseReturnValue:
    return save(
        Form(), remove_mark, url_for("access.brand"), said=_("The mark is gone; the initials stand in its place.")
    )


@blueprint.route("/brand.css")
def brand_css() -> ResponseReturnValue:
    """The two colors, by day; at night the pages keep our own, whose contrast is known."""
    ours = organization()
    answer = make_response(render_template("public/brand.css", ours=ours))
    answer.mimetype = "text/css"
    return _kept(answer, request.args.get("v") == str(ours.version))


@blueprint.route("/brand/mark.png")
def mark() -> ResponseReturnValue:
    """The mark, as we drew it."""
    png = mark_png()
    if png is None:
        raise NotFound()
    answer = make_response(png)
    answer.mimetype = "image/png"
    return _kept(answer, request.args.get("v") == organization().mark_digest)


def _kept(answer: Response, is_current: bool) -> ResponseReturnValue:
    """For a year under the address that names what is in it; under another one a browser asks each time."""
    answer.headers["Cache-Control"] = YEAR if is_current else "no-cache"
    answer.add_etag()
    return answer.make_conditional(request)
