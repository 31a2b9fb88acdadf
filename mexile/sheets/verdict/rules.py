"""What is to become of each row of a sheet: a letter a row, and the words to those that need some."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from mexile.ground.errors import Problem
from mexile.sheets.reading.rules import ReadRow, SheetReading

CREATE, UPDATE, SAME, DOUBTFUL, ERROR = "c", "u", "s", "d", "e"
LETTERS = {CREATE: "create", UPDATE: "update", SAME: "same", DOUBTFUL: "duplicate", ERROR: "error"}
MOST_TOLD = 1_000

Progress = Callable[[int, int], None]


@dataclass
class Judgement:
    """A whole sheet judged. `target` holds, for a row to update, what stands there now."""

    into: str
    reading: SheetReading
    verdicts: list[str] = field(default_factory=list)
    targets: dict[int, Any] = field(default_factory=dict)
    told: dict[int, list[Problem]] = field(default_factory=dict)

    def judge(self, row: ReadRow, verdict: str, words: list[Problem] | None = None, target: Any = None) -> None:
        """The verdict on the next row."""
        self.verdicts.append(verdict)
        if words:
            self.told[row.number] = words
        if target is not None:
            self.targets[row.number] = target

    def rows(self, *letters: str) -> list[ReadRow]:
        return [row for row, letter in zip(self.reading.rows, self.verdicts, strict=True) if letter in letters]

    def count(self, letter: str) -> int:
        return self.verdicts.count(letter)

    @property
    def changes(self) -> bool:
        """Whether there is anything to write."""
        return self.count(CREATE) + self.count(UPDATE) > 0

    @property
    def people(self) -> int:
        """The people of the rows that are not errors: a party counts all of its own, a member one."""
        return sum(row.values.get("people", 1) for row in self.rows(CREATE, UPDATE, SAME))


def findings(judgement: Judgement, notes: list[Problem]) -> dict[str, Any]:
    """What is kept of a judgement beside its letters, as plain lists: see `models.ImportCheck`."""
    reading = judgement.reading
    told = list(judgement.told.items())
    return {
        "numbers": _spans([row.number for row in reading.rows]),
        "told": [[number, [[p.place, p.en, p.es] for p in words]] for number, words in told[:MOST_TOLD]],
        "untold": max(0, len(told) - MOST_TOLD),
        "questions": [[p.place, p.en, p.es] for p in reading.questions],
        "notes": [[p.place, p.en, p.es] for p in notes],
        "words": {
            name: {
                "none": words.none.most_common(MOST_TOLD),
                "close": [[text, code, times] for (text, code), times in words.close.most_common(MOST_TOLD)],
                "left": words.left.most_common(MOST_TOLD),
                "blank": words.blank,
            }
            for name, words in reading.words.items()
        },
    }


def _spans(numbers: list[int]) -> list[list[int]]:
    """Row numbers as [first, last] spans: mostly one."""
    spans: list[list[int]] = []
    for number in numbers:
        if spans and spans[-1][1] == number - 1:
            spans[-1][1] = number
        else:
            spans.append([number, number])
    return spans


def numbers_of(spans: list[list[int]]) -> list[int]:
    """The row numbers of spans, one by one."""
    return [number for first, last in spans for number in range(first, last + 1)]
