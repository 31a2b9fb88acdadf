"""Lists: the column by which one is sorted, which way, and the page of it that an address asks for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple
from urllib.parse import urlencode

from flask import request

from mexile.ground import paging
from mexile.ground.paging import PAGE
from mexile.web.way import SEARCHED


class Head(NamedTuple):
    """The head of a column by which the list may be sorted; `sorted` is "ascending", "descending" or nothing."""

    words: str
    kind: str
    url: str
    sorted: str


@dataclass(frozen=True)
class Paging:
    """One page of a list: which, of how many records, and the addresses of those beside it."""

    number: int
    total: int
    size: int = PAGE

    @property
    def pages(self) -> int:
        return max(1, -(-self.total // self.size))

    @property
    def offset(self) -> int:
        return paging.offset(self.number, self.total, self.size)

    @property
    def first(self) -> int:
        return min(self.offset + 1, self.total)

    @property
    def last(self) -> int:
        return min(self.offset + self.size, self.total)

    @property
    def next_url(self) -> str | None:
        return _with(page=str(self.number + 1)) if self.number < self.pages else None

    @property
    def previous_url(self) -> str | None:
        return _with(page=str(self.number - 1) if self.number > 2 else None) if self.number > 1 else None


@dataclass(frozen=True)
class Sorting:
    """By which of its columns a list is sorted, and whether downwards."""

    by: str
    is_down: bool = False

    def head(self, words: str, column: str, kind: str = "", *, down_first: bool = False) -> Head:
        """The head of `column`. It leads to the list sorted by it, the other way round where it is so already;
        `down_first`: the newest or largest are wanted first."""
        here = column == self.by
        down = not self.is_down if here else down_first
        url = _with(sort=f"-{column}" if down else column, page=None)
        return Head(words, kind, url, ("descending" if self.is_down else "ascending") if here else "")


def sorting(args: Mapping[str, str], columns: tuple[str, ...], default: str) -> Sorting:
    """What `?sort=name` or, downwards, `?sort=-name` asks for; `default` where it names none of `columns`."""
    asked = args.get("sort", default)
    by = asked.removeprefix("-")
    if by not in columns:
        by = default.removeprefix("-")
        return Sorting(by, default.startswith("-"))
    return Sorting(by, asked.startswith("-"))


def page_number(args: Mapping[str, str]) -> int:
    """The page that `?page=3` asks for; the first where it is no number of one."""
    asked = args.get("page", "")
    return int(asked) if asked.isascii() and asked.isdigit() and 0 < int(asked) < 10_000 else 1


def _with(**changed: str | None) -> str:
    """This list's address with some of its words changed or, where they are None, left out."""
    words = [
        (name, value) for name, value in request.args.items(multi=True) if name not in changed and name not in SEARCHED
    ]
    words += [(name, value) for name, value in changed.items() if value is not None]
    return f"{request.path}?{urlencode(words)}" if words else request.path
