"""Removing a person at their request: asking, confirming, calling off, and the hold that stops it."""

from __future__ import annotations

from typing import Any

from flask import g, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from mexile.access.role.queries import others_who_may
from mexile.access.roles import ATTORNEY, DIRECTOR
from mexile.members.blueprint import blueprint, page_of
from mexile.members.export.queries import exports_with
from mexile.members.name.queries import name_of
from mexile.members.person.models import Member
from mexile.members.person.queries import get_member
from mexile.members.removal.actions import ask_to_erase, cancel_erase, confirm_erase, hold_member, release_hold
from mexile.members.removal.forms import HoldForm, RemovalForm
from mexile.members.removal.queries import shared_notes, standing_holds, standing_request
from mexile.members.removal.rights import merged_codes
from mexile.web.form import Form
from mexile.web.page import render
from mexile.web.save import save


@blueprint.route("/members/<code>/removal", methods=["GET", "POST"])
def removal(code: str) -> ResponseReturnValue:
    form = RemovalForm()
    if request.method == "GET":
        return _page(code, form)
    act = lambda: ask_to_erase(viewer=g.viewer, code=code, reason=form.reason.data)
    return save(form, act, removal_of(code), lambda: _page(code, form))


def removal_of(code: str) -> str:
    return url_for("members.removal", code=code)


def _page(code: str, form: RemovalForm, hold_form: HoldForm | None = None) -> str:
    member = get_member(g.viewer, code)
    asked = standing_request(member.id)
    is_mine = asked is not None and asked.by_user_id == g.viewer.user_id
    return render(
        "members/removal/removal.html",
        member=member,
        name=name_of(member, g.viewer),
        form=form,
        hold_form=(hold_form or HoldForm(None)).apart("hold"),
        asked=asked,
        is_mine=is_mine,
        is_alone=is_mine and g.viewer.sees_all_members and not others_who_may(g.viewer.user_id, ATTORNEY, DIRECTOR),
        holds=standing_holds(member.id),
        exports=exports_with(member.id),
        merged=merged_codes(member.id),
        shared=shared_notes(member.id),
        may_hold=g.viewer.is_any(ATTORNEY),
    )


@blueprint.route("/members/<code>/removal/confirmation", methods=["POST"])
def removal_confirmation(code: str) -> ResponseReturnValue:
    return save(Form(), lambda: confirm_erase(viewer=g.viewer, code=code), removal_of(code))


@blueprint.route("/members/<code>/removal/cancellation", methods=["POST"])
def removal_cancellation(code: str) -> ResponseReturnValue:
    said = gettext("Called off. Nothing was removed.")
    return save(Form(), lambda: cancel_erase(viewer=g.viewer, code=code), page_of(code), said=said)


@blueprint.route("/members/<code>/holds", methods=["POST"])
def hold(code: str) -> ResponseReturnValue:
    form = HoldForm()
    act = lambda: hold_member(viewer=g.viewer, code=code, reason=form.reason.data)
    return save(form, act, removal_of(code), lambda: _page(code, RemovalForm(None), form))


@blueprint.route("/members/<code>/holds/<int:id>/release", methods=["POST"])
def hold_release(code: str, id: int) -> ResponseReturnValue:
    return save(Form(), lambda: release_hold(viewer=g.viewer, code=code, hold_id=id), removal_of(code))


def removal_stands(viewer: Any, member: Member) -> dict[str, Any] | None:
    """Who opens the page while a removal stands is told first."""
    asked = standing_request(member.id)
    return {"asked": asked, "is_held": bool(standing_holds(member.id))} if asked else None
