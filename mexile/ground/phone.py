"""Telephone numbers as people write them, brought to one form: "+19155550123", with an extension "+16085550100;ext=11".

That form is E.164, and RFC 3966 for the extension. Whatever is kept, compared, searched or indexed is in it, so
that the ways of writing one number meet. Ten digits that may be of the United States or of Mexico are asked for;
what stands beside a number is handed back, never dropped.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

import phonenumbers

from mexile.ground.errors import Invalid, Problem
from mexile.ground.text import clean_line, says_nothing, without_accents

COUNTRIES = ("US", "MX")
"""Where a number may be of that is written without its country."""

_ROUNDED = re.compile(r"[+-]?\d+([.,]\d+)?e[+-]?\d+")
_EXTENSION = re.compile(
    r"(?:;\s*ext=|\b(?:extension|extn|ext|xt|int|interno|anexo)(?![a-z])[.:\s-]*(?:no?\.?\s*|#\s*)?"
    r"|(?<![a-z])x[.\s-]*|(?<=[\d)])\s?#\s*)(\d{1,7})(?!\d)"
)
_SEVERAL = re.compile(r"[/;|,\n]|\s(?:y|o|e|u|and|or)\s")
_RUN = re.compile(r"\+?\(?\+?\d[\d\s().'\-]*\d|\d")
_LABEL = re.compile(
    r"\b(?:tels?|telefonos?|phones?|telephone|cel|celular|cell|mobile|movil|numero|number|num|no(?=\.))\b[.:\s]*$"
)
_DASHES = dict.fromkeys(map(ord, "‐‑‒–—−·•_"), "-")


@dataclass(frozen=True)
class Heard:
    """One number as it was written: its normal forms (two where it may be of two countries, none where it can't be
    a number), and the words beside it."""

    text: str
    numbers: tuple[str, ...]
    note: str = ""


def hear(text: str | None, country: str = "") -> list[Heard]:
    """The telephone numbers in ``text``, in their order. ``country`` ("US", "MX") decides for ten digits that may
    be of either. Nothing is heard in a cell that says nothing ("N/A", "no tiene")."""
    line = clean_line(text or "")
    if says_nothing(line):
        return []
    if _ROUNDED.fullmatch(line.lower()):
        return [Heard(line, ())]
    several = [] if ";ext=" in line else [_one(part, country) for part in _SEVERAL.split(line) if part.strip()]
    if len([part for part in several if part.numbers]) > 1:
        return _each_once(list(_joined(several)))
    whole = _one(line, country)
    if not whole.numbers and not any(part.numbers for part in several):
        whole = _one(re.sub("[/,]", "-", line), country)
    return [whole if whole.numbers else _with_notes(several) or Heard(line, ())]


def _each_once(heard: list[Heard]) -> list[Heard]:
    """A number that a cell says twice is one, with the words of both places."""
    notes: dict[tuple[str, ...] | str, list[str]] = {}
    for heard_number in heard:
        notes.setdefault(heard_number.numbers or heard_number.text, []).append(heard_number.note)
    first = {heard_number.numbers or heard_number.text: heard_number for heard_number in reversed(heard)}
    return [Heard(first[key].text, first[key].numbers, " ".join(filter(None, words))) for key, words in notes.items()]


def _with_notes(several: list[Heard]) -> Heard | None:
    """The only number among the parts of a cell, with the words of the others beside it; figures alone, as in
    "915 555 0123 / 24", are no words."""
    numbers = [part for part in several if part.numbers]
    others = [part.text for part in several if not part.numbers]
    if len(numbers) != 1 or any(re.search(r"\d{5}", text) or not re.search(r"[^\W\d_]", text) for text in others):
        return None
    return next(_joined(several), None)


def _joined(several: list[Heard]) -> Iterator[Heard]:
    """Words without a number go with the number before them, at the start with the one behind."""
    before: Heard | None = None
    ahead = ""
    for part in several:
        if part.numbers or re.search(r"\d{5}", part.text):
            if before:
                yield before
            before = Heard(part.text, part.numbers, " ".join(filter(None, (ahead, part.note))))
            ahead = ""
        elif before:
            before = Heard(before.text, before.numbers, " ".join(filter(None, (before.note, part.text))))
        else:
            ahead = part.text
    if before:
        yield before


def _one(text: str, country: str) -> Heard:
    text = text.strip()
    line = unicodedata.normalize("NFKC", text.translate(_DASHES))
    plain = without_accents(line).lower()
    if len(plain) != len(line):  # a letter that unfolds: the places of the words would shift
        line = plain
    extension = ""
    if match := _EXTENSION.search(plain):
        extension = match[1]
        line, plain = _without(line, match), _without(plain, match)
    runs = sorted(_RUN.finditer(plain), key=lambda run: -_count(run[0]))
    if not runs or plain.count("+") > 1 or any(_count(run[0]) > 4 for run in runs[1:]):
        return Heard(text, ())
    start, end = runs[0].span()
    label = _LABEL.search(plain[:start])
    note = f"{line[: label.start() if label else start]} {line[end:]}"
    numbers = _numbers(plain[start:end].removesuffix(".0"), country)
    return Heard(text, tuple(number + (f";ext={extension}" if extension else "") for number in numbers), _words(note))


def _count(run: str) -> int:
    return sum(map(str.isdecimal, run))


def _without(text: str, match: re.Match[str]) -> str:
    return f"{text[: match.start()]} {text[match.end() :]}"


def _words(note: str) -> str:
    """What stands beside a number, without the brackets and marks around it; marks alone are no words."""
    return " ".join(note.split()).strip(" ()[].,:;-+=*'\"‘’“”«»") if re.search(r"\w", note) else ""


def _numbers(run: str, country: str) -> list[str]:
    """The normal forms of the digits of one number: none, one, or one for each country it may be of."""
    digits = "".join(str(unicodedata.decimal(char)) for char in run if char.isdecimal())
    plus = run.lstrip("(").startswith("+")
    if plus:
        return _international(digits.removeprefix("00") if digits.startswith("00") else digits)
    if digits.startswith("011") and len(digits) > 12:
        return _international(digits[3:])
    if digits.startswith("00"):
        return _international(digits[2:])
    if match := re.fullmatch(r"(?:01|04[45])([2-9]\d{9})", digits):  # as dialled inside Mexico until 2019
        return _international("52" + match[1])
    if len(digits) == 11 and digits[0] == "1":
        return _international(digits)
    if re.fullmatch(r"521?[2-9]\d{9}", digits):
        return _international(digits)
    if len(digits) > 10:
        return _international(digits, only_valid=True)
    if len(digits) == 10:
        return _national(digits, country)
    return []


def _national(digits: str, country: str) -> list[str]:
    codes = {"US": "1", "MX": "52"}
    fitting = [name for name in COUNTRIES if _international(codes[name] + digits, only_valid=True)]
    if country in fitting:
        fitting = [country]
    return [number for name in fitting for number in _international(codes[name] + digits)]


def _international(digits: str, *, only_valid: bool = False) -> list[str]:
    # WhatsApp writes Mexican mobiles with a 1 behind the country; others keep the old 01, 044 or 045 there.
    digits = re.sub(r"^52(?:1|01|04[45])([2-9]\d{9})$", r"52\1", digits)
    try:
        number = phonenumbers.parse("+" + digits, None)
    except phonenumbers.NumberParseException:
        return []
    national = phonenumbers.national_significant_number(number)
    if not phonenumbers.is_possible_number(number) or len(set(national)) == 1:
        return []
    if number.country_code == 1 and (digits != "1" + national or not re.fullmatch(r"[2-9]\d\d[2-9]\d{6}", national)):
        return []  # the library leaves out a figure too many
    if number.country_code == 52 and not re.fullmatch(r"[2-9]\d{9}", national):
        return []
    if only_valid and not phonenumbers.is_valid_number(number):
        return []
    return [phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)]


def parse_phone(text: str | None, place: str = "phone", country: str = "") -> str | None:
    """The one number that ``text`` is, None where it says nothing. Raises Invalid, in words, where it is none, may
    be of two countries, where there are two, or where words stand beside it: a form has another field for those."""
    heard = hear(text, country)
    if problems := phone_problems(heard, place):
        raise Invalid(problems)
    if len(heard) > 1:
        raise Invalid(
            Problem(
                place,
                "These are two telephone numbers. Write one here, and the other as another way to reach the person.",
                "Son dos números de teléfono. Escriba uno aquí, y el otro como otra forma de contactar a la persona.",
            )
        )
    if heard and heard[0].note:
        note = heard[0].note[:60]
        raise Invalid(
            Problem(
                place,
                f"Write the number alone. “{note}” belongs in a field for notes.",
                f"Escriba el número solo. «{note}» va en un campo de notas.",
            )
        )
    return heard[0].numbers[0] if heard else None


def phone_problems(heard: list[Heard], place: str = "phone") -> list[Problem]:
    """What is wrong with the numbers that were heard: each that is none, or that may be of two countries."""
    problems = []
    for heard_number in heard:
        if len(heard_number.numbers) > 1:
            us, mx = (shown_phone(number) for number in heard_number.numbers)
            problems.append(
                Problem(
                    place,
                    f"Is it {us} (United States) or {mx} (Mexico)? Write it with +1 or with +52.",
                    f"¿Es {us} (Estados Unidos) o {mx} (México)? Escríbalo con +1 o con +52.",
                )
            )
        elif _ROUNDED.fullmatch(heard_number.text.lower()):
            problems.append(
                Problem(
                    place,
                    "A spreadsheet rounded this number: its last digits are lost. Write it whole.",
                    "Una hoja de cálculo redondeó este número: se perdieron sus últimos dígitos. Escríbalo completo.",
                )
            )
        elif not heard_number.numbers:
            problems.append(
                Problem(
                    place,
                    "This is no telephone number. From Mexico it begins with +52, from here with 915.",
                    "No es un número de teléfono. Los de México empiezan con +52; los de aquí, con 915.",
                )
            )
    return problems


def phones_in(text: str | None) -> list[str]:
    """Every number that ``text`` may name, in normal form, also both where it may be of two countries: for
    comparing and searching, never for writing down."""
    return list(dict.fromkeys(number for heard_number in hear(text) for number in heard_number.numbers))


def normal_phone(text: str | None) -> str | None:
    """The normal form of a text that is one telephone number and nothing else, or None."""
    heard = hear(text)
    return heard[0].numbers[0] if len(heard) == 1 and len(heard[0].numbers) == 1 and not heard[0].note else None


def without_extension(number: str) -> str:
    return number.partition(";ext=")[0]


def same_phone(first: str, other: str) -> bool:
    """Whether two kept numbers may be one: extensions tell colleagues apart only where both have one."""
    alike = without_extension(first) == without_extension(other)
    return alike and (first == other or ";ext=" not in first or ";ext=" not in other)


def shown_phone(number: str) -> str:
    """A kept number as people read it: "+1 915-555-0123", "+1 608-555-0100 ext. 11"."""
    try:
        parsed = phonenumbers.parse(number, None)
    except phonenumbers.NumberParseException:
        return number
    return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.INTERNATIONAL)
