"""What can be true of a person's days, age, telephone, mail and A-number, and what has to wait for consent."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from email_validator import EmailNotValidError, validate_email

from mexile.ground.dates import OLDEST, not_in_the_future
from mexile.ground.errors import Problem

IDENTIFYING = (
    "given_names",
    "surnames",
    "preferred_name",
    "birth_date",
    "birth_year",
    "phone",
    "email",
    "address",
    "a_number",
)
"""What is not written down before the person consented. The alias and a safe way to answer are."""

CONSENT_PURPOSE = "org_internal"


def day_problems(values: Mapping[str, Any], today: date) -> list[Problem]:
    """Days that can't be: born tomorrow or 116 years ago, arrived before being born, consent in the future."""
    born, year, arrived = values.get("birth_date"), values.get("birth_year"), values.get("arrived_on")
    problems = not_in_the_future("birth_date", born, today)
    if born and year and born.year != year:
        problems.append(
            Problem(
                "birth_year",
                "The year differs from the date of birth. Leave one of them empty.",
                "El año no coincide con la fecha de nacimiento. Deje vacío uno de los dos.",
            )
        )
    first_year = born.year if born else year
    if first_year and not today.year - OLDEST <= first_year <= today.year:
        place = "birth_date" if born else "birth_year"
        if not any(problem.place == place for problem in problems):
            problems.append(
                Problem(
                    place,
                    f"Nobody we know was born in {first_year}. Please check the year.",
                    f"No conocemos a nadie que naciera en {first_year}. Revise el año.",
                )
            )
    if arrived and born and arrived < born:
        problems.append(Problem("arrived_on", "This is before the birth.", "Es anterior al nacimiento."))
    for place in ("arrived_on", "consent_on"):
        problems += not_in_the_future(place, values.get(place), today)
    return problems


def consent_problems(values: Mapping[str, Any], has_consent: bool) -> list[Problem]:
    """Nothing identifying without consent; one problem, at the place where consent is ticked."""
    if has_consent or not any(values.get(place) for place in IDENTIFYING):
        return []
    return [
        Problem(
            "consent",
            "Read the consent aloud and tick it first, or empty the fields under it. "
            "Nothing that identifies a person is kept without it.",
            "Lea primero el consentimiento en voz alta y márquelo, o vacíe los campos que siguen. "
            "Sin él no se guarda nada que identifique a una persona.",
        )
    ]


def needs_consent(place: str) -> Problem:
    """Said where something that identifies a person comes before the person agreed to it."""
    return Problem(
        place,
        "This identifies the person. Read the consent aloud and record it first.",
        "Esto identifica a la persona. Lea primero el consentimiento en voz alta y regístrelo.",
    )


def normal_email(text: str) -> str | None:
    """A mail address in its normal form, or None where it can't be one. Nobody is asked over the network."""
    try:
        return validate_email(text, check_deliverability=False, allow_smtputf8=True).normalized
    except EmailNotValidError:
        return None


@dataclass(frozen=True)
class Born:
    """A day of birth, or only its year, or nothing."""

    on: date | None = None
    year: int | None = None

    def age(self, on: date) -> int | None:
        """Full years on the day `on`; where only the year is known, those that are full by its end."""
        if self.on is None:
            return None if self.year is None else on.year - self.year
        return on.year - self.on.year - ((on.month, on.day) < (self.on.month, self.on.day))

    def is_before(self, other: "Born") -> bool | None:
        """Born earlier than the other; None where it isn't known well enough to say."""
        if self.on and other.on:
            return self.on < other.on
        mine = self.on.year if self.on else self.year
        theirs = other.on.year if other.on else other.year
        if mine is None or theirs is None or mine == theirs:
            return None
        return mine < theirs


def age_problems(people: Iterable[tuple[str, Born]], place: str = "birth_date") -> list[Problem]:
    """What can't be among (role, born) of one household: at most one problem of each kind, and no name in it."""
    known = list(people)
    problems = []
    for head in (born for role, born in known if role == "head"):
        if any(role == "child" and born.is_before(head) for role, born in known):
            problems.append(
                Problem(
                    place,
                    "A child would be older than the head of the household. Check the date of birth or the place in "
                    "the household.",
                    "Una hija o un hijo sería mayor que la cabeza de familia. Revise la fecha de nacimiento o el lugar "
                    "en el hogar.",
                )
            )
        if any(role == "parent" and head.is_before(born) for role, born in known):
            problems.append(
                Problem(
                    place,
                    "A parent would be younger than the head of the household. Check the date of birth or the place in "
                    "the household.",
                    "La madre o el padre sería menor que la cabeza de familia. Revise la fecha de nacimiento o el lugar "
                    "en el hogar.",
                )
            )
    return problems


_DIGITS = re.compile(r"a?[\s-]*(\d[\d\s-]{5,12}\d)", re.IGNORECASE)
A_NUMBER_PLACE = "member_a_number.number"


def normal_a_number(text: str) -> str | None:
    """The nine digits of an A-number ("A 78 123 456" is 078123456), or None where it can't be one."""
    match = _DIGITS.fullmatch(text.strip())
    digits = re.sub(r"\D", "", match[1]) if match else ""
    return digits.zfill(9) if 7 <= len(digits) <= 9 else None


def shown_a_number(digits: str) -> str:
    """A kept number as papers write it: "A078-123-456"."""
    return f"A{digits[:3]}-{digits[3:6]}-{digits[6:]}" if len(digits) == 9 and digits.isdecimal() else digits
