"""The mails of this house, in the donor's language. Subjects hold nothing personal."""

from mexile.gifts.rules.receipt import Facts, text_of

Words = tuple[str, str]
"""Subject and text of a mail."""


def receipt_letter(facts: Facts, page: str) -> Words:
    """The receipt as text; the PDF goes with it. ``page`` is where the donor can ask for a link to their page."""
    text = text_of(facts)
    es = facts.language == "es"
    subject = ("Su recibo " if es else "Your receipt ") + facts.code
    manage = (
        (
            "Puede cancelar el donativo mensual cuando quiera, con un solo botón"
            if es
            else "You can stop the monthly gift any time, with one press"
        )
        if facts.is_monthly
        else ("Sus donativos y recibos están en su página" if es else "Your gifts and receipts are on your page")
    )
    lines = [
        text.thanks,
        "",
        text.title,
        *([text.void] if text.void else []),
        "",
        *(f"{label}: {_one_line(value)}" for label, value in text.rows),
        "",
        *(sentence.text for sentence in text.sentences),
        *(["", *text.notes] if text.notes else []),
        "",
        f"{manage}: {page}",
        "",
        facts.legal_name,
    ]
    return subject, "\n".join(lines) + "\n"


def void_letter(facts: Facts) -> Words:
    """A receipt is no longer good."""
    es = facts.language == "es"
    subject = f"El recibo {facts.code} ya no es válido" if es else f"Receipt {facts.code} is no longer valid"
    lines = [text_of(facts).void, "", facts.legal_name]
    return subject, "\n".join(lines) + "\n"


def link_letter(url: str, language: str, legal_name: str) -> Words:
    """The one-use link to the donor's own page."""
    if language == "es":
        subject = "El enlace a su página de donativos"
        body = (
            "Con este enlace se abre su página: sus donativos, sus recibos y, si da cada mes, su tarjeta.\n\n"
            f"{url}\n\n"
            "Sirve una sola vez y durante 30 minutos. Si usted no lo pidió, no haga nada.\n"
        )
    else:
        subject = "The link to your giving page"
        body = (
            "This link opens your page: your gifts, your receipts and, if you give every month, your card.\n\n"
            f"{url}\n\n"
            "It works once and for 30 minutes. If you didn't ask for it, do nothing.\n"
        )
    return subject, f"{body}\n{legal_name}\n"


def renewal_letter(url: str, language: str, legal_name: str, amount: str) -> Words:
    """The card of a monthly gift was declined: nothing was charged, and how to mend it."""
    if language == "es":
        subject = "No se pudo cobrar su donativo mensual"
        body = (
            f"Este mes su banco rechazó el donativo de {amount}. No se cobró nada.\n\n"
            "Si quiere continuar, pida un enlace a su página y cambie ahí la tarjeta:\n"
            f"{url}\n\n"
            "Si prefiere no seguir, también puede cancelarlo ahí. De cualquier modo, gracias.\n"
        )
    else:
        subject = "Your monthly gift could not be charged"
        body = (
            f"Your bank declined this month's gift of {amount}. Nothing was charged.\n\n"
            "If you would like to go on, ask for a link to your page and change the card there:\n"
            f"{url}\n\n"
            "If you would rather stop, you can do that there too. Either way, thank you.\n"
        )
    return subject, f"{body}\n{legal_name}\n"


def _one_line(value: str) -> str:
    return ", ".join(value.splitlines())
