"""What a result or a decision sets running: the one place where the outcome sheet of a date and the
page of a proceeding read it. The words are the vocabularies hearing_result and case_outcome.
"""

from __future__ import annotations

from dataclasses import dataclass

from mexile.ground.vocabulary import vocabulary

JUDGE = "ij_decision_served"


@dataclass(frozen=True)
class Started:
    """A trigger of the rules. Where it isn't `ours`, what follows is offered and left unticked."""

    trigger: str
    ours: bool = True


def started_by_result(result: str | None) -> list[Started]:
    """By what a hearing, an interview or a check-in brought, decisions aside."""
    term = vocabulary("hearing_result").get(result or "")
    return [Started(trigger) for trigger in term.more.get("triggers", ())] if term else []


def started_by_decision(outcome: str, *, kind: str | None = None, hearing_type: str | None = None) -> list[Started]:
    """By a decision in a proceeding of this `kind`, or at a hearing of this type.

    A judge's decision about a bond has its own appeal; that about a fear finding has none
    (8 CFR 1003.42(f)), and what a federal court decides is for the attorney to read. The
    Board's own decisions are final (8 CFR 1241.1(a)) where the judge's could be appealed.
    """
    if kind == "bond" or hearing_type == "CY":
        return [Started("bond_decision_date")]
    if kind in ("fear_review", "review", "habeas") or hearing_type == "RR":
        return []
    term = vocabulary("case_outcome").get(outcome)
    more = term.more if term else {}
    started = [Started(trigger) for trigger in more.get("triggers", (JUDGE,))]
    started += [Started(trigger, ours=False) for trigger in more.get("also", ())]
    if kind != "appeal":
        return started
    return [
        Started("final_order_date") if happening.trigger == JUDGE else happening
        for happening in started
        if happening.ours
    ]


def decision_said(result: str | None, decision: str | None) -> str | None:
    """The decision that a sheet tells of: an order in absence is one without being asked for."""
    return decision or ("in_absentia" if result == "in_absentia" else None)


def result_said(result: str | None, decision: str | None) -> str | None:
    """The result that a sheet tells of: whoever names the decision needn't say that there was one."""
    if result or not decision:
        return result
    return "in_absentia" if decision == "in_absentia" else "decided"


def results_of(kind: str) -> list[str]:
    """The results that a date of this kind can have."""
    return [term.code for term in vocabulary("hearing_result").values() if kind in term.more.get("of", ["hearing"])]
