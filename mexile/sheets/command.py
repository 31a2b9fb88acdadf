"""`mexile import FILE --mapping M.toml`: the same steps as on the pages, in one go.

Exit status: 0 imported (or nothing was new), 1 not imported and said why, 2 asked wrongly.
"""

import sys
from pathlib import Path
from typing import Any

import click

from mexile.access.account.queries import people
from mexile.access.viewer import Viewer
from mexile.ground import clock, keyring, organization
from mexile.ground.db import writing
from mexile.ground.errors import Conflict, Invalid, Problem
from mexile.ground.phone import COUNTRIES
from mexile.ground.terminal import fail
from mexile.sheets.batch.actions import enter_batch
from mexile.sheets.batch.models import ImportBatch
from mexile.sheets.batch.queries import command_line, viewer_of
from mexile.sheets.commit.actions import commit_batch, seal_batch
from mexile.sheets.file.rules import Sheet
from mexile.sheets.layout.rules import LEAVE_OUT, SEPARATORS
from mexile.sheets.mapping.rules import Mapping, parse_mapping, read_by, write_mapping
from mexile.sheets.reading.rules import ColumnWords
from mexile.sheets.target.rules import TARGETS, Field
from mexile.sheets.value.rules import code_name
from mexile.sheets.verdict.queries import judge
from mexile.sheets.verdict.rules import DOUBTFUL, ERROR, LETTERS, Judgement

_SHOWN = 20


@click.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--mapping", "mapping_file", required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--dry-run", is_flag=True, help="Say what would be done and write nothing.")
@click.option("--leave-out", is_flag=True, help="Import the good rows where some have errors.")
@click.option("--by", default="", help="Code of the person of the staff (U-01); needed to import members.")
@click.option("--tab", default="", help="The workbook's sheet to read; the likeliest visible one is proposed.")
@click.option("--heading", type=click.IntRange(1), help="The row that names the columns; proposed by its words.")
@click.option("--separator", default="", help="Of a text file: tab, pipe, semicolon, comma, or the sign itself.")
@click.option("--shown-only", is_flag=True, help="Leave out the rows that are hidden in the workbook.")
@click.option("--consent", default="", help="The day (2026-03-12) on which everybody in the sheet consented.")
@click.option("--country", type=click.Choice(COUNTRIES), help="Of ten-digit telephones that may be of either.")
@click.pass_obj
def command(
    program: Any, file: Path, mapping_file: Path, dry_run: bool, leave_out: bool, by: str, **layout: Any
) -> None:
    """Import a CSV or Excel sheet by a mapping."""
    try:
        with program.create_app().app_context():
            _import(file, mapping_file, dry_run, leave_out, by, layout)
    except Invalid as wrong:
        fail(wrong.problems)
    except Conflict as wrong:
        fail([wrong.problem])


def _import(file: Path, mapping_file: Path, dry_run: bool, leave_out: bool, by: str, layout: dict[str, Any]) -> None:
    sheet, mapping = _read(file, mapping_file, layout)
    viewer = _viewer(by, mapping)
    judgement = judge(viewer, sheet, mapping, organization.today(), _progress)
    _say(sheet, mapping, judgement)
    _refuse(judgement, leave_out)
    if dry_run:
        click.echo("Dry run: nothing was written.")
    else:
        _write(file, sheet, mapping, viewer, judgement)


def _read(file: Path, mapping_file: Path, layout: dict[str, Any]) -> tuple[Sheet, Mapping]:
    """The mapping as the file and the options say it, and the sheet read by it."""
    try:
        mapping = parse_mapping(mapping_file.read_text("utf-8"))
    except UnicodeDecodeError:
        raise Invalid(Problem("mapping", "The mapping is not UTF-8.", "La plantilla no está en UTF-8.")) from None
    names = {sign: name for name, sign in SEPARATORS.items()} | {"\\t": "tab"}
    options = {"separator": names.get(layout["separator"], layout["separator"]), "sheet": layout["tab"]}
    options |= {
        "heading": layout["heading"],
        "consent": layout["consent"],
        "hidden": LEAVE_OUT if layout["shown_only"] else "",
    }
    mapping = mapping.saying(**{key: value for key, value in options.items() if value})
    if layout["country"]:
        phones = [name for name, known in mapping.fields.items() if known.kind == "phone"]
        mapping = mapping.saying(countries=dict.fromkeys(phones, layout["country"]))
    mapping = parse_mapping(write_mapping(mapping))
    return read_by(mapping, file.read_bytes()), mapping


