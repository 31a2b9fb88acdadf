"""Whether a person may be reached by a way at a moment, and what to mind. What isn't known to be safe is not.

Two layers: what holds for every way to the person (``safe``, words of the vocabulary ``safe_contact``), and
the rules of the way itself. The first thing that forbids it answers, in words.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from mexile.ground.dates import WEEKDAYS
from mexile.ground.hours import format_hour
from mexile.ground.vocabulary import vocabulary

EVERY_DAY = "1111111"
KIND_OF = {
    "call": "phone",
    "text": "phone",
    "signal": "signal",
    "whatsapp": "whatsapp",
    "email": "email",
    "through": "through",
}
"""What one does -> the kind of way it needs."""
CHANNELS = tuple(KIND_OF)
_WRITTEN = ("text", "signal", "whatsapp", "email")
_EN = {
    "Mon": "Mondays",
    "Tue": "Tuesdays",
    "Wed": "Wednesdays",
    "Thu": "Thursdays",
    "Fri": "Fridays",
    "Sat": "Saturdays",
    "Sun": "Sundays",
}


@dataclass(frozen=True)
class Answer:
    """Allowed or not, in words: why not, or what to mind."""

    allowed: bool
    en: str
    es: str

    def text(self, lang: str) -> str:
        return self.es if lang == "es" else self.en


@dataclass(frozen=True)
class Way:
    """The rules of one way, without the number itself."""

    kind: str
    zone: str = "America/Denver"
    is_mexican: bool = False
    has_code_name: bool = False
    no_voicemail: bool = False
    no_content: bool = False
    is_shared: bool = False
    via_attorney: bool = False
    days: str = EVERY_DAY
    from_at: time | None = None
    to_at: time | None = None


NOTHING_KNOWN = Answer(False, "Nobody has said that this way is safe.", "Nadie ha dicho que por este medio sea seguro.")
ATTORNEY_ONLY = Answer(False, "Only through the attorney.", "Solo a través de la representación legal.")
IN_PERSON_ONLY = Answer(False, "Only in person.", "Solo en persona.")
NO_MEXICAN = Answer(False, "Never to a Mexican number.", "Nunca a un número mexicano.")
NO_TEXT = Answer(False, "No text messages.", "Sin mensajes de texto.")
CALLS_ONLY = Answer(False, "Calls only.", "Solo llamadas.")


def answer(way: Way, channel: str, moment: datetime, safe: Collection[str] = ()) -> Answer:
    """Whether ``channel`` may be used over ``way`` at ``moment`` (aware), and what to mind then."""
    if KIND_OF.get(channel) != way.kind:
        return NOTHING_KNOWN
    return _forbidden(way, channel, safe) or _wrong_time(way, moment) or _allowed(way, channel, safe)


def _forbidden(way: Way, channel: str, safe: Collection[str]) -> Answer | None:
    if way.via_attorney or "via_attorney" in safe:
        return ATTORNEY_ONLY
    if "in_person" in safe and channel != "through":
        return IN_PERSON_ONLY
    if way.is_mexican and "never_mx" in safe:
        return NO_MEXICAN
    if channel == "text" and "no_sms" in safe:
        return NO_TEXT
    if channel in _WRITTEN and "call_only" in safe:
        return CALLS_ONLY
    return None


def _wrong_time(way: Way, moment: datetime) -> Answer | None:
    local = moment.astimezone(ZoneInfo(way.zone))
    hour, day = local.time(), local
    if way.from_at and way.to_at:
        over_midnight = way.from_at >= way.to_at
        inside = hour >= way.from_at or hour < way.to_at if over_midnight else way.from_at <= hour < way.to_at
        if not inside:
            return _not_now(way, local)
        if over_midnight and hour < way.to_at:
            day = local - timedelta(days=1)  # the small hours belong to the evening before
    return None if way.days[day.weekday()] == "1" else _not_now(way, local)


def _not_now(way: Way, local: datetime) -> Answer:
    en, es = f"{when(way, 'en')}", f"{when(way, 'es')}"
    now_en = f"It is {WEEKDAYS['en'][local.weekday()]} {format_hour(local, 'en')} there now."
    now_es = f"Allá {'es la' if local.hour % 12 == 1 else 'son las'} {format_hour(local, 'es')} del {WEEKDAYS['es'][local.weekday()]}."
    return Answer(False, f"Not now: {en}. {now_en}", f"Ahora no: {es}. {now_es}")


def when(way: Way, lang: str) -> str:
    """The days and hours of a way: "only Mondays, Tuesdays, from 6:00 p.m. to 8:00 p.m. (El Paso)"; "" for always."""
    parts = []
    if way.days != EVERY_DAY:
        names = [
            day if lang == "es" else _EN[day] for day, sign in zip(WEEKDAYS[lang], way.days, strict=True) if sign == "1"
        ]
        parts.append(", ".join(names) if names else {"en": "on no day", "es": "ningún día"}[lang])
    if way.from_at and way.to_at:
        zone = vocabulary("contact_zone").label(way.zone, lang)
        hours = (format_hour(way.from_at, lang), format_hour(way.to_at, lang), zone)
        parts.append(("de {} a {} ({})" if lang == "es" else "from {} to {} ({})").format(*hours))
    return f"{'solo' if lang == 'es' else 'only'} {', '.join(parts)}" if parts else ""


def cautions(way: Way, channel: str, safe: Collection[str] = ()) -> list[tuple[str, str]]:
    """What to mind when the way is used, in both languages."""
    sentences = []
    if way.has_code_name:
        sentences.append(("Say the code name.", "Diga el nombre clave."))
    if channel == "call" and (way.no_voicemail or "call_only" in safe):
        sentences.append(("Leave no voicemail.", "No deje mensaje de voz."))
    if channel != "call" and way.no_content:
        sentences.append(("Write nothing but “please call us”.", "No escriba nada más que «por favor, llámenos»."))
    if way.is_shared:
        sentences.append(("Others use it too.", "También lo usan otras personas."))
    return sentences


def _allowed(way: Way, channel: str, safe: Collection[str]) -> Answer:
    minded = cautions(way, channel, safe)
    en, es = (" ".join(words) for words in zip(*minded, strict=True)) if minded else ("", "")
    return Answer(True, f"Allowed now. {en}".strip(), f"Ahora sí. {es}".strip())


def best(answers: Collection[Answer]) -> Answer:
    """The first that allows it; else the first that forbids it; else nothing is known."""
    allowed = [answer for answer in answers if answer.allowed]
    return next(iter(allowed or answers), NOTHING_KNOWN)
