"""The doctor: what is wrong with this installation, in words, and how to mend it.

It asks whether things make sense together, not only whether they are there.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from sqlalchemy.exc import SQLAlchemyError

from mexile import config as configuration
from mexile.app import create_app
from mexile.doctor import database, installation
from mexile.ground import errors
from mexile.ground.errors import Problem
from mexile.home.first_step.queries import first_steps


@dataclass
class Findings:
    """`problems` have to be mended; `notes` are good to know."""

    problems: list[Problem] = field(default_factory=list)
    notes: list[Problem] = field(default_factory=list)


def look() -> Findings:
    """Everything at once, the gravest first."""
    findings = Findings()
    settings, wrong = configuration.look()
    findings.problems += wrong + installation.settings_problems(settings) + installation.file_problems(settings)
    findings.notes += installation.notes(settings)
    try:
        app = create_app(settings)
    except errors.Invalid as refused:
        findings.problems = [
            *refused.problems,
            *(problem for problem in findings.problems if problem not in refused.problems),
        ]
        return findings
    with app.app_context():
        try:
            findings.problems += database.problems(settings)
            findings.notes += database.notes(settings)
            _first_steps(findings)
        except SQLAlchemyError as error:
            findings.problems.append(no_answer(type(error).__name__))
    return findings


GRAVE = ("ein", "mail_from", "STRIPE_KEY", "STRIPE_WEBHOOK_SECRET")
"""What of the first steps has to be mended, not only noted: without it there are no receipts, no letters, no gifts."""


def _first_steps(findings: Findings) -> None:
    """What the page First steps says is left, unless it was said already."""
    said = {problem.place for problem in findings.problems}
    if said & {"database", "organization"}:
        return
    for left in first_steps():
        for problem in left.missing:
            if problem.place in GRAVE and problem.place not in said:
                findings.problems.append(problem)
            elif problem.place not in GRAVE and not left.is_later:
                findings.notes.append(problem)


def examine() -> list[Problem]:
    """What has to be mended, the gravest first; empty when all is well."""
    return look().problems


def no_answer(kind: str) -> Problem:
    return Problem(
        "database",
        f"The database doesn't answer ({kind}). Check MEXILE_DATABASE, that the server runs, and that the disk isn't full.",
        f"La base de datos no responde ({kind}). Revise MEXILE_DATABASE, que el servidor esté encendido y que el disco "
        "no esté lleno.",
    )
