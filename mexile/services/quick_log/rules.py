"""Reading one typed line as a service: `mar ice 2h ayer +fam`, in Spanish or in English.

The line holds people, a kind of service and, if it isn't the usual, minutes, day,
quantity, money and people more, in any order. Nothing is guessed: words that can be
read in two ways give a piece with its choices, and the reading isn't ready until one is
chosen. What was chosen comes back as picks (`words` -> `kind:value`), which are only
taken when they are among what the words can mean.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from mexile.ground.dates import MONTH_WORDS, fold
from mexile.ground.errors import Problem
from mexile.services.quick_log import amounts
from mexile.services.quick_log import amounts as day_words
from mexile.services.quick_log.reading import Choice, People, Piece, Reading, gather, settle
from mexile.services.service_type.rules import TypeIndex

LONGEST_LINE = 400
MOST_WORDS = 60
WIDEST = 6
MOST_PEOPLE_SHOWN = 8

_JOINTS = frozenset("a al con de del e el en for from la las los of on para por the to with y and".split())
_UNITS = {
    word: unit
    for unit, words in {
        "nights": "noche noches night nights",
        "pages": "pagina paginas page pages",
        "units": "unidad unidades unit units vez veces",
        "people": "persona personas person persons people gente",
    }.items()
    for word in words.split()
}
"""What a number is said to count -> the unit; people are others, whom we don't know."""

TOO_LONG = Problem(
    "line",
    "This line is too long. Log it with the whole form.",
    "Esta línea es demasiado larga. Use el formulario completo.",
)


def read(
    line: str,
    *,
    today: date,
    types: TypeIndex,
    people: People,
    picks: Mapping[str, str] | None = None,
) -> Reading:
    """Read `line` on the day `today`. Never raises, whatever was typed."""
    words = _words(line)
    if len(line) > LONGEST_LINE or len(words) > MOST_WORDS:
        return Reading((), (TOO_LONG,))
    reader = _Reader(words, today, types, people, dict(picks or {}))
    return gather(reader.pieces())


def _words(line: str) -> list[str]:
    apart = re.sub(r"(?<=[^\s+])\+(?=\w)", " +", line.replace("\x00", " "))
    apart = re.sub(r"\+\s+(?=\d|fam|hogar|household|casa)", "+", apart, flags=re.IGNORECASE)
    return [word for word in (raw.strip(",;.:!?¡¿\"'()[]") for raw in apart.split()) if word]


