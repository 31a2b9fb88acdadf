"""Days read from what people write, in both languages.

One reader serves every form, every sheet and the quick log: `readings` gives each day that a text can mean,
`parse_day` the only one. A day is never guessed: where 3/12 can be read two ways, the reader is asked.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Literal

from rapidfuzz.distance import OSA

from mexile.ground.dates import (
    JOINTS,
    MONTH_WORDS,
    NEAR_WORDS,
    WEEKDAY_WORDS,
    YEARS,
    format_day,
    in_reach,
    month_number,
)
from mexile.ground.errors import Invalid, Problem
from mexile.ground.text import plain

Yearless = Literal["last", "next", "asked", "asked_past"]
"""What a day without its year means: the last one up to today, the next one from today on, or a question. Two digits of
a year are of this century; with `last` and `asked_past` they name a year that has been."""
DAY_FIRST, MONTH_FIRST = "day/month/year", "month/day/year"
FARTHEST = 40
"""Years from now in which a next date may lie."""

_SIGNS = dict.fromkeys(map(ord, "‐‑‒–—−"), "-") | {ord("°"): "o", ord("’"): "'"}
_MIDNIGHT = re.compile(r"(?:t| +)(?:0?0:00(?::00(?:\.0+)?)?|12:00(?::00)? ?a\.? ?m\.?) ?(?:z|[+-]\d\d:?\d\d)?$")
_HOUR = re.compile(r"(?:t|,? +)\d{1,2}:\d\d(?::\d\d(?:[.,]\d+)?)? ?(?:[ap]\.? ?m\.?)? ?(?:z|utc|[+-]\d\d:?\d\d)?$")
_YEAR_FIRST = re.compile(r"(\d{4})([-/. ])(\d{1,2})\2(\d{1,2})")
_YEAR_LAST = re.compile(r"(\d{1,2}) ?([-/. ]) ?(\d{1,2}) ?\2 ?(\d{4}|\d{2})")
_NO_YEAR = re.compile(r"(\d{1,2})([-/])(\d{1,2})")
_EIGHT = re.compile(r"(\d\d)(\d\d)(\d\d)(\d\d)")
_MONTH_AND_YEAR = re.compile(r"[a-z]{3,}\.?(?:[-/]| ?')\d\d")
_TWO_DAYS = re.compile(r"\d\d?[-/., ]+\d\d? ?[-/a-z]+\.?|[a-z]+\.?(?: de)? \d\d?[-/]\d\d?")
""" "12/13 mar" and "mar 12-13" are two days and no day of 2013."""
_BOTH_BEHIND = re.compile(r"[a-z]+\.? (\d\d?)(?:st|nd|rd|th)?,? (\d\d)(?:st|nd|rd|th)?")
""" "mar 12, 13" is two days too; "mar 12, 91" is a day of 1991."""
_FIRST = frozenset(("primero", "first", "uno"))
_TOKEN = re.compile(
    r"(\d{1,4})(?:st|nd|rd|th|ero|er|ro|do|to|mo|vo|no|o|a)?(?![0-9a-z])|(\d{1,4})(?=[a-z]{3})|([a-z]+)|([-/., ]+)"
)


def without_hour(text: str) -> str:
    """A day as a machine or a sheet writes it, without the hour behind it: "1/5/2021 14:33" is "1/5/2021"."""
    return _HOUR.sub("", plain(text).translate(_SIGNS))


def parse_day(text: str, today: date, place: str = "day", *, year: Yearless = "last", order: str | None = None) -> date:
    """The day that `text` names.

    Takes 2026-03-12, 20260312, 12 mar 2026, 12-mar-26, March 12th, 2026, 1º de marzo de 2026, hoy, ayer,
    yesterday, a weekday's full name, 13/03/2026 where only one reading is a day, and 3/12/2026 where `order`
    (`DAY_FIRST` or `MONTH_FIRST`) says how. `year` says what a day without its year means. Raises Invalid, with both readings, where
    it isn't clear, and in words where it is no day or its weekday is another one.
    """
    days = readings(text, today, place, year=year, order=order)
    if not days:
        raise Invalid(_not_a_day(place))
    if len(days) > 1:
        raise Invalid(_which(days, place))
    return days[0]


def readings(
    text: str, today: date, place: str = "day", *, year: Yearless = "last", order: str | None = None
) -> list[date]:
    """Every day that `text` can mean, none where it is no day; see `parse_day`."""
    body = _MIDNIGHT.sub("", plain(text).translate(_SIGNS))
    if body in NEAR_WORDS:
        return [today + timedelta(days=NEAR_WORDS[body])]
    weekday, rest = _weekday(body)
    if weekday is not None and not rest:
        return _days_of_week(weekday, today, year)
    days = _read(rest, today, place, year, order)
    if weekday is not None and days and all(day.weekday() != weekday for day in days):
        raise Invalid(_other_weekday(days[0], place))
    if weekday is not None:
        days = [day for day in days if day.weekday() == weekday]
    latest = today.year + FARTHEST if year == "next" else YEARS[-1]
    return [in_reach(day, place, latest) for day in days]


def numbers_apart(text: str) -> tuple[int, int] | None:
    """The first two numbers of a day such as 3/12/2026, which alone don't tell the day from the month."""
    numeric = _YEAR_LAST.fullmatch(without_hour(text))
    return (int(numeric[1]), int(numeric[3])) if numeric else None


