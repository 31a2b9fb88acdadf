"""How far a consent goes, and for how long. Nothing that names a person leaves the house without one.

The model is the written, specific, time-limited release of 34 USC 12291(b)(2): one purpose, one audience,
one level of identity, a last day, and the right to take it back.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from mexile.ground.dates import not_in_the_future
from mexile.ground.errors import Problem
from mexile.ground.vocabulary import vocabulary
from mexile.members.person.rules import Born

LEVELS = ("anonymous", "initials", "first_name", "named")
"""How much of who a person is may be known, from least to most."""

INSIDE = "staff"
EVERYBODY = "public"
SOON = timedelta(days=30)
GROWN_UP = 18


@dataclass(frozen=True)
class Held:
    """One consent as the rules see it. ``expires_on`` is its last good day; None is without an end."""

    id: int
    member_id: int
    purpose: str
    audience: str
    level: str
    given_on: date
    expires_on: date | None
    revoked_on: date | None
    channel: str = "any"

    def state(self, on: date) -> str:
        """ "live", "expired", "revoked", or "not_yet" on a day before it was given."""
        if self.revoked_on is not None and self.revoked_on <= on:
            return "revoked"
        if on < self.given_on:
            return "not_yet"
        if self.expires_on is not None and on > self.expires_on:
            return "expired"
        return "live"

    def ends_soon(self, on: date) -> bool:
        """Live, and over within thirty days."""
        return self.state(on) == "live" and self.expires_on is not None and self.expires_on - on <= SOON


def a_year_later(day: date) -> date:
    """The last good day unless somebody says another: twelve months on; 29 February ends on the 28th."""
    try:
        return day.replace(year=day.year + 1)
    except ValueError:
        return day.replace(year=day.year + 1, day=28)


def reaches(audience: str, asked: str) -> bool:
    """Whether a consent for ``audience`` is one for ``asked``: itself, or everybody for all that are outside."""
    if audience == asked:
        return True
    term = vocabulary("consent_audience").get(asked)
    return audience == EVERYBODY and term is not None and bool(term.more.get("outside"))


def governing(held: Iterable[Held], purpose: str, audience: str, on: date) -> Held | None:
    """The consent that speaks for ``purpose`` and ``audience`` on a day, if there is a live one.

    A later consent for the same purpose and audience replaces the one before, also where it allows less or was
    revoked; one for this very audience goes before one for everybody. So what was taken back is never
    brought to life by an older or wider yes.
    """
    fitting = [
        consent
        for consent in held
        if consent.purpose == purpose and reaches(consent.audience, audience) and consent.given_on <= on
    ]
    exact = [consent for consent in fitting if consent.audience == audience]
    newest = max(exact or fitting, key=lambda consent: (consent.given_on, consent.id), default=None)
    return newest if newest is not None and newest.state(on) == "live" else None


def is_enough(level: str | None, wanted: str) -> bool:
    """Whether a level allows what is wanted."""
    return level is not None and LEVELS.index(level) >= LEVELS.index(wanted)


def audiences_of(purpose: str) -> list[str]:
    """Who may be named with a purpose."""
    return list(vocabulary("consent_scope")[purpose].more["audiences"])


def most_of(purpose: str) -> str:
    """The highest level of identity that a purpose allows."""
    return str(vocabulary("consent_scope")[purpose].more["most"])


def newest_words(purpose: str) -> str:
    """The version of the words read aloud for a purpose now: the last of its own, or of the first conversation."""
    said = vocabulary("consent_scope")[purpose].more.get("said")
    return list(said)[-1] if said else list(vocabulary("consent_text"))[-1]


def words_of(purpose: str, version: str, lang: str) -> str:
    """The words of one version, in a language."""
    said: Mapping[str, Mapping[str, str]] = vocabulary("consent_scope")[purpose].more.get("said") or {}
    if version in said:
        return said[version]["es" if lang == "es" else "en"]
    return vocabulary("consent_text").label(version, lang)


def consent_terms_problems(values: Mapping[str, Any], today: date, *, is_minor: bool = False) -> list[Problem]:
    """What can't be true of a consent: days in the wrong order, more than its purpose allows, nobody who saw it."""
    problems = []
    purpose, audience, level = values["purpose"], values["audience"], values["level"]
    given, expires = values["given_on"], values["expires_on"]
    if audience not in audiences_of(purpose):
        problems.append(
            Problem(
                "audience",
                "This purpose is not for this audience. Choose one that fits, or another purpose.",
                "Este propósito no es para este destinatario. Elija uno que corresponda, u otro propósito.",
            )
        )
    if not is_enough(most_of(purpose), level):
        problems.append(
            Problem(
                "level",
                "This purpose doesn't allow so much of who the person is.",
                "Este propósito no permite dar a conocer tanto de quién es la persona.",
            )
        )
    problems += not_in_the_future("given_on", given, today)
    if given and expires and expires < given:
        problems.append(
            Problem(
                "expires_on",
                "The consent would end before it begins.",
                "El consentimiento terminaría antes de empezar.",
            )
        )
    if is_minor and not values.get("guardian"):
        problems.append(
            Problem(
                "guardian",
                "The person is under 18: write who consented for them.",
                "La persona es menor de 18 años: anote quién autorizó por ella.",
            )
        )
    if values["evidence"] == "witness" and not values.get("witness"):
        problems.append(Problem("witness", "Write who the witness was.", "Anote quién fue testigo."))
    return problems


def revocation_problems(revoked_on: date, given_on: date, today: date) -> list[Problem]:
    """A consent is taken back on a day on which it had been given, and not tomorrow."""
    if revoked_on < given_on:
        return [
            Problem(
                "revoked_on",
                "The consent was given later than this day.",
                "El consentimiento se dio después de este día.",
            )
        ]
    return not_in_the_future("revoked_on", revoked_on, today)


def is_minor(birth_year: int | None, on: date, born: date | None = None) -> bool:
    """Under eighteen on a day, as far as we know; where only the year is known, until its end."""
    if born is None:
        return birth_year is not None and on.year - birth_year <= GROWN_UP
    return (Born(born).age(on) or 0) < GROWN_UP


def shown_as(level: str | None, first: str, full: str) -> str:
    """A person as a level lets them be known. Without one, and anonymous, it is nothing."""
    if level == "named":
        return full
    if level == "first_name":
        return first.split(" ", 1)[0]
    if level == "initials":
        return " ".join(f"{word[0]}." for word in full.split())
    return ""
