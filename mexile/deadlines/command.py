"""`mexile rules FILE`: take a file of deadline rules, whole or not at all.

Exit status: 0 taken (or nothing was new), 1 not taken and said why, 2 asked wrongly.
"""

from pathlib import Path
from typing import Any

import click

from mexile.deadlines.rule.actions import seed_rules
from mexile.deadlines.rule.file import read_rules
from mexile.deadlines.rule.queries import left_out, rules_of
from mexile.ground import trail
from mexile.ground.db import writing
from mexile.ground.errors import Invalid
from mexile.ground.terminal import fail


@click.command("rules")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--dry-run", is_flag=True, help="Say what is wrong and write nothing.")
@click.pass_obj
def command(program: Any, file: Path, dry_run: bool) -> None:
    """Take a file of deadline rules; says everything that is wrong, each with its line."""
    try:
        with program.create_app().app_context():
            rules = read_rules(file.read_text("utf-8-sig"), file.name, beside=rules_of())
            click.echo(f"{len(rules)} rules, all right.")
            for omission in left_out(rules):
                click.echo(str(omission), err=True)
            if dry_run:
                return
            with writing():
                added = seed_rules(rules, reason="taken from a file")
                trail.record("rule.file", rules=added)
            click.echo(f"{added} were new.")
    except UnicodeDecodeError:
        fail([f"{file.name}:1: the file is not UTF-8."])
    except Invalid as wrong:
        fail(wrong.problems)
