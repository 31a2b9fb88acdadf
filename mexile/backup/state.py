"""What is known of the backups: when the last was made, and what went wrong since. It lies beside the database and not in
it, so that it is known also when that one doesn't answer, and isn't put back with an old copy."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path

from mexile.ground import clock, files

FILE = "backup.json"
LATE = timedelta(hours=36)


@dataclass(frozen=True)
class Backups:
    """`done_at`: the last backup was made; `rows` and `size` of it. `keyring_at`: the keyring's last copy. `failed_at` and
    `failure`, in both languages: the last night that went wrong, while none was right since."""

    done_at: str = ""
    rows: int = 0
    size: int = 0
    keyring_at: str = ""
    failed_at: str = ""
    failure: tuple[str, str] = ("", "")

    @property
    def done(self) -> datetime | None:
        return datetime.fromisoformat(self.done_at) if self.done_at else None

    @property
    def keyring(self) -> datetime | None:
        return datetime.fromisoformat(self.keyring_at) if self.keyring_at else None

    @property
    def failed(self) -> datetime | None:
        return datetime.fromisoformat(self.failed_at) if self.failed_at else None


def known(home: Path) -> Backups:
    """What is known; nothing where the file isn't there or isn't ours."""
    try:
        facts = json.loads((home / FILE).read_text())
        backups = Backups(**{**facts, "failure": tuple(facts["failure"])})
        assert all(moment is None or moment.tzinfo for moment in (backups.done, backups.keyring, backups.failed))
    except (OSError, ValueError, TypeError, KeyError, AssertionError):
        return Backups()
    return backups


def note(home: Path, **facts: str | int | tuple[str, str]) -> None:
    """Keep what is new. A disk so full that this can't be written is told by the age of the last backup."""
    body = json.dumps(asdict(replace(known(home), **facts)))  # type: ignore[arg-type]  # fields of it by name
    files.write(home / FILE, body.encode())


def now() -> str:
    return clock.now().isoformat(timespec="seconds")
