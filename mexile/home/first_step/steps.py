"""The first steps, in their order. A house adds its own by one line here.

A step is its code, its name and its help in both languages, the page where it is done, and a function of the house
that knows it, which answers what is missing (`Problem`s); a step is done while that is nothing. Nobody ticks it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from mexile.access.account import queries as account
from mexile.access.brand import queries as brand
from mexile.access.mail import queries as mail
from mexile.access.organization import queries as organization
from mexile.backup import queries as backup
from mexile.custody.line import queries as line
from mexile.deadlines.rule import queries as rule
from mexile.gifts.stripe import queries as stripe
from mexile.ground.errors import Problem
from mexile.members.person import queries as person
from mexile.services.service_type import queries as service_type
from mexile.sheets.batch import queries as batch

Words = tuple[str, str]
"""English, Spanish."""


@dataclass(frozen=True)
class Step:
    """One step. `page` is the endpoint where it is done, "" where it is done on the machine itself;
    `who` does it, where a director can't."""

    code: str
    name: Words
    help: Words
    page: str
    missing: Callable[[], Sequence[Problem]]
    who: Words = ("A director does this.", "Lo hace la dirección.")


STEPS: tuple[Step, ...] = (
    Step(
        "organization",
        ("Say who you are", "Decir quiénes son"),
        (
            "Names, tax number, address, time zone, fiscal year and languages: receipts and reports print them.",
            "Nombres, número fiscal, dirección, zona horaria, año fiscal e idiomas: los imprimen recibos e informes.",
        ),
        "access.organization",
        organization.missing,
    ),
    Step(
        "mark",
        ("Show your mark", "Mostrar su logotipo"),
        (
            "The mark and two colors of the giving page and of receipts. Without a mark, your initials stand there.",
            "El logotipo y dos colores de la página para donar y de los recibos. Sin logotipo aparecen sus iniciales.",
        ),
        "access.brand",
        brand.missing,
    ),
    Step(
        "sender",
        ("Let letters go out", "Hacer que salgan los correos"),
        (
            "Alerts, invitations and receipts go by mail. A test letter to yourself shows whether they arrive.",
            "Los avisos, las invitaciones y los recibos van por correo. Un correo de prueba a usted muestra si llegan.",
        ),
        "access.mail",
        mail.missing,
    ),
    Step(
        "people",
        ("Invite the team", "Invitar al equipo"),
        (
            "Each person gets a mailed address and sets password and second factor alone. Give each only the roles they need.",
            "Cada persona recibe una dirección por correo y fija sola su contraseña y segundo factor. Dé solo los roles necesarios.",
        ),
        "access.people",
        account.missing,
    ),
    Step(
        "line",
        ("Say who answers an alert", "Decir quién atiende un aviso"),
        (
            "When someone is detained, the first in this line is told at once, and the next one after five minutes.",
            "Cuando detienen a alguien, se avisa de inmediato a la primera persona de la lista, y a los cinco minutos a la siguiente.",
        ),
        "custody.line",
        line.missing,
    ),
    Step(
        "services",
        ("Look over the list of services", "Revisar la lista de servicios"),
        (
            "What the log offers, how each counts and the words that find it. Change it, retire what you never do, add yours.",
            "Lo que se puede registrar, cómo cuenta cada cosa y las palabras que la encuentran. Cambie, retire lo que nunca hacen, agregue lo suyo.",
        ),
        "services.service_types",
        service_type.missing,
    ),
    Step(
        "rule",
        ("Review the deadline rules", "Revisar las reglas de plazos"),
        (
            "An attorney reads each rule with its source and an example. Until then its dates say that it was not reviewed.",
            "Una abogada lee cada regla con su fuente y un ejemplo. Hasta entonces sus fechas dicen que no se ha revisado.",
        ),
        "deadlines.rule_reviews",
        rule.missing,
        ("An attorney does this.", "Lo hace una abogada."),
    ),
    Step(
        "member",
        ("Add the first member", "Agregar a la primera persona"),
        (
            "Somebody you accompany already. What identifies them is sealed under a key of their own.",
            "Alguien a quien ya acompañan. Lo que la identifica se sella con una clave propia.",
        ),
        "members.new_member",
        person.missing,
    ),
    Step(
        "sheet",
        ("Bring in your sheets", "Traer sus hojas"),
        (
            "The workbook you kept until now: you see each row's result before anything is written, and can undo it.",
            "El libro que llevaban hasta ahora: se ve el resultado de cada fila antes de escribir nada, y se puede deshacer.",
        ),
        "sheets.imports",
        batch.missing,
    ),
    Step(
        "stripe",
        ("Take gifts by card", "Recibir donativos con tarjeta"),
        (
            "Stripe's keys, then one dollar in test mode: the receipt that arrives shows that everything works.",
            "Las claves de Stripe y después un dólar en modo de prueba: el recibo que llega muestra que todo funciona.",
        ),
        "gifts.stripe_keys",
        stripe.missing,
    ),
    Step(
        "backup",
        ("Keep backups", "Guardar respaldos"),
        (
            "Every night a copy of everything, encrypted, to a place that doesn't burn with this machine.",
            "Cada noche una copia de todo, cifrada, a un lugar que no se pierda junto con este equipo.",
        ),
        "",
        backup.missing,
    ),
)
