"""Names for conflict checks, and the check. Its answer says whether to ask the attorney, and nothing more."""

from __future__ import annotations

from flask import g, request, url_for
from flask.typing import ResponseReturnValue

from mexile.inquiries.actions.conflict import check_conflict, name_person, unname_person
from mexile.inquiries.blueprint import blueprint
from mexile.inquiries.forms.decision import NameForm
from mexile.inquiries.queries.inquiry import get_inquiry, names_of
from mexile.inquiries.views.inquiry import page_of
from mexile.web.form import Form
from mexile.web.page import render
from mexile.web.save import save


@blueprint.route("/inquiries/<code>/names", methods=["GET", "POST"])
def names(code: str) -> ResponseReturnValue:
    """The names of an inquiry, and a form for one more."""
    form = NameForm()
    if request.method == "GET":
        return _page(code, form)
    return save(
        form,
        lambda: name_person(
            viewer=g.viewer,
            code=code,
            kind=form.kind.data,
            name=form.name.data,
            persecutor=form.persecutor.data or None,
            phone=form.phone.data,
        ),
        url_for("inquiries.names", code=code),
        lambda: _page(code, form),
    )


def _page(code: str, form: NameForm) -> str:
    row = get_inquiry(g.viewer, code)
    return render("inquiries/names.html", form=form, row=row, names=names_of(g.viewer, row))


@blueprint.route("/inquiries/<code>/names/<int:id>/removal", methods=["POST"])
def name_removal(code: str, id: int) -> ResponseReturnValue:
    url = url_for("inquiries.names", code=code)
    return save(Form(), lambda: unname_person(viewer=g.viewer, code=code, id=id), url)


@blueprint.route("/inquiries/<code>/check", methods=["POST"])
def check(code: str) -> ResponseReturnValue:
    return save(Form(), lambda: check_conflict(viewer=g.viewer, code=code), page_of(code) + "#conflicts")
