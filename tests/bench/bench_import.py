"""The figures of an import: the real shelter's sheet where it lies beside the project, else one as large.

Each step is the command as a person runs it, in a process of its own, so that its processor time and its
memory are the whole of it. How long the write lock is held is seen from outside, by trying to take it.
"""

from __future__ import annotations

import csv
import fcntl
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

MAPPING = Path(__file__).parents[1] / "real" / "shelter_arrivals.toml"
SHEET = Path(__file__).parents[3] / "shared" / "data" / "intake" / "shelter_arrivals_2021.csv"
ROWS = 12_520
CPU_BAR, LOCK_BAR, MEMORY_BAR = 20.0, 5.0, 300.0


def _sheet(folder: Path) -> tuple[Path, str]:
    """The real sheet, or an invented one of as many rows."""
    if SHEET.exists():
        return SHEET, "the real sheet"
    made = folder / "invented.csv"
    with made.open("w", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(["arrival_date", "number_in_party", "country_of_origin", "language", "destination"])
        for number in range(ROWS):
            day = f"2021-{number % 12 + 1:02d}-{number % 28 + 1:02d}"
            rows.writerow([day, number % 8 + 1, ("Cuba", "Brazil", "")[number % 3], "Spanish", "Florida - FL"])
    return made, f"an invented sheet of {ROWS:,} rows (../shared absent)"


def _mexile(home: Path, *words: str) -> subprocess.Popen[bytes]:
    environment = {**os.environ, "MEXILE_HOME": str(home), "MEXILE_KEYS": str(home / "keys")}
    command = [sys.executable, "-c", "from mexile.cli import main; main()", *words]
    return subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL)


def _longest_hold(lock: Path, process: subprocess.Popen[bytes]) -> tuple[float, os.struct_rusage]:
    """The longest time that anybody held the write lock while `process` ran, and what it used."""
    longest, since = 0.0, None
    handle = os.open(lock, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        while True:
            ended, status, used = os.wait4(process.pid, os.WNOHANG)
            since, longest = _look(handle, since, longest)
            if ended:
                process.returncode = os.waitstatus_to_exitcode(status)
                assert process.returncode == 0, "the import failed"
                return longest, used
            time.sleep(0.002)
    finally:
        os.close(handle)


def _look(handle: int, since: float | None, longest: float) -> tuple[float | None, float]:
    now = time.monotonic()
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        since = since or now
        return since, max(longest, now - since)
    fcntl.flock(handle, fcntl.LOCK_UN)
    return None, longest


def run() -> list[tuple[str, float, float]]:
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder) / "home"
        sheet, name = _sheet(Path(folder))
        assert _mexile(home, "init").wait() == 0
        held, used = _longest_hold(home / "write.lock", _mexile(home, "import", str(sheet), "--mapping", str(MAPPING)))
        return [
            (f"import of {name}, CPU s", round(used.ru_utime + used.ru_stime, 2), CPU_BAR),
            (f"import of {name}, write lock held, s", round(held, 2), LOCK_BAR),
            (f"import of {name}, memory MB", round(used.ru_maxrss / 1024, 1), MEMORY_BAR),
        ]


if __name__ == "__main__":
    for what, measured, bar in run():
        print(f"{what}: {measured} (bar {bar})")
