"""What came of an event: Done in two taps, or the sheet with all that follows; and taking it back."""

from __future__ import annotations

from datetime import date

from flask import g, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from mexile.accompaniment.blueprint import blueprint
from mexile.accompaniment.look.views import SOMEBODY, detained, logs, look
from mexile.accompaniment.outcome.actions import (
    NewDeadline,
    NextDate,
    Sheet,
    close_event,
    reopen_event,
    set_next_date,
    undo_service,
)
from mexile.cases.event.actions import ALREADY
from mexile.cases.event.page import EventPage, next_of, reportable_page
from mexile.cases.event.queries import outcome_of_mine
from mexile.custody.alert.actions import raise_alert
from mexile.custody.alert.queries import stands_at
from mexile.ground import clock, keyring
from mexile.ground.errors import Conflict, Problem
from mexile.ground.organization import today, zone
from mexile.services.service.forms import NextDateForm, OutcomeForm
from mexile.services.service.rules import AGAIN
from mexile.services.service.views import get_line
from mexile.web.form import Form
from mexile.web.page import notice, render
from mexile.web.save import save
from mexile.web.way import back


@blueprint.route("/events/<code>/outcome", methods=["GET", "POST"])
def outcome(code: str) -> ResponseReturnValue:
    """The sheet; looked at once more with all that follows, then everything in one write."""
    page, form = reportable_page(g.viewer, code), OutcomeForm()
    form.default_zone = page.line.zone
    form.of_kind(page.line.kind)
    if request.method == "GET":
        if page.outcome and not outcome_of_mine(g.viewer, code):
            raise Conflict(ALREADY)
        if page.outcome:
            _stands_already(form, page)
        form.back.data = f"/events/{code}"
        return _sheet(form, page)
    is_whole = form.validate()
    problems = (form.moment_problems() if form.has_next else []) + form.decision_problems()
    form.add(problems)
    if problems or not is_whole:
        return _sheet(form, page), 422
    if form.step.data == "again":
        return _sheet(form, page)
    is_alarm = form.outcome.data == "detained"
    if form.step.data == "look" or (is_alarm and form.step.data != "save"):
        return look(form, page)
    if is_alarm and not detained(form, page):
        form.add([NOBODY])
        return look(form, page), 422
    return _save(form, page)


NOBODY = Problem(
    "detained",
    "Say who was detained: for each one an alert is raised.",
    "Diga a quién detuvieron: por cada persona se da una alerta.",
)


def _sheet(form: OutcomeForm, page: EventPage) -> str:
    return render("accompaniment/outcome/outcome.html", form=form, line=page.line, has_come=_has_come(page))


def _stands_already(form: OutcomeForm, page: EventPage) -> None:
    """The sheet comes with what I said today, to be written anew."""
    form.anew.data, form.outcome.data = "y", page.outcome
    if page.sheet:
        said = page.sheet.enforcement_seen
        form.enforcement.data = "" if said is None else "yes" if said else "no"
        for name in ("result", "decision", "clock_cause", "interpreter", "attorney"):
            form[name].data = getattr(page.sheet, name)
    if following := next_of(page.line.code):
        for name in ("on", "at", "place_id", "place", "room"):
            form[name].data = getattr(following, name)
        if following.precision in ("month", "to_be_set"):
            form.known.data = following.precision


def _has_come(page: EventPage) -> bool:
    line = page.line
    return line.on is not None and line.on <= clock.today(line.zone)


def _save(form: OutcomeForm, page: EventPage) -> ResponseReturnValue:
    code, is_quick = page.line.code, form.step.data != "save"
    absent = logs(form, page)[1] if is_quick or form.logs.data else ()
    key_id = keyring.new_key() if SOMEBODY in detained(form, page) else None

    def act() -> str:
        if form.anew.data:
            reopen_event(viewer=g.viewer, code=code)
        sheet, following = _written(form, is_quick), _next_date(form)
        service = close_event(viewer=g.viewer, code=code, outcome=form.outcome.data, next_date=following, sheet=sheet)
        words = {"closed": code} | ({"logged": service.code} if service else {})
        return _raised(form, page, key_id) or back(form.back.data, **words)

    return save(form, act, str, lambda: _once_more(form, code), then=lambda _url: _say_absent(len(absent)))


