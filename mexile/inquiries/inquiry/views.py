"""One inquiry: its page, writing it down, changing it, taking it; and how a member came to us, on the member's page."""

from __future__ import annotations

from typing import Any

from flask import g, request, url_for
from flask.typing import ResponseReturnValue

from mexile.access.account.forms import keep_choice
from mexile.access.viewer import Viewer
from mexile.ground import clock, keyring, organization
from mexile.ground.errors import NotHere
from mexile.ground.vocabulary import vocabulary
from mexile.inquiries.blueprint import blueprint
from mexile.inquiries.conversation.rules import write_share
from mexile.inquiries.inquiry.actions import edit_inquiry, open_inquiry, take
from mexile.inquiries.inquiry.forms import InquiryForm, TakingForm, values_of
from mexile.inquiries.inquiry.models import Inquiry
from mexile.inquiries.inquiry.queries import Whole, beginning_of, get_inquiry, told_by_arrival, whole_inquiry
from mexile.inquiries.waiting.queries import known_to
from mexile.inquiries.waiting.rules import state
from mexile.members.person.models import Member
from mexile.web.page import render
from mexile.web.save import save
from mexile.web.stale import differences, not_theirs

blueprint.add_app_template_filter(write_share, "share")


def page_of(code: str) -> str:
    return url_for("inquiries.inquiry", code=code)


@blueprint.route("/inquiries/<code>")
def inquiry(code: str) -> str:
    """How to answer safely, who answers by when, what was talked about, what was decided."""
    whole = whole_inquiry(g.viewer, code, clock.now())
    row, today = whole.row, organization.today()
    return render(
        "inquiries/inquiry/inquiry.html",
        whole=whole,
        row=row,
        today=today,
        state=state(row.asked_on, row.answer_due_on, whole.stage, today),
        days=(today - row.asked_on).days,
        told_words=vocabulary("conversation_told"),
    )


@blueprint.route("/inquiries/new", methods=["GET", "POST"])
def new_inquiry() -> ResponseReturnValue:
    form = InquiryForm()
    del form.version
    if request.method == "GET":
        form.arrival.data = form.arrival.data or request.args.get("arrival", "")
        if not form.is_restored:
            form.answers_user_id.data = g.viewer.user_id
            _from_arrival(form)
        return _new(form)
    key_id = keyring.new_key()
    return save(
        form,
        lambda: open_inquiry(viewer=g.viewer, key_id=key_id, values=form.values(), arrival_party_id=form.arrival_id()),
        lambda inquiry: _seen_from(inquiry.code),
        lambda: _new(form),
    )


def _from_arrival(form: InquiryForm) -> None:
    """Opened from an arrival, the form begins with what the shelter's sheet says."""
    party = form.arrival_id()
    country, language = told_by_arrival(g.viewer, party) if party is not None else (None, None)
    form.country.data, form.language.data = country or "", language or ""


def _new(form: InquiryForm) -> str:
    return render("inquiries/inquiry/new.html", form=form)


def _seen_from(code: str) -> str:
    """The inquiry, or the list for who gave it to somebody else and may not see it any more."""
    try:
        get_inquiry(g.viewer, code)
    except NotHere:
        return url_for("inquiries.inquiries")
    return page_of(code)


@blueprint.route("/inquiries/<code>/edit", methods=["GET", "POST"])
def edit(code: str) -> ResponseReturnValue:
    row = get_inquiry(g.viewer, code)
    if request.method == "GET":
        form = InquiryForm(data=values_of(row))
        form.version.data = form.version.data or str(row.version)
        keep_choice(form.answers_user_id, row.answers_user_id)
        return _edit(form, row)
    form = InquiryForm()
    keep_choice(form.answers_user_id, row.answers_user_id)
    return save(
        form,
        lambda: edit_inquiry(viewer=g.viewer, code=code, version=form.version_shown(), values=not_theirs(form)),
        lambda _inquiry: _seen_from(code),
        lambda: _edit(form, row),
        conflict=lambda _error: _stale(form, code),
    )


def _edit(form: InquiryForm, row: Inquiry, differing: list[Any] | None = None) -> str:
    return render("inquiries/inquiry/edit.html", form=form, row=row, differing=differing)


def _stale(form: InquiryForm, code: str) -> str:
    """Both versions side by side; what was typed stays in the fields, and saving again takes it."""
    row = get_inquiry(g.viewer, code)
    form.version.data = str(row.version)
    return _edit(form, row, differences(form, values_of(row)))


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
    return render("inquiries/inquiry/member.html", form=form, whole=whole, row=whole.row)


def _opens_case(whole: Whole) -> bool:
    return whole.decision is not None and whole.decision.decision == "represent"


def _posture(whole: Whole) -> str:
    """Where the case likely stands: whoever was talked with in Juárez hasn't arrived."""
    return "pre_arrival" if whole.spoken and whole.spoken[0].row.place == "juarez" else "pre_filing"


def member_beginning(viewer: Viewer, member: Member) -> dict[str, Any] | None:
    """The days of the first question and the first conversation, for whoever answers inquiries."""
    return {"beginning": beginning_of(viewer, member.id)} if known_to(viewer) else None
