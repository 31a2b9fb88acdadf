"""`mexile report run NAME ...`: count a report and write its Excel file.

Exit status: 0 written, 1 not written and said why, 2 asked wrongly.
"""

from __future__ import annotations

import os
import sys
from datetime import date
from pathlib import Path
from typing import Any

import click

from mexile.ground.db import writing
from mexile.ground.errors import Invalid, NotHere
from mexile.reports import definition
from mexile.reports.actions import make_edition, register


class DayParameter(click.ParamType):
    """A day as 2026-11-24."""

    name = "day"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> date:
        if isinstance(value, date):
            return value
        try:
            return date.fromisoformat(str(value))
        except ValueError:
            self.fail(f"{value!r} is no day; write it as 2026-11-24.", param, ctx)


@click.group("report")
def command() -> None:
    """Reports: count one and write its Excel file."""


@command.command("list")
def list_reports() -> None:
    """The reports there are."""
    for name in definition.names():
        click.echo(name)


@command.command("run")
@click.argument("name")
@click.option("--from", "from_on", type=DayParameter(), required=True, help="The first day, such as 2026-01-01.")
@click.option("--to", "to_on", type=DayParameter(), required=True, help="The last day.")
@click.option(
    "--audience",
    type=click.Choice(["internal", "release"]),
    required=True,
    help="internal: exact, with the detail. release: small cells withheld, no detail.",
)
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), required=True, help="The .xlsx to write.")
@click.option("--grant", default=None, help="Only what counts for this grant, such as GR-01.")
@click.option("--lang", type=click.Choice(["en", "es"]), default="en", show_default=True)
@click.pass_obj
def run_report(program: Any, out: Path, lang: str, **asked: Any) -> None:
    """Count report NAME over a period and write the file. It goes into the register of exports."""
    try:
        with program.create_app().app_context():
            edition = make_edition(lang=lang, **asked)
            with writing():
                register(edition, None)
            _write(out, edition.body)
            click.echo(f"{out}: {edition.code}, {edition.audience}.")
            click.echo(edition.numbers.sentence(lang))
    except Invalid as wrong:
        for problem in wrong.problems:
            click.echo(str(problem), err=True)
        sys.exit(1)
    except NotHere as missing:
        known = ", ".join(definition.names())
        click.echo(f"There is no {missing}. The reports are: {known}.", err=True)
        sys.exit(1)
    except OSError as error:
        click.echo(f"{out} can't be written: {error.strerror}.", err=True)
        sys.exit(1)


def _write(out: Path, body: bytes) -> None:
    """The file, readable by its owner alone, whole or not at all."""
    beside = out.with_name(f".{out.name}.part")
    handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(body)
    beside.replace(out)
