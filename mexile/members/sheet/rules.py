"""The fields a column of a sheet can go into, what a row says of a person in the shape of the intake form, and
whether two rows of one sheet are the same person."""

from collections import defaultdict
from collections.abc import Hashable, Iterator
from datetime import date
from itertools import combinations, product
from typing import Any

from mexile.ground.errors import Problem
from mexile.ground.phone import Heard, phone_problems, same_phone, without_extension
from mexile.members.intake.rules import BIRTH, NAME, PHONE, compared
from mexile.members.name.rules import by_ear, words
from mexile.members.person.rules import day_problems, normal_email
from mexile.sheets.cell.rules import shortened
from mexile.sheets.reading.rules import ReadRow
from mexile.sheets.target.rules import Field, fields_by_name

MEMBERS = fields_by_name(
    Field(
        "code",
        "text",
        "Code (ME-0412), to update",
        "Código (ME-0412), para actualizar",
        also=("code", "codigo", "me", "member code"),
    ),
    Field("alias", "text", "Alias", "Alias", also=("alias", "pseudonym", "seudonimo", "apodo", "nickname")),
    Field(
        "consented_on",
        "day",
        "Day of consent",
        "Día del consentimiento",
        also=(
            "consent",
            "consent date",
            "consentimiento",
            "fecha de consentimiento",
            "day of consent",
            "consented",
            "consented on",
            "fecha consentimiento",
        ),
    ),
    Field(
        "name",
        "text",
        "Whole name",
        "Nombre completo",
        identifying=True,
        also=("name", "nombre", "full name", "nombre completo", "legal name"),
    ),
    Field(
        "given_names",
        "text",
        "Given names",
        "Nombres",
        identifying=True,
        also=("given names", "first name", "nombres", "nombre de pila", "given", "given name", "nombre(s)", "nombre s"),
    ),
    Field(
        "surnames",
        "text",
        "Surnames",
        "Apellidos",
        identifying=True,
        also=("surnames", "surname", "last name", "apellidos", "apellido", "family name"),
    ),
    Field(
        "preferred_name",
        "text",
        "Preferred name",
        "Nombre preferido",
        identifying=True,
        also=("preferred name", "nombre preferido", "called", "como le dicen"),
    ),
    Field(
        "birth_date",
        "birth",
        "Date of birth",
        "Fecha de nacimiento",
        identifying=True,
        also=(
            "date of birth",
            "birth date",
            "dob",
            "fecha de nacimiento",
            "nacimiento",
            "birth",
            "born",
            "fecha nac",
            "f. nacimiento",
            "year of birth",
            "ano de nacimiento",
        ),
    ),
    Field(
        "phone",
        "phone",
        "Phone",
        "Teléfono",
        identifying=True,
        also=(
            "phone",
            "telefono",
            "telephone",
            "phone number",
            "celular",
            "cell",
            "tel",
            "tel.",
            "mobile",
            "movil",
            "whatsapp",
            "numero de telefono",
        ),
    ),
    Field(
        "email",
        "email",
        "E-mail",
        "Correo electrónico",
        identifying=True,
        also=("email", "e-mail", "correo", "correo electronico", "mail"),
    ),
    Field("address", "text", "Address", "Dirección", identifying=True, also=("address", "direccion", "domicilio")),
    Field(
        "nationality",
        "country",
        "Nationality",
        "Nacionalidad",
        also=("nationality", "nacionalidad", "country of origin", "country", "pais"),
    ),
    Field("language", "language", "Language", "Idioma", also=("language", "idioma", "lengua", "primary language")),
    Field("gender", "term:gender", "Gender", "Género", also=("gender", "sex", "genero", "sexo", "gender identity")),
    Field("pronoun", "term:pronoun", "Pronoun", "Pronombre", also=("pronoun", "pronouns", "pronombre", "pronombres")),
    Field("profile", "term:member_profile", "Profile", "Perfil", also=("profile", "perfil", "why at risk")),
    Field(
        "safe_contact",
        "term:safe_contact",
        "Safe way to answer",
        "Cómo responder con seguridad",
        also=("safe contact", "contacto seguro"),
    ),
    Field(
        "arrived_on",
        "day",
        "Day of arrival",
        "Día de llegada",
        also=("arrived", "arrived on", "arrival date", "date of arrival", "fecha de llegada", "llegada"),
    ),
    Field(
        "joined_on",
        "day",
        "With us since",
        "Con la organización desde",
        also=("joined", "joined on", "with us since", "desde", "fecha de ingreso", "ingreso"),
    ),
)


