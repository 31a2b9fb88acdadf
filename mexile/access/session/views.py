"""Signing in and out, the lock, the password again, one's own sessions, the language.

What was typed and not saved: kept on the server, sealed, until it is.
"""

from __future__ import annotations

import json

from flask import Response, current_app, g, make_response, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response as BaseResponse

from mexile.access import known_device
from mexile.access.blueprint import blueprint
from mexile.access.gate import note_unread_try
from mexile.access.passkey import actions as passkeys
from mexile.access.passkey.queries import is_possible, passkeys_of
from mexile.access.session import actions as sessions
from mexile.access.session.forms import ConfirmForm, EndSessionForm, SignInForm, UnlockForm
from mexile.access.session.queries import sessions_of
from mexile.access.throttle import actions as slowing
from mexile.ground.db import writing
from mexile.ground.errors import Invalid
from mexile.ground.text import number_sent
from mexile.web import form as forms
from mexile.web.i18n import COOKIE, LANGUAGES, lang
from mexile.web.page import notice, render
from mexile.web.save import save
from mexile.web.way import own_page, without_words


def safe_next(path: str | None) -> str:
    """A path of this program that answers a GET, or the front page."""
    parts = own_page(path)
    return parts.path + without_words(parts.query) if parts else url_for("public.front")


@blueprint.route("/sign-in", methods=["GET", "POST"])
def sign_in() -> ResponseReturnValue:
    form = SignInForm()
    if request.method == "GET":
        form.next.data = request.args.get("next", "")
        return _sign_in(form)
    if form.credential.data or form.validate():
        try:
            token = _token(form)
        except slowing.Slowed as wrong:
            if isinstance(wrong, slowing.Unread):
                note_unread_try()
            form.add(wrong.problems)
            return _sign_in(form), 429, {"Retry-After": str(wrong.seconds)}
        except Invalid as wrong:
            form.add(wrong.problems)
        else:
            return signed_in(token, safe_next(form.next.data))
    return _sign_in(form), 422


def _sign_in(form: SignInForm) -> str:
    form.credential.data = ""
    return render("access/session/sign_in.html", form=form, has_passkeys=is_possible())


def _token(form: SignInForm) -> str:
    """Of the session that opens, by a passkey or by password and code. Raises Invalid."""
    if form.credential.data:
        return passkeys.sign_in(credential=form.credential.data, holder=g.csrf_token, device=device())
    return sessions.sign_in(
        email=form.email.data,
        password=form.password.data or "",
        code=form.code.data,
        device=device(),
        known=request.cookies.get(current_app.extensions["gate"].device_cookie, ""),
        slowed=g.get("slowed", False),
    )


def signed_in(token: str, path: str) -> Response:
    """To `path`, with the session's cookie."""
    gate = current_app.extensions["gate"]
    response = make_response(redirect(path))
    response.set_cookie(gate.cookie, token, secure=gate.is_https, httponly=True, samesite="Lax", path="/")
    know_device(response, token)
    return response


def know_device(response: BaseResponse, token: str) -> None:
    """Let this device be known from now on; see `known_device`."""
    gate = current_app.extensions["gate"]
    response.set_cookie(
        gate.device_cookie,
        sessions.device_token(token),
        max_age=int(known_device.KEPT.total_seconds()),
        secure=gate.is_https,
        httponly=True,
        samesite="Lax",
        path="/",
    )


def device() -> str:
    """The kind of device, for the list of sessions: no version, no address."""
    agent = request.headers.get("User-Agent", "")
    system = next((name for name in ("iPhone", "iPad", "Android", "Windows", "Mac", "Linux") if name in agent), "")
    browser = next((name for name in ("Firefox", "Edg", "Chrome", "Safari") if name in agent), "")
    return f"{browser.replace('Edg', 'Edge')} {system}".strip()


@blueprint.route("/sign-out", methods=["POST"])
def sign_out() -> ResponseReturnValue:
    with writing():
        sessions.end_session(viewer=g.viewer, session_id=g.viewer.session_id)
    response = make_response(redirect(url_for("public.front")))
    response.delete_cookie(current_app.extensions["gate"].cookie, path="/")
    response.headers["Clear-Site-Data"] = '"cache", "storage"'
    return response


@blueprint.route("/unlock", methods=["GET", "POST"])
def unlock() -> ResponseReturnValue:
    form = UnlockForm()
    if request.method == "GET":
        form.next.data, form.held.data = request.args.get("next", ""), request.args.get("held", "")
        return _ask(form, "unlock")
    credential = form.credential.data
    if credential or form.validate():
        try:
            if credential:
                passkeys.unlock(viewer=g.viewer, credential=credential, holder=g.csrf_token)
            else:
                sessions.unlock(viewer=g.viewer, password=form.password.data or "")
            return _go_on(form)
        except slowing.Slowed as over:
            return _over(over, form)
        except Invalid as wrong:
            form.add(wrong.problems)
    return _ask(form, "unlock"), 422


