"""`mexile report`: run a report from the command line."""

from __future__ import annotations

import os
import sys
from datetime import date
from pathlib import Path

import click

from mexile.ground.db import db, writing
from mexile.ground.errors import Invalid, NotHere
from mexile.reports import definition
from mexile.reports.actions import make_edition, register


class Day(click.ParamType):
    """A day as 2026-11-24."""

    name = "day"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> date:
        if isinstance(value, date):
            return value
        try:
            return date.fromisoformat(str(value))
        except ValueError:
            self.fail(f"{value!r} is no day; write it as 2026-11-24.", param, ctx)


@click.group()
def report() -> None:
    """Reports: count one and write its Excel file."""


@report.command("list")
def list_reports() -> None:
    """The reports there are."""
    for name in definition.names():
        click.echo(name)


@report.command("run")
@click.argument("name")
@click.option("--from", "from_on", type=Day(), required=True, help="The first day, such as 2026-01-01.")
@click.option("--to", "to_on", type=Day(), required=True, help="The last day.")
@click.option(
    "--audience",
    type=click.Choice(["internal", "release"]),
    required=True,
    help="internal: exact, with the detail. release: small cells withheld, no detail.",
)
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), required=True, help="The .xlsx to write.")
@click.option("--grant", default=None, help="Only what counts for this grant, such as GR-01.")
@click.option("--lang", type=click.Choice(["en", "es"]), default="en", show_default=True)
def run_report(
    name: str, from_on: date, to_on: date, audience: str, out: Path, grant: str | None, lang: str
) -> None:
    """Count report NAME over a period and write the file. It goes into the register of exports."""
    try:
        edition = make_edition(name=name, from_on=from_on, to_on=to_on, audience=audience, lang=lang, grant=grant)
    except Invalid as wrong:
        for problem in wrong.problems:
            click.echo(str(problem), err=True)
        sys.exit(1)
    except NotHere as missing:
        known = ", ".join(definition.names())
        click.echo(f"There is no {missing}. The reports are: {known}.", err=True)
        sys.exit(1)
    db.session.rollback()
    with writing():
        register(edition, None)
    _write(out, edition.body)
    click.echo(f"{out}: {edition.code}, {audience}.")
    click.echo(edition.numbers.sentence(lang))


def _write(out: Path, body: bytes) -> None:
    """The file, readable by its owner alone, whole or not at all."""
    beside = out.with_name(f".{out.name}.part")
    handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(body)
    beside.replace(out)
