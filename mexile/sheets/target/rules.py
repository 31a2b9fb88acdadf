"""What a sheet can be taken into: its fields, and the house that judges, writes and takes back its rows."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import TYPE_CHECKING, Any

from mexile.access.viewer import Viewer
from mexile.ground.both import Both
from mexile.sheets.cell.rules import folded

if TYPE_CHECKING:
    from mexile.ground.db import Base
    from mexile.sheets.batch.models import ImportBatch
    from mexile.sheets.reading.rules import ReadRow
    from mexile.sheets.verdict.rules import Judgement, Progress


# How cells are read. "place" kinds have names in a library; "term" kinds a vocabulary of ours.
PLACES = ("country", "language", "state")


@dataclass(frozen=True)
class Field:
    """One field. ``kind`` is "text", "phone", "email", "day", "birth" (a day, or its year alone), "count", a kind
    of place, or "term:<vocabulary>"; ``also``: what else heads its column in sheets."""

    name: str
    kind: str
    en: str
    es: str
    required: bool = False
    identifying: bool = False
    also: tuple[str, ...] = ()

    def label(self, lang: str) -> str:
        return self.es if lang == "es" else self.en

    @property
    def is_day(self) -> bool:
        return self.kind in ("day", "birth")

    @property
    def has_values(self) -> bool:
        """Whether a mapping may say what its values mean."""
        return self.kind in PLACES or self.kind.startswith("term:")


def fields_by_name(*fields: Field) -> dict[str, Field]:
    return {field.name: field for field in fields}


@dataclass(frozen=True)
class Target:
    """What the rows of a sheet become. ``title`` names them all, ``row`` says what one is, ``page`` is the endpoint
    of their list, ``seen`` the words that lead there; ``table`` is where a change is put back.

    ``judge(viewer, judgement, file_id, today, progress)`` gives each row of the reading its verdict.
    ``seal(batch, rows, changes)`` makes ready what will be written, outside any transaction; ``changes`` are
    pairs of a row and what stands there now. ``write(batch, ready, by, at, assigns)`` writes it and keeps what
    it changed; ``assigns``: who imports is assigned to the people of the sheet. ``remove(batch)`` takes away
    what the batch made and nobody touched since.
    """

    name: str
    fields: dict[str, Field]
    title: Both
    row: Both
    page: str
    seen: Both
    table: type[Base]
    judge: Callable[[Viewer, Judgement, int | None, date, Progress], None]
    seal: Callable[[ImportBatch, list[ReadRow], list[tuple[ReadRow, Any]]], Any]
    write: Callable[[ImportBatch, Any, int | None, datetime, bool], None]
    remove: Callable[[ImportBatch], TakenBack]
    is_of_people: bool = False
    """Somebody of the staff answers for the rows, and one day of consent may be said for the whole sheet."""
    counted: Both | None = None
    """What the people of all rows are called, where a row may be several."""


@dataclass(frozen=True)
class TakenBack:
    """What taking a batch back removed and left; ``keys`` are destroyed after the transaction."""

    count: int
    stayed: int = 0
    keys: tuple[bytes, ...] = ()


TARGETS: dict[str, Target] = {}


def offer(target: Target) -> None:
    """A house takes rows of sheets in. Called once, when its module is imported."""
    TARGETS[target.name] = target


def targets() -> list[Target]:
    """All of them, by name."""
    return sorted(TARGETS.values(), key=lambda target: target.name)


@cache
def known_headings() -> frozenset[str]:
    """Every word by which a row of headings is known, folded. Asked when all houses have offered theirs."""
    return frozenset(
        folded(word)
        for target in TARGETS.values()
        for known in target.fields.values()
        for word in (known.name.replace("_", " "), known.en, known.es, *known.also)
    )
