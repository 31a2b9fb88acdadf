"""Which rule is the law on a day, which days are closed, and what has been reviewed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime

from sqlalchemy import Row, and_, case, exists, func, select
from sqlalchemy.orm import aliased

from mexile.access.account.models import UserAccount
from mexile.deadlines.closing.rules import OpenDays
from mexile.deadlines.rule.models import Closing, ClosingRevocation, DeadlineRule, DeadlineRuleReview
from mexile.deadlines.rule.rules import Rule
from mexile.ground.db import db
from mexile.ground.errors import Invalid, NotHere, Problem

_FIELDS = tuple(field.name for field in fields(Rule))
_newer = aliased(DeadlineRule)
_replaced = exists().where(_newer.replaces_id == DeadlineRule.id)
_waits = and_(DeadlineRule.verify, ~exists().where(DeadlineRuleReview.rule_id == DeadlineRule.id))
_rule = select(*(getattr(DeadlineRule, name) for name in _FIELDS if name != "verify"), _waits.label("verify")).order_by(
    DeadlineRule.code, DeadlineRule.version
)


def rules_of(*codes: str) -> Sequence[Rule]:
    """The versions that stand (nobody wrote a newer one in their place) of these codes, or of all;
    `verify` where no attorney has reviewed it."""
    query = _rule.where(~_replaced)
    if codes:
        query = query.where(DeadlineRule.code.in_(codes))
    return [_made(row) for row in db.session.execute(query)]


def rule_in_force(code: str, on: date) -> Rule | None:
    """The version that is the law for a trigger of the day `on`; None where none is.

    Never one that is only proposed, or that a court vacated or enjoined.
    """
    return binding(rules_of(code), code, on)


def binding(rules: Sequence[Rule], code: str, on: date) -> Rule | None:
    """Among `rules`, the newest version of `code` that binds on that day."""
    versions = [rule for rule in rules if rule.code == code and rule.is_binding(on)]
    return max(versions, key=lambda rule: rule.version, default=None)


def need_rule(code: str, on: date) -> Rule:
    """`rule_in_force`, or Invalid in words."""
    rule = rule_in_force(code, on)
    if rule is None:
        raise Invalid(no_rule(on))
    return rule


def no_rule(on: date) -> Problem:
    return Problem(
        "trigger_on",
        f"No rule was in force on {on.isoformat()}. Ask the attorney for the date.",
        f"Ninguna regla estaba en vigor el {on.isoformat()}. Pida la fecha a la abogada.",
    )


def open_days() -> OpenDays:
    """The calendar of offices with the closings that stand. One query."""
    rows = db.session.execute(select(Closing.on, Closing.en, Closing.es).where(Closing.stands()))
    return OpenDays({row.on: (row.en, row.es) for row in rows})


@dataclass(frozen=True)
class RuleLine:
    """A rule with who reviewed it, when, and how many open deadlines stand on it."""

    rule: Rule
    reviewed_by: str | None
    reviewed_at: datetime | None
    by: str | None
    at: datetime
    reason: str

    @property
    def is_unreviewed(self) -> bool:
        return self.rule.verify and self.reviewed_at is None

    @property
    def place(self) -> tuple[str, int]:
        """Where it stands in the order of the list."""
        return self.rule.code, -self.rule.version


_reviewer = aliased(UserAccount)
_line = (
    select(
        *(getattr(DeadlineRule, name) for name in _FIELDS),
        _reviewer.name.label("reviewed_by"),
        DeadlineRuleReview.at.label("reviewed_at"),
        UserAccount.name.label("by"),
        DeadlineRule.at,
        DeadlineRule.reason,
    )
    .outerjoin(DeadlineRuleReview, DeadlineRuleReview.rule_id == DeadlineRule.id)
    .outerjoin(_reviewer, _reviewer.id == DeadlineRuleReview.by_user_id)
    .outerjoin(UserAccount, UserAccount.id == DeadlineRule.by_user_id)
    .order_by(DeadlineRule.code, DeadlineRule.version.desc())
)


def rule_lines() -> Sequence[RuleLine]:
    """The versions that stand, of every code."""
    return [_lined(row) for row in db.session.execute(_line.where(~_replaced))]


def rule_history(code: str) -> Sequence[RuleLine]:
    """Every version ever of one code, newest first. Raises NotHere where there is none."""
    lines = [_lined(row) for row in db.session.execute(_line.where(DeadlineRule.code == code))]
    if not lines:
        raise NotHere(code)
    return lines


def rule_line(code: str, version: int) -> RuleLine:
    for line in rule_history(code):
        if line.rule.version == version:
            return line
    raise NotHere(f"{code} {version}")


@dataclass(frozen=True)
class Sitting:
    """A rule among all that ask for an attorney's review, which keep their places while some are answered."""

    line: RuleLine
    asked: Sequence[RuleLine]

    @property
    def number(self) -> int:
        """Its place from 1 on; 0 for what asks for no review, or was replaced."""
        return self.asked.index(self.line) + 1 if self.line in self.asked else 0

    @property
    def reviewed(self) -> int:
        return sum(not one.is_unreviewed for one in self.asked)

    @property
    def before(self) -> RuleLine | None:
        return next((one for one in reversed(self.asked) if one.place < self.line.place), None)

    @property
    def after(self) -> RuleLine | None:
        """The next that waits."""
        return next((one for one in self.asked if one.place > self.line.place and one.is_unreviewed), None)


