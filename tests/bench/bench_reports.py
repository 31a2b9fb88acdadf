"""The figures of a report: the numbers and the workbook of the real shelter's sheet where it lies
beside the project, else of an invented one as large.

`run()` returns rows (what, measured, bar); seconds of this process's CPU, the median of several.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from statistics import median
from time import process_time
from typing import Any

from mexile.ground.db import db
from mexile.reports.definition import load
from mexile.reports.run import run as count
from mexile.reports.workbook.arrival_detail import arrivals
from mexile.reports.workbook.book import draw
from mexile.reports.workbook.sheet import Stamp
from tests.bench.bench_import import MAPPING, _mexile, _sheet
from tests.building import build
from tests.databases import settings

FROM, TO = date(2021, 1, 26), date(2022, 1, 21)
NUMBERS_BAR, WORKBOOK_BAR = 0.5, 3.0
TIMES = 5


def _cost(act: Callable[[], Any]) -> float:
    measured = []
    for _ in range(TIMES):
        begun = process_time()
        act()
        measured.append(process_time() - begun)
    return round(median(measured), 3)


def run() -> list[tuple[str, float, float]]:
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder) / "home"
        sheet, name = _sheet(Path(folder))
        assert _mexile(home, "init").wait() == 0
        assert _mexile(home, "import", str(sheet), "--mapping", str(MAPPING)).wait() == 0
        app = build(settings(home, f"sqlite:///{home / 'mexile.db'}"))
        with app.app_context():
            report = load("shelter-arrivals")
            numbers = _cost(lambda: count(report, FROM, TO))
            exact = count(report, FROM, TO)
            stamp = Stamp("X-BENCH", datetime(2022, 1, 22, tzinfo=UTC), "Casa Ejemplo", "America/Denver")
            key = os.urandom(16)
            book = _cost(lambda: draw(exact, arrivals(exact, key), stamp, "en"))
            db.session.rollback()
            db.engine.dispose()
        return [
            (f"report of {name}, numbers, CPU s", numbers, NUMBERS_BAR),
            (f"report of {name}, workbook with its detail, CPU s", book, WORKBOOK_BAR),
        ]


if __name__ == "__main__":
    for what, measured, bar in run():
        print(f"{what}: {measured} (bar {bar})")
