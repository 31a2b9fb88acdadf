"""Vocabularies: stable codes with names in both languages, from data files.

`mexile/ground/vocabularies/<name>.json` holds `{"items": [{"code", "en", "es", ...}]}`; `"by_letter": true`
where its words are offered by their letter and not in the order of the file.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from mexile.ground.text import by_letter

FOLDER = Path(__file__).parent / "vocabularies"


@dataclass(frozen=True)
class Term:
    """One word of a vocabulary; `more` holds what else its file says of it."""

    code: str
    en: str
    es: str
    more: dict[str, Any] = field(default_factory=dict, compare=False)

    def name(self, lang: str) -> str:
        return self.es if lang == "es" else self.en


class Vocabulary(dict[str, Term]):
    """code -> Term, in the order of the file; `by_letter`: its words are names, which one looks for by their letter."""

    by_letter = False

    def label(self, code: str | None, lang: str) -> str:
        """The word for `code`, or the code itself when the file does not know it."""
        if code is None:
            return ""
        term = self.get(code)
        return term.name(lang) if term else code

    def choices(self, lang: str) -> list[tuple[str, str]]:
        choices = [(term.code, term.name(lang)) for term in self.values()]
        return sorted(choices, key=lambda choice: by_letter(choice[1])) if self.by_letter else choices


@cache
def vocabulary(name: str) -> Vocabulary:
    body = json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))
    terms = Vocabulary()
    terms.by_letter = body.get("by_letter", False)
    for item in body["items"]:
        more = {key: value for key, value in item.items() if key not in ("code", "en", "es")}
        terms[item["code"]] = Term(item["code"], item["en"], item["es"], more)
    return terms
