"""The pages of a forgotten password: ask for a link, and set a new one by it."""

from __future__ import annotations

from flask import Response, make_response, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from mexile.access.account.forms import PasswordForm
from mexile.access.blueprint import blueprint
from mexile.access.gate import note_wrong_try
from mexile.access.password_reset.actions import OVER, ask_for_link, reset_password
from mexile.access.password_reset.forms import ForgottenForm
from mexile.access.password_reset.queries import user_of
from mexile.ground.errors import Conflict, Invalid
from mexile.web.i18n import lang
from mexile.web.page import notice, render_public
from mexile.web.save import save


@blueprint.route("/password-reset", methods=["GET", "POST"])
def forgotten_password() -> ResponseReturnValue:
    form = ForgottenForm()
    page = lambda: render_public("access/password_reset/forgotten.html", form=form)
    if request.method == "GET":
        return page()
    told = _(
        "If an account has this address, a letter is on its way to it. Its link works once, within an hour. Nothing "
        "comes? Look among the unwanted mail, or ask the administrator."
    )
    act = lambda: ask_for_link(email=form.email.data)
    return save(form, act, url_for("access.sign_in"), page, said=told)


@blueprint.route("/password-reset/<code>", methods=["GET", "POST"])
def password_reset(code: str) -> ResponseReturnValue:
    """Mail programs open addresses by themselves: a GET shows, and only a sent password acts."""
    form = PasswordForm()
    if user_of(code) is None:
        return _over()
    if request.method == "GET":
        return _page("access/password_reset/password_reset.html", code=code, form=form)
    if form.validate():
        try:
            reset_password(token=code, password=form.password.data or "")
        except Conflict:
            return _over()
        except Invalid as wrong:
            form.add(wrong.problems)
        else:
            notice("done", _("Your password is changed. Sign in with it and with your second factor."))
            return redirect(url_for("access.sign_in"))
    return _page("access/password_reset/password_reset.html", 422, code=code, form=form)


def _over() -> Response:
    note_wrong_try()
    return _page("access/invitation/over.html", words=OVER.text(lang()), again=url_for("access.forgotten_password"))


def _page(template: str, status: int = 200, **context: object) -> Response:
    """A page whose address is a secret: kept nowhere, told to nobody as where one came from."""
    answer = make_response(render_public(template, **context), status)
    answer.headers["Referrer-Policy"] = "no-referrer"
    answer.headers["Cache-Control"] = "no-store"
    return answer
