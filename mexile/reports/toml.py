"""A TOML file read value by value: every mistake is kept with its line and place instead of stopping at the first."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, field
from typing import Any

from mexile.ground.both import Both
from mexile.ground.errors import Invalid, Problem
from mexile.ground.vocabulary import vocabulary

WORD = re.compile(r"[a-z][a-z0-9_]*")


def line_of(problem: Problem) -> int:
    line = re.search(r":(\d+)", problem.place)
    return int(line[1]) if line else 0


def parse(body: bytes, file: str) -> tuple[str, dict[str, Any]]:
    try:
        text = body.decode("utf-8-sig")
        return text, tomllib.loads(text)
    except UnicodeDecodeError:
        raise Invalid(Problem(file, "The file is not UTF-8 text.", "El archivo no es texto UTF-8.")) from None
    except tomllib.TOMLDecodeError as error:
        line = re.search(r"line (\d+)", str(error))
        place = f"{file}:{line[1]}" if line else file
        raise Invalid(
            Problem(
                place,
                f"This line can't be read as TOML: {error}.",
                "Esta línea no se puede leer como TOML: revise comillas, corchetes y signos de igual.",
            )
        ) from None


def lines_of(text: str) -> dict[str, int]:
    """Dotted path -> line number, for headers and keys: `tables.1.by` -> 34."""
    lines: dict[str, int] = {}
    counts: dict[str, int] = {}
    prefix = ""
    for number, line in enumerate(text.splitlines(), 1):
        if header := re.match(r"\s*\[\[\s*([\w.-]+)\s*\]\]", line):
            place = counts.get(header[1], 0)
            counts[header[1]] = place + 1
            prefix = f"{header[1]}.{place}."
            lines[prefix[:-1]] = number
        elif header := re.match(r"\s*\[\s*([\w.-]+)\s*\]", line):
            prefix = f"{header[1]}."
            lines[header[1]] = number
        elif key := re.match(r"\s*([\w-]+)\s*=", line):
            lines.setdefault(prefix + key[1], number)
    return lines


@dataclass
class TomlReader:
    """The values of a parsed file and what is wrong with them. `place` is where a table stands ("tables.1"), "" at
    the top; a value that can't be taken is answered with an empty one, beside its problem."""

    raw: dict[str, Any]
    file: str
    lines: dict[str, int]
    problems: list[Problem] = field(default_factory=list)

    def _say(self, path: str, en: str, es: str) -> None:
        line, above = self.lines.get(path), path
        while line is None and "." in above:
            above = above.rpartition(".")[0]
            line = self.lines.get(above)
        place = f"{self.file}:{line or 1}" + (f" {_shown(path)}" if path else "")
        problem = Problem(place, en, es)
        if problem not in self.problems:
            self.problems.append(problem)

    def _unknown(self, path: str, word: Any, known: tuple[str, ...]) -> None:
        listed = ", ".join(known) or "-"
        self._say(
            path,
            f'"{word}" is not known here. It may be: {listed}.',
            f"«{word}» no se conoce aquí. Puede ser: {listed}.",
        )

    def _only(self, raw: dict[str, Any], place: str, known: set[str]) -> None:
        for key in raw:
            if key not in known:
                self._unknown(f"{place}.{key}".lstrip("."), key, tuple(sorted(known)))

    def _items(self, section: str) -> list[tuple[dict[str, Any], str]]:
        items = self.raw.get(section, [])
        if not isinstance(items, list) or not all(isinstance(item, dict) for item in items):
            self._say(section, f"Write it as [[{section}]].", f"Escríbalo como [[{section}]].")
            return []
        return [(item, f"{section}.{index}") for index, item in enumerate(items)]

    def _choice(self, raw: dict[str, Any], place: str, key: str, known: tuple[str, ...], default: str) -> str:
        choice = raw.get(key, default)
        if choice not in known:
            path = f"{place}.{key}".lstrip(".")
            if key in raw:
                self._unknown(path, choice, known)
            else:
                listed = ", ".join(known)
                self._say(path, f'"{key}" is missing: {listed}.', f"Falta «{key}»: {listed}.")
            return ""
        return str(choice)

    def _list(self, raw: dict[str, Any], place: str, key: str) -> list[str] | None:
        value = raw.get(key)
        if value is None:
            return None
        items = [value] if isinstance(value, str) else value
        if not isinstance(items, list) or not all(isinstance(item, str) for item in items):
            self._say(
                f"{place}.{key}",
                'Write a word or a list of words: ["a", "b"].',
                'Escriba una palabra o una lista: ["a", "b"].',
            )
            return None
        return items

    def _codes(self, raw: dict[str, Any], place: str, key: str, words: str) -> frozenset[str] | None:
        codes = self._list(raw, place, key)
        if codes is None:
            return None
        known = vocabulary(words)
        for code in codes:
            if code not in known:
                self._unknown(f"{place}.{key}", code, tuple(known))
        return frozenset(codes)

    def _words(self, raw: dict[str, Any], place: str, key: str) -> Both:
        path = f"{place}.{key}".lstrip(".")
        texts = raw.get(key)
        if not isinstance(texts, dict) or not all(
            isinstance(texts.get(lang), str) and texts[lang].strip() for lang in ("en", "es")
        ):
            self._say(
                path,
                f'"{key}" must be in both languages: {{ en = "...", es = "..." }}.',
                f'«{key}» debe estar en los dos idiomas: {{ en = "...", es = "..." }}.',
            )
            texts = texts if isinstance(texts, dict) else {}
        return Both(str(texts.get("en", "")).strip(), str(texts.get("es", "")).strip())

    def _word(self, raw: dict[str, Any], place: str) -> str:
        name = raw.get("name")
        if not isinstance(name, str) or not WORD.fullmatch(name):
            self._say(
                f"{place}.name",
                "Give it a name of small letters, digits and _.",
                "Póngale un nombre con minúsculas, números y _.",
            )
        return str(name)

    def _unique(self, section: str, given: list[str]) -> None:
        for index, name in enumerate(given):
            if name in given[:index]:
                self._say(
                    f"{section}.{index}.name",
                    f'There are two of the name "{name}".',
                    f"Hay dos con el nombre «{name}».",
                )


def _shown(path: str) -> str:
    """`tables.1.by` as a person counts: `tables[2].by`."""
    return re.sub(r"\.(\d+)", lambda index: f"[{int(index[1]) + 1}]", path)
