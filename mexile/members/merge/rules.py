"""Two records of one person: which fields are chosen between, and how what was there is kept for an undo."""

import json
from base64 import b64decode, b64encode
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any, NamedTuple

TOGETHER = (("legal_name", "surnames"), ("birth_date", "birth_year"))
"""Fields that are chosen as one: a surname of one record must not stand beside a name of the other."""

OWN = ("id", "rid", "key_id", "code", "name_seq", "version")
"""What belongs to the record and not to the person: never chosen between."""


def choosable(columns: Iterable[str]) -> list[tuple[str, ...]]:
    """The fields of a member that are chosen between, in the order of the table, from its column names.
    A sealed column is its field; a blind index goes with the field it is of."""
    names = [name.removesuffix("_enc") for name in columns if name not in OWN and not name.endswith("_bidx")]
    groups = []
    for name in names:
        group = next((group for group in TOGETHER if name in group), (name,))
        if name == group[0]:
            groups.append(tuple(part for part in group if part in names))
    return groups


@dataclass(frozen=True)
class Pair:
    """One field of both records. ``differs``: somebody has to choose; ``default`` is what is chosen unasked."""

    fields: tuple[str, ...]
    kept: tuple[Any, ...]
    merged: tuple[Any, ...]

    @property
    def name(self) -> str:
        return self.fields[0]

    @property
    def differs(self) -> bool:
        return self.kept != self.merged and any(self.merged)

    @property
    def default(self) -> str:
        """The kept record's value where it has one. Since when: the earlier day."""
        if self.name == "joined_on":
            return "merged" if self.merged < self.kept else "kept"
        return "kept" if any(self.kept) else "merged"


def paired(groups: Iterable[tuple[str, ...]], kept: Mapping[str, Any], merged: Mapping[str, Any]) -> list[Pair]:
    """Both values of every field."""
    return [
        Pair(group, tuple(kept.get(name) for name in group), tuple(merged.get(name) for name in group))
        for group in groups
    ]


# ---- what was there before, as text -------------------------------------------


class Held(NamedTuple):
    """What a column of the kept record held."""

    column: str
    value: Any


class Moved(NamedTuple):
    """A row that names the kept person now: its column, as "table.column", and its primary key since."""

    column: str
    key: Mapping[str, Any]


class Removed(NamedTuple):
    """A row that was taken away, whole."""

    table: str
    row: Mapping[str, Any]


class Changed(NamedTuple):
    """A row in which columns were changed: each with what it held before and holds since."""

    table: str
    key: Mapping[str, Any]
    values: Mapping[str, tuple[Any, Any]]


@dataclass(frozen=True)
class UndoLog:
    """All that a merge did, for an undo. As JSON each entry is a list; bytes, days and moments come back as they were."""

    before: list[Held] = field(default_factory=list)
    moves: list[Moved] = field(default_factory=list)
    removed: list[Removed] = field(default_factory=list)
    changed: list[Changed] = field(default_factory=list)

    def to_json(self) -> str:
        return json.dumps(vars(self), default=_packed, sort_keys=True, separators=(",", ":"))

    @classmethod
    def from_json(cls, text: str) -> "UndoLog":
        lists = json.loads(text, object_hook=_unpacked)
        return cls(
            [Held(*entry) for entry in lists["before"]],
            [Moved(*entry) for entry in lists["moves"]],
            [Removed(*entry) for entry in lists["removed"]],
            [Changed(*entry) for entry in lists["changed"]],
        )


def _packed(value: Any) -> dict[str, str]:
    if isinstance(value, bytes):
        return {"~bytes": b64encode(value).decode()}
    if isinstance(value, datetime):
        return {"~moment": value.isoformat()}
    if isinstance(value, date):
        return {"~day": value.isoformat()}
    if isinstance(value, time):
        return {"~hour": value.isoformat()}
    raise TypeError(f"a {type(value).__name__} can't be kept for an undo")


_READ: dict[str, Callable[[str], object]] = {
    "~bytes": b64decode,
    "~moment": datetime.fromisoformat,
    "~day": date.fromisoformat,
    "~hour": time.fromisoformat,
}


def _unpacked(packed: dict[str, Any]) -> Any:
    if len(packed) == 1:
        kind, value = next(iter(packed.items()))
        if kind in _READ:
            return _READ[kind](value)
    return packed