class _Reader:
    """Reads the words from the left and takes the widest run that means something."""

    def __init__(self, words: list[str], today: date, types: TypeIndex, people: People, picks: dict[str, str]) -> None:
        self.words = words
        self.today = today
        self.types = types
        self.people = people
        self.picks = picks

    def pieces(self) -> list[Piece]:
        pieces: list[Piece] = []
        at = 0
        while at < len(self.words):
            if fold(self.words[at]) in _JOINTS and fold(self.words[at]) not in self.picks:
                at += 1
                continue
            piece, width = self._take(at)
            pieces.append(piece)
            at += width
        return _propose_the_only_who(self._numbers_by_unit(pieces))

    def _take(self, at: int) -> tuple[Piece, int]:
        widest = min(WIDEST, len(self.words) - at)
        for width in range(widest, 0, -1):
            words = " ".join(self.words[at : at + width])
            if chosen := self._picked_person(words):
                return Piece(words, (chosen,), chosen=chosen), width
        for width in range(widest, 0, -1):
            words = " ".join(self.words[at : at + width])
            if width > 1 and (self.picks.get(fold(words)) == "apart:" or self._counts(at, width)):
                continue
            if piece := self._form(words, width):
                return piece, width
        return self._name(at)

    def _counts(self, at: int, width: int) -> bool:
        """The last of several words is a number of what stands behind it: `12 nov 30 min` is no year."""
        number, _, unit = fold(" ".join(self.words[at + width - 1 : at + width + 1])).partition(" ")
        said = f"{number} {unit}"
        return number.isdecimal() and bool(unit in _UNITS or amounts.amount(said) or amounts.duration(said))

    def _picked_person(self, words: str) -> Choice | None:
        kind, _, value = self.picks.get(fold(words), "").partition(":")
        if kind != "person":
            return None
        person = self.people.coded(value)
        return Choice("person", person.code, person.name) if person else None

    # -- words that aren't names ------------------------------------------------

    def _form(self, words: str, width: int) -> Piece | None:
        """`words` as anything but a name alone; None when they are nothing of the kind."""
        choices = self._plain_choices(words, width)
        if choices is None:
            return None
        if isinstance(choices, Problem):
            return Piece(words, problem=choices)
        return self._picked(words, choices) or settle(words, choices + self._also_names(words, width, choices))

    def _plain_choices(self, words: str, width: int) -> list[Choice] | Problem | None:
        folded = fold(words)
        if folded.replace(" ", "") in amounts.FAMILY:
            return [Choice("family", "household")]
        for form in (amounts.others, amounts.amount, amounts.duration):
            choice = form(folded)
            if choice is not None:
                return choice if isinstance(choice, Problem) else [choice]
        days = day_words.days(folded, self.today)
        if days and (month := self._month_of_somebody(words)) and words.startswith(month):
            days = None
        kinds = self.types.exact(words)
        if isinstance(days, Problem):
            return kinds or days
        if days or kinds:
            return [*(days or []), *kinds]
        return self._counted(folded, width)

    def _counted(self, folded: str, width: int) -> list[Choice] | Problem | None:
        """A bare number, or a number with what it counts: `3 noches`, `40 personas`."""
        parts = folded.split()
        if width > 2 or width == 2 and parts[1] not in _UNITS:
            return None
        count = amounts.number(parts[0])
        if count is None or isinstance(count, Problem):
            return count
        is_people = width == 2 and _UNITS[parts[1]] == "people"
        return [Choice("others" if is_people else "quantity", str(count))]

    def _also_names(self, words: str, width: int, choices: list[Choice]) -> list[Choice]:
        """The people who bear exactly this word as a name, or end their phone in it."""
        kinds = {choice.kind for choice in choices}
        if width > 1:
            named = any(self._called(word) for word in words.split() if fold(word) in MONTH_WORDS)
            named = named or self._month_of_somebody(words) is not None
            parted = "day" in kinds and (named or day_words.may_be_how_many(words))
            return [Choice("apart", "")] if parted else []
        if kinds & {"day", "type"} and words[0].isalpha() or kinds == {"quantity"} and len(words) >= 3:
            return self._called(words)
        return []

    def _month_of_somebody(self, words: str) -> str | None:
        """The shortened month in `words` with which somebody's name begins: `3 mar` is a day, or three and María."""
        month = day_words.shortened_month(words)
        return month if month and any(not choice.heard for choice in self._people(month)) else None

    def _called(self, words: str) -> list[Choice]:
        return [choice for choice in self._people(words) if choice.sure]

    def _people(self, words: str) -> list[Choice]:
        return [
            Choice("person", person.code, person.name, person.sure, person.heard)
            for person in self.people.named(words)[:MOST_PEOPLE_SHOWN]
        ]

    # -- names ------------------------------------------------------------------

    def _name(self, at: int) -> tuple[Piece, int]:
        """The widest run of words from `at` that somebody is called."""
        for width in range(self._run(at), 1, -1):
            words = " ".join(self.words[at : at + width])
            if choices := self._people(words):
                return self._settled(words, choices), width
        word = self.words[at]
        choices = self._people(word) + self.types.beginning(word)
        if fold(word) in MONTH_WORDS:
            return self._month(word, choices), 1
        return (self._settled(word, choices) if choices else Piece(word, problem=_nobody(word))), 1

    def _month(self, word: str, choices: list[Choice]) -> Piece:
        """A month alone is no day, but may be somebody's name: Abril is asked about."""
        if not any(choice.kind == "person" for choice in choices):
            return Piece(word, problem=day_words.which_day(word))
        piece = self._settled(word, [Choice("month", str(MONTH_WORDS[fold(word)])), *choices])
        if piece.chosen and piece.chosen.kind == "month":
            return Piece(word, piece.choices, problem=day_words.which_day(word))
        return piece

    def _settled(self, words: str, choices: list[Choice]) -> Piece:
        return self._picked(words, choices) or settle(words, choices)

    def _picked(self, words: str, choices: list[Choice]) -> Piece | None:
        """The piece as somebody chose it, where what was chosen is among what the words can mean."""
        pick = self.picks.get(fold(words))
        chosen = next((choice for choice in choices if choice.key == pick), None)
        return Piece(words, tuple(choices), chosen=chosen) if chosen else None

    def _run(self, at: int) -> int:
        """How many words from `at` can belong to one name: up to the first that means
        something else. Joints inside it belong to it: María del Carmen."""
        width = 1
        while width < min(WIDEST, len(self.words) - at):
            word = self.words[at + width]
            if fold(word) not in _JOINTS and self._plain_choices(word, 1) is not None:
                break
            width += 1
        while width > 1 and fold(self.words[at + width - 1]) in _JOINTS:
            width -= 1
        return width

    # -- numbers ----------------------------------------------------------------

    def _numbers_by_unit(self, pieces: list[Piece]) -> list[Piece]:
        """A bare number counts what the kind of service is counted in; with hours it has
        to be said whether they are hours or minutes, with people that they are more."""
        kinds = [p.chosen.value for p in pieces if p.chosen and p.chosen.kind == "type"]
        code = kinds[0] if len(kinds) == 1 else ""
        return [self._number(piece, self.types.units.get(code), self.types.counts.get(code)) for piece in pieces]

    def _number(self, piece: Piece, unit: str | None, counts: str | None) -> Piece:
        bare = [choice for choice in piece.choices if choice.kind in ("quantity", "others")]
        if not bare or "+" in piece.words:
            return piece
        count = int(bare[0].value)
        rest = [choice for choice in piece.choices if choice.kind == "person"]
        said = _UNITS.get(fold(piece.words).split()[-1])
        if unit and said not in (None, "people", unit):
            return Piece(piece.words, problem=_not_counted_in(piece.words))
        if bare[0].kind == "others" or "people" in (unit, said) or counts == "person":
            counted = [Choice("others", str(count))] if count <= amounts.MOST_OTHERS else []
        elif unit == "usd":
            counted = [Choice("money", str(count * 100))]
        elif unit == "hours":
            counted = [Choice("minutes", str(n)) for n in (count * 60, count) if n <= amounts.DAY]
        else:
            counted = bare if counts in (None, "given") else []
        if counts == "household" and not counted and not rest:
            return Piece(piece.words, problem=_not_counted_in(piece.words))
        if not counted and not rest:
            return Piece(piece.words, problem=amounts.TOO_MUCH)
        if picked := self._picked(piece.words, counted + rest):
            return picked
        if counted and counted[0].kind == "others" and not rest:
            return Piece(piece.words, tuple(counted), proposed=counted[0])
        return settle(piece.words, counted + rest)


def _propose_the_only_who(pieces: list[Piece]) -> list[Piece]:
    """Where nobody else is named, the one whose telephone ends in a number is proposed:
    `123 terapia`. It still has to be taken."""

    def may_be_who(piece: Piece) -> bool:
        meant = [piece.chosen] if piece.chosen else piece.choices
        return any(choice.kind in ("person", "others") for choice in meant)

    whos = [piece for piece in pieces if may_be_who(piece)]
    if len(whos) != 1 or whos[0].chosen or not amounts.number(fold(whos[0].words)):
        return pieces
    people = [choice for choice in whos[0].choices if choice.kind == "person"]
    if len(people) != 1:
        return pieces
    proposed = replace(whos[0], proposed=people[0])
    return [proposed if piece is whos[0] else piece for piece in pieces]


def _not_counted_in(words: str) -> Problem:
    return Problem(
        "line",
        f"This service is not counted so: “{words}”.",
        f"Este servicio no se cuenta así: «{words}».",
    )


def _nobody(word: str) -> Problem:
    return Problem(
        "line",
        f"Nobody and no service is called “{word}”.",
        f"Nadie y ningún servicio se llama «{word}».",
    )
