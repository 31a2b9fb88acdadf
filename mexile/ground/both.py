"""A text in both languages, for words that stand beside data and not in a template."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Both:
    """The same words in English and in Spanish."""

    en: str
    es: str

    def text(self, lang: str) -> str:
        """The words in `lang`, "en" or "es"."""
        return self.es if lang == "es" else self.en
