"""What is logged when an event is over, and for whom: the rule in one place."""

from __future__ import annotations

from datetime import date

from mexile.ground.vocabulary import vocabulary

ACCOMPANIED = frozenset({"done", "continued", "detained"})
"""Outcomes after which somebody was there with the person."""


def type_of_event(kind: str) -> str | None:
    """The kind of service that an event of `kind` is logged as: a hearing as court
    accompaniment, an ICE check-in as its own; a fee or a filing as none."""
    return vocabulary("event_kind")[kind].more.get("service_type")


def type_to_log(kind: str, outcome: str, on: date | None, today: date) -> str | None:
    """The kind of service that this outcome logs; None where nobody was accompanied: the kind is
    no accompaniment, or its day has not come."""
    if outcome not in ACCOMPANIED or on is None or on > today:
        return None
    return type_of_event(kind)


def reaches_custody(kind: str) -> bool:
    """Whether somebody who is held can be at an event of this kind."""
    return bool(vocabulary("event_kind")[kind].more.get("in_custody"))


def kinds_of_type(type_code: str) -> list[str]:
    """The kinds of event that are logged as a service of this type."""
    return [term.code for term in vocabulary("event_kind").values() if term.more.get("service_type") == type_code]


def event_of_type(type_code: str) -> str:
    """The kind of event that follows a service of this type, when a next date was given."""
    return next(iter(kinds_of_type(type_code)), "other")
