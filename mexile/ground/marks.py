"""Marks: what stands in place of a sealed value that can't be shown, while the rest of the page still works.

A mark is never a value: it is not kept, not compared, not counted and not sent, whole or in part.
"""

from __future__ import annotations

import re
from typing import Any

DAMAGED = "‹damaged · dañado›"
NO_KEY = "‹removed · retirado›"
UNOPENED = "‹can't be opened · no se puede abrir›"
"""One that is damaged or moved, one of a person who was removed, one whose key is missing."""

_PART = re.compile(r"‹\s*(damaged|removed|can.t be)|(dañado|retirado|puede abrir|abrir)\s*›", re.IGNORECASE)


def is_mark(value: Any) -> bool:
    """Whether a text is a mark, or what is left of one after it was split, cut or joined to something."""
    return isinstance(value, str) and bool(_PART.search(value))