@blueprint.route("/confirm", methods=["GET", "POST"])
def confirm() -> ResponseReturnValue:
    form = ConfirmForm()
    if request.method == "GET":
        form.next.data, form.held.data = request.args.get("next", ""), request.args.get("held", "")
        return _ask(form, "confirm")
    if form.credential.data or form.validate_for(g.viewer):
        try:
            _confirm(form)
            return _go_on(form)
        except slowing.Slowed as over:
            return _over(over, form)
        except Invalid as wrong:
            form.add(wrong.problems)
    return _ask(form, "confirm"), 422


def _confirm(form: ConfirmForm) -> None:
    if form.credential.data:
        passkeys.confirm(viewer=g.viewer, credential=form.credential.data, holder=g.csrf_token)
        return
    code = form.code.data if g.viewer.needs_second_factor else ""
    sessions.confirm(viewer=g.viewer, password=form.password.data or "", code=code)


def _ask(form: UnlockForm, page: str) -> str:
    form.credential.data = ""
    return render(
        f"access/session/{page}.html",
        form=form,
        needs_code=g.viewer.needs_second_factor,
        has_passkeys=is_possible() and bool(passkeys_of(g.viewer)),
    )


def _over(wrong: slowing.Slowed, form: UnlockForm) -> BaseResponse:
    """The session has ended: the way leads by the front door, and back to the page from there."""
    notice("now", wrong.problems[0].text(lang()))
    return redirect(url_for("access.sign_in", next=form.next.data))


def _go_on(form: UnlockForm) -> BaseResponse | str:
    """Back to where one was: the page, or the form that was sent and is kept."""
    path = form.next.data or ""
    if not form.held.data:
        return redirect(safe_next(path))
    kept = sessions.draft_of(g.viewer, path, held=True)
    if kept is None:
        raise NotFound()
    with writing():
        sessions.drop_draft(viewer=g.viewer, path=path, held=True)
    return render("access/holding/held.html", action=path, fields=json.loads(kept))


OTHERS = "others"


@blueprint.route("/sessions", methods=["GET", "POST"], endpoint="sessions")
def own_sessions() -> ResponseReturnValue:
    form = EndSessionForm()
    to = url_for("access.account", _anchor="devices")
    if request.method == "POST" and form.session.data == OTHERS:
        act = lambda: sessions.end_others(viewer=g.viewer)
        return save(form, act, to, said=_("You are signed out everywhere else."))
    if request.method == "POST" and (number := number_sent(form.session.data)):
        act = lambda: sessions.end_session(viewer=g.viewer, session_id=number)
        return save(form, act, to, said=_("Signed out there."))
    return render("access/session/sessions.html", sessions=sessions_of(g.viewer))


@blueprint.route("/language", methods=["POST"])
def language() -> ResponseReturnValue:
    chosen = request.form.get("lang", "")
    response = make_response(redirect(safe_next(request.form.get("next"))))
    if chosen in LANGUAGES:
        response.set_cookie(COOKIE, chosen, max_age=365 * 86_400, samesite="Lax", httponly=True)
        if g.viewer is not None and g.viewer.language != chosen:
            with writing():
                sessions.choose_language(viewer=g.viewer, language=chosen)
    return response


MOST = 100_000
PLACE = forms.DRAFT_PLACE


@blueprint.route("/draft", methods=["POST", "DELETE"])
def draft() -> tuple[str, int]:
    """Keep (POST, a form's fields) or drop (DELETE) what is typed at `draft_place`."""
    place = request.values.get(PLACE, "")[:300]
    if not place.startswith("/"):
        return "", 400
    if request.method == "DELETE":
        with writing():
            sessions.drop_draft(viewer=g.viewer, path=place)
        return "", 204
    body = json.dumps([pair for pair in request.form.items(multi=True) if pair[0] not in forms.OWN])
    if len(body) > MOST:
        return "", 413
    with writing():
        sessions.keep_draft(viewer=g.viewer, path=place, body=body)
    return "", 204


def kept(place: str) -> MultiDict | None:
    """The fields that the viewer left at `place`, for the form to show again."""
    if g.get("viewer") is None:
        return None
    body = sessions.draft_of(g.viewer, place)
    return MultiDict(json.loads(body)) if body else None


forms.kept.fill(kept)
