"""`recipe.json` and `names.json`: how large the invented organization is, in which shares, in which words; read once."""

import json
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

FOLDER = Path(__file__).parents[1]


@cache
def recipe(name: str = "recipe") -> MappingProxyType[str, Any]:
    """The whole of one file. Nobody writes into it."""
    return MappingProxyType(json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8")))
