"""One's own passkeys: a new one, the end of one, and what the browser asks the device."""

from __future__ import annotations

from flask import Response, g, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from mexile.access.blueprint import blueprint
from mexile.access.passkey import actions as passkeys
from mexile.access.passkey.forms import EndPasskeyForm, PasskeyForm
from mexile.access.passkey.queries import is_possible, options_to_add, options_to_open
from mexile.access.session.views import device
from mexile.ground.text import number_sent
from mexile.web.page import render
from mexile.web.save import save


@blueprint.route("/passkeys/options")
def passkey_options() -> Response:
    """For `navigator.credentials.get`: at the door, behind the lock, where one confirms."""
    return _json(options_to_open(g.viewer, g.csrf_token))


@blueprint.route("/account/passkeys/options")
def new_passkey_options() -> Response:
    """For `navigator.credentials.create`."""
    return _json(options_to_add(g.viewer, g.csrf_token))


def _json(options: str) -> Response:
    return Response(options, mimetype="application/json")


@blueprint.route("/account/passkeys/new", methods=["GET", "POST"])
def new_passkey() -> ResponseReturnValue:
    form = PasskeyForm()
    credential, form.credential.data = form.credential.data or "", ""
    page = lambda: render("access/passkey/new_passkey.html", form=form, is_possible=is_possible())
    if request.method == "GET":
        form.name.data = device()
        return page()
    act = lambda: passkeys.add_passkey(viewer=g.viewer, credential=credential, holder=g.csrf_token, name=form.name.data)
    to = url_for("access.account", _anchor="passkeys")
    return save(form, act, to, page, said=_("The passkey was added. You can sign in with it from now on."))


@blueprint.route("/account/passkeys/end", methods=["POST"])
def passkey_end() -> ResponseReturnValue:
    form = EndPasskeyForm()
    act = lambda: passkeys.remove_passkey(viewer=g.viewer, passkey_id=number_sent(form.passkey.data) or 0)
    to = url_for("access.account", _anchor="passkeys")
    return save(form, act, to, said=_("The passkey was removed. Your other sessions have ended."))
