"""Hours of the day as notices, clocks and people write them, in both languages.

What says a.m. or p.m., or can only be one of the two, is read. "1:30" alone is asked about: a court that sits at half
past one sits in the afternoon, and whoever copies it from a 24-hour clock may mean the night.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from datetime import datetime, time

from mexile.ground.errors import Invalid, Problem
from mexile.ground.text import plain

EARLY = range(7)
"""Hours in which no office opens its door: without a.m. or p.m. they are asked about."""

_NUMBERS = "una dos tres cuatro cinco seis siete ocho nueve diez once doce".split()
_SPOKEN = re.compile(
    rf"(?P<lead>(?:a )?las? )?\b(?:(?P<word>{'|'.join(_NUMBERS)})|(?P<hour>\d\d?))(?: y (?P<minute>media|cuarto|\d\d))?\b"
)
_FORM = re.compile(
    r"(?:a las? |las? |at |@ ?)?(?P<hour>\d{1,2})"
    r"(?:(?: ?[:.,h] ?| |(?<=\d\d)(?=\d\d(?!\d))|(?<=\d)(?=\d\d(?!\d)))(?P<minute>\d\d)(?:[:.](?P<second>\d\d))?)?"
    r" ?(?:h|hs|hr|hrs|hora|horas|hours?|o'?clock|en punto)?\.?"
    r" ?(?P<half>[ap]|(?:de|por|en) la (?:manana|tarde|noche|madrugada)|del dia|in the (?:morning|afternoon|evening)|at night)?"
)
_HALVES: dict[str, tuple[Collection[int], Collection[int]]] = {
    **dict.fromkeys(("manana", "morning"), (range(12), ())),
    **dict.fromkeys(("tarde", "afternoon"), ((), (12, *range(1, 9)))),
    **dict.fromkeys(("noche", "night"), ((12, 0, 1, 2), range(6, 12))),
    "madrugada": ((12, *range(7)), ()),
    "evening": ((), range(4, 12)),
    "dia": (range(6, 12), (12, *range(1, 6))),
}
"""The hours before and after noon that a word behind them can mean."""
_NAMED = re.compile(r"^(?:al?|at|a la) (?=noon|mid|medi)")
_WORDS = dict.fromkeys(("noon", "midday", "mediodia", "medio dia"), time(12)) | dict.fromkeys(
    ("midnight", "medianoche", "media noche"), time(0)
)
_TWELVE = re.compile(
    r"(?:a las |las |at )?12(?:[:.]00)? (?:(?P<noon>m\.? ?(?:d\.?)?|noon|del medio ?dia)|midnight|de la media ?noche)"
)


def parse_hour(text: str, place: str = "at") -> time:
    """The time of day that `text` names: 8:30, 8.30, 13:30, 1330, 13h30, 13:30 hrs, 1:30 PM, 8:30 a.m., 1:30 p. m., 1 pm,
    1:30 de la tarde, noon, mediodía.

    Raises Invalid with both readings for an hour before 7:00 that doesn't say which half of the day it is, and in words
    for what is no time of day.
    """
    spoken = _NAMED.sub("", plain(text).rstrip(" ,;").replace("’", "'"))
    body = _SPOKEN.sub(_in_figures, re.sub(r"(?<![a-z])([ap])(?: ?\.? ?m\b)?\.?$", r"\1", spoken), count=1)
    if body in _WORDS:
        return _WORDS[body]
    if twelve := _TWELVE.fullmatch(body):
        return time(12 if twelve["noon"] else 0)
    parts = _FORM.fullmatch(body)
    if not parts:
        raise Invalid(_no_hour(place))
    hour, minute, half = int(parts["hour"]), int(parts["minute"] or 0), _half(parts["half"], int(parts["hour"]))
    if hour == 24 and minute == 0 and half is None:
        raise Invalid(_no_hour(place))
    if hour > 23 or minute > 59 or int(parts["second"] or 0) > 59:
        raise Invalid(_no_hour(place))
    if half == "?" or half is None and hour in EARLY:
        raise Invalid(_which(time(hour % 12, minute), place))
    if half is None:
        return time(hour, minute)
    if hour > 12 and half == "a" or hour == 0 and half == "p":
        raise Invalid(_no_hour(place))
    return time(hour if hour > 12 else hour % 12 + (12 if half == "p" else 0), minute)


def _in_figures(spoken: re.Match[str]) -> str:
    """ "La una y media" as "la 1:30"."""
    hour = str(_NUMBERS.index(spoken["word"]) + 1) if spoken["word"] else spoken["hour"]
    minute = {"media": "30", "cuarto": "15"}.get(spoken["minute"], spoken["minute"])
    return (spoken["lead"] or "") + hour + (f":{minute}" if minute else "")


def _half(words: str | None, hour: int) -> str | None:
    """The half of the day, "a" or "p", that the words behind an hour say; "?" where that hour of them may be either."""
    if words is None or len(words) == 1:
        return words
    before, after = _HALVES[words.split()[-1]]
    return "a" if hour in before else "p" if hour in after or hour > 12 and after else "?"


def _which(at: time, place: str) -> Problem:
    both = [
        {lang: format_hour(time(hour % 24, at.minute), lang) for lang in ("en", "es")}
        for hour in (at.hour, at.hour + 12)
    ]
    return Problem(
        place,
        f"Is it {both[0]['en']} or {both[1]['en']}? Write a.m. or p.m. behind the hour.",
        f"¿Es {both[0]['es']} o {both[1]['es']}? Escriba a. m. o p. m. después de la hora.",
    )


def _no_hour(place: str) -> Problem:
    return Problem(
        place,
        "Write a time of day such as 8:30 a.m., 1:30 pm or 13:30.",
        "Escriba una hora del día, por ejemplo 8:30 a. m., 1:30 pm o 13:30.",
    )


def format_hour(at: time | datetime, lang: str) -> str:
    """ "8:30 a.m." or "1:30 p. m.", as people here say it."""
    half = {"en": ("a.m.", "p.m."), "es": ("a. m.", "p. m.")}[lang][at.hour >= 12]
    return f"{at.hour % 12 or 12}:{at:%M} {half}"
