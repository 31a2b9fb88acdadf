"""`recipe.json`: how large the invented organization is and in which shares; read once."""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

FILE = Path(__file__).parents[1] / "recipe.json"


@lru_cache(maxsize=1)
def recipe() -> MappingProxyType[str, Any]:
    """The whole recipe. Nobody writes into it."""
    return MappingProxyType(json.loads(FILE.read_text(encoding="utf-8")))
