"""How acts of service are counted, for pages and for funders alike."""

from __future__ import annotations


def quantity(unit: str, given: int | None, people: int) -> int:
    """The quantity stored with an act of `unit` for `people` (named and others).

    Where people are the unit, the act counts its people. Hours are counted from the
    act's minutes and dollars from its amount, so both store one. Else what was given,
    or one.
    """
    if unit == "people":
        return people
    if unit in ("hours", "usd"):
        return 1
    return 1 if given is None else given
