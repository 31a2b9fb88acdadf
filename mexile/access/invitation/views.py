"""The mailed invitation: a GET shows, a POST acts, and the secrets are shown to the person alone."""

from __future__ import annotations

from flask import Response, make_response, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from mexile.access import second_factor
from mexile.access.blueprint import blueprint
from mexile.access.gate import note_wrong_try
from mexile.access.invitation.actions import accept, problems_of, seed_of, signed_seed
from mexile.access.invitation.forms import FirstDirectorForm, InvitationForm
from mexile.access.invitation.queries import InvitationState, state_of
from mexile.access.own_account.views import picture_of
from mexile.ground.errors import Conflict, Invalid
from mexile.web.form import bare_form
from mexile.web.page import render_public


@blueprint.route("/invitations/open/<code>", methods=["GET", "POST"])
def invitation(code: str) -> ResponseReturnValue:
    """Mail programs open addresses by themselves, so that nothing but a pressed button begins."""
    standing = state_of(code)
    if not standing.is_good:
        return _over(standing)
    if request.method == "GET":
        return _page("access/invitation/invitation.html", code=code, standing=standing, form=bare_form())
    kind = FirstDirectorForm if standing.is_first else InvitationForm
    if "seed" not in request.form:
        return _set_up(code, standing, kind(None), second_factor.new_seed(), 200)
    form = kind()
    seed = seed_of(code, form.seed.data or "")
    if seed is None:
        form.add([second_factor.WRONG])
        return _set_up(code, standing, form, second_factor.new_seed(), 422)
    given = form.given(seed)
    if not form.validate():
        form.add([problem for problem in problems_of(**given) if not form[problem.place].errors])
        return _set_up(code, standing, form, seed, 422)
    try:
        codes = accept(token=code, **given)
    except Invalid as wrong:
        form.add(wrong.problems)
        return _set_up(code, standing, form, seed, 422)
    except Conflict:
        return _over(state_of(code))
    to = url_for("home.first_steps") if standing.is_first else None
    return _page("access/invitation/codes.html", codes=codes, is_new=True, to=to)


def _set_up(code: str, standing: InvitationState, form: InvitationForm, seed: str, status: int) -> Response:
    form.seed.data, form.code.data = signed_seed(code, seed), ""
    picture = picture_of(seed, standing.user.email if standing.user else request.host)
    return _page(
        "access/own_account/set_up.html", status, code=code, form=form, seed=seed, picture=picture, user=standing.user
    )


def _over(standing: InvitationState) -> Response:
    """Used, too old, replaced or never one of ours, in words; who was here before isn't said."""
    words = {
        "used": _(
            "This invitation was used already; an address works once. If it wasn't you who used it, tell a director or the administrator right now: somebody else may have your account."
        ),
        "late": _(
            "This invitation is older than 72 hours and no longer opens anything. Ask whoever invited you for a new one."
        ),
        "ahead": _(
            "The clock of this system was set back since this invitation was made, and it opens nothing. Ask whoever invited you for a new one."
        ),
        "ended": _(
            "This invitation was replaced by a newer one, or taken back. Look for a newer mail, or ask whoever invited you."
        ),
    }
    unknown = _(
        "This is no invitation. Was the address cut off in the mail? Copy the whole line, or ask for a new one."
    )
    first = _(
        "This address was for the first director, and it opens nothing any more: it was used, or is older than 72 hours, or was replaced. If nobody has come in yet, the command mexile init prints a new one; otherwise ask whoever directs to invite you."
    )
    note_wrong_try()
    said = first if standing.is_first else words.get(standing.state, unknown)
    return _page("access/invitation/over.html", words=said)


def _page(template: str, status: int = 200, **context: object) -> Response:
    """Pages whose address is a secret: kept nowhere, told to nobody as where one came from."""
    answer = make_response(render_public(template, **context), status)
    answer.headers["Referrer-Policy"] = "no-referrer"
    answer.headers["Cache-Control"] = "no-store"
    return answer
