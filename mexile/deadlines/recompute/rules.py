"""What a reckoning of today would change of a deadline: old -> new, and in words why."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from typing import Any

from mexile.deadlines.deadline.rules import Reckoning
from mexile.deadlines.reminder.rules import ONE_YEAR
from mexile.deadlines.rule.rules import Rule
from mexile.ground.dates import format_day


@dataclass(frozen=True)
class Recomputed:
    """One open deadline that would change, old -> new. Each field has the name of its column in ``recompute_line``."""

    deadline_id: int
    old_due_on: date
    old_internal_on: date | None
    old_rule_id: int | None
    old_trigger_on: date
    new_due_on: date | None
    new_internal_on: date | None
    new_computed_on: date | None
    new_trigger_on: date
    new_rule_id: int | None
    inputs: str
    why_en: str
    why_es: str


def trigger_now(row: Any) -> date:
    """The trigger's day as it stands now: a hearing may have been moved, an arrival mended."""
    if row.event_on is not None and row.precision in ("exact", "day"):
        return row.event_on
    if row.rule_code == ONE_YEAR and row.arrived_on is not None:
        return row.arrived_on
    return row.trigger_on


def differs(row: Any, reckoning: Reckoning) -> bool:
    return (reckoning.due_on, reckoning.internal_on, reckoning.rule.id, reckoning.trigger_on) != (
        row.due_on,
        row.internal_on,
        row.rule_id,
        row.trigger_on,
    )


def reckoned(row: Any, reckoning: Reckoning) -> Recomputed:
    """Its rule gives another day."""
    return Recomputed(
        **_as_it_stands(row),
        new_due_on=reckoning.due_on,
        new_internal_on=reckoning.internal_on,
        new_computed_on=reckoning.computed_on,
        new_trigger_on=reckoning.trigger_on,
        new_rule_id=reckoning.rule.id,
        inputs=json.dumps(reckoning.inputs, separators=(",", ":")),
        why_en=reckoning.en,
        why_es=reckoning.es,
    )


def stopped(row: Any, trigger: date, rule: Rule) -> Recomputed:
    """The clock stands still: there is no day."""
    return Recomputed(
        **_as_it_stands(row),
        new_due_on=None,
        new_internal_on=None,
        new_computed_on=None,
        new_trigger_on=trigger,
        new_rule_id=rule.id,
        inputs="{}",
        why_en="The clock stands still: there is no date until it goes on.",
        why_es="El reloj está detenido: no hay fecha hasta que siga.",
    )


def unbound(row: Any, trigger: date) -> Recomputed:
    """No rule binds any more on the trigger's day. Its day stays, whoever confirms: that a duty fell
    away is for an attorney to say of each one, not for a reckoning."""
    return Recomputed(
        **_as_it_stands(row),
        new_due_on=row.due_on,
        new_internal_on=row.internal_on,
        new_computed_on=None,
        new_trigger_on=trigger,
        new_rule_id=None,
        inputs="{}",
        why_en=f"No rule of this name binds on {format_day(trigger, 'en')}. The day stays; an attorney decides.",
        why_es=f"Ninguna regla con este nombre rige el {format_day(trigger, 'es')}. El día se queda; decide una abogada.",
    )


def _as_it_stands(row: Any) -> dict[str, Any]:
    return {
        "deadline_id": row.id,
        "old_due_on": row.due_on,
        "old_internal_on": row.internal_on,
        "old_rule_id": row.rule_id,
        "old_trigger_on": row.trigger_on,
    }
