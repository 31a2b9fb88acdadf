"""How acts of service are counted, for pages and for funders alike."""

from __future__ import annotations

from collections.abc import Iterable

from mexile.ground.errors import Problem

UNCOUNTED = Problem(
    "quantity",
    "This service is not counted by a number that one writes. Leave the quantity empty.",
    "Este servicio no se cuenta con un número escrito. Deje vacía la cantidad.",
)


def quantity(counts: str, given: int | None, people: int, households: int = 1) -> int:
    """The quantity stored with an act, by the rule of its kind: `person` counts its `people` (named
    and others), `household` their `households`, `given` what was written, or one; `act` is one,
    since its hours are counted from the minutes and its dollars from the amount.
    """
    if counts == "person":
        return people
    if counts == "household":
        return max(households, 1)
    return given if counts == "given" and given is not None else 1


def same_unit(kinds: Iterable[tuple[str, str]]) -> bool:
    """Whether quantities of these (code, unit) can be added: all are nights, all pages or all people, or they
    are one kind alone. Hours and dollars have measures of their own."""
    units = {code if unit == "units" else unit for code, unit in kinds}
    return len(units) == 1 and not units & {"hours", "usd"}
