"""What a row says of a person, in the shape in which the intake form says it."""

from datetime import date
from typing import Any

from mexile.ground.errors import Problem
from mexile.ground.phone import Heard, phone_problems
from mexile.members.rules.cell import shortened
from mexile.members.rules.fields import MEMBERS
from mexile.members.rules.person import day_problems, normal_email
from mexile.members.rules.reading import Row

_OURS = ("code", "consented_on", "joined_on", "name")
_IDENTIFYING = tuple(name for name, field in MEMBERS.items() if field.identifying)


def person_values(row: Row) -> dict[str, Any]:
    """The values as `actions.member` takes them; what the sheet has no column for is left out.

    A whole name in one column stands as given names: which of its words are surnames nobody told. Of several
    telephones the first is the person's, with its words in the safe note; `other_phones` gives the rest.
    """
    values = {name: value for name, value in row.values.items() if name not in _OURS}
    if "name" in row.values and not values.get("given_names"):
        values["given_names"] = row.values["name"]
    if "phone" in values:
        first = next(iter(values["phone"] or ()), Heard("", ()))
        values["phone"] = first.numbers[0] if len(first.numbers) == 1 else None
        if first.note:
            values["safe_note"] = first.note
    if isinstance(values.get("birth_date"), int):
        values["birth_year"] = values.pop("birth_date")
    if values.get("email"):
        values["email"] = normal_email(values["email"])
    return values


def other_phones(row: Row) -> list[Heard]:
    """The further numbers of a cell that holds several, each with the words beside it."""
    return (row.values.get("phone") or [])[1:]


def person_problems(row: Row, today: date) -> list[Problem]:
    """What can't be true of this row, or may not be written down."""
    values = person_values(row)
    found = day_problems({**values, "consent_on": row.values.get("consented_on")}, today)
    found += _phone_problems(row)
    if row.values.get("email") and not values["email"]:
        found.append(_no_email(row.values["email"]))
    if row.values.get("code"):
        return found
    unread = {problem.place for problem in row.problems}
    if not unread & {"alias", "name", "given_names"} and not any(
        row.values.get(name) for name in ("alias", "name", "given_names")
    ):
        found.append(Problem("alias", "The row has no alias and no name.", "La fila no tiene alias ni nombre."))
    if (
        "consented_on" not in unread
        and not row.values.get("consented_on")
        and any(row.values.get(name) for name in _IDENTIFYING)
    ):
        found.append(NO_CONSENT)
    return found


NO_CONSENT = Problem(
    "consented_on",
    "The row identifies a person and has no day of consent: nothing of it is written down.",
    "La fila identifica a una persona y no tiene día de consentimiento: no se anota nada de ella.",
)


def _phone_problems(row: Row) -> list[Problem]:
    heard = row.values.get("phone") or []
    found = [
        Problem("phone", f"“{shortened(one.text)}”: {problem.en}", f"«{shortened(one.text)}»: {problem.es}")
        for one in heard
        for problem in phone_problems([one])
    ]
    if row.values.get("code") and (len(heard) > 1 or any(one.note for one in heard)):
        found.append(ONE_NUMBER)
    return found


ONE_NUMBER = Problem(
    "phone",
    "This row changes somebody we know: write one number alone here, and the rest on the person's page.",
    "Esta fila cambia a alguien que ya conocemos: escriba aquí un solo número, y lo demás en su página.",
)


def _no_email(text: str) -> Problem:
    cell = shortened(text)
    return Problem("email", f"“{cell}” is not an e-mail address.", f"«{cell}» no es un correo electrónico.")
