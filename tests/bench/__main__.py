"""`make bench`: every figure in one run, beside its bar; ends with status 1 when one is missed.

Each `bench_*.py` of this folder has `run()`, which returns rows (what, measured, bar).
"""

from __future__ import annotations

import importlib
import os
import pkgutil
import platform
import sys

import tests.bench


def main() -> int:
    print(f"{os.cpu_count()} processors, Python {platform.python_version()}, load {os.getloadavg()[0]:.1f}")
    print(f"{'what':72}{'measured':>10}{'bar':>9}{'of it':>8}")
    missed = 0
    for module in sorted(pkgutil.iter_modules(tests.bench.__path__), key=lambda module: module.name):
        if not module.name.startswith("bench_"):
            continue
        for what, measured, bar in importlib.import_module(f"tests.bench.{module.name}").run():
            missed += measured > bar
            mark = "" if measured <= bar else "  missed"
            print(f"{what:72}{measured:>10.3f}{bar:>9.2f}{measured / bar:>8.2f}{mark}", flush=True)
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