_OURS = ("code", "consented_on", "joined_on", "name")
_IDENTIFYING = tuple(name for name, field in MEMBERS.items() if field.identifying)


def person_values(row: ReadRow) -> dict[str, Any]:
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


def other_phones(row: ReadRow) -> list[Heard]:
    """The further numbers of a cell that holds several, each with the words beside it."""
    return (row.values.get("phone") or [])[1:]


def person_problems(row: ReadRow, today: date) -> list[Problem]:
    """What can't be true of this row, or may not be written down."""
    values = person_values(row)
    problems = day_problems({**values, "consent_on": row.values.get("consented_on")}, today)
    problems += _phone_problems(row)
    if row.values.get("email") and not values["email"]:
        problems.append(_no_email(row.values["email"]))
    if row.values.get("code"):
        return problems
    unread = {problem.place for problem in row.problems}
    if not unread & {"alias", "name", "given_names"} and not any(
        row.values.get(name) for name in ("alias", "name", "given_names")
    ):
        problems.append(Problem("alias", "The row has no alias and no name.", "La fila no tiene alias ni nombre."))
    if (
        "consented_on" not in unread
        and not row.values.get("consented_on")
        and any(row.values.get(name) for name in _IDENTIFYING)
    ):
        problems.append(NO_CONSENT)
    return problems


NO_CONSENT = Problem(
    "consented_on",
    "The row identifies a person and has no day of consent: nothing of it is written down.",
    "La fila identifica a una persona y no tiene día de consentimiento: no se anota nada de ella.",
)


def _phone_problems(row: ReadRow) -> list[Problem]:
    heard = row.values.get("phone") or []
    problems = [
        Problem("phone", f"“{shortened(telephone.text)}”: {problem.en}", f"«{shortened(telephone.text)}»: {problem.es}")
        for telephone in heard
        for problem in phone_problems([telephone])
    ]
    if row.values.get("code") and (len(heard) > 1 or any(telephone.note for telephone in heard)):
        problems.append(ONE_NUMBER)
    return problems


ONE_NUMBER = Problem(
    "phone",
    "This row changes somebody we know: write one number alone here, and the rest on the person's page.",
    "Esta fila cambia a alguien que ya conocemos: escriba aquí un solo número, y lo demás en su página.",
)


def _no_email(text: str) -> Problem:
    cell = shortened(text)
    return Problem("email", f"“{cell}” is not an e-mail address.", f"«{cell}» no es un correo electrónico.")


_WORDS = 6
_WHY = {
    PHONE: ("the same phone", "el mismo teléfono"),
    BIRTH: ("the same day of birth and a name in common", "el mismo día de nacimiento y un nombre en común"),
    NAME: ("the same name", "el mismo nombre"),
}


class Doubles:
    """The rows seen so far. Only rows that share a telephone, two words of a name, or a day of birth with one
    word are compared, so that the work grows with what is alike."""

    def __init__(self) -> None:
        self._rows: list[tuple[int, dict[str, Any], frozenset[str]]] = []
        self._by: defaultdict[Hashable, list[int]] = defaultdict(list)

    def seen(self, number: int, values: dict[str, Any], phones: frozenset[str]) -> list[Problem]:
        """Why the row may be the person of an earlier one; the row counts as seen from now on."""
        keys = set(_keys(values, phones))
        places = sorted({place for key in keys for place in self._by[key]})
        problems = [problem for place in places for problem in self._ties(place, values, phones)]
        for key in keys:
            self._by[key].append(len(self._rows))
        self._rows.append((number, values, phones))
        return problems

    def _ties(self, place: int, values: dict[str, Any], phones: frozenset[str]) -> Iterator[Problem]:
        number, earlier, theirs = self._rows[place]
        tie = compared(
            names=_names(values),
            born=values.get("birth_date"),
            other_names=_names(earlier),
            other_born=earlier.get("birth_date"),
            same_phone=any(same_phone(*pair) for pair in product(phones, theirs)),
        )
        for reason in tie.reasons:
            en, es = _WHY[reason]
            place_of = "phone" if reason == PHONE else ""
            yield Problem(place_of, f"Row {number} has {en}.", f"La fila {number} tiene {es}.")


def _names(values: dict[str, Any]) -> list[str | None]:
    return [values.get("given_names"), values.get("surnames")]


def _keys(values: dict[str, Any], phones: frozenset[str]) -> Iterator[Hashable]:
    yield from map(without_extension, phones)
    heard = sorted({by_ear(word) for name in _names(values) for word in words(name) if len(word) > 1})[:_WORDS]
    yield from combinations(heard, 2)
    if born := values.get("birth_date"):
        yield from ((born, word) for word in heard)
