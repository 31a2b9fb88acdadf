"""Adding a judge, and changing what is published of one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from mexile.access.rules import name_act
from mexile.access.viewer import Viewer
from mexile.cases.judge.models import Judge
from mexile.cases.judge.queries import get_judge, next_judge_code
from mexile.cases.place.actions import STALE, set_values
from mexile.ground import trail
from mexile.ground.db import db
from mexile.ground.errors import Conflict

name_act("judge.add", "Added a judge", "Agregó a un juez o una jueza")
name_act("judge.edit", "Changed what is published of a judge", "Cambió lo publicado sobre un juez o una jueza")


def add_judge(*, viewer: Viewer, values: Mapping[str, Any]) -> Judge:
    """A judge, as published."""
    judge = Judge(code=next_judge_code(), **values)
    db.session.add(judge)
    db.session.flush()
    trail.record("judge.add", judge.code)
    return judge


def edit_judge(*, viewer: Viewer, code: str, version: int, values: Mapping[str, Any]) -> Judge:
    """Change what differs. Raises Conflict when it changed after `version` was shown."""
    held = get_judge(code)
    if held.version != version:
        raise Conflict(STALE)
    set_values(held, values, "judge.edit")
    return held
