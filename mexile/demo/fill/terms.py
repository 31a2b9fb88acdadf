"""Deadlines with the rules that gave them, the clocks and cards of work permits, a reason for filing late."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select

from mexile.deadlines.clock.models import ClockSegment, OneYearException, OneYearExceptionAnswer, WorkPermit
from mexile.deadlines.deadline.models import Deadline, DeadlineClosure
from mexile.deadlines.rule.actions import seed_rules
from mexile.deadlines.rule.models import DeadlineRule
from mexile.demo.fill.ground import Site, add, rid, sealed
from mexile.ground.db import db

EVIDENCE = "Visa de turista vigente hasta la presentación; copia de la I-94 en el expediente."


def seed_terms(site: Site) -> None:
    seed_rules()
    rows = db.session.execute(select(DeadlineRule.code, DeadlineRule.version, DeadlineRule.id))
    _lay_deadlines(site, {(code, version): id for code, version, id in rows})
    _lay_closures(site)
    _lay_clocks(site)
    _lay_exceptions(site)


def _lay_deadlines(site: Site, rules: dict[tuple[str, int], int]) -> None:
    add(
        Deadline,
        (
            {
                "id": n,
                "code": f"DL-{n:04d}",
                "member_id": site.members[term.member],
                "rule_code": term.rule,
                "due_on": term.due_on,
                "internal_on": term.internal_on,
                "fatal": term.fatal,
                "severity": term.reckoning.rule.severity,
                "side": term.reckoning.rule.side,
                "trigger_on": term.reckoning.trigger_on,
                "computed_on": term.reckoning.computed_on,
                "inputs": term.inputs,
                "rule_id": rules[term.rule, term.reckoning.rule.version],
                "owner_user_id": site.users[term.worker],
                "second_owner_user_id": site.users[term.second] if term.second else None,
                "set_by_user_id": site.users["ximena"],
                "set_at": site.at(min(term.reckoning.trigger_on, site.plan.day)),
                "why_en": term.reckoning.en,
                "why_es": term.reckoning.es,
            }
            for n, term in enumerate(site.plan.terms, start=1)
        ),
    )


def _lay_closures(site: Site) -> None:
    closed = [(n, term, term.closed_on) for n, term in enumerate(site.plan.terms, start=1) if term.closed_on]
    rows = [
        {
            "rid": rid(),
            "key_id": site.member_keys[term.member],
            "deadline_id": n,
            "member_id": site.members[term.member],
            "by_user_id": site.users["ximena"],
            "at": site.at(min(closed_on, site.plan.day)),
            "reason": "done" if closed_on <= term.due_on else "waived",
        }
        for n, term, closed_on in closed
    ]
    add(
        DeadlineClosure,
        (
            sealed("deadline_closure", row, note=term.closed_because)
            for row, (_, term, _on) in zip(rows, closed, strict=True)
        ),
    )


def _lay_clocks(site: Site) -> None:
    by = site.users["ximena"]
    add(
        ClockSegment,
        (
            {
                "member_id": site.members[one.member],
                "cause": one.segment.cause,
                "from_on": one.segment.from_on,
                "to_on": one.segment.to_on,
                "code": one.segment.code,
                "document": one.document,
                "by_user_id": by,
                "at": site.at(one.segment.from_on),
            }
            for one in site.plan.clocks
        ),
    )
    add(
        WorkPermit,
        (
            {
                "member_id": site.members[card.member],
                "issued_on": card.issued_on,
                "ends_on": card.ends_on,
                "by_user_id": by,
                "at": site.at(card.issued_on),
            }
            for card in site.plan.cards
        ),
    )


def _lay_exceptions(site: Site) -> None:
    """The one who filed after the year since she had kept her status until then."""
    for member in site.plan.members:
        if "lawful_status" not in member.marks:
            continue
        on = member.arrived_on + timedelta(days=400)
        row = {
            "id": 1,
            "rid": rid(),
            "key_id": site.member_keys[member.code],
            "member_id": site.members[member.code],
            "kind": "lawful_status",
            "since_on": member.arrived_on,
            "until_on": on,
            "by_user_id": site.users["lucia"],
            "at": site.at(min(on, site.plan.day)),
        }
        add(OneYearException, [sealed("one_year_exception", row, evidence=EVIDENCE)])
        answer = {"exception_id": 1, "holds": True, "by_user_id": site.users["ximena"], "at": row["at"]}
        add(OneYearExceptionAnswer, [answer])
