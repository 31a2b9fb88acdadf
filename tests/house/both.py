"""Words that carry both languages in place, in data files and in code: the Spanish of each."""

from __future__ import annotations

import ast
import json
import re
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from babel import Locale

ROOT = Path(__file__).parents[2]


@cache
def spanish_data() -> frozenset[str]:
    found: set[str] = set()
    for path in (ROOT / "mexile" / "ground").rglob("*.json"):
        found |= set(_strings(json.loads(path.read_text())))
    for path in (ROOT / "reports").glob("*.toml"):
        found |= set(_strings(tomllib.loads(path.read_text())))
    for path in (ROOT / "mexile").rglob("*.py"):
        found |= set(_beside(ast.parse(path.read_text())))
    for locale in (Locale("es", "US"), Locale("es", "MX"), Locale("es")):
        for names in (locale.months, locale.days):
            for width in ("wide", "abbreviated"):
                found |= set(names["format"][width].values())
        found |= set(locale.territories.values()) | set(locale.languages.values())
    return frozenset(found)


def _strings(body: Any) -> Iterator[str]:
    """The Spanish of every `{en, es}`; every string of a file that isn't made so."""
    if isinstance(body, str):
        yield body
    elif isinstance(body, dict):
        for name, value in body.items():
            if name == "es" or isinstance(value, dict | list) or "es" not in body:
                yield from _strings(value)
    elif isinstance(body, list):
        for value in body:
            yield from _strings(value)


def _beside(tree: ast.AST) -> Iterator[str]:
    """A string that stands right behind another one (English, Spanish), or is called `es`."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call | ast.Tuple | ast.List):
            values = node.args if isinstance(node, ast.Call) else node.elts
            is_code = len(values) != 2 and not isinstance(node, ast.Call)
            for first, second in zip(values, values[1:], strict=False):
                if _words(first):
                    yield from (word for word in _words(second) if not is_code or " " in word or not word.isascii())
        if isinstance(node, ast.IfExp):
            yield from _words(node.orelse)
        if isinstance(node, ast.Constant) and re.search("[áéíóúñ¿¡]", str(node.value)):
            yield from _words(node)
        if isinstance(node, ast.Call):
            for keyword in node.keywords:
                if keyword.arg == "es":
                    yield from _words(keyword.value)
        if isinstance(node, ast.Dict):
            for key, value in zip(node.keys, node.values, strict=True):
                if isinstance(key, ast.Constant) and key.value == "es":
                    yield from _words(value)


def _words(node: ast.AST) -> list[str]:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return [node.value]
    if isinstance(node, ast.JoinedStr):
        parts = [part.value if isinstance(part, ast.Constant) else "{}" for part in node.values]
        return ["".join(str(part) for part in parts)]
    if isinstance(node, ast.IfExp):
        return _words(node.body) + _words(node.orelse)
    return []


class Known:
    """Takes known values out of a text; `{...}` or `%(...)s` in a value stands for anything."""

    def __init__(self, values: set[str]):
        self._by_first: dict[str, list[str]] = {}
        self._with_holes: dict[str, list[re.Pattern[str]]] = {}
        for value in sorted((value.strip() for value in values), key=len, reverse=True):
            parts = re.split(r"\{[^{}]*\}|%\(\w+\)[sd]|%[sd]", _plain(value))
            first = next(iter(_WORD.findall(parts[0] if len(parts) == 1 else " ".join(parts))), None)
            if first is None or not re.search(r"[^\W\d_]{3,}", value):
                continue
            if len(parts) == 1:
                self._by_first.setdefault(first, []).append(parts[0])
            else:
                whole = re.compile(r".{0,80}?".join(re.escape(part) for part in parts))
                self._with_holes.setdefault(first, []).append(whole)

    def without(self, text: str) -> str:
        """What of `text` is not known, in small letters."""
        text = _plain(text)
        holes = [whole for first in set(_WORD.findall(text)) for whole in self._with_holes.get(first, ())]
        if any(whole.fullmatch(text) for whole in holes):
            return ""
        known = [value for first in set(_WORD.findall(text)) for value in self._by_first.get(first, ())]
        for value in sorted(known, key=len, reverse=True):
            text = re.sub(rf"(?<!\w){re.escape(value)}(?!\w)", " ", text)
        for whole in holes:
            text = whole.sub(" ", text)
        return text


_WORD = re.compile(r"[^\W\d_]+")


def _plain(text: str) -> str:
    return " ".join(text.lower().replace("’", "'").split())
