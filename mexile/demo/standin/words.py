"""What the hosted pages say, in both languages."""

WORDS = {
    "en": {
        "local": "Local stand-in. No money moves.",
        "about": "This page takes the place of Stripe's own while mexile runs on one machine.",
        "every_month": "every month",
        "card": "Test card number",
        "name": "Name on card",
        "email": "E-mail",
        "pay": "Pay",
        "subscribe": "Pay every month",
        "back": "Go back without paying",
        "save": "Use this card",
        "return": "Go back, keep the card",
        "change": "Change the card",
        "cards": "Test cards",
        "ok": "pays",
        "declined": "is declined",
        "insufficient": "is declined: insufficient funds",
        "renewal": "pays once, and fails when the month is renewed",
        "card_declined": "Your card was declined. Nothing was charged. Try another card.",
        "card_insufficient": "Your card has insufficient funds. Nothing was charged. Try another card.",
        "card_unknown": "That is not one of the test cards. Nothing was charged.",
        "closed": "This page has expired or was already used. Nothing was charged here.",
        "ended": "The page is closed",
    },
    "es": {
        "local": "Sustituto local. No se mueve dinero.",
        "about": "Esta página ocupa el lugar de la de Stripe mientras mexile corre en una sola máquina.",
        "every_month": "cada mes",
        "card": "Número de tarjeta de prueba",
        "name": "Nombre en la tarjeta",
        "email": "Correo electrónico",
        "pay": "Pagar",
        "subscribe": "Pagar cada mes",
        "back": "Volver sin pagar",
        "save": "Usar esta tarjeta",
        "return": "Volver y conservar la tarjeta",
        "change": "Cambiar la tarjeta",
        "cards": "Tarjetas de prueba",
        "ok": "paga",
        "declined": "se rechaza",
        "insufficient": "se rechaza: fondos insuficientes",
        "renewal": "paga una vez y falla cuando se renueva el mes",
        "card_declined": "Su tarjeta fue rechazada. No se cobró nada. Pruebe con otra tarjeta.",
        "card_insufficient": "Su tarjeta no tiene fondos suficientes. No se cobró nada. Pruebe con otra tarjeta.",
        "card_unknown": "Esa no es una de las tarjetas de prueba. No se cobró nada.",
        "closed": "Esta página venció o ya se usó. Aquí no se cobró nada.",
        "ended": "La página está cerrada",
    },
}


def language_of(locale: str | None) -> str:
    """Stripe's locale codes, reduced to the two languages that are here."""
    return "es" if (locale or "").startswith("es") else "en"
