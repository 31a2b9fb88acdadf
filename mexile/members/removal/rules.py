"""Whether waiting work, or what somebody is typing, speaks of a person."""

import json
from collections.abc import Collection
from typing import Any

from mexile.members.name.rules import PARTICLES, by_ear, words


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


def says_name(text: str, names: Collection[str]) -> bool:
    """Whether a text says one of these names: two of its words beside each other, however they are spelled and
    in whichever order ("Rosa Reyes" and "reies, Rosa" of Rosa Elena Reyes Luna), or a name of one word alone."""
    said = _heard(text)
    beside = {frozenset(pair) for pair in zip(said, said[1:], strict=False)}
    for name in names:
        heard = frozenset(_heard(name))
        if len(heard) == 1 and not heard.isdisjoint(said):
            return True
        if any(len(pair) > 1 and pair <= heard for pair in beside):
            return True
    return False


def _heard(text: str) -> list[str]:
    return [by_ear(word) for word in words(text) if word not in PARTICLES]


def typed_values(body: str) -> str:
    """What stands in the fields of a draft, without what the fields are called; the draft as it is, if it is
    no form."""
    try:
        return "\n".join(str(value) for _, value in json.loads(body))
    except (ValueError, TypeError):
        return body