def _weekday(body: str) -> tuple[int | None, str]:
    """The weekday that `body` begins with, and the rest: "mar. 3 mar 2026", but March in "mar 3 2026"."""
    parts = re.match(r"(?:(?:el|on) )?([a-z]*)[., ]*(.*)", body, re.DOTALL)
    assert parts  # it takes any words
    word, rest = parts.groups()
    if not rest:
        return (WEEKDAY_WORDS[word], "") if word in WEEKDAY_WORDS else (None, body)
    numbers = {number for name, number in WEEKDAY_WORDS.items() if len(word) > 2 and name.startswith(word)}
    is_month = month_number(word) is not None and not any(month_number(other) for other in re.findall("[a-z]+", rest))
    return (numbers.pop(), rest) if len(numbers) == 1 and not is_month else (None, body)


def _days_of_week(weekday: int, today: date, year: Yearless) -> list[date]:
    """The last or next such day, or both. Said of the next one on that very weekday, it may be today or in a week."""
    before = today - timedelta(days=(today.weekday() - weekday) % 7)
    after = before + timedelta(days=7)
    if year in ("last", "asked_past"):
        return [before]
    return [before, after] if year == "asked" or before == today else [after]


def _read(body: str, today: date, place: str, year: Yearless, order: str | None) -> list[date]:
    if parts := _YEAR_FIRST.fullmatch(body):
        return _real([(int(parts[1]), int(parts[3]), int(parts[4]))])
    if parts := _YEAR_LAST.fullmatch(body):
        return _numeric(int(parts[1]), int(parts[3]), _full_year(parts[4], today, year), order)
    if parts := _NO_YEAR.fullmatch(body):
        first, second = int(parts[1]), int(parts[3])
        months = _numeric(first, second, 2000, order)
        return [day for day in months for day in _without_year(day.month, day.day, today, place, year)]
    if parts := _EIGHT.fullmatch(body):
        year_first = _real([(int(parts[1] + parts[2]), int(parts[3]), int(parts[4]))])
        if year_first and year_first[0].year in YEARS:
            return year_first
        return _numeric(int(parts[1]), int(parts[2]), int(parts[3] + parts[4]), order)
    both = _BOTH_BEHIND.fullmatch(body)
    two_days = _TWO_DAYS.fullmatch(body) or (both and int(both[2]) == int(both[1]) + 1)
    return [] if two_days or _MONTH_AND_YEAR.fullmatch(body) else _in_words(body.replace("'", ""), today, place, year)


def _numeric(first: int, second: int, year: int, order: str | None) -> list[date]:
    both = {DAY_FIRST: (year, second, first), MONTH_FIRST: (year, first, second)}
    return _real(dict.fromkeys(both.values() if order not in both else [both[order]]))