def _once_more(form: OutcomeForm, code: str) -> str:
    """The sheet with what is wrong with it; where there is nothing but a question, the look that asks it."""
    page = reportable_page(g.viewer, code)
    if form.errors.keys() == {AGAIN}:
        form.again.errors = ()
        return look(form, page)
    return _sheet(form, page)


def _say_absent(count: int) -> None:
    if count:
        notice(
            "soon",
            ngettext(
                "Not logged for %(num)s person of this date.",
                "Not logged for %(num)s people of this date.",
                count,
            ),
        )


def _raised(form: OutcomeForm, page: EventPage, key_id: bytes | None) -> str | None:
    """An alert for each who was detained; the page of the first is where one goes on."""
    if form.outcome.data != "detained":
        return None
    raised = [
        raise_alert(
            viewer=g.viewer,
            member_code=None if code == SOMEBODY else code,
            who=page.line.code if code == SOMEBODY else None,
            last_seen=form.last_seen.data,
            key_id=key_id,
        )
        for code in detained(form, page)
    ]
    return url_for("custody.alert", code=raised[0].code) if g.viewer.sees_members else url_for("custody.alerts")


def _next_date(form: OutcomeForm) -> NextDate | None:
    if not form.has_next:
        return None
    given = form.moment()
    on, at, place = given.pop("on"), given.pop("at"), given.pop("place")
    return NextDate(on, at, place, given)


def _written(form: OutcomeForm, is_quick: bool) -> Sheet:
    """A slip of Today logs what is usual and asks nothing more."""
    return Sheet(
        facts=form.sheet(),
        minutes=form.minutes.data,
        again={"yes": True, "no": False}.get(form.again.data or ""),
        logs=is_quick or bool(form.logs.data),
        asks=bool(form.asks.data),
        decides=bool(form.decides.data),
        tells=bool(form.tells.data),
        deadlines=_ticked(form),
        same_for=form.same_for.data or (),
        second_owner_user_id=form.second_owner_user_id.data or None,
    )


def _ticked(form: OutcomeForm) -> list[NewDeadline]:
    deadlines = []
    for key in form.deadlines.data or ():
        rule, _sep, on = key.partition(":")
        try:
            deadlines.append(NewDeadline(rule, date.fromisoformat(on)))
        except ValueError:
            continue
    return deadlines


@blueprint.route("/events/<code>/outcome/void", methods=["POST"])
def reopen(code: str) -> ResponseReturnValue:
    """The outcome and all that was written with it are taken back."""

    def say(outcome: str) -> None:
        if outcome == "detained" and stands_at(code):
            notice("soon", _("The alert stands: end it on its own page if nobody was detained."))

    act = lambda: reopen_event(viewer=g.viewer, code=code)
    said = _("Taken back: it stands open again.")
    return save(Form(), act, back(request.form.get("back")), then=say, said=said)


@blueprint.route("/services/<code>/undo", methods=["POST"])
def undo(code: str) -> ResponseReturnValue:
    """Take back what I logged today."""
    act = lambda: undo_service(viewer=g.viewer, code=code, zone=zone())
    said = _("Taken back: %(code)s counts nowhere.", code=code)
    return save(Form(), act, back(request.form.get("back")), said=said)


@blueprint.route("/services/<code>/next-date", methods=["GET", "POST"])
def next_date(code: str) -> ResponseReturnValue:
    """The next date that was given."""
    line, form = get_line(code), NextDateForm()
    page = lambda: render("accompaniment/outcome/next_date.html", service=line, form=form)
    if request.method == "GET":
        return page()

    def act() -> None:
        given = NextDate(form.on.data, form.at.data, form.place.data or None)
        set_next_date(viewer=g.viewer, code=code, next_date=given, today=today())

    return save(form, act, back(request.form.get("back")), page, said=_("The next date stands in the calendar."))
