"""Media and advocacy requests: the list, one request, and each step of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import g, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from mexile.access.roles import ATTORNEY
from mexile.access.viewer import Viewer
from mexile.ground import keyring, organization
from mexile.ground.errors import Invalid, NotHere, Problem
from mexile.media import actions as acts
from mexile.media.blueprint import blueprint
from mexile.media.forms import (
    ChoiceForm,
    ConsequenceForm,
    MediaAnswerForm,
    MediaClosureForm,
    MediaRequestForm,
    PublicationForm,
)
from mexile.media.queries import (
    chosen_of,
    closure_of_request,
    followed,
    get_media_request,
    media_list,
    offered_for,
    published,
    requests_of,
)
from mexile.media.rules import urgency
from mexile.members.person.models import Member
from mexile.web.form import Form
from mexile.web.page import render
from mexile.web.save import save

FORMS = {
    "choosing": ChoiceForm,
    "publishing": PublicationForm,
    "following": ConsequenceForm,
    "closing": MediaClosureForm,
}


@blueprint.route("/media")
def media() -> str:
    """Fifty at a time, what presses first."""
    lines, further = media_list(g.viewer, request.args.get("after") or None)
    next_url = url_for("media.media", after=further) if further else None
    return render("media/list.html", lines=lines, next_url=next_url)


@blueprint.route("/media/new", methods=["GET", "POST"])
def new_media() -> ResponseReturnValue:
    form = MediaRequestForm(data={"asked_on": organization.today()})
    page = lambda: render("media/new.html", form=form)
    if request.method == "GET":
        return page()
    if not form.validate():
        return page(), 422
    key_id = keyring.new_key()
    return save(
        form,
        lambda: acts.write_request(viewer=g.viewer, key_id=key_id, values=form.values()),
        lambda new: url_for("media.media_request", code=new.code),
        page,
    )


@blueprint.route("/media/<code>")
def media_request(code: str) -> str:
    return _page(code)


@blueprint.route("/media/<code>/choices", methods=["POST"])
def media_choice(code: str) -> ResponseReturnValue:
    """A member is chosen, whose live consent fits."""
    form = ChoiceForm()
    act = lambda: acts.choose_member(viewer=g.viewer, code=code, member_code=form.member.data)
    return _step(code, "choosing", form, act)


@blueprint.route("/media/<code>/members/<member>/answer", methods=["POST"])
def media_answer(code: str, member: str) -> ResponseReturnValue:
    """The attorney's yes or no to a member."""
    form = MediaAnswerForm()
    return _step(
        code,
        "choosing",
        form,
        lambda: acts.answer_choice(viewer=g.viewer, code=code, member_code=member, answer=form.answer.data),
    )


@blueprint.route("/media/<code>/members/<member>/withdrawal", methods=["POST"])
def media_withdrawal(code: str, member: str) -> ResponseReturnValue:
    form = Form()
    return _step(code, "choosing", form, lambda: acts.withdraw_member(viewer=g.viewer, code=code, member_code=member))


@blueprint.route("/media/<code>/publications", methods=["POST"])
def media_publication(code: str) -> ResponseReturnValue:
    form = PublicationForm()
    values = {name: form[name].data for name in ("published_on", "published")}
    return _step(code, "publishing", form, lambda: acts.record_publication(viewer=g.viewer, code=code, values=values))


@blueprint.route("/media/<code>/consequences", methods=["POST"])
def media_consequence(code: str) -> ResponseReturnValue:
    form = ConsequenceForm()

    def act() -> None:
        try:
            acts.record_consequence(viewer=g.viewer, code=code, values=form.values())
        except NotHere as missing:
            if missing.args == (code,):
                raise
            raise Invalid(
                Problem(
                    "member", "Nobody with this code was chosen here.", "Aquí no se eligió a nadie con este código."
                )
            ) from None

    return _step(code, "following", form, act)


@blueprint.route("/media/<code>/closure", methods=["POST"])
def media_closure(code: str) -> ResponseReturnValue:
    form = MediaClosureForm()
    return _step(code, "closing", form, lambda: acts.close_request(viewer=g.viewer, code=code, reason=form.reason.data))


def _step(code: str, name: str, form: Form, act: Callable[[], Any]) -> ResponseReturnValue:
    """One step of a request: done once, or the page with the form as it was filled in."""
    get_media_request(g.viewer, code)
    return save(form, act, url_for("media.media_request", code=code), lambda: _page(code, name, form))


def _page(code: str, sent: str | None = None, form: Form | None = None) -> str:
    media_request = get_media_request(g.viewer, code)
    closure = closure_of_request(media_request.id)
    offered = [] if closure else offered_for(g.viewer, media_request)
    return render(
        "media/request.html",
        media_request=media_request,
        urgency=urgency(media_request.by_on, organization.today(), closure is not None),
        closure=closure,
        chosen=chosen_of(g.viewer, media_request),
        offered=offered,
        published=published(media_request),
        followed=followed(g.viewer, media_request),
        is_attorney=g.viewer.is_any(ATTORNEY),
        wrong=form,
        sent=sent,
        **{
            word: form if sent == word and isinstance(form, form_class) else _fresh(form_class)
            for word, form_class in FORMS.items()
        },
    )


def _fresh(form_class: type[Form]) -> Form:
    """A form that doesn't read what was sent to its neighbor."""
    return form_class(MultiDict())


def requests_with(viewer: Viewer, member: Member) -> dict[str, object] | None:
    """On the page of consents: the requests for which the member was chosen."""
    requests = requests_of(viewer, member)
    return {"requests": requests} if requests else None