def _real(parts: Iterable[tuple[int, int, int]]) -> list[date]:
    """Those of years, months and days that are in the calendar."""
    days = []
    for year, month, day in parts:
        try:
            days.append(date(year, month, day))
        except ValueError:
            continue
    return days


def _in_words(body: str, today: date, place: str, year: Yearless) -> list[date]:
    """A day with its month as a word: "12 de marzo", "March 12th, 2026", "05-Jan-21"."""
    months: list[int] = []
    numbers: list[str] = []
    at = 0
    while at < len(body):
        if not (token := _TOKEN.match(body, at)):
            return []
        at = token.end()
        word = token[3]
        if number := token[1] or token[2]:
            numbers.append(number)
        elif word in _FIRST:
            numbers.append("1")
        elif word and (month := month_number(word) or _misspelled(word)):
            months.append(month)
        elif word and word not in JOINTS:
            return []
    if len(months) != 1 or len(numbers) not in (1, 2) or any(len(number) == 3 for number in numbers):
        return []
    if len(numbers) == 1:
        day = int(numbers[0])
        return _without_year(months[0], day, today, place, year) if len(numbers[0]) < 3 else []
    if len(numbers[0]) == 4 or len(numbers[1]) < 4 and int(numbers[0]) > 31:
        numbers.reverse()
    if len(numbers[0]) > 2:
        return []
    return _real([(_full_year(numbers[1], today, year), months[0], int(numbers[0]))])


def _misspelled(word: str) -> int | None:
    """The number of the only month from whose full name one letter is wrong, missing, too many, or changed about;
    first names that are so near to one are none."""
    if word in ("julia", "marco", "mario"):
        return None
    close = {
        number for name, number in MONTH_WORDS.items() if len(name) > 3 < len(word) and OSA.distance(word, name) == 1
    }
    return close.pop() if len(close) == 1 else None


def _full_year(digits: str, today: date, year: Yearless) -> int:
    """The year of two digits or four."""
    if len(digits) != 2:
        return int(digits)
    number = today.year // 100 * 100 + int(digits)
    ahead = {"last": 1, "asked_past": 1, "asked": 30, "next": 99}[year]
    return number if number <= today.year + ahead else number - 100


def _without_year(month: int, day: int, today: date, place: str, year: Yearless) -> list[date]:
    """The last or next such day (29 February: of a leap year), or a question."""
    around = _real((number, month, day) for number in range(today.year - 8, today.year + 9))
    before, after = [on for on in around if on <= today][-1:], [on for on in around if on >= today][:1]
    if year in ("asked", "asked_past") and around:
        raise Invalid(_which_year(*before, *after, place=place))
    return after if year == "next" else before


def _which(days: list[date], place: str) -> Problem:
    first, second = days[:2]
    apart = (
        ("day with its month", "día con su mes")
        if (second - first).days == 7
        else ("month as a word", "mes con letras")
    )
    return Problem(
        place,
        f"Is it {format_day(first, 'en')} or {format_day(second, 'en')}? Write the {apart[0]}.",
        f"¿Es {format_day(first, 'es')} o {format_day(second, 'es')}? Escriba el {apart[1]}.",
    )


def _which_year(*days: date, place: str) -> Problem:
    choices = {
        lang: {"en": " or ", "es": " o "}[lang].join(format_day(day, lang) for day in days) for lang in ("en", "es")
    }
    return Problem(
        place,
        f"Of which year? {choices['en']}? Write the day with its year.",
        f"¿De qué año? ¿{choices['es']}? Escriba el día con su año.",
    )


def _other_weekday(day: date, place: str) -> Problem:
    return Problem(
        place,
        f"The weekday doesn't fit: it would be {format_day(day, 'en')}. Which of the two is right?",
        f"El día de la semana no coincide: sería {format_day(day, 'es')}. ¿Cuál de los dos es?",
    )


def _not_a_day(place: str) -> Problem:
    return Problem(
        place,
        "This is no day of the calendar. Write it as 12 Mar 2026 or 2026-03-12.",
        "No es un día del calendario. Escríbalo como 12 mar 2026 o 2026-03-12.",
    )
