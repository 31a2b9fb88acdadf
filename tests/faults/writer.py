"""A process that writes without end until it is killed: `python -m tests.faults.writer HOME`.

Each transaction writes two rows that belong together; after its commit the number is said aloud.
"""

import sys
from pathlib import Path

from mexile.app import create_app
from mexile.ground import once, trail
from mexile.ground.db import writing
from tests.databases import settings


def main(home: Path) -> None:
    app = create_app(settings(home, f"sqlite:///{home / 'mexile.db'}"))
    number = 0
    while True:
        number += 1
        with app.app_context(), writing():
            once.remember(f"{number}-{'x' * 20}", f"/written/{number}")
            trail.record("test.write", str(number))
        print(number, flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
