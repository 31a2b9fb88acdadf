"""`make bench`: every figure in one run, beside its bar; ends with status 1 when one is missed.

Each `bench_*.py` of this folder has `run()`, which returns rows (what, measured, bar).
The bars are for a quiet machine, on which a Flask page that says hello costs 0.09 to
0.19 ms. What it costs here, before and after, says how far this machine was from that.
"""

from __future__ import annotations

import importlib
import os
import pkgutil
import platform
import sys
from statistics import median
from time import process_time

from flask import Flask

import tests.bench


def yardstick() -> float:
    """A Flask page that says hello, in process, median CPU ms of 400."""
    app = Flask("hello")
    app.add_url_rule("/", view_func=lambda: "hello")
    client, took = app.test_client(), []
    for _ in range(400):
        begun = process_time()
        client.get("/")
        took.append((process_time() - begun) * 1000)
    return median(took)


def main() -> int:
    print(f"{os.cpu_count()} processors, Python {platform.python_version()}, load {os.getloadavg()[0]:.1f}")
    before = yardstick()
    print(f"{'what':72}{'measured':>10}{'bar':>9}{'of it':>8}")
    missed = 0
    for module in sorted(pkgutil.iter_modules(tests.bench.__path__), key=lambda module: module.name):
        if not module.name.startswith("bench_"):
            continue
        for what, measured, bar in importlib.import_module(f"tests.bench.{module.name}").run():
            missed += measured > bar
            mark = "" if measured <= bar else "  missed"
            print(f"{what:72}{measured:>10.3f}{bar:>9.2f}{measured / bar:>8.2f}{mark}", flush=True)
    print(f"the yardstick, a page that says hello: {before:.3f} ms before, {yardstick():.3f} ms after")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
