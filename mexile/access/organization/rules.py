"""What the organization's settings have to look like: tax number, postal address, time zone."""

from __future__ import annotations

import re
from functools import cache

from babel import Locale
from babel.core import get_global
from babel.dates import get_timezone_name

from mexile.ground.errors import Invalid, Problem
from mexile.ground.text import plain

_EIN = re.compile(r"(\d{2})[-\s]?(\d{7})", re.ASCII)
_POSTAL_CODE = re.compile(r"(?<!\d)\d{5}(-\d{4})?(?!\d)", re.ASCII)


def read_ein(text: str, place: str = "ein") -> str:
    """A tax number as the IRS writes it. Raises Invalid."""
    if matched := _EIN.fullmatch(text.strip()):
        return f"{matched[1]}-{matched[2]}"
    raise Invalid(
        Problem(
            place,
            "A tax number (EIN) has nine digits, such as 12-3456789. It stands on the letter of the IRS.",
            "El número fiscal (EIN) tiene nueve dígitos, como 12-3456789. Está en la carta del IRS.",
        )
    )


def has_postal_code(address: str) -> bool:
    """Whether a letter would find it: a postal code of five digits, as in the United States and in Mexico."""
    return _POSTAL_CODE.search(address) is not None


OFFERED = frozenset(("US", "PR", "MX"))
"""Where the zones lie that are offered; every other one is taken as well."""


@cache
def zones(lang: str) -> dict[str, str]:
    """The time zones (IANA name) that are offered, by city, and what people call each."""
    locale = Locale.parse(lang)
    territories = get_global("zone_territories")
    return {name: get_timezone_name(name, locale=locale) for name in _zones() if territories[name] in OFFERED}


def _zones() -> list[str]:
    return sorted(name for name, territory in get_global("zone_territories").items() if territory != "001")


def read_zone(text: str, place: str = "zone") -> str:
    """The zone of "America/Denver", or of "Denver" where one zone alone is called so. Raises Invalid."""
    known, typed = _zones(), _plain(text)
    called = [name for name in known if typed in (_plain(name), _plain(name.rpartition("/")[2]))]
    if len(called) == 1:
        return called[0]
    near = ", ".join((called or [name for name in known if typed and typed in _plain(name)])[:5])
    raise Invalid(
        Problem(
            place,
            f"Which of these: {near}?" if near else "No time zone is called so. Choose one of the list.",
            f"¿Cuál de estas: {near}?" if near else "Ninguna zona horaria se llama así. Elija una de la lista.",
        )
    )


def _plain(name: str) -> str:
    return plain(name.replace("_", " "))
