"""What may be given online, and the amounts that are offered."""

from mexile.ground.errors import Problem

OFFERED = (1500, 2500, 5000, 10000)
"""The amounts on the giving page, in cents; none of them is chosen beforehand."""

LEAST = 300
"""Below three dollars almost all of a gift is Stripe's fee, and card testers try with less."""

MOST = 2_500_000
"""A larger gift is better sent as a cheque or a transfer: the fee would be 725 dollars and more."""


def with_fee(cents: int, permille: int, fixed: int) -> int:
    """What to charge so that these cents are left after a fee of so many thousandths and so many cents."""
    return -(-(cents + fixed) * 1000 // (1000 - permille))


def problems_of(cents: int | None, place: str = "amount", least: int = LEAST) -> list[Problem]:
    """Why this amount can't be given online, in words; empty when it can."""
    if cents is None:
        return [Problem(place, "Choose an amount or write your own.", "Elija un monto o escriba el suyo.")]
    if cents < least:
        return [
            Problem(
                place,
                f"The smallest gift we can take by card is ${least // 100}.",
                f"El donativo más pequeño que podemos recibir con tarjeta es de ${least // 100}.",
            )
        ]
    if cents > MOST:
        return [
            Problem(
                place,
                "For a gift above $25,000 please write to us: a check or a transfer costs less.",
                "Para un donativo de más de $25,000, escríbanos: un cheque o una transferencia cuesta menos.",
            )
        ]
    return []
