"""Someone was detained: raising the alert, telling the next in line until somebody has it, and how it ended."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import select, update

from mexile.access.account.queries import reader
from mexile.access.rules import name_act
from mexile.access.viewer import Viewer
from mexile.cases.case.queries import attorney_of
from mexile.config import config
from mexile.custody.alert.models import (
    ANSWERS,
    RESOLUTIONS,
    TRIES,
    Alert,
    AlertAnswer,
    AlertCheck,
    AlertNotice,
    AlertResolution,
    LocatorTry,
)
from mexile.custody.alert.queries import alert_of, get_alert, holder_of, is_over, last_step, next_alert_code
from mexile.custody.alert.rules import in_order, next_at, told_at, who_problems
from mexile.custody.detention.actions import add_stay, end_detention, start_detention, void_detention
from mexile.custody.detention.queries import open_detention
from mexile.custody.line.queries import line_ids, told_line
from mexile.ground import clock, keyring, mail, organization, queue, seal, trail
from mexile.ground.db import db, writing
from mexile.ground.errors import Conflict, Invalid, KeyGone, Problem, Tampered
from mexile.ground.vocabulary import vocabulary
from mexile.members.emergency.rules import open_now_letter
from mexile.members.person.models import Member
from mexile.members.person.queries import get_member

name_act("alert.raise", "Said that someone was detained", "Avisó que detuvieron a alguien")
name_act("alert.tell", "Told the next in line", "Avisó a la siguiente persona")
name_act("alert.answer", "Took an alert on", "Se encargó de una alerta")
name_act("alert.hand_on", "Handed an alert on", "Pasó una alerta a otra persona")
name_act("alert.identify", "Said who an alert is about", "Dijo de quién es una alerta")
name_act("alert.check", "Answered a thing of the 24-hour list", "Respondió un punto de la lista de 24 horas")
name_act("alert.resolve", "Said how an alert ended", "Dijo cómo terminó una alerta")
name_act("locator.try", "Asked the locator", "Consultó el localizador")


CHECKS = "detention_check"


def raise_alert(
    *,
    viewer: Viewer,
    member_code: str | None,
    who: str | None = None,
    last_seen: str | None = None,
    key_id: bytes | None = None,
) -> Alert:
    """Somebody was detained: the first in line is told at once, the next ones in turn, until somebody has it.

    `key_id`: a new key, made before the transaction, for words about somebody we don't know yet. For a
    member for whom an alert stands already that one is answered. Raises Invalid when nobody is named.
    """
    problems = who_problems(member_code, who)
    if problems:
        raise Invalid(problems)
    member = get_member(viewer, member_code) if member_code else None
    if member is not None and (standing := alert_of(member.id)):
        return standing
    alert = Alert(
        key_id=member.key_id if member else key_id,
        code=next_alert_code(),
        member_id=member.id if member else None,
        by_user_id=viewer.user_id,
        at=clock.now(),
        who=None if member else who,
        last_seen=last_seen or None,
    )
    db.session.add(alert)
    db.session.flush()
    trail.record("alert.raise", [alert.code, member.code] if member else alert.code)
    if member:
        _hold(viewer, alert, member)
    _tell(alert, 0)
    return alert


def _hold(viewer: Viewer, alert: Alert, member: Member) -> None:
    """The member is in custody from today on, unless a record says so already."""
    if open_detention(member.id) is None:
        start_detention(viewer=viewer, member=member, from_on=organization.today(), alert_id=alert.id)


def _tell(alert: Alert, step: int) -> None:
    """Tell who stands at this step, once, and have the next one told later."""
    line = in_order(line_ids(told_line()), attorney_of(alert.member_id) if alert.member_id else None)
    user_id, now = told_at(line, step), clock.now()
    if user_id is None:
        return
    db.session.add(AlertNotice(alert_id=alert.id, step=step, user_id=user_id, at=now))
    db.session.flush()
    trail.record("alert.tell", alert.code, step=step, user=user_id)
    mail.put("cases.alert", f"{alert.code}/{step}", {"code": alert.code, "user": user_id})
    _later(alert.code, step + 1, next_at(line, step, now))


def _later(code: str, step: int, at: datetime) -> None:
    queue.put("cases.alert_next", f"{code}/{step}", {"code": code, "step": step}, run_at=at)


@queue.handles("cases.alert_next")
def tell_next(body: dict[str, Any]) -> None:
    """Nobody had it in time: the next in line is told. Done twice, or late, it tells nobody twice.

    A step that somebody's handing on has overtaken does nothing: the chain goes on behind it.
    """
    with writing():
        alert = db.session.scalars(select(Alert).where(Alert.code == body["code"])).one()
        if is_over(alert.id) or holder_of(alert.id) or body["step"] != last_step(alert.id) + 1:
            return
        _tell(alert, body["step"])


@mail.renders("cases.alert")
def render_notice(body: dict[str, Any]) -> mail.Letter | None:
    """The letter: open mexile now. Not what happened, nor to whom: many read over a shoulder."""
    user = reader(body["user"])
    if user is None:
        return None
    return mail.Letter(user.email, *open_now_letter(body["code"], f"{config().base_url}/alerts", user.language))


def answer_alert(*, viewer: Viewer, code: str) -> AlertAnswer:
    """ "I have it." Raises Conflict, with the name, when somebody else has it."""
    alert = _alert_that_stands(viewer, code)
    holder = holder_of(alert.id)
    if holder is not None:
        raise Conflict(
            Problem(
                "",
                f"{holder.name} has it already. Call and ask what is missing.",
                f"{holder.name} ya se encarga. Llame y pregunte qué falta.",
            )
        )
    reply = AlertAnswer(alert_id=alert.id, user_id=viewer.user_id, at=clock.now())
    db.session.add(reply)
    db.session.flush()
    trail.record("alert.answer", code)
    return reply


def hand_on(*, viewer: Viewer, code: str) -> None:
    """Who has it can't any more: nobody has it, and the next in line is told at once."""
    alert = _alert_that_stands(viewer, code)
    holder = holder_of(alert.id)
    if holder is None or not (holder.user_id == viewer.user_id or viewer.sees_all_members):
        raise Conflict(Problem("", "Only who has it can hand it on.", "Solo quien se encarga puede pasarlo."))
    db.session.execute(
        update(AlertAnswer)
        .where(AlertAnswer.alert_id == alert.id, AlertAnswer.ended_at.is_(None))
        .values(ended_at=clock.now())
    )
    trail.record("alert.hand_on", code)
    _tell(alert, last_step(alert.id) + 1)


