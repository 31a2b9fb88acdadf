"""The letter with the link to a donor's own page, in the donor's language. Its subject holds nothing personal."""

from mexile.gifts.receipt.letter import Words


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
