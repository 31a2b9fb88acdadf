"""Ready to go, and not out yet: on the page of an event and on Today."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from flask import g, request, url_for
from flask.typing import ResponseReturnValue

from mexile.access.viewer import Viewer
from mexile.cases.event.page import reportable_page
from mexile.cases.event.queries import EventLine
from mexile.custody.alert.views import chosen
from mexile.custody.blueprint import blueprint
from mexile.custody.presence.actions import answer_readiness, come_out, expect_later, go_in
from mexile.custody.presence.forms import EntryForm, ExitForm, ReadinessForm
from mexile.custody.presence.models import ITEMS
from mexile.custody.presence.queries import inside_now, presence_of, readiness_of
from mexile.custody.presence.rules import APPEARANCES, ready_count
from mexile.ground import clock
from mexile.web.form import Form
from mexile.web.page import render
from mexile.web.save import save


def inside(viewer: Viewer) -> dict[str, Any] | None:
    """Who is in now, and who is not out yet. Only if it is true."""
    people = inside_now(viewer)
    return {"inside": people, "moment": clock.now()} if people else None


def before(viewer: Viewer, event: Any) -> dict[str, Any] | None:
    """What must stand before this event, and the two big buttons of its day."""
    if event.kind not in APPEARANCES:
        return None
    return _before(event)


def _before(event: Any, **forms: Any) -> dict[str, Any]:
    answers = readiness_of(event.id)
    return {
        "event": event,
        "things": ITEMS,
        "answers": answers,
        "stands": ready_count({item: answered.answer for item, answered in answers.items()}, ITEMS),
        "inside": presence_of(event.id),
        "is_near": event.on is not None and abs(event.on - clock.today(event.zone)) <= timedelta(days=1),
        "moment": clock.now(),
        "entry": forms.get("entry") or EntryForm(None),
        "exit": forms.get("exit") or ExitForm(None),
        "readiness": forms.get("readiness") or ReadinessForm(None),
        "wrong_item": forms.get("item"),
    }


@blueprint.route("/events/<code>/ready", methods=["GET"])
def ready(code: str) -> str:
    """The event with nothing but what must stand before it, and the buttons: for the telephone."""
    return _ready(_event(code))


def _ready(event: EventLine, **forms: Any) -> str:
    return render("custody/presence/ready.html", event=event, panel=_before(event, **forms))


@blueprint.route("/events/<code>/readiness", methods=["POST"])
def readiness(code: str) -> ResponseReturnValue:
    """Yes, not needed and why, or not yet."""
    event, form, item = _event(code), ReadinessForm(), request.form.get("item", "")
    return _pressed(
        event,
        form,
        lambda: answer_readiness(
            viewer=g.viewer, code=code, item=item, answer=chosen("answer"), reason=form.reason.data or None
        ),
        {"readiness": form, "item": item},
    )


@blueprint.route("/events/<code>/entry", methods=["POST"])
def entry(code: str) -> ResponseReturnValue:
    """We go in."""
    event, form = _event(code), EntryForm()
    return _pressed(
        event,
        form,
        lambda: go_in(
            viewer=g.viewer, code=code, minutes=int(form.minutes.data or 0), entered=_moment(event, form.at.data)
        ),
        {"entry": form},
    )


@blueprint.route("/events/<code>/exit", methods=["POST"])
def exit(code: str) -> ResponseReturnValue:
    """We are out; or still in, and somebody knows."""
    event, form = _event(code), ExitForm()

    def act() -> object:
        if chosen("still"):
            return expect_later(viewer=g.viewer, code=code, minutes=int(form.minutes.data or 0))
        return come_out(viewer=g.viewer, code=code, out=_moment(event, form.out_at.data))

    return _pressed(event, form, act, {"exit": form})


def _pressed(event: EventLine, form: Form, act: Callable[[], object], forms: dict[str, Any]) -> ResponseReturnValue:
    url = _back(event.code) + (f"#ready-{forms['item']}" if "item" in forms else "")
    return save(form, act, url, lambda: _ready(event, **forms))


def _back(code: str) -> str:
    """Where the button was pressed: Today, else the page of what must stand."""
    today = url_for("home.today")
    return today if request.form.get("back") == today else url_for("custody.ready", code=code)


def _event(code: str) -> EventLine:
    return reportable_page(g.viewer, code).line


def _moment(event: EventLine, at: time | None) -> datetime | None:
    """The last time this hour was, in the zone of the place: at two past midnight 23:50 is yesterday's."""
    if at is None:
        return None
    zone, now = ZoneInfo(event.zone), clock.now()
    moment = datetime.combine(now.astimezone(zone).date(), at, zone)
    return moment - timedelta(days=1) if moment - now > timedelta(hours=12) else moment
