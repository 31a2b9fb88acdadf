"""Leaving a first step for later, and taking it up again."""

from __future__ import annotations

from sqlalchemy import delete

from mexile.access.rules import name_act
from mexile.access.viewer import Viewer
from mexile.ground import clock, trail
from mexile.ground.db import db
from mexile.home.first_step.models import FirstStepDelay

name_act("first_step.later", "Left a first step for later", "Dejó un primer paso para después")
name_act("first_step.again", "Took a first step up again", "Retomó un primer paso")


def put_off(*, viewer: Viewer, code: str) -> None:
    """Inside `writing()`."""
    if db.session.get(FirstStepDelay, code) is None:
        db.session.add(FirstStepDelay(code=code, by_user_id=viewer.user_id, at=clock.now()))
        db.session.flush()
        trail.record("first_step.later", None, step=code)


def take_up(*, code: str) -> None:
    """Inside `writing()`."""
    if db.session.connection().execute(delete(FirstStepDelay).where(FirstStepDelay.code == code)).rowcount:
        trail.record("first_step.again", None, step=code)
