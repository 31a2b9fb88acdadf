"""Someone was detained: the page that has to work on a telephone, with one hand, in the hall of a court."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from flask import g, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from mexile.access.account.queries import with_roles
from mexile.access.policy import ATTORNEY, WORKS
from mexile.access.viewer import Viewer
from mexile.cases.case.queries import attorney_of
from mexile.custody.alert.actions import (
    CHECKS,
    answer_alert,
    check_item,
    hand_on,
    identify,
    raise_alert,
    resolve_alert,
    try_locator,
)
from mexile.custody.alert.forms import AlertForm, IdentifyForm, ResolutionForm
from mexile.custody.alert.models import Alert
from mexile.custody.alert.queries import (
    AlertLine,
    Done,
    checks_of,
    get_alert,
    holder_of,
    resolution_of,
    standing_alerts,
    told_of,
    tries_of,
    visible_member,
)
from mexile.custody.alert.rules import family_words, in_order
from mexile.custody.blueprint import blueprint
from mexile.custody.line.queries import InLine, line_ids, told_line
from mexile.ground import keyring
from mexile.ground.phone import shown_phone
from mexile.ground.text import clean_line
from mexile.ground.vocabulary import vocabulary
from mexile.members.emergency.queries import may_need
from mexile.members.listing.views import once_a_minute
from mexile.members.name.queries import Found, find_members, name_of
from mexile.members.person.queries import member_code_of
from mexile.web.form import Form
from mexile.web.page import render
from mexile.web.save import save
from mexile.web.way import back

MOST_FOUND = 5
MOST_CALLED = 3


def today_first(viewer: Viewer) -> dict[str, Any] | None:
    """Under the sentence of Today, only if it is true."""
    alerts = standing_alerts(viewer)
    return {"alerts": alerts} if alerts else None


def alarm(viewer: Viewer) -> dict[str, Any] | None:
    """On every page of who may know, while an alert stands; not on those that strangers open too."""
    alerts = [] if g.rule.public else standing_now(viewer)
    return {"alerts": alerts, "may_answer": viewer.is_any(*WORKS)} if alerts else None


def standing_now(viewer: Viewer) -> Sequence[AlertLine]:
    """The alerts that stand, asked once a page, and not for who may never know of one. A name is opened only
    for its initials, and only until somebody has it: a page read for days under one line is no look at the person."""
    if not viewer.sees_members:
        return []
    if "standing_alerts" not in g:
        g.standing_alerts = standing_alerts(viewer, opens=lambda row: row.holder_name is None and not g.get("denied"))
    return g.standing_alerts


@blueprint.route("/alerts", methods=["GET", "POST"])
def alerts() -> ResponseReturnValue:
    """Two fields. A POST raises the alert; for a person whose alert stands already it leads there."""
    form = AlertForm()
    if request.method == "GET":
        return _alerts(form)
    key_id = keyring.new_key()
    return save(
        form,
        lambda: raise_alert(
            viewer=g.viewer,
            key_id=key_id,
            member_code=form.picked,
            who=form.who.data,
            last_seen=form.last_seen.data,
        ),
        lambda alert: url_for("custody.alert", code=alert.code) if g.viewer.sees_members else url_for("custody.alerts"),
        lambda: _alerts(form),
    )


@blueprint.route("/alerts/search", methods=["POST"])
def alert_search() -> str:
    """Whom the words may mean: a POST, since they may be a name."""
    return _alerts(AlertForm(None))


def _alerts(form: AlertForm) -> str:
    text = clean_line(request.form.get("q", "") or form.who.data or "")[:80]
    members = find_members(g.viewer, text, MOST_FOUND) if text else []
    if text:
        once_a_minute()
    return render(
        "custody/alert/alerts.html",
        form=form,
        q=text,
        members=members,
        calls=_calls(told_line(), None),
        alerts=standing_alerts(g.viewer),
    )


def _calls(line: list[InLine], first: int | None) -> list[dict[str, str]]:
    """Whom to call first, and whom if nobody answers: the name, the number as it is dialled and as it is read."""
    by_id = {person.user_id: person for person in reversed(line)}
    ordered = (by_id[user_id] for user_id in in_order(line_ids(line), first)[:MOST_CALLED])
    return [
        {"name": person.name, "dial": phone, "phone": shown_phone(phone)}
        for person in ordered
        if (phone := person.phone)
    ]


@blueprint.route("/alerts/<code>")
def alert(code: str) -> ResponseReturnValue:
    return _alert(get_alert(g.viewer, code))


def _alert(alert: Alert, **forms: Any) -> str:
    viewer = g.viewer
    works = viewer.is_any(*WORKS)
    member = visible_member(viewer, alert.member_id)
    answers, checks = _answers(alert), checks_of(alert.id)
    return render(
        "custody/alert/alert.html",
        alert=alert,
        **answers,
        member=member,
        name=name_of(member, viewer) if member else None,
        member_code=member_code_of(alert.member_id) if alert.member_id and viewer.sees_members else None,
        works=works,
        words=(alert.who, alert.last_seen) if works and (member or not alert.member_id) else (None, None),
        calls=_calls(told_line(), attorney_of(alert.member_id) if alert.member_id else None),
        checks=checks,
        family_words=family_words(answers["holder"] and answers["holder"].name, _attorney_knows(answers, checks)),
        items=vocabulary(CHECKS),
        tries=tries_of(alert_id=alert.id),
        maybe=_maybe(alert) if works and not alert.member_id else [],
        may_open=works and alert.member_id is not None and member is None and may_need(viewer),
        identifying=forms.get("identifying") or IdentifyForm(None),
        resolving=forms.get("resolving") or ResolutionForm(None),
        said=forms.get("said"),
    )


def _attorney_knows(answers: dict[str, Any], checks: dict[str, Done]) -> bool:
    """An attorney has it, or somebody wrote down that the attorney knows."""
    said, holder = checks.get("attorney"), answers["holder"]
    if said is not None and said.answer == "done":
        return True
    return holder is not None and holder.user_id in {id for id, _name in with_roles(ATTORNEY)}


def _maybe(alert: Alert) -> list[Found]:
    """Whom the words of an alert about somebody unknown may mean."""
    return find_members(g.viewer, clean_line(alert.who or "")[:80], MOST_FOUND) if alert.who_enc else []


def _answers(alert: Alert) -> dict[str, Any]:
    """Who was told and who has it. Opens nothing sealed: the page asks for it every few seconds."""
    return {
        "told": told_of(alert.id),
        "holder": holder_of(alert.id),
        "resolution": resolution_of(alert.id),
        "may_answer": g.viewer.is_any(*WORKS),
    }


@blueprint.route("/alerts/<code>/told")
def alert_told(code: str) -> str:
    """The part of the page that refreshes by itself."""
    alert = get_alert(g.viewer, code)
    return render("custody/alert/_told.html", alert=alert, **_answers(alert))


@blueprint.route("/alerts/<code>/answer", methods=["POST"])
def alert_answer(code: str) -> ResponseReturnValue:
    """ "I have it", from whichever page. The second of two is told who was first."""
    way = request.form.get("back")
    url = back(way) if way else url_for("custody.alert", code=code)
    answered = _pressed(code, lambda: answer_alert(viewer=g.viewer, code=code), url)
    return _alarm_now() if request.headers.get("HX-Request") else answered


def _alarm_now() -> str:
    """The band alone, as it stands now: what somebody is typing under it stays."""
    g.pop("standing_alerts", None)
    return render("custody/alert/_alarm.html", panel=alarm(g.viewer) or {"alerts": [], "may_answer": False})


@blueprint.route("/alerts/<code>/handover", methods=["POST"])
def alert_handover(code: str) -> ResponseReturnValue:
    return _pressed(code, lambda: hand_on(viewer=g.viewer, code=code))


@blueprint.route("/alerts/<code>/checks", methods=["POST"])
def alert_check(code: str) -> ResponseReturnValue:
    item, answer = request.form.get("item", ""), chosen("answer")
    url = url_for("custody.alert", code=code) + f"#check-{item if item in vocabulary(CHECKS) else 'list'}"
    return _pressed(code, lambda: check_item(viewer=g.viewer, code=code, item=item, answer=answer), url)


@blueprint.route("/alerts/<code>/locator", methods=["POST"])
def alert_locator(code: str) -> ResponseReturnValue:
    result = chosen("result")
    return _pressed(
        code,
        lambda: try_locator(viewer=g.viewer, result=result, alert=get_alert(g.viewer, code)),
        url_for("custody.alert", code=code, _anchor="locator"),
    )


def chosen(name: str) -> str:
    """Which of several buttons was pressed: one is called `answer-done`, another `answer-not_yet`."""
    return next((key.removeprefix(f"{name}-") for key in request.form if key.startswith(f"{name}-")), "")


def _pressed(code: str, act: Callable[[], object], url: str | None = None) -> ResponseReturnValue:
    """A button of the page: do it once, and come back; where it can't be, the page says why first."""
    form = Form()
    return save(
        form,
        act,
        url or url_for("custody.alert", code=code),
        lambda: _alert(get_alert(g.viewer, code), said=form.problems()[0]),
    )


@blueprint.route("/alerts/<code>/member", methods=["POST"])
def alert_member(code: str) -> ResponseReturnValue:
    """Now we know who it is."""
    form = IdentifyForm()
    return save(
        form,
        lambda: identify(viewer=g.viewer, code=code, member_code=form.member.data),
        url_for("custody.alert", code=code),
        lambda: _alert(get_alert(g.viewer, code), identifying=form),
    )


@blueprint.route("/alerts/<code>/resolution", methods=["POST"])
def alert_resolution(code: str) -> ResponseReturnValue:
    """How it ended."""
    form = ResolutionForm()
    return save(
        form,
        lambda: resolve_alert(viewer=g.viewer, code=code, kind=form.kind.data, place_id=form.place_id.data or None),
        url_for("custody.alerts"),
        lambda: _alert(get_alert(g.viewer, code), resolving=form),
        said=_("The alert is over."),
    )
