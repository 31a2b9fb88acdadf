"""Judging a sheet against what is here already: nothing is written, nothing is locked."""

from collections.abc import Callable
from datetime import date
from typing import Any

from sqlalchemy import select

from mexile.access.viewer import Viewer
from mexile.ground import seal
from mexile.ground.db import db
from mexile.ground.errors import Problem
from mexile.members.models.arrival import ArrivalParty
from mexile.members.models.import_batch import ImportedMember, ImportFile
from mexile.members.models.member import Member
from mexile.members.queries.duplicates import look_alikes
from mexile.members.queries.telephones import phone_index
from mexile.members.queries.visible import visible
from mexile.members.rules.mapping import Mapping
from mexile.members.rules.people import person_problems, person_values
from mexile.members.rules.reading import Row, read_rows
from mexile.members.rules.sheet import Sheet
from mexile.members.rules.sheet_doubles import Doubles
from mexile.members.rules.verdicts import CREATE, DOUBTFUL, ERROR, SAME, UPDATE, Judgement

Progress = Callable[[int, int], None]

PARTY = ("arrival_date", "people", "country", "language", "destination")


def party_values(row: Row) -> dict[str, Any]:
    """What a row says of a party, by the columns of `arrival_party`."""
    values = row.values
    return {
        "arrival_date": values.get("day"),
        "people": values.get("people"),
        "country": values.get("country"),
        "language": values.get("language"),
        "destination": values.get("destination"),
    }


def judge(
    viewer: Viewer, sheet: Sheet, mapping: Mapping, today: date, progress: Progress = lambda done, total: None
) -> Judgement:
    """A verdict for every row. Raises Invalid when the sheet lacks a column of the mapping."""
    judgement = Judgement(mapping.into, read_rows(sheet, mapping, today))
    file_id = db.session.scalar(select(ImportFile.id).where(ImportFile.sha256 == sheet.sha256))
    if mapping.into == "arrivals":
        _judge_parties(judgement, file_id)
    else:
        _judge_people(viewer, judgement, file_id, today, progress)
    progress(len(sheet.rows), len(sheet.rows))
    return judgement


def _judge_parties(judgement: Judgement, file_id: int | None) -> None:
    """A party is the same only where it is the same row of the same file: nothing else in it identifies."""
    known = {}
    if file_id is not None:
        columns = [getattr(ArrivalParty, name) for name in PARTY]
        rows = db.session.execute(
            select(ArrivalParty.row_number, ArrivalParty.id, *columns).where(ArrivalParty.file_id == file_id)
        )
        known = {row.row_number: row for row in rows}
    for row in judgement.reading.rows:
        held = known.get(row.number)
        if row.problems:
            judgement.judge(row, ERROR, row.problems)
        elif held is None:
            judgement.judge(row, CREATE)
        elif tuple(party_values(row).values()) == tuple(held[2:]):
            judgement.judge(row, SAME)
        else:
            judgement.judge(row, UPDATE, target=held.id)


# ---- members -------------------------------------------------------------------------


def _judge_people(viewer: Viewer, judgement: Judgement, file_id: int | None, today: date, progress: Progress) -> None:
    known = set()
    if file_id is not None:
        rows = db.session.scalars(select(ImportedMember.row_number).where(ImportedMember.file_id == file_id))
        known = set(rows)
    mine = _by_code(viewer, judgement)
    doubles = Doubles()
    for place, row in enumerate(judgement.reading.rows):
        if place % 50 == 0:
            progress(place, len(judgement.reading.rows))
        problems = row.problems + person_problems(row, today)
        code = row.values.get("code")
        if row.number in known:
            judgement.judge(row, SAME)
        elif code and code not in mine:
            judgement.judge(row, ERROR, [*problems, NO_SUCH_CODE])
        elif problems:
            judgement.judge(row, ERROR, problems)
        elif code:
            judgement.judge(row, UPDATE, target=mine[code])
        else:
            words = _likenesses(viewer, row, doubles)
            judgement.judge(row, DOUBTFUL if words else CREATE, words)


def _by_code(viewer: Viewer, judgement: Judgement) -> dict[str, tuple[int, int]]:
    """code -> (id, version) of the members whom the sheet names and the viewer may know of."""
    codes = {row.values["code"] for row in judgement.reading.rows if row.values.get("code")}
    if not codes:
        return {}
    rows = db.session.execute(
        select(Member.code, Member.id, Member.version).where(Member.code.in_(codes), visible(viewer))
    )
    return {row.code: (row.id, row.version) for row in rows}


NO_SUCH_CODE = Problem(
    "code",
    "You see no member with this code.",
    "Usted no ve a ninguna persona con este código.",
)


def _likenesses(viewer: Viewer, row: Row, doubles: Doubles) -> list[Problem]:
    """Why this may be somebody we know, or somebody of an earlier row of the same sheet."""
    values = person_values(row)
    phones = frozenset(number for one in row.values.get("phone") or () for number in one.numbers)
    found = doubles.seen(row.number, values, phones)
    if not any(values.get(name) for name in ("given_names", "surnames", "birth_date", "phone")):
        return found
    with seal.silent():
        alike = look_alikes(viewer, values, [phone_index(number) for number in phones])
    found += [_like(person.code) for person in alike.people]
    if alike.hidden:
        found.append(HIDDEN)
    return found


def _like(code: str) -> Problem:
    return Problem("", f"May be {code}.", f"Puede ser {code}.")


HIDDEN = Problem(
    "",
    "May be somebody we know and you don't see. Ask an attorney or the director.",
    "Puede ser alguien a quien conocemos y usted no ve. Pregunte al equipo legal o a la dirección.",
)
