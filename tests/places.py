"""Where the tests keep their files."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

ROOM = 4 << 30
"""Bytes that must be free in memory before anything is kept there."""


def memory() -> str | None:
    """A folder in memory, where there is room in one: every commit waits for the disk, which may take
    ten milliseconds, and a test makes dozens."""
    place = Path("/dev/shm")
    if not place.is_dir() or not os.access(place, os.W_OK) or shutil.disk_usage(place).free < ROOM:
        return None
    return str(place)
