"""What a request may send beside its address: the names of the form fields and of the words behind the question mark
that a view reads, found in its source."""

from __future__ import annotations

import ast
import inspect
import textwrap
from collections.abc import Callable, Iterator
from functools import cache
from typing import Any, NamedTuple

from wtforms import Field
from wtforms.fields.core import UnboundField

from mexile.web.form import OWN, Form


class Sent(NamedTuple):
    """A name that a view reads: behind the question mark ("args"), of the body ("form") or of either ("values");
    and the class of its field, None where the view reads it by itself."""

    name: str
    way: str
    kind: type[Field] | None


def names_sent(view: Callable[..., Any], takes_forms: bool) -> list[Sent]:
    """All that a view reads of a request. A view that takes no forms reads those it has behind the question mark."""
    names: dict[tuple[str, str], Sent] = {}
    for source, module in _sources(inspect.unwrap(view)):
        for node in ast.walk(source):
            if isinstance(node, ast.Name) and _is_form(form := module.get(node.id)):
                way = "form" if takes_forms else "args"
                names |= {(name, way): Sent(name, way, kind) for name, kind in _fields(form).items()}
            for name, way in _read(node, module):
                names.setdefault((name, way), Sent(name, way, None))
    return [sent for sent in names.values() if sent.name not in OWN]


def _is_form(value: Any) -> bool:
    return isinstance(value, type) and issubclass(value, Form)


def _fields(form: type[Form]) -> dict[str, type[Field]]:
    unbound = {name: getattr(form, name) for name in dir(form) if not name.startswith("_")}
    return {
        field.kwargs.get("name", name): field.field_class
        for name, field in unbound.items()
        if isinstance(field, UnboundField)
    }


def _read(node: ast.AST, module: dict[str, Any]) -> list[tuple[str, str]]:
    """``name`` of request.args.get("name"), request.form["name"], "name" in request.values, chosen("name"), and of
    the same in a loop over names; each with its way."""
    match node:
        case ast.Call(func=ast.Attribute(value=sent, attr="get" | "getlist"), args=[ast.Constant(value=str(name)), *_]):
            pass
        case ast.Subscript(value=sent, slice=ast.Constant(value=str(name))):
            pass
        case ast.Compare(left=ast.Constant(value=str(name)), ops=[ast.In()], comparators=[sent]):
            pass
        case ast.Call(func=ast.Name(id="chosen"), args=[ast.Constant(value=str(name))]):
            return [(name, "form")]
        case ast.GeneratorExp(generators=[loop]) | ast.ListComp(generators=[loop]) | ast.DictComp(generators=[loop]):
            return _looped(node, loop.iter, module)
        case _:
            return []
    way = _way(sent)
    return [(name, way)] if way else []


def _looped(node: ast.AST, names: ast.expr, module: dict[str, Any]) -> list[tuple[str, str]]:
    """The names of a loop such as ``request.form.get(name) for name in ("link", "event")``."""
    inner = (part for part in ast.walk(node) if isinstance(part, ast.Attribute | ast.Subscript))
    way = next((way for part in inner if (way := _way(part.value))), None)
    if way is None:
        return []
    match names:
        case ast.Tuple(elts=words):
            return [(word.value, way) for word in words if isinstance(word, ast.Constant)]
        case ast.Name(id=name):
            return [(str(word), way) for word in module.get(name, ())]
    return []  # over what was sent itself: the names have no end, and the tests that know them say them


def _way(node: ast.AST) -> str | None:
    """request.args and its like, or the parameter of a function that was handed them."""
    match node:
        case ast.Attribute(value=ast.Name(id="request"), attr="args" | "form" | "values" as way):
            return way
        case ast.Name(id="args" | "asked" | "sent"):
            return "args"
    return None


def _sources(view: Callable[..., Any]) -> Iterator[tuple[ast.AST, dict[str, Any]]]:
    """The view and every function that it uses of the program's views and forms, and those handed what was sent."""
    ahead, seen = [view], set()
    while ahead:
        function = ahead.pop()
        if function in seen:
            continue
        seen.add(function)
        module = inspect.getmodule(function).__dict__
        tree = _tree(function)
        yield tree, module
        ahead += [used for name in _names(tree) if _is_ours(used := module.get(name))]


def _names(tree: ast.AST) -> set[str]:
    return {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}


def _is_ours(value: Any) -> bool:
    value = inspect.unwrap(value) if callable(value) else None
    if not inspect.isfunction(value) or not value.__module__.startswith("mexile."):
        return False
    return value.__module__.endswith((".views", ".forms")) or value.__name__ == "wanted_of"


@cache
def _tree(function: Callable[..., Any]) -> ast.AST:
    return ast.parse(textwrap.dedent(inspect.getsource(function)))
