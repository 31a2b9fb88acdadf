"""What the command line lends to commands of the houses below it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from flask import Flask


@dataclass(frozen=True)
class Program:
    """How the app is made, how it is served, and how a database that was brought to this version gets what the version
    brings along (inside the app's context)."""

    create_app: Callable[..., Flask]
    serve: Callable[[Flask, str, int, int], None]
    settle: Callable[[], None]
