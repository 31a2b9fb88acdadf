"""What happened, what follows from it, and one deadline with all that can be done to it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import g, redirect, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from mexile.access.forms import keep_choice
from mexile.cases.actions.deadlines import (
    close_deadline,
    hand_over,
    order_deadline,
    reopen_deadline,
    set_deadlines,
)
from mexile.cases.blueprint import blueprint
from mexile.cases.forms.deadlines import (
    DeadlineClosureForm,
    HappenedForm,
    OrderForm,
    OwnersForm,
    ProposedForm,
)
from mexile.cases.queries.cases import attorney_of
from mexile.cases.queries.clock import segments_of
from mexile.cases.queries.deadline import deadline_page
from mexile.cases.queries.proposals import proposals_for
from mexile.ground import once, organisation
from mexile.ground.db import writing
from mexile.ground.errors import Conflict, Invalid
from mexile.members.queries.households import households_of
from mexile.members.queries.member import get_member
from mexile.members.queries.names import name_of
from mexile.web.form import Form
from mexile.web.page import render


@blueprint.route("/members/<code>/happened", methods=["GET", "POST"])
def happened(code: str) -> ResponseReturnValue:
    """Something happened to a member: which day, and then what the rules make of it. An address
    that says both, as that of a decision, shows at once what follows."""
    asked = request.args if request.method == "GET" and "on" in request.args else None
    form = HappenedForm(asked, data={"trigger": request.args.get("trigger", "")})
    if (request.method == "POST" or asked) and form.validate():
        return _proposed(code, _first_answer(code, form))
    page = render("cases/happened.html", form=form, **_who(code))
    return (page, 422) if request.method == "POST" or asked else page


@blueprint.route("/members/<code>/deadlines", methods=["POST"])
def set_them(code: str) -> ResponseReturnValue:
    """The second half: these deadlines, for these people, answered for by these two."""
    form = ProposedForm()
    if not form.validate():
        return _proposed(code, form), 422
    url = url_for("members.member", code=code, _anchor="deadlines")
    try:
        with writing():
            if done := once.result(form.token):
                return redirect(done)
            set_deadlines(
                viewer=g.viewer,
                member_codes=[code, *(one for one in request.form.getlist("person") if one != code)],
                trigger=form.trigger.data,
                on=form.on.data,
                rule_codes=request.form.getlist("rule"),
                owner_user_id=form.owner_user_id.data,
                second_owner_user_id=form.second_owner_user_id.data or None,
            )
            once.remember(form.token, url)
    except Invalid as wrong:
        form.add(wrong.problems)
        return _proposed(code, form), 422
    return redirect(url)


def _first_answer(code: str, form: HappenedForm) -> ProposedForm:
    """The second form as it first stands: I answer, and the attorney beside me."""
    member = get_member(g.viewer, code)
    second = attorney_of(member.id)
    return ProposedForm(
        formdata=MultiDict(
            {
                "trigger": form.trigger.data,
                "on": request.values.get("on", ""),
                "owner_user_id": str(g.viewer.user_id),
                "second_owner_user_id": str(second) if second and second != g.viewer.user_id else "",
            }
        )
    )


def _proposed(code: str, form: ProposedForm) -> str:
    who = _who(code)
    ready = form.trigger.data and form.on.data
    found = proposals_for(form.trigger.data, form.on.data, segments=segments_of(who["member"].id)) if ready else []
    sent = "rule" in request.form or "person" in request.form
    return render(
        "cases/proposed.html",
        form=form,
        proposals=found,
        ticked=request.form.getlist("rule") if sent else [one.code for one in found if one.is_likely],
        persons=request.form.getlist("person") if sent else _all_of(who) if form.trigger.data == "move_date" else [],
        **who,
    )


def _all_of(who: dict[str, Any]) -> list[str]:
    return [one.code for one in who["others"]]


def _who(code: str) -> dict[str, Any]:
    member = get_member(g.viewer, code)
    others = [one for house in households_of(g.viewer, member.id) for one in house.people if one.code != code]
    return {"member": member, "name": name_of(member, g.viewer), "others": others}


# ---- one deadline ----------------------------------------------------------------


@blueprint.route("/deadlines/<code>")
def deadline(code: str) -> str:
    return _deadline(code)


@blueprint.route("/deadlines/<code>/closure", methods=["POST"])
def deadline_closure(code: str) -> ResponseReturnValue:
    form = DeadlineClosureForm()
    return _done(
        code,
        form,
        "closing",
        lambda: close_deadline(viewer=g.viewer, code=code, reason=form.reason.data, note=form.note.data),
    )


@blueprint.route("/deadlines/<code>/reopening", methods=["POST"])
def deadline_reopening(code: str) -> ResponseReturnValue:
    return _done(code, Form(), "", lambda: reopen_deadline(viewer=g.viewer, code=code))


@blueprint.route("/deadlines/<code>/order", methods=["POST"])
def deadline_order(code: str) -> ResponseReturnValue:
    form = OrderForm()
    return _done(
        code, form, "order", lambda: order_deadline(viewer=g.viewer, code=code, ordered_on=form.ordered_on.data)
    )


@blueprint.route("/deadlines/<code>/order/end", methods=["POST"])
def deadline_order_end(code: str) -> ResponseReturnValue:
    return _done(code, Form(), "", lambda: order_deadline(viewer=g.viewer, code=code, ordered_on=None))


@blueprint.route("/deadlines/<code>/owners", methods=["POST"])
def deadline_owners(code: str) -> ResponseReturnValue:
    form, found = OwnersForm(), deadline_page(g.viewer, code)
    keep_choice(form.owner_user_id, found.line.owner_user_id)
    keep_choice(form.second_owner_user_id, found.line.second_owner_user_id)
    return _done(
        code,
        form,
        "owners",
        lambda: hand_over(
            viewer=g.viewer,
            code=code,
            owner_user_id=form.owner_user_id.data,
            second_owner_user_id=form.second_owner_user_id.data or None,
        ),
    )


def _done(code: str, form: Form, name: str, act: Callable[[], Any]) -> ResponseReturnValue:
    """Do it once, and show the deadline; with everything that is wrong beside the form."""
    if not form.validate():
        return _deadline(code, **{name: form}), 422
    url = url_for("cases.deadline", code=code)
    try:
        with writing():
            if done := once.result(form.token):
                return redirect(done)
            act()
            once.remember(form.token, url)
    except Invalid as wrong:
        form.add(wrong.problems)
        return _deadline(code, **({name: form} if name else {})), 422
    except Conflict as wrong:
        form.add([wrong.problem])
        return _deadline(code, **({name: form} if name else {})), 409
    return redirect(url)


def _deadline(code: str, **forms: Form) -> str:
    found = deadline_page(g.viewer, code)
    blank = MultiDict[str, str]()
    owners = MultiDict(
        {
            "owner_user_id": str(found.line.owner_user_id or ""),
            "second_owner_user_id": str(found.line.second_owner_user_id or ""),
        }
    )
    owning = forms.get("owners") or OwnersForm(formdata=owners)
    keep_choice(owning["owner_user_id"], found.line.owner_user_id)
    keep_choice(owning["second_owner_user_id"], found.line.second_owner_user_id)
    return render(
        "cases/deadline.html",
        page=found,
        today=organisation.today(),
        closing=forms.get("closing") or DeadlineClosureForm(formdata=blank),
        order=forms.get("order") or OrderForm(formdata=blank),
        owners=owning,
    )
