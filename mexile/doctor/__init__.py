"""The doctor: what is wrong with this installation, in words, and how to mend it.

It asks whether things make sense together, not only whether they are there.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress

from flask import Flask
from sqlalchemy.exc import SQLAlchemyError

from mexile import config as configuration
from mexile.doctor.findings import Findings, inside, outside
from mexile.doctor.lines import lines
from mexile.ground import errors
from mexile.ground.errors import Problem


def look(create_app: Callable[..., Flask]) -> Findings:
    """Everything at once, the gravest first, on the configuration of this environment."""
    settings, wrong = configuration.look()
    try:
        app = create_app(settings)
    except errors.Invalid as refused:
        findings = outside(settings, wrong)
        findings.problems = [
            *refused.problems,
            *(problem for problem in findings.problems if problem not in refused.problems),
        ]
        return findings
    with app.app_context():
        findings = inside(settings, wrong, is_whole=True)
        with suppress(SQLAlchemyError):
            findings.seen = [line.seen for line in lines(findings, settings) if line.is_good]
    return findings


def examine(create_app: Callable[..., Flask]) -> list[Problem]:
    """What has to be mended, the gravest first; empty when all is well."""
    return look(create_app).problems
