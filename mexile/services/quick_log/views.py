"""Logging a service: the bar on every page, its reading as one types, and its own page."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from urllib.parse import urlsplit

from flask import Response, g, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response as BaseResponse

from mexile.ground.errors import NotHere, Problem
from mexile.ground.organization import today
from mexile.members.listing.views import once_a_minute
from mexile.services.blueprint import blueprint
from mexile.services.listing.queries import ServiceLine, service_line
from mexile.services.quick_log.page import propose, read_to_save, whole_act
from mexile.services.quick_log.reading import Reading
from mexile.services.service.actions import log_service, seal_note
from mexile.services.service.forms import BarForm, LogForm
from mexile.web.form import bare_form
from mexile.web.i18n import lang
from mexile.web.page import render
from mexile.web.save import save
from mexile.web.way import back

FRAGMENT = "X-Fragment"
MOST_PICKS = 60
_CODE = re.compile(r"S-\d+")
_MEMBER = re.compile(r"ME-[0-9]{1,9}")


@blueprint.route("/services/log", methods=["GET", "POST"])
def log() -> ResponseReturnValue:
    """The page of the log; a POST from it or from the bar of any page saves."""
    if request.method == "GET":
        return _page(_fresh())
    form = _form()
    if not form.validate():
        return _again(form), 422
    reading = read_to_save(g.viewer, form.whole_line, picks(), today=today())
    if not reading.ready:
        form.add(_missing(reading))
        return _again(form), 422
    answer = _save(form, reading)
    if request.headers.get(FRAGMENT) and isinstance(answer, BaseResponse):
        return _strip(answer.location or "")
    return answer


@blueprint.route("/services/reading", methods=["POST"])
def reading() -> str:
    """How the line reads now: chips, questions and the sentence. A POST, since what is
    typed may be a name; it saves nothing."""
    form = _form()
    form.validate()
    proposal = _proposal(form, accept=bool(request.form.get("accept")))
    once_a_minute()
    return render_template("services/quick_log/_reading.html", proposal=proposal)


def _fresh() -> LogForm:
    """The form as the page opens: with a line begun for somebody, or else with what was
    typed here and not saved. Never both: a note about one person must not come back
    beside the name of another."""
    begun = ""
    if same := request.args.get("same"):
        begun = _same_line(same)
    elif _MEMBER.fullmatch(who := request.args.get("who", "")):
        begun = f"{who} "
    if not begun:
        return LogForm()
    form = LogForm(None)
    form.line.data = begun
    return form


def _form() -> BarForm:
    """The bar sends a line and nothing beside it; the page sends all."""
    return LogForm() if {"note", "minutes"} & set(request.form) else BarForm()


def picks() -> Mapping[str, str]:
    """What was chosen so far: `words=kind:value`, from chips of any number."""
    picks = {}
    for name, value in list(request.form.items(multi=True))[: MOST_PICKS * 2]:
        if name.startswith("pick"):
            words, _, choice = value.rpartition("=")
            if words and choice:
                picks[words] = choice
    return picks


def _proposal(form: BarForm, accept: bool = False) -> Any:
    return propose(
        g.viewer,
        form.whole_line,
        picks(),
        today=today(),
        accept=accept,
        apply=form.apply,
        counts_hidden=form.counts_hidden,
    )


def _save(form: BarForm, reading: Reading) -> ResponseReturnValue:
    act, _hidden = whole_act(g.viewer, reading, form.apply, form.counts_hidden, today=today())
    note = seal_note(g.viewer, act.people, form.note_text)
    return save(
        form,
        lambda: log_service(viewer=g.viewer, act=replace(act, note=note), today=today()),
        lambda service: back(form.back.data, logged=service.code),
        lambda: _again(form),
    )


def _missing(reading: Reading) -> list[Problem]:
    if reading.empty:
        return [Problem("line", "Write who it was for and what was done.", "Escriba para quién fue y qué se hizo.")]
    return list(reading.problems)


def _again(form: BarForm) -> str:
    """The form once more with everything typed, its questions and what is wrong with it."""
    if request.headers.get(FRAGMENT):
        return render_template("services/quick_log/_reading.html", proposal=_proposal(form), form=form)
    return _page(form)


def _page(form: BarForm) -> str:
    """The page of the log; what came from a bar goes on in the whole form."""
    if not isinstance(form, LogForm):
        form = _whole(form)
    proposal = _proposal(form) if form.whole_line else None
    return render("services/quick_log/log.html", form=form, proposal=proposal)


def _whole(form: BarForm) -> LogForm:
    whole = LogForm()
    for name, errors in form.errors.items():
        if not name:
            whole.form_errors.extend(errors)
        else:
            whole[name].errors = list(errors)
    return whole


def _same_line(code: str) -> str:
    """What was done, to be said again of somebody else."""
    line = service_line(g.viewer, code)
    if line is None:
        return ""
    return f"{line.type_name(lang())} {line.minutes}m "


def _strip(url: str) -> Response:
    """What was saved, for the bar to show in place, with the token of its next form."""
    logged = service_line(g.viewer, _CODE.findall(url)[-1])
    if logged is None:
        raise NotHere(url)
    text = render_template("services/quick_log/_logged.html", logged=logged, way=urlsplit(url).path)
    return Response(text, headers={"X-Form-Token": bare_form().form_token.data, "X-Leads-To": url})


@blueprint.app_context_processor
def _bar() -> dict[str, Any]:
    """For the bar: the service that was just logged, when the page comes from that."""
    return {"just_logged": _just_logged, "log_url": lambda: url_for("services.log")}


def _just_logged() -> ServiceLine | None:
    code = request.args.get("logged", "")
    if g.get("viewer") is None or not _CODE.fullmatch(code):
        return None
    line = service_line(g.viewer, code)
    return line if line and line.by_user_id == g.viewer.user_id and not line.is_void else None
