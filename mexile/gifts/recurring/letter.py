"""The letter about a month that could not be charged, in the donor's language. Its subject holds nothing personal."""

from mexile.gifts.receipt.letter import Words


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
