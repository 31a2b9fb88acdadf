"""Names for conflict checks, and the check. Its answer says whether to ask the attorney, and nothing more.

Who else was named for a member, also one who came without an inquiry, and the conflict check for them.
"""

from __future__ import annotations

from flask import g, redirect, request, url_for
from flask.typing import ResponseReturnValue

from mexile.ground.db import writing
from mexile.inquiries.blueprint import blueprint
from mexile.inquiries.conflict.actions import (
    check_conflict,
    check_member,
    name_for_member,
    name_person,
    unname_for_member,
    unname_person,
)
from mexile.inquiries.conflict.forms import AdverseForm, NameForm
from mexile.inquiries.conflict.queries import names_for
from mexile.inquiries.inquiry.queries import get_inquiry, names_of
from mexile.inquiries.inquiry.views import page_of
from mexile.members.person.queries import consent_of, get_member
from mexile.members.person.rules import CONSENT_PURPOSE
from mexile.web.form import Form
from mexile.web.page import render
from mexile.web.save import save


@blueprint.route("/inquiries/<code>/conflict", methods=["GET", "POST"])
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
    return render("inquiries/conflict/names.html", form=form, row=row, names=names_of(g.viewer, row))


@blueprint.route("/inquiries/<code>/conflict/<int:id>/removal", methods=["POST"])
def name_removal(code: str, id: int) -> ResponseReturnValue:
    url = url_for("inquiries.names", code=code)
    return save(Form(), lambda: unname_person(viewer=g.viewer, code=code, id=id), url)


@blueprint.route("/inquiries/<code>/conflict/check", methods=["POST"])
def check(code: str) -> ResponseReturnValue:
    return save(Form(), lambda: check_conflict(viewer=g.viewer, code=code), page_of(code) + "#conflicts")


@blueprint.route("/members/<code>/conflict", methods=["GET", "POST"])
def adverse(code: str) -> ResponseReturnValue:
    """The names, and a form for one more."""
    form = AdverseForm()
    if request.method == "GET":
        return _adverse_page(code, form)
    return save(
        form,
        lambda: name_for_member(
            viewer=g.viewer, code=code, kind=form.kind.data, name=form.name.data, phone=form.phone.data
        ),
        _url(code),
        lambda: _adverse_page(code, form),
    )


@blueprint.route("/members/<code>/conflict/<int:id>/removal", methods=["POST"])
def adverse_removal(code: str, id: int) -> ResponseReturnValue:
    return save(Form(), lambda: unname_for_member(viewer=g.viewer, code=code, id=id), _url(code))


@blueprint.route("/members/<code>/conflict/check", methods=["GET", "POST"])
def adverse_check(code: str) -> ResponseReturnValue:
    """The answer stands on the page that comes back, and is kept nowhere: who comes back to it asks again."""
    if request.method == "GET":
        return redirect(_url(get_member(g.viewer, code).code))
    with writing():
        is_possible = check_member(viewer=g.viewer, code=code)
    return _adverse_page(code, AdverseForm(None), is_possible)


def _url(code: str) -> str:
    return url_for("inquiries.adverse", code=code)


def _adverse_page(code: str, form: AdverseForm, is_possible: bool | None = None) -> str:
    member = get_member(g.viewer, code)
    return render(
        "inquiries/conflict/adverse.html",
        member=member,
        form=form,
        names=names_for(g.viewer, member),
        has_consented=consent_of(member.id, CONSENT_PURPOSE) is not None,
        is_possible=is_possible,
    )
