"""`/demo`: a five-minute walk through an invented organization.

Mounted by the command line only, answered on loopback only, and only while the
configuration holds the demo's key. It opens no door of its own: "Come in as" shows the real
sign-in form with e-mail, password and the code of the moment filled in, and the visitor
presses the real button.
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
from wtforms.widgets import PasswordInput

from mexile.access.policy import DEMO
from mexile.access.session.forms import SignInForm
from mexile.config import config
from mexile.demo import credentials, door, mails
from mexile.demo.organization import calendar
from mexile.demo.organization.inquiry import CALLER
from mexile.demo.organization.recipe import recipe
from mexile.demo.organization.staff import Worker, walkers
from mexile.demo.place import Place
from mexile.ground import clock
from mexile.ground.db import db
from mexile.ground.errors import NotHere
from mexile.web.i18n import COOKIE, LANGUAGES
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
        links={step.number: _link(step) for step in STEPS},
        people=walkers(),
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


def _link(step: Step) -> str:
    if step.person is None:
        return step.path
    return f"{url_for('demo.enter', person=step.person)}?next={quote(step.path, safe='')}"


@blueprint.get("/demo/enter/<person>")
def enter(person: str) -> str:
    """The real sign-in form, filled in for one of the seven."""
    worker = _walker(person)
    given = credentials.of(config().demo_key, worker.word)
    form = SignInForm()
    form.password.widget = PasswordInput(hide_value=False)
    form.email.data = worker.email
    form.password.data = given.password
    form.next.data = request.args.get("next", "")
    form.code.data, wait = door.next_code(worker, given.seed)
    said = (
        _(
            "Each code works once. The next one for %(name)s is ready in %(seconds)d seconds.",
            name=worker.called,
            seconds=wait,
        )
        if wait
        else _("This is the real door. Everything is filled in: press Sign in.")
    )
    again = url_for("demo.enter", person=person, next=form.next.data or None)
    entry = ("quiet", said, again, _("Fill in a fresh code"))
    return render_public("access/session/sign_in.html", form=form, notices=[entry])


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
