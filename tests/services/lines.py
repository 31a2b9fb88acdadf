"""A town of invented people and all kinds of service, for reading lines without a database."""

from dataclasses import dataclass
from datetime import date

from mexile.ground.dates import fold
from mexile.ground.vocabulary import vocabulary
from mexile.services.quick_log.reading import Reading
from mexile.services.quick_log.rules import read
from mexile.services.service_type.rules import TypeIndex, TypeWords

TODAY = date(2026, 11, 24)
"""A Tuesday."""

TYPES = TypeIndex(
    TypeWords(
        term.code,
        term.more["unit"],
        (term.en, term.es, *term.more["words_en"].split(","), *term.more["words_es"].split(",")),
        term.more["counts"],
    )
    for term in vocabulary("service_type").values()
)


@dataclass(frozen=True)
class Somebody:
    code: str
    name: str
    sure: bool = True
    heard: bool = False


TOWN = (
    ("ME-0042", "María García Luna", "123"),
    ("ME-0007", "Mario Abril Soto", "555"),
    ("ME-0009", "Domingo Reyes", "777"),
    ("ME-0010", "Ana Domingo", "888"),
    ("ME-0011", "Icela Ríos", "120"),
    ("ME-0012", "María del Carmen López Peña", "301"),
)


class Town:
    """Who the words may mean: whole names, codes and telephone ends for sure, beginnings not."""

    def __init__(self, people=TOWN):
        self.people = people

    def named(self, words):
        asked = fold(words).split()
        found = []
        for code, name, phone in self.people:
            theirs = fold(name).split()
            if fold(words) in (fold(code), phone) or asked and all(word in theirs for word in asked):
                found.append(Somebody(code, name))
            elif asked and all(any(their.startswith(word) for their in theirs) for word in asked):
                found.append(Somebody(code, name, sure=False))
        return found

    def coded(self, code):
        return next((Somebody(c, name) for c, name, _ in self.people if c == code), None)


def reading(line: str, **more) -> Reading:
    more.setdefault("people", Town())
    return read(line, today=TODAY, types=TYPES, **more)


def said(line: str, **more) -> dict:
    """What is settled in a line: only what isn't empty."""
    found = reading(line, **more)
    values = {
        "people": list(found.people),
        "family": found.family,
        "others": found.others,
        "type": found.type_code,
        "minutes": found.minutes,
        "on": found.on and found.on.isoformat(),
        "cents": found.cents,
        "quantity": found.quantity,
    }
    return {name: value for name, value in values.items() if value not in (None, [], False, 0)}


def asked(line: str, **more) -> dict[str, list[str]]:
    """The words that have to be settled, with their choices."""
    return {piece.words: [choice.key for choice in piece.choices] for piece in reading(line, **more).questions}
