"""Alerts a viewer may know of, who was told of one, who has it, and what was done."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Text, and_, cast, exists, func, literal, or_, select, true

from mexile.access.account.models import UserAccount
from mexile.access.policy import register_scope
from mexile.access.viewer import Viewer
from mexile.cases.event.models import Event, EventPerson
from mexile.custody.alert.models import Alert, AlertAnswer, AlertCheck, AlertNotice, AlertResolution, LocatorTry
from mexile.ground.codes import next_code
from mexile.ground.db import db
from mexile.ground.errors import NotHere
from mexile.ground.queue import Job
from mexile.members.assignment.rights import NONE, Asking, asking_of, rights_of, rights_values, visible
from mexile.members.name.queries import NAME_COLUMNS, name_of
from mexile.members.name.rules import ShownName
from mexile.members.person.models import Member


def next_alert_code() -> str:
    return next_code("AL", Alert.code)


@dataclass(frozen=True)
class Told:
    """Somebody is told, since a moment."""

    name: str
    at: datetime
    waits: bool = False
    """The letter hasn't left yet."""
    is_unsent: bool = False
    """It was tried in vain up to now."""


@dataclass(frozen=True)
class Holder:
    """Who has it, since when."""

    user_id: int
    name: str
    at: datetime


@dataclass(frozen=True)
class AlertLine:
    """A standing alert. `name` is empty where nobody knows who it is or the viewer may not."""

    code: str
    at: datetime
    by_name: str
    name: ShownName | None
    holder_name: str | None
    held_at: datetime | None
    told: int
    member_code: str | None = None


@dataclass(frozen=True)
class Done:
    """The newest answer about one thing of the list."""

    answer: str
    name: str
    at: datetime


@dataclass(frozen=True)
class Tried:
    """The locator was asked once."""

    result: str
    name: str
    at: datetime


def alert_seen(asker: Viewer | str | Asking) -> ColumnElement[bool]:
    """The WHERE on `Alert`: mine, one I was told of, or of somebody I may know of.

    It shows the alert, never the person: she passes `visible` by herself.
    """
    asking = asking_of(asker)
    if asking.sees_all:
        return true()
    ways = [
        Alert.by_user_id == asking.user_id,
        exists().where(AlertNotice.alert_id == Alert.id, AlertNotice.user_id == asking.user_id),
    ]
    if asking.rights != NONE:
        ways.append(visible(asking, Alert.member_id))
    return or_(*ways)


register_scope("alert", alert_seen)


def get_alert(viewer: Viewer, code: str) -> Alert:
    """The alert with this code, or NotHere."""
    alert = db.session.scalar(select(Alert).where(Alert.code == code, alert_seen(viewer)))
    if alert is None:
        raise NotHere(code)
    return alert


def alert_of(member_id: int) -> Alert | None:
    """The alert that stands for this member, if one does."""
    return db.session.scalar(select(Alert).where(Alert.member_id == member_id, Alert.stands()).limit(1))


def stands_at(event_code: str) -> bool:
    """Whether an alert stands for somebody of this date."""
    here = select(EventPerson.member_id).join(Event, Event.id == EventPerson.event_id).where(Event.code == event_code)
    return bool(db.session.scalar(select(exists().where(Alert.member_id.in_(here), Alert.stands()))))


def is_over(alert_id: int) -> bool:
    return resolution_of(alert_id) is not None


def resolution_of(alert_id: int) -> AlertResolution | None:
    return db.session.get(AlertResolution, alert_id)


def holder_of(alert_id: int) -> Holder | None:
    """Who has it now."""
    row = db.session.execute(
        select(AlertAnswer.user_id, UserAccount.name, AlertAnswer.at)
        .join(UserAccount, UserAccount.id == AlertAnswer.user_id)
        .where(AlertAnswer.alert_id == alert_id, AlertAnswer.ended_at.is_(None))
    ).first()
    return Holder(*row) if row else None


WAITS = (Job.id.is_not(None), func.coalesce(Job.trouble, "") != "")
"""Whether the letter that was joined by `letter_left_not` waits still, and was tried in vain."""


def letter_left_not(kind: str, key: Any) -> ColumnElement[bool]:
    """The ON of an outer join with `Job`: the letter of this kind and key that hasn't left."""
    return and_(Job.kind == "mail", Job.key == literal(f"{kind}:") + key, Job.state != "done")