def asked_rules() -> Sequence[RuleLine]:
    """The versions that stand and ask for a review, reviewed or not. One query."""
    return sorted((line for line in rule_lines() if line.rule.verify), key=lambda line: line.place)


def sitting(code: str, version: int) -> Sitting:
    return Sitting(rule_line(code, version), asked_rules())


def missing() -> list[Problem]:
    """No rules are loaded, or some wait for an attorney."""
    all_rules, waiting = db.session.execute(
        select(func.count(), func.count(case((_waits, 1)))).select_from(DeadlineRule).where(~_replaced)
    ).one()
    if not all_rules:
        return [Problem("rule", "No deadline rules are loaded.", "No hay reglas de plazos cargadas.")]
    en, es = "Deadline rules that no attorney has reviewed", "Reglas de plazos que ninguna abogada ha revisado"
    return [Problem("rule", f"{en}: {waiting}.", f"{es}: {waiting}.")] if waiting else []


@dataclass(frozen=True)
class LeftOut:
    """A rule of a file that was not taken, since other values stand here under its code and version.
    `fields` are those that differ."""

    told: Rule
    line: RuleLine
    fields: Sequence[str]

    def __str__(self) -> str:
        return (
            f"{self.told.code} version {self.told.version} was left out: {self.line.by or 'an earlier file'} "
            f"wrote that version with another {', '.join(self.fields)}. What stands here stays until an "
            f"attorney writes a newer version of it under Rules."
        )


def left_out(rules: Sequence[Rule]) -> list[LeftOut]:
    """The rules of a file that are not what stands here under their code and version, and in whose
    place nobody wrote a newer version since. One query."""
    lines = {(line.rule.code, line.rule.version): line for line in rule_lines()}
    pairs = [(told, lines[told.code, told.version]) for told in rules if (told.code, told.version) in lines]
    return [LeftOut(told, line, fields) for told, line in pairs if (fields := _differing(told, line))]


_WORDING = {"label_en", "label_es", "notes_en", "notes_es"}
"""What the program may say better of its own rule in a later release without changing it."""


def _differing(told: Rule, line: RuleLine) -> list[str]:
    same = {"id"} if line.by else {"id", *_WORDING}
    return [
        name
        for name in _FIELDS
        if name not in same and (getattr(told, name) or None) != (getattr(line.rule, name) or None)
    ]


def is_replaced(rule_id: int) -> bool:
    return bool(
        db.session.scalar(select(func.count()).select_from(DeadlineRule).where(DeadlineRule.replaces_id == rule_id))
    )


@dataclass(frozen=True)
class ClosingLine:
    id: int
    on: date
    en: str
    es: str
    source: str
    by: str
    at: datetime
    is_revoked: bool


def closings() -> Sequence[ClosingLine]:
    """All closings, newest day first, also those that were taken back."""
    rows = db.session.execute(
        select(
            Closing.id,
            Closing.on,
            Closing.en,
            Closing.es,
            Closing.source,
            UserAccount.name.label("by"),
            Closing.at,
            Closing.id.in_(select(ClosingRevocation.closing_id)).label("is_revoked"),
        )
        .join(UserAccount, UserAccount.id == Closing.by_user_id)
        .order_by(Closing.on.desc(), Closing.id.desc())
    )
    return [ClosingLine(**row._mapping) for row in rows]


def _made(row: Row) -> Rule:
    return Rule(**{name: getattr(row, name) for name in _FIELDS})


def _lined(row: Row) -> RuleLine:
    return RuleLine(_made(row), row.reviewed_by, row.reviewed_at, row.by, row.at, row.reason)
