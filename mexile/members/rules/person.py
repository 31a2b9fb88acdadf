"""What can be true of a person's days, telephone and mail, and what has to wait for consent."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from email_validator import EmailNotValidError, validate_email

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
OLDEST = 115


def day_problems(values: Mapping[str, Any], today: date) -> list[Problem]:
    """Days that can't be: born tomorrow or 116 years ago, arrived before being born, consent in the future."""
    found = []
    born, year, arrived = values.get("birth_date"), values.get("birth_year"), values.get("arrived_on")
    if born and born > today:
        found.append(Problem("birth_date", "This day has not come yet.", "Este día aún no llega."))
    if born and year and born.year != year:
        found.append(
            Problem(
                "birth_year",
                "The year differs from the date of birth. Leave one of them empty.",
                "El año no coincide con la fecha de nacimiento. Deje vacío uno de los dos.",
            )
        )
    first_year = born.year if born else year
    if first_year and not today.year - OLDEST <= first_year <= today.year:
        place = "birth_date" if born else "birth_year"
        if not any(problem.place == place for problem in found):
            found.append(
                Problem(
                    place,
                    f"Nobody we know was born in {first_year}. Please check the year.",
                    f"No conocemos a nadie que naciera en {first_year}. Revise el año.",
                )
            )
    if arrived and born and arrived < born:
        found.append(Problem("arrived_on", "This is before the birth.", "Es anterior al nacimiento."))
    for place in ("arrived_on", "consent_on"):
        if values.get(place) and values[place] > today:
            found.append(Problem(place, "This day has not come yet.", "Este día aún no llega."))
    return found


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


def day_of(text: str | None) -> date | None:
    """The day kept as text ("1986-03-12"); None where there is none that can be read."""
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        return None


def normal_email(text: str) -> str | None:
    """A mail address in its normal form, or None where it can't be one. Nobody is asked over the network."""
    try:
        return validate_email(text, check_deliverability=False, allow_smtputf8=True).normalized
    except EmailNotValidError:
        return None
