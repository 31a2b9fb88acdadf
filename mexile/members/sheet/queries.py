"""Judging rows of a sheet as people: who is here already, whom we may know."""

from datetime import date

from sqlalchemy import select

from mexile.access.viewer import Viewer
from mexile.ground import seal
from mexile.ground.db import db
from mexile.ground.errors import Problem
from mexile.members.assignment.rights import visible
from mexile.members.contact.queries import phone_index
from mexile.members.intake.queries import look_alikes
from mexile.members.person.models import Member
from mexile.members.sheet.models import ImportedMember
from mexile.members.sheet.rules import Doubles, person_problems, person_values
from mexile.sheets.reading.rules import ReadRow
from mexile.sheets.verdict.rules import CREATE, DOUBTFUL, ERROR, SAME, UPDATE, Judgement, Progress


def judge_people(viewer: Viewer, judgement: Judgement, file_id: int | None, today: date, progress: Progress) -> None:
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


def _likenesses(viewer: Viewer, row: ReadRow, doubles: Doubles) -> list[Problem]:
    """Why this may be somebody we know, or somebody of an earlier row of the same sheet."""
    values = person_values(row)
    phones = frozenset(number for telephone in row.values.get("phone") or () for number in telephone.numbers)
    problems = doubles.seen(row.number, values, phones)
    if not any(values.get(name) for name in ("given_names", "surnames", "birth_date", "phone")):
        return problems
    with seal.silent():
        alike = look_alikes(viewer, values, [phone_index(number) for number in phones])
    problems += [_like(person.code) for person in alike.people]
    if alike.hidden:
        problems.append(HIDDEN)
    return problems


def _like(code: str) -> Problem:
    return Problem("", f"May be {code}.", f"Puede ser {code}.")


HIDDEN = Problem(
    "",
    "May be somebody we know and you don't see. Ask an attorney or the director.",
    "Puede ser alguien a quien conocemos y usted no ve. Pregunte al equipo legal o a la dirección.",
)
