"""Whether a piece of waiting work speaks of a person: work holds codes and numbers only."""

import json
from collections.abc import Collection
from typing import Any


def names_somebody(body: str, ids: Collection[int], codes: Collection[str]) -> bool:
    """Whether a job's body (JSON) holds one of these codes anywhere, or one of these ids under a name
    that is about a member."""
    return _speaks(json.loads(body or "{}"), False, ids, codes)


def _speaks(value: Any, about_a_member: bool, ids: Collection[int], codes: Collection[str]) -> bool:
    if isinstance(value, dict):
        return any(_speaks(inner, "member" in name or "person" in name, ids, codes) for name, inner in value.items())
    if isinstance(value, list):
        return any(_speaks(inner, about_a_member, ids, codes) for inner in value)
    if isinstance(value, str):
        return value in codes
    return about_a_member and isinstance(value, int) and value in ids
