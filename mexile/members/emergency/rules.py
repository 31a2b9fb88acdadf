"""Emergency access: how long it lasts, what its reason must say, and the letter that tells of it."""

import unicodedata
from datetime import timedelta

from mexile.ground.errors import Problem

LASTS = timedelta(minutes=60)
A_DAY = 3
"""So many somebody opens alone in a day; every further one is opened by a director."""
LEAST_REASON = 20


def reason_problems(reason: str | None) -> list[Problem]:
    """A reason has 20 characters or more, without the white space around it. What can't be seen is no character."""
    text = "".join(char if unicodedata.category(char)[0] != "C" else " " for char in reason or "").strip()
    if not text:
        return [
            Problem(
                "reason",
                "Say why you need to see this person now. Without a reason nothing opens.",
                "Diga por qué necesita ver ahora a esta persona. Sin un motivo no se abre nada.",
            )
        ]
    if len(text) < LEAST_REASON:
        return [
            Problem(
                "reason",
                f"Write a whole sentence, {LEAST_REASON} characters or more. Somebody will read it.",
                f"Escriba una frase completa, de {LEAST_REASON} caracteres o más. Alguien la va a leer.",
            )
        ]
    return []


def words_problems(words: str | None) -> list[Problem]:
    """A review says something."""
    if len((words or "").split()) >= 2:
        return []
    return [
        Problem(
            "words",
            "Say in a few words what you saw. Both of you, and the auditor, may need it later.",
            "Diga en pocas palabras qué vio. Más adelante pueden necesitarlo ustedes y la auditoría.",
        )
    ]


def open_now_letter(code: str, url: str, language: str, number: int | None = None) -> tuple[str, str]:
    """Subject and text of a letter that says nothing but where to look, and the how many-th of the same person
    today it is: anybody may stand behind the reader."""
    if language == "es":
        count = f" (número {number} de hoy, de la misma persona)" if number else ""
        return "Abra mexile ahora, por favor", f"Abra mexile ahora, por favor: {code}{count}\n\n{url}\n"
    count = f" (number {number} today, by the same person)" if number else ""
    return "Please open mexile now", f"Please open mexile now: {code}{count}\n\n{url}\n"