def release_alerts(*, user_id: int) -> None:
    """Who has alerts can't answer for them any more: nobody has them, and the next in line is told at once."""
    held = db.session.scalars(
        select(Alert)
        .join(AlertAnswer, AlertAnswer.alert_id == Alert.id)
        .where(AlertAnswer.user_id == user_id, AlertAnswer.ended_at.is_(None))
    ).all()
    for alert in held:
        if is_over(alert.id):
            continue
        db.session.execute(
            update(AlertAnswer)
            .where(AlertAnswer.alert_id == alert.id, AlertAnswer.ended_at.is_(None))
            .values(ended_at=clock.now())
        )
        trail.record("alert.hand_on", alert.code)
        _tell(alert, last_step(alert.id) + 1)


def identify(*, viewer: Viewer, code: str, member_code: str) -> Alert:
    """Now we know who it is. What was said moves under the person's own key, and custody begins."""
    alert = _alert_that_stands(viewer, code)
    if alert.member_id is not None:
        raise Conflict(Problem("member", "Somebody has said who it is.", "Alguien ya dijo quién es."))
    member = get_member(viewer, member_code)
    if alert_of(member.id):
        raise Invalid(
            Problem("member", "An alert stands for this person already.", "Ya hay una alerta por esta persona.")
        )
    old_key = alert.key_id
    alert.member_id = member.id
    _move_words(alert, member.key_id)
    db.session.execute(update(LocatorTry).where(LocatorTry.alert_id == alert.id).values(member_id=member.id))
    db.session.flush()
    trail.record("alert.identify", [code, member.code])
    _hold(viewer, alert, member)
    queue.put("cases.key_spent", code, {"code": code, "key": old_key.hex()})
    return alert


