"""A conversation with the person of an inquiry: writing it down, and going on with it later."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import g, request
from flask.typing import ResponseReturnValue

from mexile.ground import organization
from mexile.ground.errors import Conflict
from mexile.ground.vocabulary import vocabulary
from mexile.inquiries.blueprint import blueprint
from mexile.inquiries.conversation.actions import edit_talk, talk
from mexile.inquiries.conversation.forms import ConversationForm, values_of
from mexile.inquiries.inquiry.models import Inquiry
from mexile.inquiries.inquiry.queries import get_conversation, get_inquiry, told_in
from mexile.inquiries.inquiry.views import page_of
from mexile.web.page import render
from mexile.web.save import save


@blueprint.route("/inquiries/<code>/conversations", methods=["GET", "POST"])
def new_conversation(code: str) -> ResponseReturnValue:
    inquiry = get_inquiry(g.viewer, code)
    form = ConversationForm()
    if request.method == "GET":
        if not form.is_restored:
            _begin(form, inquiry)
        return _page(form, inquiry)
    return _answer(form, inquiry, lambda values: talk(viewer=g.viewer, code=code, values=values))


@blueprint.route("/inquiries/<code>/conversations/<int:id>", methods=["GET", "POST"])
def conversation(code: str, id: int) -> ResponseReturnValue:
    inquiry = get_inquiry(g.viewer, code)
    row = get_conversation(g.viewer, code, id)
    if request.method == "GET":
        form = ConversationForm(data=values_of(row, told_in(row.id)))
        form.version.data = form.version.data or str(row.version)
        if not form.is_restored:
            _sign(form)
        return _page(form, inquiry, id)
    form = ConversationForm()
    version = form.version_shown()
    return _answer(
        form,
        inquiry,
        lambda values: edit_talk(viewer=g.viewer, code=code, id=id, version=version, values=values),
        id,
    )


def _answer(
    form: ConversationForm, row: Inquiry, act: Callable[[dict[str, Any]], Any], id: int | None = None
) -> ResponseReturnValue:
    def meanwhile(error: Conflict) -> str:
        fresh = get_conversation(g.viewer, row.code, id or 0)
        form.version.data = str(fresh.version)
        form.add([error.problem])
        return _page(form, row, id, (fresh, told_in(fresh.id)))

    return save(form, lambda: act(form.values()), page_of(row.code), lambda: _page(form, row, id), conflict=meanwhile)


def _begin(form: ConversationForm, inquiry: Inquiry) -> None:
    form.held_on.data = organization.today()
    form.language.data = inquiry.language or ""
    _sign(form)


def _sign(form: ConversationForm) -> None:
    """The initials of who writes stand ready beside every tick."""
    own = initials(g.viewer.name)
    for thing in vocabulary("conversation_told"):
        field = form[f"{thing}_initials"]
        field.data = field.data or own


def initials(name: str) -> str:
    """The first letters of the first two words of a name."""
    return "".join(word[0] for word in name.split()[:2] if word[0].isalpha()).upper()


def _page(form: ConversationForm, inquiry: Inquiry, id: int | None = None, stands: Any = None) -> str:
    return render(
        "inquiries/conversation/conversation.html",
        form=form,
        row=inquiry,
        id=id,
        stands=stands,
        told_words=vocabulary("conversation_told"),
    )
