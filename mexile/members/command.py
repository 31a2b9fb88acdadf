"""`mexile municipalities FILE`: a list of municipalities to choose from."""

from pathlib import Path
from typing import Any

import click

from mexile.ground.db import writing
from mexile.ground.errors import Invalid, Problem
from mexile.ground.terminal import fail
from mexile.members.place_lived.actions import seed_municipalities
from mexile.members.place_lived.rules import read_municipalities


@click.command("municipalities")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.pass_obj
def command(program: Any, file: Path) -> None:
    """Take a list of municipalities (CSV: inegi5, iso_3166_2, municipio) to choose from."""
    try:
        rows = read_municipalities(file.read_text("utf-8-sig"))
        with program.create_app().app_context(), writing():
            seed_municipalities(rows)
    except UnicodeDecodeError:
        fail([Problem("1", "The list is not UTF-8.", "La lista no está en UTF-8.")])
    except Invalid as wrong:
        fail(wrong.problems)
    click.echo(f"{len(rows):,} municipalities.")
