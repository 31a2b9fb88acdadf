"""Numbers, codes and days as a reader sees them, in both languages."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from mexile.ground.both import Both
from mexile.ground.dates import format_day, format_month, format_short_day
from mexile.ground.money import format_cents
from mexile.ground.places import country_name, language_name, state_name
from mexile.ground.vocabulary import vocabulary
from mexile.reports.measures import ARRIVED, COHORTS, COUNTED, HEADS
from mexile.reports.spec import Filters, TableSpec

NOT_SHOWN = Both("(not shown)", "(no se muestra)")
VOCABULARIES = {
    "gender": "gender",
    "profile": "member_profile",
    "category": "service_category",
    "state": "mx_state",
}
PLACES = {
    "nationality": country_name,
    "country": country_name,
    "language": language_name,
    "destination": state_name,
}
COHORT_NAMES = {"new": Both("New", "Nuevas"), "continuing": Both("Continuing", "Continúan")}
UNKNOWN_NAME = Both("Not known", "No se sabe")
TOTAL_NAME = Both("Total", "Total")
ABROAD = Both("Outside Mexico", "Fuera de México")


def group(number: int, lang: str) -> str:
    """1234 as "1,234": both languages of the United States write it so."""
    return f"{number:,}"


def say(measure: str, value: int | None, lang: str, *, in_words: bool = False) -> str:
    """A value of this measure; "–" where it is withheld, words in a sentence."""
    if value is None:
        return NOT_SHOWN.text(lang) if in_words else "–"
    if measure == "money":
        return format_cents(value, lang)
    if measure == "minutes":
        return hours(value)
    return group(value, lang)


def hours(minutes: int) -> str:
    """Hours with one decimal where it says something: "12", "12.5". Rounded as a cell of a workbook is,
    half a tenth up, and in whole minutes, which no binary fraction bends."""
    whole, tenth = divmod((minutes + 3) // 6, 10)
    return f"{whole:,}.{tenth}".removesuffix(".0")


def say_share(share: float | None, lang: str) -> str:
    if share is None:
        return NOT_SHOWN.text(lang)
    return f"{100 * share:.1f}%" if lang == "en" else f"{100 * share:.1f} %"


def say_day(day: date, lang: str) -> str:
    return format_short_day(day, lang)


def head(measure: str, lang: str) -> str:
    return HEADS[measure][lang == "es"]


def small_words(least: int) -> Both:
    return Both(f"fewer than {least}, not shown", f"menos de {least}, no se muestra")


# ---- names of rows ------------------------------------------------------------------


def name_of(by: str, code: str, types: dict[str, Both]) -> Both:
    """The names of a row's code."""
    if by == "type":
        return types.get(code, Both(code, code))
    if by == "cohort":
        return COHORT_NAMES[code]
    if code == "abroad":
        return ABROAD
    if by in PLACES:
        named = PLACES[by]
        return Both(named(code, "en"), named(code, "es"))
    if by in VOCABULARIES:
        words = vocabulary(VOCABULARIES[by])
        return Both(words.label(code, "en"), words.label(code, "es"))
    return Both(_time_or_size(by, code, "en"), _time_or_size(by, code, "es"))


def _time_or_size(by: str, code: str, lang: str) -> str:
    if by == "size":
        noun = {"en": ("person", "people"), "es": ("persona", "personas")}[lang]
        return f"{code} {noun[code != '1']}"
    if by == "age":
        if code.endswith("+"):
            return f"{code[:-1]} and over" if lang == "en" else f"{code[:-1]} y más"
        return code.replace("-", "–") + ("" if lang == "en" else " años")
    if by == "month":
        return format_month(date.fromisoformat(f"{code}-01"), lang)
    if by == "quarter":
        first = date(int(code[:4]), 3 * int(code[-1]) - 2, 1)
        last = first.replace(month=first.month + 2)
        return f"{format_month(first, lang).split()[0]}–{format_month(last, lang)}"
    day = date.fromisoformat(code)
    if by == "week":
        year, week, _ = day.isocalendar()
        monday = format_short_day(day, lang)
        return f"Week {week}/{year}, from {monday}" if lang == "en" else f"Semana {week}/{year}, desde {monday}"
    return format_day(day, lang)


def age_title(code: str, name: Both, by_year: Collection[bool]) -> Both:
    """The title of a band of age; `by_year` says of its table's people whether only the year of birth is known."""
    if True not in by_year:
        return name
    plus = code.endswith("+")
    en = f"turning {code[:-1]} or more that year" if plus else f"turning {name.en} that year"
    es = f"cumplen {code[:-1]} o más ese año" if plus else f"cumplen {name.es} ese año"
    return Both(f"{name.en}, or {en}", f"{name.es}, o {es}") if False in by_year else Both(en, es)


# ---- who is counted -----------------------------------------------------------------


def who_is_counted(measure: str, filters: Filters, types: dict[str, Both], source: str, lang: str) -> str:
    """One or two sentences that define a number."""
    place = lang == "es"
    sentences = [ARRIVED[place] if source == "arrivals" and measure == "people" else COUNTED[measure][place]]
    if filters.categories:
        words = vocabulary("service_category")
        listed = ", ".join(words.label(code, lang) for code in sorted(filters.categories))
        sentences.append(f"Chapters: {listed}." if not place else f"Capítulos: {listed}.")
    if filters.types:
        listed = ", ".join(types.get(code, Both(code, code)).text(lang) for code in sorted(filters.types))
        sentences.append(f"Services: {listed}." if not place else f"Servicios: {listed}.")
    if filters.cohort:
        sentences.append(COHORTS[filters.cohort][place])
    return " ".join(sentences)


def table_notes(spec: TableSpec, lang: str, adds_up: bool) -> list[str]:
    """What a reader of a table must know besides its definitions."""
    notes = []
    if not adds_up:
        notes.append(
            "One person may stand in several rows; the total counts each once."
            if lang == "en"
            else "Una persona puede estar en varias filas; el total la cuenta una sola vez."
        )
    if spec.by == "age":
        notes.append(
            "Age on the first day served in the period; where only the year of birth is known, the age turned that year."
            if lang == "en"
            else "Edad el primer día atendido en el periodo; si solo se conoce el año de nacimiento, la que se cumple ese año."
        )
    if spec.by == "week":
        notes.append(
            "Weeks by ISO 8601, each shown by its Monday."
            if lang == "en"
            else "Semanas según ISO 8601, cada una con su lunes."
        )
    return notes
