"""All that an outcome would write, on one page, to be confirmed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from flask import g
from flask_babel import gettext as _

from mexile.access.account.queries import with_roles
from mexile.access.policy import SEES
from mexile.accompaniment.outcome.queries import (
    Absent,
    Bound,
    ProposedDeadline,
    attorney_to_tell,
    bound_beside,
    deadlines_of,
    lead_of,
    people_at,
)
from mexile.cases.event.happenings import decision_said
from mexile.cases.event.models import Event
from mexile.cases.event.page import EventPage
from mexile.cases.proceeding.queries import proceeding_at
from mexile.ground import clock
from mexile.ground.errors import Problem
from mexile.services.service.forms import OutcomeForm
from mexile.services.service.queries import already_logged
from mexile.services.service.rules import Kind, logged_already
from mexile.services.service_type.queries import kind
from mexile.services.service_type.rules import type_to_log
from mexile.web.page import render

SOMEBODY = "somebody"
"""Ticked for a person of the date whom the viewer may not know of."""


def detained(form: OutcomeForm, page: EventPage) -> list[str]:
    """The codes that were ticked, of people of this date, and `SOMEBODY` where it has hidden ones."""
    ticked = form.detained.data or ()
    codes = [person.code for person in page.line.people] + [SOMEBODY] * bool(page.line.hidden)
    return [code for code in codes if code in ticked]


def _proposed(form: OutcomeForm, event: Event) -> list[ProposedDeadline]:
    """Deadlines to tick; none for whom no member exists."""
    if lead_of(g.viewer, event) is None:
        return []
    next_on: date | None = form.on.data if form.known.data == "day" else None
    facts = form.sheet()
    return list(deadlines_of(g.viewer, event, form.outcome.data, facts["result"], facts["decision"], next_on))


def look(form: OutcomeForm, page: EventPage) -> str:
    """All that would be written, on one page, to be confirmed."""
    proposed = _proposed(form, page.event)
    usual = [deadline.key for deadline in proposed if deadline.is_usual]
    logged, absent = logs(form, page)
    hidden = _offer_people(form, page, bool(proposed))
    facts = form.sheet()
    decided = decision_said(facts["result"], facts["decision"])
    return render(
        "accompaniment/look/look.html",
        form=form,
        line=page.line,
        moment=form.moment() if form.has_next else None,
        proposed=proposed,
        ticked=form.deadlines.data if form.step.data == "save" else usual,
        logged=logged,
        absent=absent,
        already=_already(page, logged),
        hidden=hidden,
        companions=_companions(page),
        decided=decided,
        attorney=attorney_to_tell(g.viewer, page.event) if form.outcome.data != "detained" else None,
        proceeding=proceeding_at(g.viewer, page.event) if decided else None,
    )


def _companions(page: EventPage) -> list[str]:
    """Who of the companions can be asked for the next date."""
    here = {id for id, _name in with_roles(*SEES)}
    return [companion.name for companion in page.line.companions if companion.user_id in here]


def logs(form: OutcomeForm, page: EventPage) -> tuple[Kind | None, Sequence[Absent]]:
    """The kind of service that the outcome logs, if any, and whom of the date it leaves out."""
    line = page.line
    type_code = type_to_log(line.kind, form.outcome.data, line.on, clock.today(line.zone))
    if type_code is None:
        return None, ()
    present, absent = people_at(page.event)
    return kind(type_code) if present else None, absent


def _already(page: EventPage, logged: Kind | None) -> Problem | None:
    """That somebody of the date has the service of it already; asked on the look."""
    on = page.line.on
    if logged is None or on is None:
        return None
    present, _absent = people_at(page.event)
    already = already_logged(g.viewer, [id for id, _code in present], logged.code, on, event_id=page.event.id)
    return logged_already(already, on == clock.today(page.line.zone)) if already else None


def _offer_people(form: OutcomeForm, page: EventPage, has_deadlines: bool) -> int:
    """Who can be ticked; when the page first comes, whoever usually is stands ticked. Returns how
    many are bound whom the viewer may not know of."""
    people = [(person.code, person.name.short) for person in page.line.people]
    hidden = [(SOMEBODY, _("Somebody who isn't named here"))] if page.line.hidden else []
    form.detained.choices = people + hidden
    lead = lead_of(g.viewer, page.event) if has_deadlines else None
    bound = bound_beside(g.viewer, page.event, lead) if lead else Bound((), 0)
    form.same_for.choices = [(code, name) for _id, code, name in bound.people]
    if form.step.data != "save":
        codes = [code for code, _name in people + hidden]
        form.detained.data = codes if len(codes) == 1 else []
        form.same_for.data = [code for _id, code, _name in bound.people]
        form.last_seen.data = form.last_seen.data or page.line.place or ""
    return bound.hidden
