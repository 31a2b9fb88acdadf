"""Records whose long parts have addresses: `?part=people` shows one of them, `?part=all` the whole, to print."""

from __future__ import annotations

from collections.abc import Collection

from flask import request

WHOLE = "all"


def asked_part(parts: Collection[str]) -> str:
    """The part that the address asks for, or the whole; the first where it names none of them."""
    asked = request.args.get("part", "")
    return asked if asked in parts or asked == WHOLE else next(iter(parts))


def shown(parts: Collection[str], part: str) -> tuple[str, ...]:
    """The parts that stand on the page when `part` is asked for."""
    return tuple(parts) if part == WHOLE else (part,)
