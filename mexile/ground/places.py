"""Countries, languages and the states of the United States: their codes and names.

Codes are ISO 3166-1 alpha-2 (and XK, which ISO leaves to its users and CLDR gives to
Kosovo), ISO 639-3, and the two letters of the US Postal Service (ISO 3166-2:US).
Names come from CLDR through Babel, else from Debian's iso-codes through pycountry;
`places.json` holds what both lack.
"""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterable, Iterator
from functools import cache
from gettext import GNUTranslations, NullTranslations, translation
from pathlib import Path
from typing import Any

import pycountry
from babel import Locale

from mexile.ground.text import by_letter

LANGUAGES = ("en", "es")
_APOSTROPHES = dict.fromkeys(map(ord, "'’‘ʼʻꞌ`´ʹ"))
# Little words that some spell and some leave out: "The Gambia", "Republic of Congo".
_LITTLE = {"the", "of", "and", "de", "del", "la", "las", "los", "el", "y"}


@cache
def _ours() -> dict[str, Any]:
    names: dict[str, Any] = json.loads(Path(__file__).with_suffix(".json").read_text("utf-8"))
    return names


@cache
def _debian(domain: str) -> GNUTranslations | NullTranslations:
    """The Spanish of Debian's iso-codes, which pycountry carries."""
    return translation(domain, pycountry.LOCALES_DIR, languages=["es"], fallback=True)


def _said(domain: str, name: str, lang: str) -> str:
    return _debian(domain).gettext(name) if lang == "es" else name


# ---- names of codes ---------------------------------------------------------------


@cache
def country_name(code: str, lang: str = "en") -> str:
    """The name of an ISO 3166 code in "en" or "es"; the code itself when there is none."""
    return Locale(lang).territories.get(code) or code


@cache
def language_name(code: str, lang: str = "en") -> str:
    """The name of an ISO 639-3 code; in Spanish without a capital, as Spanish writes it."""
    if ours := _ours()["language_names"].get(code):
        return str(ours[lang])
    language = pycountry.languages.get(alpha_3=code)
    if language is None:
        return code
    names = Locale(lang).languages
    short = getattr(language, "alpha_2", code)
    return names.get(short) or names.get(code) or _said("iso639-3", language.name, lang)


@cache
def state_name(code: str, lang: str = "en") -> str:
    """The name of a US state, district or territory by its two letters."""
    if ours := _ours()["state_names"].get(code):
        return str(ours[lang])
    state = pycountry.subdivisions.get(code=f"US-{code}")
    return _said("iso3166-2", state.name, lang) if state else code


# ---- every code -------------------------------------------------------------------


@cache
def country_codes() -> frozenset[str]:
    return frozenset(country.alpha_2 for country in pycountry.countries) | {"XK"}  # Kosovo


@cache
def language_codes() -> frozenset[str]:
    """The living languages and macrolanguages of ISO 639-3; nobody arrives speaking Hittite."""
    return frozenset(language.alpha_3 for language in pycountry.languages if language.type == "L")


@cache
def state_codes() -> frozenset[str]:
    states = pycountry.subdivisions.get(country_code="US")
    return frozenset(state.code[3:] for state in states) - {"UM"}


# ---- codes of names ---------------------------------------------------------------


def spelling(text: str) -> str:
    """A name as it is compared: no accents, capitals, apostrophes or little words, and
    the words in order of the alphabet, so that "Congo, the Democratic Republic of the"
    equals "Democratic Republic of Congo"."""
    bare = unicodedata.normalize("NFKD", text.translate(_APOSTROPHES)).casefold()
    kept = "".join(c if c.isalnum() else " " for c in bare if not unicodedata.combining(c))
    words = kept.split()
    return " ".join(sorted(word for word in words if word not in _LITTLE) or words)


def _table(names: Iterable[tuple[str, str]], ours: dict[str, list[str]], none: Iterable[str] = ()) -> dict[str, str]:
    """Spelling -> code. A spelling of two codes is of none; our own names go before;
    the names in `none` belong to no code."""
    codes_of: dict[str, set[str]] = {}
    for code, name in names:
        codes_of.setdefault(spelling(name), set()).add(code)
    table = {key: codes.pop() for key, codes in codes_of.items() if len(codes) == 1}
    table |= {spelling(name): code for code, names in ours.items() for name in names}
    for key in ("", *map(spelling, none)):
        table.pop(key, None)
    return table


def _attributes(row: Any, *names: str) -> Iterator[str]:
    yield from (value for name in names if (value := getattr(row, name, None)))


def _country_names() -> Iterator[tuple[str, str]]:
    for country in pycountry.countries:
        for name in _attributes(country, "name", "common_name", "official_name"):
            yield country.alpha_2, name
            yield country.alpha_2, _said("iso3166-1", name, "es")
    for lang in LANGUAGES:
        for code in country_codes():
            yield code, country_name(code, lang)


def _language_names() -> Iterator[tuple[str, str]]:
    # Among 7,900 languages a short word of another kind soon finds a namesake at the far end of
    # the world ("Maya" is also Ma'ya of Papua): short names are left to the lists of common ones.
    codes = language_codes()
    for language in pycountry.languages:
        if language.alpha_3 in codes:
            for name in _attributes(language, "name", "common_name", "inverted_name"):
                if len(name) > 5:
                    yield language.alpha_3, name
                    yield language.alpha_3, _said("iso639-3", name, "es")
    yield from _common_language_names()


def _common_language_names() -> Iterator[tuple[str, str]]:
    codes = language_codes()
    short = {getattr(row, "alpha_2", row.alpha_3): row.alpha_3 for row in pycountry.languages}
    for lang in LANGUAGES:
        for tag, name in Locale(lang).languages.items():
            if short.get(tag) in codes:
                yield short[tag], name


def _state_names() -> Iterator[tuple[str, str]]:
    for code in state_codes():
        for lang in LANGUAGES:
            yield code, state_name(code, lang)


@cache
def country_table() -> dict[str, str]:
    return _table(_country_names(), _ours()["countries"])


@cache
def language_table() -> dict[str, str]:
    return _table(_language_names(), _ours()["languages"], _ours()["families"])


@cache
def common_language_table() -> dict[str, str]:
    """Only the languages that CLDR knows and ours: few enough to compare misspellings with."""
    return _table(_common_language_names(), _ours()["languages"])


@cache
def state_table() -> dict[str, str]:
    return _table(_state_names(), _ours()["states"])


def choices(kind: str, lang: str) -> list[tuple[str, str]]:
    """(code, name) for a list to choose from, "country", "language" or "state", by name.
    Of languages only those that CLDR or we have a name for in both tongues."""
    codes, name = {
        "country": (country_codes(), country_name),
        "language": (frozenset(common_language_table().values()), language_name),
        "state": (state_codes(), state_name),
    }[kind]
    return sorted(((code, name(code, lang)) for code in codes), key=lambda pair: by_letter(pair[1]))
