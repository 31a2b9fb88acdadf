"""What every run of the tests ends with: what ran, what was left out, and why.

With CI=true a test that is left out makes the run red, unless the reason is that the
real public data beside the project isn't there.
"""

from __future__ import annotations

import os
from collections import Counter
from pathlib import PurePath

import pytest

ABSENT = "../shared absent"
"""The one reason for which a test may be left out everywhere."""

_ran: Counter[tuple[str, str]] = Counter()
_skipped: Counter[str] = Counter()


def _database(nodeid: str) -> str:
    return next((name for name in ("postgresql", "sqlite") if f"[{name}" in nodeid or f"-{name}" in nodeid), "none")


def _house(nodeid: str) -> str:
    parts = PurePath(nodeid.partition("::")[0]).parts
    return parts[1] if len(parts) > 2 else parts[0]


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    if report.skipped:
        reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
        _skipped[reason.removeprefix("Skipped: ")] += 1
    elif report.when == "call":
        _ran[_house(report.nodeid), _database(report.nodeid)] += 1


def _forbidden() -> list[str]:
    if os.environ.get("CI") != "true":
        return []
    return [reason for reason in _skipped if not reason.startswith(ABSENT)]


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    if not hasattr(session.config, "workerinput") and _forbidden() and session.exitstatus == 0:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    write = terminalreporter.write_line
    terminalreporter.section("what ran")
    write(f"{'house':14}{'SQLite':>10}{'PostgreSQL':>12}{'no database':>13}")
    for house in sorted({house for house, _ in _ran}):
        counts = [_ran[house, database] for database in ("sqlite", "postgresql", "none")]
        write(f"{house:14}{counts[0]:>10}{counts[1]:>12}{counts[2]:>13}")
    for reason, count in sorted(_skipped.items()):
        write(f"left out: {count}, because {reason}")
    if not _skipped:
        write("nothing was left out")
    for reason in _forbidden():
        write(f"RED: with CI=true nothing may be left out because {reason}")