def _move_words(alert: Alert, key_id: bytes) -> None:
    """What was said goes under the person's own key. Where a part of it is damaged all stays where it is."""
    try:
        with seal.silent():
            who, last_seen = alert.who, alert.last_seen
    except (KeyGone, Tampered):
        return
    alert.key_id, alert.who_enc, alert.last_seen_enc = key_id, None, None
    alert.who, alert.last_seen = who, last_seen


@queue.handles("cases.key_spent")
def destroy_spent_key(body: dict[str, Any]) -> None:
    """The key that the words had before we knew whose they are opens nothing any more."""
    alert = db.session.scalars(select(Alert).where(Alert.code == body["code"])).one()
    key = bytes.fromhex(body["key"])
    if alert.key_id != key:
        keyring.current().erase(key)


def check_item(*, viewer: Viewer, code: str, item: str, answer: str) -> AlertCheck:
    """Say of one thing of the first 24 hours that it is done, not needed, or not yet."""
    alert = get_alert(viewer, code)
    if item not in vocabulary(CHECKS) or answer not in ANSWERS:
        raise Invalid(Problem("item", "Choose one of the list.", "Elija uno de la lista."))
    check = AlertCheck(alert_id=alert.id, item=item, answer=answer, by_user_id=viewer.user_id, at=clock.now())
    db.session.add(check)
    db.session.flush()
    trail.record("alert.check", code, item=item, answer=answer)
    return check


def try_locator(*, viewer: Viewer, result: str, alert: Alert | None = None, member: Member | None = None) -> LocatorTry:
    """The locator was asked at this moment."""
    if result not in TRIES:
        raise Invalid(Problem("result", "Choose what it said.", "Elija qué respondió."))
    member_id = member.id if member else alert.member_id if alert else None
    attempt = LocatorTry(
        member_id=member_id,
        alert_id=alert.id if alert else None,
        result=result,
        by_user_id=viewer.user_id,
        at=clock.now(),
    )
    db.session.add(attempt)
    db.session.flush()
    trail.record("locator.try", alert.code if alert else member.code if member else None, result=result)
    return attempt


def resolve_alert(*, viewer: Viewer, code: str, kind: str, place_id: int | None = None) -> AlertResolution:
    """How it ended: found in custody (and where, if known), free, or a mistake. The custody record follows.

    Raises Conflict while nobody has it: an alert doesn't end in nobody's hands.
    """
    alert = _alert_that_stands(viewer, code)
    if kind not in RESOLUTIONS:
        raise Invalid(Problem("kind", "Choose how it ended.", "Elija cómo terminó."))
    if holder_of(alert.id) is None:
        raise Conflict(
            Problem(
                "",
                "Nobody has it yet. Press “I have it” first, then say how it ended.",
                "Aún nadie se encarga. Primero presione «Yo me encargo» y después diga cómo terminó.",
            )
        )
    resolution = AlertResolution(alert_id=alert.id, kind=kind, by_user_id=viewer.user_id, at=clock.now())
    db.session.add(resolution)
    db.session.flush()
    trail.record("alert.resolve", code, kind=kind)
    _follow(viewer, alert, kind, place_id)
    return resolution


def _follow(viewer: Viewer, alert: Alert, kind: str, place_id: int | None) -> None:
    held = open_detention(alert.member_id) if alert.member_id else None
    if held is None or held.alert_id != alert.id:
        return
    if kind == "mistake":
        void_detention(viewer=viewer, detention=held)
    elif kind == "released":
        end_detention(viewer=viewer, detention=held, on=organization.today(), how="unknown")
    elif place_id is not None:
        add_stay(viewer=viewer, detention=held, place_id=place_id, on=organization.today())


def _alert_that_stands(viewer: Viewer, code: str) -> Alert:
    alert = get_alert(viewer, code)
    if is_over(alert.id):
        raise Conflict(Problem("", "This alert is over.", "Esta alerta ya terminó."))
    return alert