def _viewer(by: str, mapping: Mapping) -> Viewer:
    if by:
        colleague = next((person for person in people(None) if person.code == by and not person.has_ended), None)
        if colleague is None:
            raise Invalid(Problem("--by", f"Nobody of the staff is {by}.", f"Nadie del equipo es {by}."))
        return viewer_of(colleague.id)
    if TARGETS[mapping.into].is_of_people:
        raise Invalid(
            Problem(
                "--by",
                "Say who of the staff answers for these people: --by U-01.",
                "Diga quién del equipo responde por estas personas: --by U-01.",
            )
        )
    return command_line()


def _progress(done: int, total: int) -> None:
    if sys.stderr.isatty():
        click.echo(f"\r{done:,} of {total:,} rows read", nl=done == total, err=True)


def _say(sheet: Sheet, mapping: Mapping, judgement: Judgement) -> None:
    """The summary, in words."""
    rows = len(judgement.verdicts)
    click.echo(f"{rows:,} rows into {mapping.into}, {judgement.people:,} people.")
    counts = [f"{word} {judgement.count(letter):,}" for letter, word in LETTERS.items() if judgement.count(letter)]
    click.echo("Verdicts: " + ", ".join(counts) + ".")
    shown = f"sheet “{sheet.tab}”, " if sheet.tab else f"separator {sheet.separator}, "
    click.echo(f"Read as: {shown}headings in row {sheet.number}: {', '.join(sheet.heading[:8])}.")
    for note in sheet.notes:
        click.echo(f"Note: {note.en}")
    for name, words in judgement.reading.words.items():
        _say_words(TARGETS[mapping.into].fields[name], words)
    for number, told in list(judgement.told.items())[:_SHOWN]:
        click.echo(f"Row {number}: " + " ".join(str(problem) for problem in told))
    if len(judgement.told) > _SHOWN:
        click.echo(f"... and {len(judgement.told) - _SHOWN:,} more rows.")


def _say_words(known: Field, words: ColumnWords) -> None:
    unknown = words.none.total() + words.left.total()
    if words.blank or unknown:
        click.echo(f"{known.en}: {words.blank:,} blank, {unknown:,} unknown.")
    for text, times in words.none.most_common(_SHOWN):
        click.echo(f"  not understood: {text!r} ({times:,})")
    for (text, code), times in words.close.most_common(_SHOWN):
        click.echo(f"  read as {code_name(known, code, 'en')}: {text!r} ({times:,})")
    for text, times in words.left.most_common(_SHOWN):
        click.echo(f"  unknown, as the mapping says: {text!r} ({times:,})")


def _refuse(judgement: Judgement, leave_out: bool) -> None:
    if judgement.reading.questions:
        raise Invalid(judgement.reading.questions)
    bad = judgement.count(ERROR)
    if bad and not leave_out:
        raise Invalid(
            Problem(
                "",
                f"{bad:,} rows have errors; nothing was written. Mend them, or import the others with --leave-out.",
                f"{bad:,} filas tienen errores; no se escribió nada. Corríjalas, o importe las demás con --leave-out.",
            )
        )


def _write(file: Path, sheet: Sheet, mapping: Mapping, viewer: Viewer, judgement: Judgement) -> None:
    if not judgement.changes:
        click.echo("Nothing is new: nothing was written.")
        return
    by = viewer.user_id or None
    batch = ImportBatch(
        key_id=keyring.new_key(),
        name=file.name[-200:],
        rows=len(sheet.rows),
        into=mapping.into,
        body=write_mapping(mapping),
        by_user_id=by,
        at=clock.now(),
    )
    ready = seal_batch(batch, judgement)
    with writing():
        enter_batch(batch=batch, sha256=sheet.sha256)
        commit = commit_batch(batch=batch, ready=ready, by=by, assigns=not viewer.sees_all_members)
    click.echo(
        f"Imported as {batch.code}: {commit.created:,} created, {commit.updated:,} updated, {commit.left_out:,} left out."
    )
    if judgement.count(DOUBTFUL):
        click.echo("Rows that may be somebody we know were left out: decide about them on the page.")
