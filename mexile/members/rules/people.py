"""What a row says of a person, in the shape in which the intake form says it."""

from datetime import date
from typing import Any

from mexile.ground.errors import Problem
from mexile.members.rules.cell import shortened
from mexile.members.rules.fields import MEMBERS
from mexile.members.rules.person import day_problems, normal_email, normal_phone
from mexile.members.rules.reading import Row

_OURS = ("code", "consented_on", "joined_on", "name")
_IDENTIFYING = tuple(name for name, field in MEMBERS.items() if field.identifying)


def person_values(row: Row) -> dict[str, Any]:
    """The values as `actions.member` takes them; what the sheet has no column for is left out.

    A whole name in one column stands as given names: which of its words are surnames nobody told.
    """
    values = {name: value for name, value in row.values.items() if name not in _OURS}
    if "name" in row.values and not values.get("given_names"):
        values["given_names"] = row.values["name"]
    if values.get("phone"):
        values["phone"] = normal_phone(values["phone"])
    if values.get("email"):
        values["email"] = normal_email(values["email"])
    return values


def person_problems(row: Row, today: date) -> list[Problem]:
    """What can't be true of this row, or may not be written down."""
    values = person_values(row)
    found = day_problems({**values, "consent_on": row.values.get("consented_on")}, today)
    if row.values.get("phone") and not values["phone"]:
        found.append(_no_phone(row.values["phone"]))
    if row.values.get("email") and not values["email"]:
        found.append(_no_email(row.values["email"]))
    if row.values.get("code"):
        return found
    if not any(row.values.get(name) for name in ("alias", "name", "given_names")):
        found.append(Problem("alias", "The row has no alias and no name.", "La fila no tiene alias ni nombre."))
    if not row.values.get("consented_on") and any(row.values.get(name) for name in _IDENTIFYING):
        found.append(NO_CONSENT)
    return found


NO_CONSENT = Problem(
    "consented_on",
    "The row identifies a person and has no day of consent: nothing of it is written down.",
    "La fila identifica a una persona y no tiene día de consentimiento: no se anota nada de ella.",
)


def _no_phone(text: str) -> Problem:
    cell = shortened(text)
    return Problem("phone", f"“{cell}” is not a phone number.", f"«{cell}» no es un número de teléfono.")


def _no_email(text: str) -> Problem:
    cell = shortened(text)
    return Problem("email", f"“{cell}” is not an e-mail address.", f"«{cell}» no es un correo electrónico.")
