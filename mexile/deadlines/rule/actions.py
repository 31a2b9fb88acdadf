"""Writes of rules: add those of the program, put a newer version in the place of one, review, close a day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, replace
from datetime import date, timedelta
from typing import Any

from sqlalchemy import func, insert, select

from mexile.access.rules import name_act
from mexile.access.viewer import Viewer
from mexile.deadlines.rule.file import overlaps, own_rules, problems_of
from mexile.deadlines.rule.models import DeadlineRule, DeadlineRuleReview
from mexile.deadlines.rule.queries import is_replaced, rule_line, rules_of
from mexile.deadlines.rule.rules import Rule
from mexile.ground import clock, trail
from mexile.ground.db import db
from mexile.ground.errors import Conflict, Invalid, Problem

name_act("rule.write", "Wrote a rule of deadlines", "Escribió una regla de plazos")
name_act("rule.file", "Took a file of deadline rules", "Tomó un archivo de reglas de plazos")
name_act("rule.review", "Reviewed a rule of deadlines", "Revisó una regla de plazos")


def seed_rules(rules: Sequence[Rule] | None = None, reason: str = "came with the program") -> int:
    """Add the rules (without any, those of the program) that aren't there yet; what stands is left
    alone, and `left_out` says what that was. Returns how many were added. Raises Invalid with all that is wrong in the program's file."""
    known = {tuple(row) for row in db.session.execute(select(DeadlineRule.code, DeadlineRule.version))}
    rows = [
        _row(rule, reason=reason, by_user_id=None)
        for rule in (own_rules() if rules is None else rules)
        if (rule.code, rule.version) not in known
    ]
    if rows:
        db.session.execute(insert(DeadlineRule), rows)
    return len(rows)


def replace_rule(*, viewer: Viewer, code: str, version: int, values: dict[str, Any], reason: str) -> DeadlineRule:
    """A newer version in the place of one that stands. Deadlines reckoned by the older keep naming it.

    `values`: the fields of the rule that change. Raises Invalid with every problem, Conflict
    when somebody wrote a newer version in the meantime.
    """
    old = rule_line(code, version).rule
    if is_replaced(old.id or 0):
        raise Conflict(
            Problem(
                "",
                "Somebody wrote a newer version of this rule in the meantime.",
                "Mientras tanto alguien escribió una versión más nueva de esta regla.",
            )
        )
    newer = replace(old, **values, version=_next_version(code), id=None)
    return _write(viewer, newer, reason, replaces_id=old.id)


def change_law(
    *, viewer: Viewer, code: str, version: int, from_on: date, values: dict[str, Any], reason: str
) -> DeadlineRule:
    """The law changes on a day: the rule that stands ends on the day before and a new one begins.

    Triggers before that day keep the old rule.
    """
    line = rule_line(code, version)
    old = line.rule
    if from_on <= (old.from_on or date.min):
        raise Invalid(
            Problem(
                "from_on",
                "The new rule has to begin after the old one began.",
                "La regla nueva debe empezar después que la anterior.",
            )
        )
    until = {"to_on": from_on - timedelta(days=1), "status": "superseded", "verify": line.is_unreviewed}
    replace_rule(viewer=viewer, code=code, version=version, values=until, reason=reason)
    newer = replace(
        old,
        **{"status": "in_force", "to_on": None, **values},
        from_on=from_on,
        version=_next_version(code),
        id=None,
    )
    return _write(viewer, newer, reason, replaces_id=None)


def review_rule(*, viewer: Viewer, code: str, version: int) -> None:
    """An attorney read the law and stands for this version."""
    line = rule_line(code, version)
    if line.reviewed_at is not None:
        raise Conflict(Problem("", "This was reviewed already.", "Esto ya se revisó."))
    db.session.add(DeadlineRuleReview(rule_id=line.rule.id, by_user_id=viewer.user_id, at=clock.now()))
    db.session.flush()
    trail.record("rule.review", code, version=version)


def _next_version(code: str) -> int:
    last = db.session.scalar(select(func.max(DeadlineRule.version)).where(DeadlineRule.code == code))
    return (last or 0) + 1


def version_problems(code: str, version: int, values: dict[str, Any]) -> list[Problem]:
    """What would be wrong with a newer version of a rule, as far as it is told: all at once."""
    old = rule_line(code, version).rule
    return _problems(replace(old, **values, id=None), replaces_id=old.id)


def _problems(rule: Rule, replaces_id: int | None) -> list[Problem]:
    problems = [Problem(_FIELD.get(field, field), en, es) for field, en, es in problems_of(_told(rule))]
    others = [other for other in rules_of(rule.code) if other.id != replaces_id]
    if (rule.from_on or date.min) <= (rule.to_on or date.max) and (other := overlaps(rule, others)):
        problems.append(
            Problem(
                "from_on",
                f"This period overlaps version {other.version}.",
                f"Este periodo se encima con la versión {other.version}.",
            )
        )
    return problems


def _write(viewer: Viewer, rule: Rule, reason: str, replaces_id: int | None) -> DeadlineRule:
    problems = _problems(rule, replaces_id)
    if problems:
        raise Invalid(problems)
    row = DeadlineRule(**_row(rule, reason=reason, by_user_id=viewer.user_id), replaces_id=replaces_id)
    db.session.add(row)
    db.session.flush()
    trail.record("rule.write", rule.code, version=rule.version)
    return row


_FIELD = {"from": "from_on", "to": "to_on"}


def _told(rule: Rule) -> dict[str, Any]:
    """The rule as the file would tell it, for the same check."""
    told = asdict(rule)
    told.pop("id")
    for field in ("from", "to"):
        day = told.pop(f"{field}_on")
        told[field] = day.isoformat() if day else None
    return told


def _row(rule: Rule, *, reason: str, by_user_id: int | None) -> dict[str, Any]:
    row = asdict(rule)
    row.pop("id")
    return {**row, "reason": reason, "by_user_id": by_user_id, "at": clock.now()}
