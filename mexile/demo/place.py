"""Where the demo keeps its own things under `MEXILE_HOME`, and how its processes speak.

The web process can't lay the organization again under its own feet: it asks by a file, and
the command that started everything puts the first copy back.
"""

import json
import sqlite3
import time
from pathlib import Path

FOLDER = "demo"
PATIENCE = 20.0


class Place:
    """The demo's folder."""

    def __init__(self, home: Path):
        self.folder = home / FOLDER
        self.mails = self.folder / "mails"
        self.standin = self.folder / "standin.json"
        self.first_data = self.folder / "first.db"
        self.first_keys = self.folder / "first-keyring.db"
        self.first_standin = self.folder / "first-standin.json"
        self.wish = self.folder / "again"
        self.state = self.folder / "state.json"

    def make(self) -> None:
        self.mails.mkdir(parents=True, exist_ok=True, mode=0o700)

    def say(self, **state: str | int | bool) -> None:
        """What the walk may tell of the running demo."""
        fresh = self.state.with_suffix(".new")
        fresh.write_text(json.dumps(state))
        fresh.replace(self.state)

    def said(self) -> dict[str, str | int | bool]:
        if not self.state.exists():
            return {}
        state: dict[str, str | int | bool] = json.loads(self.state.read_text())
        return state

    def ask_again(self) -> bool:
        """Wish to start again, and wait until it is so. False when nobody answers."""
        self.wish.touch()
        end = time.monotonic() + PATIENCE
        while self.wish.exists():
            if time.monotonic() > end:
                self.wish.unlink(missing_ok=True)
                return False
            time.sleep(0.05)
        return True


def copy_database(source: Path, target: Path) -> None:
    """Copy a SQLite database into another, which may be open elsewhere: readers see the
    old one or the new one, never a mixture."""
    reading = sqlite3.connect(source)
    writing = sqlite3.connect(target, timeout=30)
    try:
        reading.backup(writing)
    finally:
        writing.close()
        reading.close()
