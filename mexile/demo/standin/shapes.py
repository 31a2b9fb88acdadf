"""What the pinned Stripe library knows: the names and types of parameters and of fields.

The library ships no machine-readable schema, but its types say the same: ``stripe.params.*`` are TypedDicts with
every legal parameter, and the resource classes carry an annotation for every field. Both are read here.
"""

import copy
import importlib
import json
import typing
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import UnionType
from typing import Any, Literal, get_args, get_origin

import stripe
from stripe._list_object import ListObject
from stripe._object_classes import get_object_class
from stripe._stripe_object import StripeObject, UntypedStripeObject
from typing_extensions import is_typeddict

from mexile.demo.standin.wire import Refusal

_TRANSPORT = frozenset(stripe.RequestOptions.__annotations__)


@cache
def params_of(path: str) -> type:
    """The TypedDict of parameters named like ``checkout.SessionCreateParams``."""
    *packages, name = path.split(".")
    return getattr(importlib.import_module(".".join(["stripe.params", *packages])), name)


@cache
def parameters(typed: type) -> dict[str, Any]:
    """The legal parameters of one TypedDict, without those of the transport (keys, idempotency, versions)."""
    names = vars(importlib.import_module(typed.__module__)) | {"StripeContext": Any, "Mapping": Mapping}
    hints = typing.get_type_hints(typed, globalns=names)
    return {name: kind for name, kind in hints.items() if name not in _TRANSPORT}


def refuse_unknown(typed: type, given: dict, place: str = "") -> dict:
    """Read form-encoded parameters by their types; raise Stripe's refusal for whatever the library does not know."""
    known = parameters(typed)
    read = {}
    for name, value in given.items():
        where = f"{place}[{name}]" if place else name
        if name not in known:
            raise Refusal(400, f"Received unknown parameter: {where}", code="parameter_unknown", param=where)
        read[name] = _read(known[name], value, where)
    required: frozenset[str] = vars(typed)["__required_keys__"]
    for name in required - _TRANSPORT:
        if name not in given:
            where = f"{place}[{name}]" if place else name
            raise Refusal(400, f"Missing required param: {where}.", code="parameter_missing", param=where)
    return read


def _read(kind: Any, value: Any, where: str) -> Any:
    """One value, read as the first of the possible kinds that fits it."""
    problems = []
    choices = _choices(kind)
    if any(get_origin(choice) is Literal and set(get_args(choice)) != {""} for choice in choices):
        # The library writes "these words, or any str" for enumerations that may grow; here only the words count.
        choices = [choice for choice in choices if choice is not str]
    for choice in choices:
        try:
            return _read_as(choice, value, where)
        except Refusal as refusal:
            problems.append(refusal)
    # The refusal that came furthest into the value says most.
    raise max(problems, key=lambda refusal: len(refusal.body["error"]["param"]))


def _read_as(kind: Any, value: Any, where: str) -> Any:
    if kind is Any:
        return value
    origin = get_origin(kind)
    if is_typeddict(kind) and isinstance(value, dict):
        return refuse_unknown(kind, value, where)
    if origin is list and isinstance(value, dict):
        rows = [value[str(n)] for n in range(len(value)) if str(n) in value]
        if len(rows) == len(value):
            return [_read(get_args(kind)[0], row, f"{where}[{n}]") for n, row in enumerate(rows)]
    if origin in (dict, Mapping) and isinstance(value, dict):
        return {name: str(text) for name, text in value.items()}
    if not isinstance(value, str):
        raise Refusal(400, f"Invalid {where}", param=where)
    return _read_text(kind, value, where)


def _read_text(kind: Any, value: str, where: str) -> Any:
    """What comes as text: one of some words, yes or no, a number, or any text."""
    if get_origin(kind) is Literal:
        if value in get_args(kind):
            return value
        raise Refusal(400, f"Invalid {where}: must be one of {', '.join(map(str, get_args(kind)))}", param=where)
    if kind is bool and value in ("true", "false"):
        return value == "true"
    if kind is int:
        if value.removeprefix("-").isascii() and value.removeprefix("-").isdigit():
            return int(value)
        raise Refusal(400, f"Invalid integer: {value}", code="parameter_invalid_integer", param=where)
    if kind is str:
        return value
    raise Refusal(400, f"Invalid {where}", param=where)


def _choices(kind: Any) -> list:
    """The alternatives of a type, with NotRequired, Optional and Union taken apart."""
    origin = get_origin(kind)
    if origin in (typing.Union, UnionType):
        return [choice for part in get_args(kind) for choice in _choices(part)]
    if origin in (typing.NotRequired, typing.Required):
        return _choices(get_args(kind)[0])
    if kind is type(None):
        return []
    return [kind]


