"""From an inquiry that we take to a member: consent first."""

from __future__ import annotations

from flask import g, request, url_for
from flask.typing import ResponseReturnValue

from mexile.ground import clock, organization
from mexile.inquiries.actions.taking import take
from mexile.inquiries.blueprint import blueprint
from mexile.inquiries.forms.inquiry import TakingForm
from mexile.inquiries.queries.inquiry import Whole, whole_inquiry
from mexile.web.page import render
from mexile.web.save import save


@blueprint.route("/inquiries/<code>/member", methods=["GET", "POST"])
def member(code: str) -> ResponseReturnValue:
    """The consent, and the button that makes a member of the inquiry."""
    form = TakingForm()
    whole = whole_inquiry(g.viewer, code, clock.now())
    if not _opens_case(whole):
        del form.posture
    if request.method == "GET":
        form.consent_on.data = organization.today()
        if _opens_case(whole):
            form.posture.data = _posture(whole)
        return _page(form, code)
    chosen = {"posture": form.posture.data} if "posture" in form else {}
    return save(
        form,
        lambda: take(viewer=g.viewer, code=code, consent=form.consent_given(), **chosen),
        lambda taken: url_for("members.member", code=taken.code),
        lambda: _page(form, code),
    )


def _page(form: TakingForm, code: str) -> str:
    whole = whole_inquiry(g.viewer, code, clock.now())
    return render("inquiries/member.html", form=form, whole=whole, row=whole.row)


def _opens_case(whole: Whole) -> bool:
    return whole.decision is not None and whole.decision.decision == "represent"


def _posture(whole: Whole) -> str:
    """Where the case likely stands: whoever was talked with in Juárez hasn't arrived."""
    return "pre_arrival" if whole.spoken and whole.spoken[0].row.place == "juarez" else "pre_filing"
