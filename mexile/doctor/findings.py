"""What the doctor finds, at the terminal and on the page Health."""

from __future__ import annotations

from dataclasses import dataclass, field

from sqlalchemy.exc import SQLAlchemyError

from mexile.config import Config
from mexile.doctor import backups, database, installation, payments
from mexile.ground.errors import Problem
from mexile.home.first_step.queries import first_steps


@dataclass
class Findings:
    """`problems` have to be mended; `notes` are good to know; `seen` is what stands of the parts
    where nothing is wrong."""

    problems: list[Problem] = field(default_factory=list)
    notes: list[Problem] = field(default_factory=list)
    seen: list[Problem] = field(default_factory=list)


def inside(settings: Config, wrong: list[Problem], *, is_whole: bool) -> Findings:
    """What `mexile doctor` and the page Health both look at, in the app's context. `is_whole`: every page of the database
    and every line of the trail too, which takes seconds where the page has none; each night does it as well."""
    findings = outside(settings, wrong)
    try:
        for checks in (database, backups, payments):
            findings.problems += checks.problems(settings, is_whole=is_whole)
            findings.notes += checks.notes(settings)
        _first_steps(findings)
    except SQLAlchemyError as error:
        findings.problems.append(no_answer(type(error).__name__))
    return findings


GRAVE = ("ein", "mail_from", "STRIPE_KEY", "STRIPE_WEBHOOK_SECRET")
"""What of the first steps has to be mended, not only noted: without it there are no receipts, no letters, no gifts."""


def _first_steps(findings: Findings) -> None:
    """What the page First steps says is left, unless it was said already."""
    said = {problem.place for problem in findings.problems + findings.notes}
    if said & {"database", "organization"}:
        return
    for left in first_steps():
        for problem in left.missing:
            if problem.place in GRAVE and problem.place not in said:
                findings.problems.append(problem)
            elif problem.place not in said | set(GRAVE) and not left.is_later:
                findings.notes.append(problem)


def outside(settings: Config, wrong: list[Problem]) -> Findings:
    """What is told by settings and files alone; `wrong`: what is unsafe in the settings."""
    problems = [*wrong, *installation.settings_problems(settings), *installation.file_problems(settings)]
    return Findings(problems, installation.notes(settings))


def no_answer(kind: str) -> Problem:
    return Problem(
        "database",
        f"The database doesn't answer ({kind}). Check MEXILE_DATABASE, that the server runs, and that the disk isn't full.",
        f"La base de datos no responde ({kind}). Revise MEXILE_DATABASE, que el servidor esté encendido y que el disco "
        "no esté lleno.",
    )
