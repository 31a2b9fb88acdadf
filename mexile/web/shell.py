"""The shell around every page of the staff: its doors, the pages shown under the open one, what stands at the thumb.

Which doors there are, in order, stands in `home/doors.py`; who sees one is read from the policy table.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, NamedTuple

from flask import current_app, g, request, url_for

from mexile.web.i18n import lang


@dataclass(frozen=True)
class Shown:
    """A page that has a word in the shell."""

    label: Any
    endpoint: str


@dataclass(frozen=True)
class Door:
    """One word of the navigation. It leads to the first of its pages that one may open, and shows them all while it
    is open; `houses` are the blueprints whose other pages lie behind it."""

    label: Any
    pages: tuple[Shown, ...]
    houses: tuple[str, ...] = ()


class Link(NamedTuple):
    """A word of the shell as it is drawn; `is_here` on the page to which it leads."""

    label: str
    url: str
    is_here: bool = False


class OpenDoor(NamedTuple):
    """A door that this person may open, with its pages; `is_open` on every page behind it."""

    label: str
    url: str
    is_open: bool
    pages: list[Link]


@dataclass(frozen=True)
class _Known:
    """What a kind of viewer may open, in one language: the doors with their pages, and the thumb's words."""

    doors: list[tuple[Door, str, list[Link]]]
    thumb: list[Link]


@dataclass(frozen=True)
class Shell:
    """All doors, and on which pages one comes most often, in order: the first three stand at the thumb on a phone."""

    doors: tuple[Door, ...]
    thumb: tuple[str, ...]


def doors() -> list[OpenDoor]:
    """The doors that who is signed in may open."""
    if g.get("viewer") is None:
        return []
    known = _known()
    here = _door_of(request.path, request.blueprint, known.doors)
    return [
        OpenDoor(label, pages[0].url, door is here, [_marked(page) for page in pages])
        for door, label, pages in known.doors
    ]


def thumb() -> list[Link]:
    """What stands at the thumb on a phone."""
    return [_marked(link) for link in _known().thumb]


def _marked(link: Link) -> Link:
    return link._replace(is_here=True) if link.url == request.path else link


def _known() -> _Known:
    shell: Shell = current_app.extensions["shell"]
    known: dict[Any, _Known] = current_app.extensions["shells"]
    key = (g.viewer.roles, lang())
    if key not in known:
        opened = list(_opened(shell.doors))
        words = {page.url: door if len(pages) == 1 else page.label for _, door, pages in opened for page in pages}
        at_thumb = [url_for(endpoint) for endpoint in shell.thumb]
        known[key] = _Known(opened, [Link(words[url], url) for url in at_thumb if url in words][:3])
    return known[key]


def _opened(every: Iterable[Door]) -> Iterable[tuple[Door, str, list[Link]]]:
    """The doors of which somebody may open a page, each with those pages."""
    may = current_app.extensions["may"]
    for door in every:
        pages = [Link(str(page.label), url_for(page.endpoint)) for page in door.pages if may(g.viewer, page.endpoint)]
        if pages:
            yield door, str(door.label), pages


def _door_of(path: str, blueprint: str | None, opened: list[tuple[Door, str, list[Link]]]) -> Door | None:
    """The door behind which a page lies: the longest address that leads to it, else that of its house."""
    leading = [
        (len(page.url), number)
        for number, (_, _, pages) in enumerate(opened)
        for page in pages
        if path == page.url or path.startswith(page.url.rstrip("/") + "/")
    ]
    if leading:
        return opened[max(leading)[1]][0]
    return next((door for door, _, _ in opened if blueprint in door.houses), None)
