"""Stripe's wire: form-encoded in, JSON out, and errors in Stripe's own words."""

from collections.abc import Iterable
from urllib.parse import parse_qsl


class Refusal(Exception):
    """An answer that is not 2xx, in Stripe's shape."""

    def __init__(self, status: int, message: str, *, kind: str = "invalid_request_error", **more: str) -> None:
        super().__init__(message)
        self.status = status
        self.body = {"error": {"type": kind, "message": message, **more}}


def only(given: dict, known: Iterable[str], doing: str) -> None:
    """Refuse what the stand-in doesn't take into account rather than ignore it: "cannot `doing` this"."""
    for name in given:
        if name not in known:
            raise Refusal(400, f"The stand-in cannot {doing} {name}.", param=name)


def missing(kind: str, identifier: str) -> Refusal:
    """Stripe's 404 for an object that does not exist."""
    return Refusal(404, f"No such {kind}: '{identifier}'", code="resource_missing", param="id")


def nested(encoded: str) -> dict:
    """``a[b][0]=c`` as ``{"a": {"b": {"0": "c"}}}``; lists stay dicts of numbers until the types say otherwise."""
    tree: dict = {}
    for name, value in parse_qsl(encoded, keep_blank_values=True):
        head, *rest = name.replace("]", "").split("[")
        here = tree
        *steps, last = [head, *rest]
        for step in steps:
            here = here.setdefault(_number(step, here), {})
            if not isinstance(here, dict):
                raise Refusal(400, f"Invalid parameter: {name}", param=name)
        here[_number(last, here)] = value
    return tree


def _number(step: str, here: dict) -> str:
    """``expand[]`` means the next free place of the list."""
    return step or str(len(here))
