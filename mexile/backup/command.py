"""`mexile backup FILE`, `mexile restore FILE`.

Exit status: 0 done, 1 not done and said why, 2 asked wrongly.
"""

from __future__ import annotations

from pathlib import Path

import click

from mexile import config as configuration
from mexile.backup import restore as back
from mexile.backup import state
from mexile.backup.actions import make
from mexile.ground import running
from mexile.ground.errors import Invalid
from mexile.ground.terminal import fail
from mexile.web.program import Program


@click.command("backup")
@click.argument("file", type=click.Path(path_type=Path))
@click.pass_obj
def command(program: Program, file: Path) -> None:
    """Keep everything of this moment in FILE, encrypted, while people go on writing.

    The database and the papers are in it; the keys never are. Without the key file it can't be opened, and without the
    newest keyring nobody's name in it can be read.
    """
    try:
        app = program.create_app()
        settings = app.config["MEXILE"]
        with app.app_context():
            contents = make(settings, file.resolve())
        size = file.stat().st_size
        state.note(settings.home, done_at=state.now(), rows=contents.row_count, size=size)
    except Invalid as wrong:
        fail(wrong.problems)
    click.echo(f"{contents.row_count:,} rows and {contents.papers:,} papers are in {file} ({size / 1e6:,.1f} MB).")
    click.echo("It opens with this installation's key file, which is not in it, and the newest keyring.")


@click.command("restore")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--verify", is_flag=True, help="Try it out: open and check all of it, and change nothing here.")
@click.option("--yes", is_flag=True, help="Ask nothing.")
@click.pass_obj
def restore(program: Program, file: Path, verify: bool, yes: bool) -> None:
    """Put the backup FILE in the place of what is here, or try it out.

    It is opened and checked as a whole first: every page of the database, every table's rows, the trail from its first
    line to its last, each paper. What stood here before is kept aside.
    """
    try:
        settings = configuration.read()
        if verify:
            _say(back.verify(program.create_app, settings, file))
            click.echo("It is whole. Nothing was changed here.")
            return
        with running.alone(settings.home):
            if not yes:
                click.confirm("What was written since this backup is set aside. Put it back?", abort=True)
            checked, aside = back.restore(program.create_app, settings, file)
            with program.create_app(settings).app_context():
                program.settle()
    except Invalid as wrong:
        fail(wrong.problems)
    _say(checked)
    click.echo("It is in its place; the trail says so in a line of its own. Start mexile, and run: mexile doctor")
    if aside:
        click.echo(f"What stood here before is kept in {aside}. Remove it when all is well.")


def _say(checked: back.Checked) -> None:
    head, contents = checked.head, checked.contents
    click.echo(f"A backup of {head.made_at}, mexile {head.version}, tables at {head.revision}, {head.kind}.")
    click.echo(
        f"{contents.row_count:,} rows, {contents.line:,} lines of the trail, {checked.papers:,} papers that open."
    )
    if checked.erased:
        click.echo(
            f"{checked.erased:,} keys in it were destroyed since, with people who were removed: they stay removed, and "
            "nothing sealed of theirs can be read."
        )
    if checked.unopened:
        click.echo(
            f"{checked.unopened:,} keys in it can't be opened though nobody was removed: look for a newer keyring.db."
        )


more = (restore,)
