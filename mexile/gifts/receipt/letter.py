"""The letters with a receipt and about a void one, in the donor's language. Subjects hold nothing personal."""

from mexile.gifts.receipt.facts import Facts
from mexile.gifts.receipt.rules import text_of

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


def _one_line(value: str) -> str:
    return ", ".join(value.splitlines())
