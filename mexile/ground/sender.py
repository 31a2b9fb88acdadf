"""Addresses for mail: what a person typed becomes an address that a header carries whole, or a clear sentence."""

from __future__ import annotations

import re
from email.headerregistry import Address

from email_validator import EmailNotValidError, validate_email

from mexile.ground.errors import Invalid, Problem

_NAMED = re.compile(r"(?P<name>[^<>]*?)\s*<(?P<address>[^<>]*)>")
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")


def sender(text: str, place: str = "mail_from") -> Address:
    """The address of "office@example.org" or of "Casa Ejemplo, A.C. <office@example.org>". Raises Invalid."""
    named = _NAMED.fullmatch(text.strip())
    name, address = (named["name"], named["address"]) if named else ("", text.strip())
    if len(name) > 1 and name[0] == name[-1] == '"':
        name = re.sub(r"\\(.)", r"\1", name[1:-1])
    if _CONTROL.search(text.strip()) or "\ufffd" in text:
        raise Invalid(_problem(place))
    try:
        return to_address(address, name.strip())
    except ValueError:
        raise Invalid(_problem(place)) from None


def to_address(address: str, name: str = "") -> Address:
    """One address with its name as headers carry it: quoted, encoded, its domain as it was typed, in
    ASCII where it has other letters. Raises ValueError."""
    try:
        valid = validate_email(address, check_deliverability=False, test_environment=True)
    except EmailNotValidError as wrong:
        raise ValueError("not an address for mail") from wrong
    typed = address.rpartition("@")[2].strip()
    domain = typed if typed.lower() == valid.ascii_domain.lower() else valid.ascii_domain
    return Address(_CONTROL.sub(" ", name), valid.local_part, domain)


def is_address(text: str) -> bool:
    """Whether a letter can be sent there."""
    try:
        to_address(text)
    except ValueError:
        return False
    return True


def is_example(text: str) -> bool:
    """Whether a sender's domain is one of those that never lead anywhere (RFC 2606)."""
    try:
        labels = sender(text).domain.lower().split(".")
    except Invalid:
        return True
    return labels[-1] in ("example", "test", "invalid", "localhost") or labels[-2:-1] == ["example"]


def _problem(place: str) -> Problem:
    return Problem(
        place,
        "This isn't an address for mail. Write office@example.org, or with the name that people shall see: "
        "Casa Ejemplo <office@example.org>.",
        "Esto no es una dirección de correo. Escriba oficina@example.org, o con el nombre que se debe ver: "
        "Casa Ejemplo <oficina@example.org>.",
    )
