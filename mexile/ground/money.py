"""Money: whole cents and a currency. Never a float."""

from __future__ import annotations

import re
from collections.abc import Sequence

from babel.numbers import format_currency

from mexile.ground.errors import Invalid, Problem

MOST = 100_000_000_00
"""No single amount is above a hundred million: more is a slip of the finger."""

_PLAIN = re.compile(r"\d+")
_GROUPED = {
    ",": re.compile(r"[1-9]\d{0,2}(,\d{3})+"),
    ".": re.compile(r"[1-9]\d{0,2}(\.\d{3})+"),
}


def parse_cents(text: str, place: str = "amount") -> int:
    """Whole cents from what a person typed: "50", "50.25", "50,25", "1,000.50", "1.000,50", "$ 20".

    Where both signs stand, the last one is the decimal sign. A comma followed by exactly
    three digits groups thousands; a single point there ("1.000") is asked about. What is
    no amount raises Invalid with words; it is never guessed.
    """
    body = text.strip().replace("\u00a0", " ").removeprefix("US").removeprefix("$").strip()
    body = body.removesuffix("USD").removesuffix("usd").strip()
    if re.fullmatch(r"[1-9]\d{0,2}\.\d{3}", body):
        raise Invalid(_which(place, body))
    whole, fraction = _take_apart(body)
    if whole is None or not body.isascii():
        raise Invalid(_not_an_amount(place))
    cents = int(whole) * 100 + int((fraction + "00")[:2]) if len(whole) < 20 else MOST + 1
    if cents > MOST:
        raise Invalid(
            Problem(
                place,
                "This amount is too large. Write it in dollars, such as 50 or 1,000.50.",
                "Este monto es demasiado grande. Escríbalo en dólares, por ejemplo 50 o 1,000.50.",
            )
        )
    return cents


def _take_apart(body: str) -> tuple[str | None, str]:
    """(whole digits, fraction digits), or (None, "") when `body` is no amount."""
    signs = [char for char in body if char in ",."]
    if not signs:
        return (body, "") if _PLAIN.fullmatch(body) else (None, "")
    last = signs[-1]
    head, _, tail = body.rpartition(last)
    if len(set(signs)) == 1:
        if _GROUPED[last].fullmatch(body):
            return body.replace(last, ""), ""
        good = len(signs) == 1 and _PLAIN.fullmatch(head) and re.fullmatch(r"\d{1,2}", tail)
        return (head, tail) if good else (None, "")
    other = "," if last == "." else "."
    grouped = _GROUPED[other].fullmatch(head) and signs.count(last) == 1
    return (head.replace(other, ""), tail) if grouped and re.fullmatch(r"\d{1,2}", tail) else (None, "")


def _which(place: str, body: str) -> Problem:
    large, small = body.replace(".", ","), body.split(".")[0]
    return Problem(
        place,
        f"Is it {large} dollars or {small}? Write it without the point.",
        f"¿Son {large} dólares o {small}? Escríbalo sin el punto.",
    )


def _not_an_amount(place: str) -> Problem:
    return Problem(
        place,
        "Write an amount in dollars, such as 50 or 1,000.50.",
        "Escriba un monto en dólares, por ejemplo 50 o 1,000.50.",
    )


def format_cents(cents: int, lang: str = "en", currency: str = "USD") -> str:
    """ "$1,000.50"; whole dollars keep their cents, so that columns align."""
    sign = "-" if cents < 0 else ""
    text = format_currency(abs(cents) / 100, currency, locale="en_US")  # the border writes $ and MX$ in both languages
    return f"{sign}{text}"


def format_short(cents: int, lang: str = "en", currency: str = "USD") -> str:
    """ "$50" for whole dollars, "$50.25" otherwise: for sentences and buttons."""
    text = format_cents(cents, lang, currency)
    return text.removesuffix(".00") if cents % 100 == 0 else text


def split(cents: int, weights: Sequence[int]) -> list[int]:
    """`cents` in parts by `weights`, by largest remainder: the parts sum to the cent."""
    whole = sum(weights)
    if whole <= 0 or min(weights) < 0:
        raise ValueError("weights must be positive")
    parts = [cents * weight // whole for weight in weights]
    rest = cents - sum(parts)
    order = sorted(range(len(parts)), key=lambda i: (-(cents * weights[i] % whole), i))
    for i in order[:rest]:
        parts[i] += 1
    return parts
