"""Alien registration numbers (A-numbers): how they are written, kept and shown."""

import re

_DIGITS = re.compile(r"a?[\s-]*(\d[\d\s-]{5,12}\d)", re.IGNORECASE)
A_NUMBER_PLACE = "member_a_number.number"


def normal_a_number(text: str) -> str | None:
    """The nine digits of an A-number ("A 78 123 456" is 078123456), or None where it can't be one."""
    found = _DIGITS.fullmatch(text.strip())
    digits = re.sub(r"\D", "", found[1]) if found else ""
    return digits.zfill(9) if 7 <= len(digits) <= 9 else None


def shown_a_number(digits: str) -> str:
    """A kept number as papers write it: "A078-123-456"."""
    return f"A{digits[:3]}-{digits[3:6]}-{digits[6:]}" if len(digits) == 9 and digits.isdecimal() else digits
