"""How a command at the terminal ends that could not do its work."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from typing import NoReturn

import click

from mexile.ground.errors import Problem


def fail(problems: Iterable[Problem | str]) -> NoReturn:
    """Say everything that is wrong, and end with status 1."""
    for problem in problems:
        click.echo(str(problem), err=True)
    sys.exit(1)
