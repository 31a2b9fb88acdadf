"""What is logged when an event is done."""

from __future__ import annotations

from mexile.ground.vocabulary import vocabulary


def type_of_event(kind: str) -> str:
    """The kind of service that an event of `kind` is logged as: a hearing as court
    accompaniment, an ICE check-in as its own."""
    return str(vocabulary("event_kind")[kind].more["service_type"])


def event_of_type(type_code: str) -> str:
    """The kind of event that follows a service of this type, when a next date was given."""
    for term in vocabulary("event_kind").values():
        if term.more["service_type"] == type_code:
            return term.code
    return "other"
