"""The docket, on screen and on paper; the deadlines on a member's page, on a household's, and as a filter of the list of members."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from flask import g, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import ColumnElement, exists, not_

from mexile.access.account.queries import names_of, with_roles
from mexile.access.policy import ATTORNEY, DIRECTOR, WORKS
from mexile.access.rules import name_act
from mexile.access.viewer import Viewer
from mexile.cases.case.models import Case
from mexile.cases.case.page import CaseDate, Included
from mexile.cases.event.queries import has_day
from mexile.deadlines.blueprint import blueprint
from mexile.deadlines.cover.queries import without_attorney
from mexile.deadlines.deadline.models import Deadline
from mexile.deadlines.deadline.queries import deadlines_of, deadlines_of_case, is_closed_deadline
from mexile.deadlines.docket.queries import docket_of
from mexile.deadlines.recompute.queries import moved
from mexile.ground import clock, organization, trail
from mexile.ground.both import Both
from mexile.ground.text import number_sent
from mexile.members.listing.queries import ListFilter, other_filters
from mexile.members.person.models import Member
from mexile.web.form import Form
from mexile.web.page import render
from mexile.web.save import save

name_act("deadline.print", "Printed the docket", "Imprimió la agenda legal")


@blueprint.route("/docket")
def docket() -> str:
    """Every date of law of two weeks. `of`: of one who answers; `names=no`: codes instead of names."""
    team = with_roles(*WORKS)
    wanted = request.args.get("of", "")
    owner = next((id for id, _name in team if str(id) == wanted), None)
    moment, today = clock.now(), organization.today()
    triggers, clocks = moved(g.viewer) if g.viewer.is_any(ATTORNEY, DIRECTOR) else (0, 0)
    return render(
        "deadlines/docket/docket.html",
        docket=docket_of(g.viewer, moment, today, owner),
        moment=moment,
        team=team,
        moved=triggers,
        clocks=clocks,
        of=owner,
        names=request.args.get("names") != "no",
    )


@blueprint.route("/docket/print", methods=["POST"])
def docket_print() -> ResponseReturnValue:
    """The docket for paper: codes instead of names. It leaves the house, so the trail notes it."""
    url = url_for("deadlines.docket", of=number_sent(request.form.get("of")), names="no")
    return save(Form(), lambda: trail.record("deadline.print", g.viewer.code), url)


def needs_attorney(viewer: Viewer) -> dict[str, Any] | None:
    """The director is told of fatal days for which no attorney is left."""
    lines = without_attorney(viewer)
    return {"lines": lines, "today": organization.today()} if lines else None


NEAR = 14


def member_due(viewer: Viewer, member: Any) -> dict[str, Any] | None:
    """What of a member's deadlines needs somebody now: past due, or within two weeks; and how many others are open."""
    today = organization.today()
    lines = deadlines_of(viewer, member.id)
    due = [line for line in lines if line.has_passed(today) or line.alarm(today) or 0 <= line.days_left(today) <= NEAR]
    more = len(lines) - len(due)
    return {"lines": due, "more": more, "code": member.code, "today": today} if lines else None


def case_next(viewer: Viewer, case: Case, people: Sequence[Included], dates: Sequence[CaseDate]) -> dict[str, Any]:
    """What is next in a case, a deadline or a date, whichever comes first; then its other deadlines, with who answers."""
    today, moment = organization.today(), clock.now()
    lines = deadlines_of_case(viewer, case.id, [person.id for person in people])
    limits = [line for line in lines if line.is_a_limit]
    events = [one.line for one in dates if not one.outcome and has_day(one.line) and not one.line.has_passed(moment)]
    deadline = min(limits, key=lambda line: line.acts_on(today), default=None)
    event = events[0] if events else None
    if deadline and event and event.on and event.on < deadline.acts_on(today):
        deadline = None
    owners = {id for line in lines for id in (line.owner_user_id, line.second_owner_user_id) if id}
    return {
        "deadline": deadline,
        "event": None if deadline else event,
        "others": [line for line in lines if line is not deadline],
        "owners": names_of(owners),
        "today": today,
    }


def member_deadlines(viewer: Viewer, member: Any) -> dict[str, Any] | None:
    """A member's open deadlines, for those who work with them."""
    if not viewer.is_any(*WORKS):
        return None
    return {"lines": deadlines_of(viewer, member.id), "member": member, "today": organization.today()}


WORDS = {
    "en": [("late", "past due"), ("14", "within 14 days"), ("60", "within 60 days")],
    "es": [("late", "vencido"), ("14", "en 14 días"), ("60", "en 60 días")],
}


def _comes_up(code: str) -> ColumnElement[bool]:
    """The member has an open deadline by then; what is past due counts until an attorney closes it."""
    today = organization.today()
    limit = today - timedelta(days=1) if code == "late" else today + timedelta(days=int(code))
    return exists().where(Deadline.member_id == Member.id, Deadline.due_on <= limit, not_(is_closed_deadline()))


@other_filters.fill
def _filters() -> dict[str, ListFilter]:
    choices = lambda lang: WORDS["es" if lang == "es" else "en"]
    return {"deadline": ListFilter(Both("Deadline", "Plazo"), choices, _comes_up)}


TRIGGER = "move_date"


def household_moved(viewer: Viewer, household: Any, member: Any) -> dict[str, Any] | None:
    """The way to the deadlines of a change of address, for everybody of the household at once."""
    return {"code": member.code, "trigger": TRIGGER} if viewer.is_any(*WORKS) else None
