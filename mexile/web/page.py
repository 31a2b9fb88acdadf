"""Pages: what every template may count on, panels, notices."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask import Flask, current_app, flash, g, get_flashed_messages, render_template, url_for
from sqlalchemy.exc import SQLAlchemyError
from werkzeug.routing import BuildError

from mexile.ground.organization import Settings, organization
from mexile.web import shell
from mexile.web.form import bare_form
from mexile.web.i18n import LANGUAGES, lang
from mexile.web.shell import Door, Shell
from mexile.web.way import asked_for


@dataclass(frozen=True)
class Part:
    """A part of a page that another house draws: `context(viewer, **what)` fills `template`, or is None for nothing."""

    template: str
    context: Callable[..., dict[str, Any] | None]


def panels(name: str, **what: Any) -> list[tuple[str, dict[str, Any]]]:
    """(template, context) of what other houses show on this page to this viewer, in the order of `home/parts.py`."""
    filled = ((part.template, part.context(g.viewer, **what)) for part in current_app.extensions["parts"][name])
    return [(template, context) for template, context in filled if context is not None]


FRAME = frozenset({"lang", "languages", "bare_form", "may", "panels", "organization", "get_organization", "brand"})
"""What the frame of every page asks for: a page that gave it another meaning would break its frame."""


def render(template: str, **context: Any) -> str:
    """A page. Everything that the frame needs is added here; raises TypeError where `context` would hide it."""
    if hidden := FRAME & context.keys():
        raise TypeError(f"{template} hides {', '.join(sorted(hidden))} from the frame")
    return render_template(template, **context)


def render_public(template: str, **context: Any) -> str:
    """A page of the public: it shows no doors and no staff's frame, whoever is signed in in this browser."""
    return render(template, viewer=None, doors=[], **context)


def notice(kind: str, text: str, url: str | None = None, action: str | None = None) -> None:
    """One sentence on the next page (kinds: done, soon, now, quiet). It travels in a
    signed cookie that anybody of this browser can read: no name, no story."""
    flash((text, url, action), kind)  # type: ignore[arg-type]  # it takes whatever a session can hold


def _ours() -> Settings | None:
    """The organization as pages of the public wear it; nothing where the database doesn't say, or was asked in vain."""
    try:
        return None if g.get("unsaved") else organization()
    except (LookupError, SQLAlchemyError):
        return None


def _offered() -> tuple[str, ...]:
    """The languages that pages of the public offer; both where nobody can say."""
    ours = _ours()
    return ours.offered if ours else LANGUAGES


def _notices() -> list[tuple[str, str, str | None, str | None]]:
    flashed: list[Any] = get_flashed_messages(with_categories=True)  # what `notice` put there
    return [(kind, *message) for kind, message in flashed]


def _fixed_addresses(app: Flask) -> Callable[..., str]:
    """`url_for` that builds each kind of address once: a page has sixty.

    An address whose variable parts are codes is built with marks in their place, and the codes are put
    there: they are of signs that an address takes as they are.
    """
    known: dict[tuple[str, ...], str | None] = {}

    def address(endpoint: str, **values: Any) -> str:
        if endpoint == "static" and len(values) == 1:
            key: tuple[str, ...] = (endpoint, values["filename"])
            if key not in known or app.debug:
                known[key] = url_for(endpoint, **values)
            return known[key] or ""
        if endpoint.startswith(".") or not all(
            isinstance(value, str) and _CODE.fullmatch(value) for value in values.values()
        ):
            return url_for(endpoint, **values)
        key = (endpoint, *values)
        if key not in known:
            known[key] = _marked(endpoint, list(values))
        pattern = known[key]
        if pattern is None:
            return url_for(endpoint, **values)
        for place, value in enumerate(values.values()):
            pattern = pattern.replace(_mark(place), value)
        return pattern

    return address


_CODE = re.compile(r"[A-Z]{1,3}-[0-9A-Z]+")


def _mark(place: int) -> str:
    return f"0mark{place}0"


def _marked(endpoint: str, names: list[str]) -> str | None:
    """The address with marks for its variable parts; None where one takes no text."""
    marks = [_mark(place) for place in range(len(names))]
    values: dict[str, Any] = dict(zip(names, marks, strict=True))
    try:
        pattern = url_for(endpoint, **values)
    except BuildError:
        return None
    return pattern if all(pattern.count(mark) == 1 for mark in marks) else None


def arrange(
    app: Flask,
    may: Callable[[Any, str], bool],
    parts: dict[str, list[Part]],
    doors: tuple[Door, ...],
    thumb: tuple[str, ...],
) -> None:
    """`may(viewer, endpoint)` answers from the policy table whether a page is shown; `parts` are those of each page."""
    app.jinja_env.globals["url_for"] = _fixed_addresses(app)
    app.extensions |= {"may": may, "parts": parts, "shell": Shell(doors, thumb), "shells": {}}

    @app.context_processor
    def frame() -> dict[str, Any]:
        return {
            "lang": lang(),
            "languages": LANGUAGES if g.get("viewer") else _Later(_offered),
            "viewer": g.get("viewer"),
            "bare_form": bare_form,
            "asked_for": asked_for,
            "may": lambda endpoint: g.get("viewer") is not None and may(g.viewer, endpoint),
            "panels": panels,
            "doors": _Later(shell.doors),
            "thumb": shell.thumb,
            "notices": _Later(_notices),
            "organization": _Later(organization),
            "brand": _Later(_ours),
            "get_organization": organization,
        }


class _Later:
    """A value of the frame that costs something and that not every template asks for."""

    def __init__(self, make: Callable[[], Any]):
        self._make = make

    def _found(self) -> Any:
        if "_value" not in self.__dict__:
            self._value = self._make()
        return self._value

    def __iter__(self) -> Any:
        return iter(self._found())

    def __len__(self) -> int:
        return len(self._found())

    def __bool__(self) -> bool:
        return bool(self._found())

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return getattr(self._found(), name)
