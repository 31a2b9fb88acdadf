"""What left the house with a person in it: files of the register of exports, and those that other houses keep."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from mexile.members.queries.exports import exports_with
from mexile.members.queries.gone import same_person


@dataclass(frozen=True)
class PastFile:
    """One file that held a person: "export" or "report", who took it, and for whom it was made."""

    kind: str
    code: str
    at: datetime
    who: str
    audience: str


_sources: list[Callable[[list[int]], list[PastFile]]] = []


def register_past_files(source: Callable[[list[int]], list[PastFile]]) -> None:
    """``source(member_ids)`` gives the files of another house that held any of these records, which are one person."""
    if source not in _sources:
        _sources.append(source)


def past_files(member_id: int) -> list[PastFile]:
    """Every file that held this person, the newest first. Whoever asks has the right to the member already."""
    found = [PastFile("export", one.code, one.at, one.who, one.audience) for one in exports_with(member_id)]
    ids = same_person(member_id)
    for source in _sources:
        found += source(ids)
    return sorted(found, key=lambda one: one.at, reverse=True)