def told_of(alert_id: int, most: int = 12) -> Sequence[Told]:
    """Who was told, the last twelve, in their order."""
    rows = db.session.execute(
        select(UserAccount.name, AlertNotice.at, *WAITS)
        .join(UserAccount, UserAccount.id == AlertNotice.user_id)
        .join(Alert, Alert.id == AlertNotice.alert_id)
        .outerjoin(Job, letter_left_not("cases.alert", Alert.code + "/" + cast(AlertNotice.step, Text)))
        .where(AlertNotice.alert_id == alert_id)
        .order_by(AlertNotice.step.desc())
        .limit(most)
    ).all()
    return [Told(*row) for row in reversed(rows)]


def last_step(alert_id: int) -> int:
    """The step that was told last, -1 before the first."""
    step = db.session.scalar(select(func.max(AlertNotice.step)).where(AlertNotice.alert_id == alert_id))
    return -1 if step is None else step


def checks_of(alert_id: int) -> dict[str, Done]:
    """item -> its newest answer."""
    rows = db.session.execute(
        select(AlertCheck.item, AlertCheck.answer, UserAccount.name, AlertCheck.at)
        .join(UserAccount, UserAccount.id == AlertCheck.by_user_id)
        .where(AlertCheck.alert_id == alert_id)
        .order_by(AlertCheck.id)
    )
    return {row.item: Done(row.answer, row.name, row.at) for row in rows}


def tries_of(*, alert_id: int | None = None, member_id: int | None = None, most: int = 10) -> Sequence[Tried]:
    """When the locator was asked, the newest first."""
    where = [LocatorTry.alert_id == alert_id] if alert_id is not None else []
    where += [LocatorTry.member_id == member_id] if member_id is not None else []
    rows = db.session.execute(
        select(LocatorTry.result, UserAccount.name, LocatorTry.at)
        .join(UserAccount, UserAccount.id == LocatorTry.by_user_id)
        .where(or_(*where))
        .order_by(LocatorTry.id.desc())
        .limit(most)
    )
    return [Tried(*row) for row in rows]


def standing_alerts(viewer: Viewer, opens: Callable[[Any], bool] = lambda _row: True) -> Sequence[AlertLine]:
    """The alerts that stand, the newest first, with the person's name for whom it may be shown. One query.

    `opens` says of which rows the name is opened at all.
    """
    rows = db.session.execute(_alerts_that_stand(rights_of(viewer)), rights_values(viewer))
    return [
        AlertLine(
            row.code,
            row.at,
            row.by_name,
            name_of(row, viewer) if row.is_visible and opens(row) else None,
            row.holder_name,
            row.held_at,
            row.told,
            row.member_code if row.is_visible else None,
        )
        for row in rows
    ]


@cache
def _alerts_that_stand(rights: str) -> Any:
    """Made once for each kind of rights: every page asks."""
    raiser, holder = UserAccount.__table__.alias("raiser"), UserAccount.__table__.alias("holder")
    told = select(func.count(AlertNotice.user_id.distinct())).where(AlertNotice.alert_id == Alert.id).scalar_subquery()
    return (
        select(
            Alert.code,
            Alert.at,
            raiser.c.name.label("by_name"),
            holder.c.name.label("holder_name"),
            AlertAnswer.at.label("held_at"),
            told.label("told"),
            visible(rights, Alert.member_id).label("is_visible"),
            Member.code.label("member_code"),
            *NAME_COLUMNS,
        )
        .join(raiser, raiser.c.id == Alert.by_user_id)
        .outerjoin(AlertAnswer, (AlertAnswer.alert_id == Alert.id) & AlertAnswer.ended_at.is_(None))
        .outerjoin(holder, holder.c.id == AlertAnswer.user_id)
        .outerjoin(Member, Member.id == Alert.member_id)
        .where(Alert.stands(), alert_seen(rights))
        .order_by(Alert.id.desc())
    )


def visible_member(viewer: Viewer, member_id: int | None) -> Member | None:
    """The member of an alert, where the viewer may know of her."""
    if member_id is None:
        return None
    return db.session.scalar(select(Member).where(Member.id == member_id, visible(viewer)))
