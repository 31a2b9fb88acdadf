"""What can be true of an inquiry."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from mexile.access.rules import name_act
from mexile.ground.dates import not_in_the_future
from mexile.ground.errors import Problem
from mexile.ground.phone import hear, phone_problems
from mexile.inquiries.waiting.rules import LONGEST

OLDEST = timedelta(days=366)


def inquiry_problems(values: Mapping[str, Any], today: date) -> list[Problem]:
    """Nothing but an alias or a safe way to answer is required; days that can't be are said all at once."""
    problems = []
    if not any(values.get(name) for name in ("alias", "answer", "safe_contact")):
        problems.append(
            Problem(
                "alias",
                "Write an alias or a safe way to answer: without either we can't find the person again.",
                "Escriba un alias o una forma segura de responder: sin ninguno no podremos volver a encontrar "
                "a la persona.",
            )
        )
    asked = values.get("asked_on") or today
    problems += not_in_the_future("asked_on", asked, today)
    if asked < today - OLDEST:
        problems.append(
            Problem(
                "asked_on",
                "This is more than a year ago. Please check the year.",
                "Fue hace más de un año. Revise el año.",
            )
        )
    problems += _due_problems(values.get("answer_due_on"), asked, today) + _consent_problems(values, asked, today)
    problems += _answer_problems(values.get("answer"))
    if values.get("state") and values.get("country") not in (None, "", "MX"):
        problems.append(
            Problem(
                "state",
                "These are the states of Mexico. Leave this empty for another country.",
                "Estos son los estados de México. Déjelo vacío si es otro país.",
            )
        )
    return problems


def _due_problems(due: date | None, asked: date, today: date) -> list[Problem]:
    if due is None:
        return []
    if due < asked:
        return [
            Problem(
                "answer_due_on",
                "This is before the person asked.",
                "Es anterior al día en que la persona preguntó.",
            )
        ]
    if due > max(asked, today) + LONGEST:
        return [
            Problem(
                "answer_due_on",
                "Nobody waits longer than 14 days for an answer. Choose an earlier day.",
                "Nadie espera una respuesta más de 14 días. Elija un día más cercano.",
            )
        ]
    return []


def _consent_problems(values: Mapping[str, Any], asked: date, today: date) -> list[Problem]:
    given = values.get("consent_on")
    if problems := not_in_the_future("consent_on", given, today):
        return problems
    if given and given < asked:
        return [
            Problem(
                "consent_on",
                "This is before the person asked.",
                "Es anterior al día en que la persona preguntó.",
            )
        ]
    return []


def _answer_problems(text: str | None) -> list[Problem]:
    """A number that may be of two countries is asked for; words are words."""
    return phone_problems([heard for heard in hear(text) if len(heard.numbers) > 1], "answer")


name_act("inquiry.open", "Recorded an inquiry", "Registró una solicitud de ayuda")
name_act("inquiry.edit", "Changed an inquiry", "Cambió una solicitud de ayuda")
name_act("inquiry.talk", "Recorded a conversation", "Registró una conversación")
name_act("inquiry.talk_edit", "Changed what is written of a conversation", "Cambió el registro de una conversación")
name_act("inquiry.name", "Recorded a name for conflict checks", "Anotó un nombre para revisar conflictos")
name_act("inquiry.unname", "Took out a name for conflict checks", "Quitó un nombre para revisar conflictos")
name_act("inquiry.check", "Checked for conflicts", "Revisó si hay conflicto")
name_act("inquiry.decide", "Decided on an inquiry", "Decidió sobre una solicitud de ayuda")
name_act("inquiry.reopen", "Took back a decision", "Retiró una decisión")
name_act("inquiry.answer", "Told a person the decision", "Comunicó la decisión a la persona")
name_act("inquiry.take", "Made a member of an inquiry", "Convirtió una solicitud de ayuda en integrante")
name_act("inquiry.capacity", "Said how many cases an attorney can take", "Indicó cuántos casos puede llevar un abogado")
name_act("inquiry.forget", "Forgot an inquiry that was not taken", "Olvidó una solicitud de ayuda que no se tomó")
