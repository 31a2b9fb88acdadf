"""My account: all that opens it, where it is open, and how its pages behave; another password, another second factor,
other recovery codes."""

from __future__ import annotations

import segno
from flask import current_app, g, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from markupsafe import Markup

from mexile.access import second_factor
from mexile.access.account.forms import PasswordForm, SeedForm
from mexile.access.account.queries import codes_left, email_of
from mexile.access.blueprint import blueprint
from mexile.access.invitation.actions import seed_of, signed_seed
from mexile.access.own_account import actions as own_account
from mexile.access.passkey.queries import is_possible, passkeys_of
from mexile.access.session.queries import sessions_of
from mexile.access.session.views import know_device
from mexile.ground import once
from mexile.ground.db import writing
from mexile.ground.errors import Invalid
from mexile.web.form import Form
from mexile.web.page import notice, render
from mexile.web.save import save


def picture_of(seed: str, email: str) -> Markup:
    """The picture that the telephone reads."""
    address = second_factor.address_for_telephone(seed, email)
    drawn = segno.make(address, error="m").svg_inline(scale=5, border=2, light="white", lineclass="", svgclass="qr")
    return Markup(drawn)  # noqa: S704 - drawn by the library from our own words


@blueprint.route("/account")
def account() -> str:
    return render(
        "access/own_account/account.html",
        left=codes_left(g.viewer),
        email=email_of(g.viewer),
        passkeys=passkeys_of(g.viewer),
        takes_passkeys=is_possible(),
        sessions=sessions_of(g.viewer),
    )


@blueprint.route("/account/shortcuts", methods=["POST"])
def shortcuts() -> ResponseReturnValue:
    """Switch the keys of one letter off, or on again."""
    act = lambda: own_account.set_single_keys(viewer=g.viewer, on=request.form.get("on") == "yes")
    return save(Form(), act, url_for("access.account", _anchor="shortcuts"))


@blueprint.route("/account/password", methods=["GET", "POST"])
def password() -> ResponseReturnValue:
    form = PasswordForm()
    if request.method == "GET":
        return render("access/own_account/password.html", form=form)
    if not form.validate():
        return render("access/own_account/password.html", form=form), 422
    try:
        own_account.change_password(viewer=g.viewer, password=form.password.data or "")
    except Invalid as wrong:
        form.add(wrong.problems)
        return render("access/own_account/password.html", form=form), 422
    notice("done", _("Your password is changed. Your other sessions have ended."))
    answer = redirect(url_for("access.account"))
    know_device(answer, request.cookies.get(current_app.extensions["gate"].cookie, ""))
    return answer


@blueprint.route("/account/second-factor", methods=["GET", "POST"], endpoint="second_factor")
def own_second_factor() -> ResponseReturnValue:
    form = SeedForm()
    if request.method == "GET":
        return _second_factor(form, second_factor.new_seed())
    seed = seed_of(str(g.viewer.user_id), form.seed.data or "")
    if seed is None or not form.validate():
        return _second_factor(form, seed or second_factor.new_seed()), 422
    try:
        own_account.change_second_factor(viewer=g.viewer, seed=seed, code=form.code.data)
    except Invalid as wrong:
        form.add(wrong.problems)
        return _second_factor(form, seed), 422
    notice("done", _("Your second factor is changed. Your other sessions have ended."))
    return redirect(url_for("access.account"))


def _second_factor(form: SeedForm, seed: str) -> str:
    form.seed.data, form.code.data = signed_seed(str(g.viewer.user_id), seed), ""
    picture = picture_of(seed, email_of(g.viewer))
    return render("access/own_account/second_factor.html", form=form, seed=seed, picture=picture)


@blueprint.route("/account/recovery-codes", methods=["GET", "POST"])
def recovery_codes() -> ResponseReturnValue:
    """New codes stand on the answer itself and nowhere after it: so it is no `save`, which leads to another page."""
    form = Form()
    if request.method == "GET":
        return render("access/own_account/recovery_codes.html", left=codes_left(g.viewer), form=form)
    with writing():
        if done := once.result(form.token):
            return redirect(done)
        codes = own_account.new_recovery_codes(viewer=g.viewer)
        once.remember(form.token, url_for("access.account"))
    return render("access/invitation/codes.html", codes=codes, is_new=False)
