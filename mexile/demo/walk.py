"""`/demo`: a five-minute walk through an invented organization.

Mounted by the command line only, answered on loopback only, and only while the
configuration holds the demo's key. It opens no door of its own: "Come in as" types e-mail,
password and the code of the moment at the real one.
"""

import json
import urllib.error
import urllib.request
from datetime import date
from typing import NamedTuple
from urllib.parse import quote

from flask import Blueprint, Response, abort, g, redirect, request, url_for
from flask.blueprints import BlueprintSetupState
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from mexile.access.policy import DEMO
from mexile.access.session import actions as sessions
from mexile.access.session.views import safe_next, signed_in
from mexile.access.throttle import actions as slowing
from mexile.config import config
from mexile.demo import credentials, door, mails
from mexile.demo.organization import calendar
from mexile.demo.organization.inquiry import CALLER
from mexile.demo.organization.recipe import recipe
from mexile.demo.organization.staff import Worker, walkers
from mexile.demo.place import Place
from mexile.ground import clock
from mexile.ground.db import db
from mexile.ground.errors import Invalid, NotHere
from mexile.web.i18n import COOKIE, LANGUAGES, lang
from mexile.web.page import notice, render_public

blueprint = Blueprint("demo", __name__)
lines = DEMO

SWITCHES = ("pay_late", "decline_next", "repeat", "shuffle")
ACTS = ("month", "settle")


class Step(NamedTuple):
    """One step of the walk: who walks it, where it begins."""

    number: int
    person: str | None
    path: str


STEPS = tuple(Step(number, *step) for number, step in enumerate(recipe()["steps"], start=1))


def speak_first(state: BlueprintSetupState) -> None:
    """The visitor's own language holds before that of the person visited: the gate asks after us."""
    state.app.before_request_funcs.setdefault(None, []).insert(0, _speak)


def _speak() -> None:
    chosen = (request.args.get("lang"), request.cookies.get(COOKIE), request.accept_languages.best_match(LANGUAGES))
    g.lang = next((word for word in chosen if word in LANGUAGES), "en")


blueprint.record_once(speak_first)
blueprint.before_app_request(door.before_a_code)
blueprint.after_app_request(door.fill_in)


@blueprint.before_request
def only_here() -> None:
    """Nobody but this machine, and nothing without the demo's key."""
    if not door.is_open():
        abort(404)


def place() -> Place:
    return Place(config().home)


@blueprint.get("/demo")
def walk() -> str:
    """Six steps and three more, seven people, the mails, the stand-in's switches."""
    return render_public(
        "demo/walk.html",
        steps=STEPS,
        people=walkers(),
        inside=g.viewer,
        mails=mails.received(place().mails),
        switches=_standin("GET", "/_control"),
        caller=CALLER,
        film=recipe()["organization"]["film"],
        kept_from=_kept_from(),
        checked_in_on=_checked_in_on(),
    )


def _kept_from() -> date | None:
    """The day of an organization that was kept because somebody worked in it."""
    state = place().said()
    return date.fromisoformat(str(state["day"])) if state.get("is_kept") else None


def _checked_in_on() -> date | None:
    """The day of the check-in that waits to be closed, where that was not yesterday."""
    day = date.fromisoformat(str(place().said().get("day", clock.today())))
    before = calendar.working_before(day)
    return None if before == day - calendar.ONE_DAY else before


@blueprint.post("/demo/enter/<person>")
def enter(person: str) -> ResponseReturnValue:
    """In as one of the seven by the real door, with what they would type: one press."""
    worker = _walker(person)
    given = credentials.of(config().demo_key, worker.word)
    door.let_again(worker)
    try:
        token = sessions.sign_in(
            email=worker.email, password=given.password, code=door.code_of(worker, given.seed), device=_("the walk")
        )
    except (Invalid, slowing.Slowed) as wrong:
        notice("now", wrong.problems[0].text(lang()))
        return redirect(url_for("demo.walk"))
    return signed_in(token, safe_next(request.form.get("next")))


def _walker(person: str) -> Worker:
    for worker in walkers():
        if worker.word == person:
            return worker
    raise NotHere(person)


@blueprint.get("/demo/mails/<int:number>")
def letter(number: int) -> str:
    return render_public("demo/letter.html", letter=_received(number))


def _received(number: int) -> mails.Received:
    mail = mails.letter(place().mails, number)
    if mail is None:
        raise NotHere("letter")
    return mail


@blueprint.get("/demo/mails/<int:number>/<int:part>")
def attachment(number: int, part: int) -> Response:
    """A file that came with a letter, to be saved."""
    attachments = _received(number).attachments
    if part >= len(attachments):
        raise NotHere("attachment")
    file = attachments[part]
    response = Response(file.body, content_type=file.kind)
    response.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(file.name)}"
    return response


@blueprint.post("/demo/switch")
def switch() -> ResponseReturnValue:
    """Turn one of the stand-in's switches, or let something happen there."""
    name, value = request.form.get("name", ""), request.form.get("value", "")
    if name in SWITCHES:
        _standin("POST", "/_control", {name: value == "1"})
    elif name in ACTS:
        notice("done", _happened(name, _standin("POST", f"/_control/{name}", {}) or {}))
    else:
        abort(404)
    return redirect(url_for("demo.walk") + "#standin")


def _happened(name: str, answer: dict[str, object]) -> str:
    count = int(str(answer.get("billed" if name == "month" else "settled", 0) or 0))
    if name == "month":
        return ngettext(
            "A month has passed: %(num)s monthly gift was asked for again.",
            "A month has passed: %(num)s monthly gifts were asked for again.",
            count,
        )
    return ngettext("%(num)s late payment has arrived.", "%(num)s late payments have arrived.", count)


@blueprint.post("/demo/again")
def again() -> ResponseReturnValue:
    """Everything back to how it was first laid."""
    db.session.remove()
    done = place().ask_again()
    response = redirect(url_for("demo.walk"))
    notice(
        "done" if done else "now",
        _("Everything is as it was at first.") if done else _("That did not work. End the demo and start it again."),
    )
    return response


def _standin(method: str, path: str, body: dict[str, object] | None = None) -> dict[str, object] | None:
    """Ask the stand-in, which is on loopback too. None when it does not answer."""
    asked = urllib.request.Request(  # noqa: S310 - the configuration lets no address but Stripe's and loopback through
        config().stripe_base + path,
        method=method,
        data=None if body is None else json.dumps(body).encode(),
        headers={"Content-Type": "application/json"},
    )
    try:
        with urllib.request.urlopen(asked, timeout=5) as answer:  # noqa: S310
            said: dict[str, object] = json.loads(answer.read())
            return said
    except (urllib.error.URLError, TimeoutError, ValueError):
        return None
