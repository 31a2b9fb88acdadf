"""What happened, what follows from it, and one deadline with all that can be done to it."""

from __future__ import annotations

from typing import Any

from flask import g, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from mexile.access.account.forms import keep_choice
from mexile.cases.case.queries import attorney_of
from mexile.deadlines.blueprint import blueprint
from mexile.deadlines.clock.queries import segments_of
from mexile.deadlines.closure.actions import close_deadline, reopen_deadline
from mexile.deadlines.deadline.actions import hand_over, order_deadline, set_deadlines
from mexile.deadlines.deadline.forms import DeadlineClosureForm, HappenedForm, OrderForm, OwnersForm, ProposedForm
from mexile.deadlines.deadline.page import DeadlinePage, deadline_page, proposals_for
from mexile.ground import organization
from mexile.members.household.queries import households_of
from mexile.members.name.queries import name_of
from mexile.members.person.queries import get_member
from mexile.web.form import Form
from mexile.web.page import render
from mexile.web.save import save


@blueprint.route("/members/<code>/happened", methods=["GET", "POST"])
def happened(code: str) -> ResponseReturnValue:
    """Something happened to a member: which day, and then what the rules make of it. An address
    that says both, as that of a decision, shows at once what follows."""
    asked = request.args if request.method == "GET" and "on" in request.args else None
    form = HappenedForm(asked, data={"trigger": request.args.get("trigger", "")})
    if (request.method == "POST" or asked) and form.validate():
        return _proposed(code, _first_answer(code, form))
    page = render("deadlines/deadline/happened.html", form=form, **_who(code))
    return (page, 422) if request.method == "POST" or asked else page


@blueprint.route("/members/<code>/deadlines", methods=["POST"])
def set_them(code: str) -> ResponseReturnValue:
    """The second half: these deadlines, for these people, answered for by these two."""
    form = ProposedForm()
    return save(
        form,
        lambda: set_deadlines(
            viewer=g.viewer,
            member_codes=[code, *(person for person in request.form.getlist("person") if person != code)],
            trigger=form.trigger.data,
            on=form.on.given,
            rule_codes=request.form.getlist("rule"),
            owner_user_id=form.owner_user_id.data,
            second_owner_user_id=form.second_owner_user_id.data or None,
        ),
        url_for("members.member", code=code, part="legal", _anchor="deadlines"),
        lambda: _proposed(code, form),
    )


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
    who, trigger, on = _who(code), form.trigger.data, form.on.data
    proposals = proposals_for(trigger, on, segments=segments_of(who["member"].id)) if trigger and on else []
    sent = "rule" in request.form or "person" in request.form
    return render(
        "deadlines/deadline/proposed.html",
        form=form,
        proposals=proposals,
        ticked=request.form.getlist("rule")
        if sent
        else [proposal.code for proposal in proposals if proposal.is_likely],
        persons=request.form.getlist("person") if sent else _all_of(who) if trigger == "move_date" else [],
        **who,
    )


def _all_of(who: dict[str, Any]) -> list[str]:
    return [person.code for person in who["others"]]


def _who(code: str) -> dict[str, Any]:
    member = get_member(g.viewer, code)
    others = [person for house in households_of(g.viewer, member.id) for person in house.people if person.code != code]
    return {"member": member, "name": name_of(member, g.viewer), "others": others}


# ---- one deadline ----------------------------------------------------------------


@blueprint.route("/deadlines/<code>")
def deadline(code: str) -> str:
    return _deadline(code)


@blueprint.route("/deadlines/<code>/closure", methods=["POST"])
def deadline_closure(code: str) -> ResponseReturnValue:
    form = DeadlineClosureForm()
    return save(
        form,
        lambda: close_deadline(viewer=g.viewer, code=code, reason=form.reason.data, note=form.note.data),
        url_for("deadlines.deadline", code=code),
        lambda: _deadline(code, closing=form),
    )


@blueprint.route("/deadlines/<code>/reopening", methods=["POST"])
def deadline_reopening(code: str) -> ResponseReturnValue:
    return save(Form(), lambda: reopen_deadline(viewer=g.viewer, code=code), url_for("deadlines.deadline", code=code))


@blueprint.route("/deadlines/<code>/order", methods=["POST"])
def deadline_order(code: str) -> ResponseReturnValue:
    form = OrderForm()
    return save(
        form,
        lambda: order_deadline(viewer=g.viewer, code=code, ordered_on=form.ordered_on.given),
        url_for("deadlines.deadline", code=code),
        lambda: _deadline(code, order=form),
    )


@blueprint.route("/deadlines/<code>/order/end", methods=["POST"])
def deadline_order_end(code: str) -> ResponseReturnValue:
    url = url_for("deadlines.deadline", code=code)
    return save(Form(), lambda: order_deadline(viewer=g.viewer, code=code, ordered_on=None), url)


@blueprint.route("/deadlines/<code>/owners", methods=["POST"])
def deadline_owners(code: str) -> ResponseReturnValue:
    form = _with_owners(OwnersForm(), deadline_page(g.viewer, code))
    return save(
        form,
        lambda: hand_over(
            viewer=g.viewer,
            code=code,
            owner_user_id=form.owner_user_id.data,
            second_owner_user_id=form.second_owner_user_id.data or None,
        ),
        url_for("deadlines.deadline", code=code),
        lambda: _deadline(code, owners=form),
    )


def _with_owners(form: OwnersForm, page: DeadlinePage) -> OwnersForm:
    """Who answers now can stay, also where they could not be chosen any more."""
    keep_choice(form.owner_user_id, page.line.owner_user_id)
    keep_choice(form.second_owner_user_id, page.line.second_owner_user_id)
    return form


def _deadline(
    code: str,
    *,
    closing: DeadlineClosureForm | None = None,
    order: OrderForm | None = None,
    owners: OwnersForm | None = None,
) -> str:
    page = deadline_page(g.viewer, code)
    answering = MultiDict(
        {
            "owner_user_id": str(page.line.owner_user_id or ""),
            "second_owner_user_id": str(page.line.second_owner_user_id or ""),
        }
    )
    return render(
        "deadlines/deadline/deadline.html",
        page=page,
        today=organization.today(),
        closing=closing or DeadlineClosureForm(None),
        order=order or OrderForm(None),
        owners=owners or _with_owners(OwnersForm(formdata=answering), page),
    )
