"""Deciding on an inquiry, ending it, taking a decision back, telling the person.

Choosing cases: who was talked with and has no decision yet, and the room that is left.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import g, request, url_for
from flask.typing import ResponseReturnValue

from mexile.ground import clock, organization
from mexile.ground.errors import Conflict
from mexile.ground.text import number_sent
from mexile.inquiries.blueprint import blueprint
from mexile.inquiries.decision import actions
from mexile.inquiries.decision.actions import set_capacity
from mexile.inquiries.decision.forms import CapacityForm, EndingForm, InquiryAnswerForm, InquiryDecisionForm
from mexile.inquiries.decision.queries import Room, rooms
from mexile.inquiries.inquiry.queries import last_decision, whole_inquiry
from mexile.inquiries.inquiry.views import page_of
from mexile.inquiries.waiting.queries import undecided
from mexile.web.form import Form
from mexile.web.page import render
from mexile.web.save import save


@blueprint.route("/inquiries/<code>/decision", methods=["GET", "POST"])
def decision(code: str) -> ResponseReturnValue:
    """The attorney's decision, beside the room that is left."""
    form = InquiryDecisionForm()

    def act() -> None:
        actions.decide(
            viewer=g.viewer,
            code=code,
            after=number_sent(form.after.data),
            decision=form.decision.data,
            reason=form.reason.data,
            looked=form.looked.data,
        )

    return _decided("inquiries/decision/decision.html", form, code, act, rooms=lambda: rooms(g.viewer))


@blueprint.route("/inquiries/<code>/ending", methods=["GET", "POST"])
def ending(code: str) -> ResponseReturnValue:
    """The person stays, goes elsewhere, or can't be reached."""
    form = EndingForm()

    def act() -> None:
        actions.end(viewer=g.viewer, code=code, after=number_sent(form.after.data), decision=form.decision.data)

    return _decided("inquiries/decision/ending.html", form, code, act)


@blueprint.route("/inquiries/<code>/answer", methods=["GET", "POST"])
def answer(code: str) -> ResponseReturnValue:
    """What the person was told."""
    form = InquiryAnswerForm()
    if request.method == "GET" and not form.is_restored:
        form.told_on.data = organization.today()

    def act() -> None:
        actions.tell(
            viewer=g.viewer,
            code=code,
            told_on=form.told_on.given,
            words=form.words.data,
            elsewhere=form.elsewhere.data or None,
        )

    return _decided("inquiries/decision/answer.html", form, code, act)


@blueprint.route("/inquiries/<code>/reopening", methods=["POST"])
def reopening(code: str) -> ResponseReturnValue:
    after = number_sent(request.form.get("after"))
    return save(Form(), lambda: actions.open_again(viewer=g.viewer, code=code, after=after), page_of(code))


def _decided(
    template: str, form: Any, code: str, act: Callable[[], None], **more: Callable[[], Any]
) -> ResponseReturnValue:
    """The form's page, or on a POST what it asks for; somebody else's decision meanwhile is shown, nothing typed lost."""

    def page(is_newest: bool = False) -> str:
        """`is_newest`: the form carries along which decision is the last one now."""
        whole = whole_inquiry(g.viewer, code, clock.now())
        if "after" in form and is_newest:
            last = last_decision(whole.row.id)
            form.after.data = str(last.id) if last else ""
        return render(template, form=form, whole=whole, row=whole.row, **{name: ask() for name, ask in more.items()})

    def meanwhile(error: Conflict) -> str:
        form.add([error.problem])
        return page(is_newest=True)

    if request.method == "GET":
        return page(is_newest=True)
    return save(form, act, page_of(code), page, conflict=meanwhile)


@blueprint.route("/inquiries/choosing")
def choosing() -> str:
    return _choosing()


@blueprint.route("/inquiries/capacity", methods=["POST"])
def capacity() -> ResponseReturnValue:
    form = CapacityForm()
    # 0 is nobody's number.
    user_id = number_sent(form.user_id.data) or 0
    return save(
        form,
        lambda: set_capacity(viewer=g.viewer, user_id=user_id, cases=form.cases.given),
        url_for("inquiries.choosing"),
        lambda: _choosing(form),
    )


def _choosing(wrong: CapacityForm | None = None) -> str:
    """``wrong``: the form that could not be saved; the others begin anew."""
    asked = number_sent(wrong.user_id.data) if wrong else None
    rooms_with_forms = [(room, wrong if wrong and room.user_id == asked else _form(room)) for room in rooms(g.viewer)]
    lines = undecided(g.viewer, organization.today())
    return render("inquiries/decision/choosing.html", rooms=rooms_with_forms, lines=lines, wrong=wrong)


def _form(room: Room) -> CapacityForm:
    form = CapacityForm(None)
    form.user_id.data = str(room.user_id)
    form.cases.data = room.capacity
    form.cases.id = f"cases-{room.user_id}"
    return form