# What goes out -------------------------------------------------------------------------------------------------

RESOURCES: dict[str, type] = {
    kind: get_object_class("V1", kind)
    for kind in (
        "account balance_transaction billing_portal.session charge checkout.session customer dispute event invoice "
        "invoice_payment line_item payment_intent payment_method payout plan price refund setup_intent subscription "
        "subscription_item webhook_endpoint"
    ).split()
}


@cache
def _written(file: str) -> dict[str, Any]:
    """A file that stands beside this one."""
    read: dict[str, Any] = json.loads(Path(__file__).with_name(file).read_text("utf-8"))
    return read


def blank(kind: str, **more: Any) -> dict:
    """What an object holds when it is new, before anything is known of it: of a kind, or inside of one."""
    return copy.deepcopy(_written("blank.json").get(kind, {})) | more


def complete(body: dict) -> dict:
    """The object as given, and every optional field that was not named: as null or not at all, as Stripe has it."""
    full = dict(body)
    resource = RESOURCES[body["object"]]
    for name, kind in fields(resource).items():
        if name not in full and name not in left_out(resource) and _may_be_null(kind):
            full[name] = None
    return full


@cache
def left_out(resource: type) -> frozenset[str]:
    """The fields that Stripe leaves out of this object when they hold nothing; every other optional one is null.

    The library's types don't tell the two apart. The file beside this one does, from Stripe's published schema:
    a field that is neither required nor nullable there is absent when it is empty.
    """
    return _all_left_out().get(resource, frozenset()) | ({"deleted"} if "deleted" in fields(resource) else set())


@cache
def _all_left_out() -> dict[type, frozenset[str]]:
    """Class -> names. A key of the file is an object's name, or the way to an object inside of it."""
    return {_class_at(place): frozenset(names.split()) for place, names in _written("left_out.json").items()}


def _class_at(place: str) -> type:
    if place in RESOURCES:
        return RESOURCES[place]
    outer, _dot, name = place.rpartition(".")
    return next(choice for choice in _choices(fields(_class_at(outer))[name]) if isinstance(choice, type))


def strange_fields(body: dict, known: type | None = None, place: str = "") -> list[str]:
    """Where an answer has a field its class does not have, lacks one, or says null where Stripe says nothing."""
    if body.get("object") == "list":
        return [word for n, row in enumerate(body["data"]) for word in strange_fields(row, None, f"{place}[{n}]")]
    known = known or RESOURCES.get(body.get("object", ""))
    if known is None:
        return [f"{place}: no class for {body.get('object')!r}"]
    expected = fields(known)
    strange = [f"{place}.{name}: not in {known.__name__}" for name in body if name not in expected]
    strange += [
        f"{place}.{name}: missing or null, {known.__name__} always has it"
        for name, kind in expected.items()
        if body.get(name) is None and not _may_be_null(kind)
    ]
    empty = left_out(known)
    strange += [
        f"{place}.{name}: null, where Stripe leaves it out" for name in empty & body.keys() if body[name] is None
    ]
    if known in RESOURCES.values():
        optional = {name for name, kind in expected.items() if _may_be_null(kind)}
        strange += [f"{place}.{name}: left out, where Stripe says null" for name in optional - empty - body.keys()]
    for name, value in body.items():
        if name in expected:
            strange += _strange_inside(expected[name], value, f"{place}.{name}")
    return strange


def _strange_inside(kind: Any, value: Any, place: str) -> list[str]:
    if isinstance(value, list):
        inner = [get_args(choice)[0] for choice in _choices(kind) if get_origin(choice) is list]
        return [word for n, row in enumerate(value) for word in _strange_inside(inner[0], row, f"{place}[{n}]")]
    if not isinstance(value, dict):
        return []
    for choice in _choices(kind):
        origin = get_origin(choice) or choice
        if origin in (dict, UntypedStripeObject):
            return []
        if origin is ListObject:
            return strange_fields(value, None, place)
        if isinstance(choice, typing.ForwardRef | str):
            return strange_fields(value, None, place)
        if isinstance(choice, type) and issubclass(choice, StripeObject):
            return strange_fields(value, choice, place)
    return [f"{place}: an object, where the class has none"]


@cache
def fields(resource: type) -> dict[str, Any]:
    """Every field the class has, with its type as written."""
    known: dict[str, Any] = {}
    for parent in reversed(resource.__mro__):
        if issubclass(parent, StripeObject) and parent is not StripeObject:
            known |= {
                name: kind
                for name, kind in vars(parent).get("__annotations__", {}).items()
                if not name.startswith("_") and get_origin(kind) is not typing.ClassVar
            }
    return known


def _may_be_null(kind: Any) -> bool:
    return get_origin(kind) in (typing.Union, UnionType) and type(None) in get_args(kind)
