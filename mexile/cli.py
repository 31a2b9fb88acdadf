"""The command line: `mexile COMMAND --help`.

Exit status: 0 done, 1 not done and said why, 2 asked wrongly.
"""

from __future__ import annotations

import importlib
import importlib.util
import signal
import sys

import click
from flask import Flask

from mexile import config as configuration
from mexile.app import create_app
from mexile.backup import nightly  # noqa: F401 - the worker does its part
from mexile.doctor.database import WORKER
from mexile.ground import belonging, errors, keyring, queue, running, schema, trail, worker
from mexile.ground.db import db, writing
from mexile.ground.terminal import fail
from mexile.web.program import Program


def open_app() -> Flask:
    """The app of this environment, or the reasons why it can't be."""
    try:
        return create_app()
    except errors.Invalid as wrong:
        fail(wrong.problems)
        raise


@click.group()
@click.pass_context
def main(context: click.Context) -> None:
    """mexile: the day of an organization that accompanies exiles."""
    context.obj = Program(create_app=create_app, serve=_serve, settle=_settle)


def _serve(app: Flask, host: str, port: int, threads: int) -> None:
    from mexile.serve import run

    try:
        running.begin(app.config["MEXILE"].home)
        run(app, host, port, threads)
    except errors.Invalid as wrong:
        fail(wrong.problems)
    except OSError as wrong:
        click.echo(f"{host}:{port} can't be opened: {wrong.strerror}. Is something else running there?", err=True)
        sys.exit(1)


@main.command()
def init() -> None:
    """Make keys and database, and print the one address at which the first director begins.

    It works once, within 72 hours; name, password and everything about the organization are said there, in the
    browser. Run again, it prints a new address while no director has come in yet; nothing else changes.
    """
    try:
        settings = configuration.read(is_new=True)
    except errors.Invalid as wrong:
        fail(wrong.problems)
        return
    is_made = False
    if not (settings.keys / keyring.KEY_FILE).exists():
        if settings.is_sqlite and (settings.home / "mexile.db").exists():
            fail(keyring.problems_of(settings.keys))
        keyring.make_key_file(settings.keys)
        is_made = True
    try:
        app = create_app(settings)
    except errors.Invalid as wrong:
        if is_made:  # a database that is filled has its keys elsewhere: this new one must not lie in their place
            (settings.keys / keyring.KEY_FILE).unlink()
        fail(wrong.problems)
        return
    with app.app_context():
        from mexile import seeding

        schema.upgrade(db.engine)
        address = seeding.first_rows()
    if address is None:
        click.echo("This home is set up already, and a director has come in. Nothing was changed.")
        return
    click.echo("Ready. Start it with: mexile serve, and beside it: mexile work")
    click.echo("The first director begins here, once, within 72 hours. Give this address to nobody else:")
    click.echo(f"  {address}")


@main.command()
def upgrade() -> None:
    """Bring this installation to this version: a backup, the tables, a look at the whole, or back to how it was.

    Stop the server and the worker first. An upgrade that was ended halfway is healed by the next one.
    """
    from mexile.backup.upgrade import upgrade

    app = open_app()
    settings = app.config["MEXILE"]
    try:
        with running.alone(settings.home):
            upgrade(app, settings, _settle)
    except errors.Invalid as wrong:
        fail(wrong.problems)
    with app.app_context():
        click.echo(f"The database is at {schema.revision(db.engine)}.")


def _settle() -> None:
    """What this version brings along, beside the tables. Raises Invalid."""
    from mexile import seeding

    left_out = seeding.add_rules()
    for problem in left_out:
        click.echo(str(problem), err=True)
    if renewed := seeding.normalize_telephones():
        click.echo(f"Brought {renewed:,} telephone numbers to their normal form.")
    if kept := seeding.keep_receipts():
        click.echo(f"{kept} earlier receipts are kept as they read today.")


@main.command()
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8080, show_default=True)
@click.option("--threads", default=16, show_default=True)
def serve(host: str, port: int, threads: int) -> None:
    """Start the web server (one process with threads)."""
    _serve(open_app(), host, port, threads)


@main.command()
def work() -> None:
    """Do what waits: mail, Stripe's events. Ends on Ctrl-C."""
    stopping: list[int] = []
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda received, _: stopping.append(received))
    app = open_app()
    try:
        running.begin(app.config["MEXILE"].home)
    except errors.Invalid as wrong:
        fail(wrong.problems)
    queue.every(30)((app.config["MEXILE"].home / WORKER).touch)
    worker.work(app.app_context, lambda: bool(stopping))


@main.group()
def user() -> None:
    """The people of the staff."""


@user.command("add")
@click.option("--name", required=True)
@click.option("--email", required=True)
@click.option("--role", "roles", multiple=True, required=True, help="Several times for several roles.")
@click.option("--language", type=click.Choice(["en", "es"]), default="en", show_default=True)
def user_add(name: str, email: str, roles: tuple[str, ...], language: str) -> None:
    """Invite a person: a mailed address, at which they set password and second factor themselves."""
    from mexile.access.account.actions import add_user

    with open_app().app_context():
        try:
            with writing():
                invited = add_user(name=name, email=email, roles=list(roles), language=language)
        except errors.Invalid as wrong:
            fail(wrong.problems)
            return
        click.echo(f"{invited.code} is invited by mail, once, within 72 hours; whoever directs is told by mail.")
        click.echo("A role that opens every member waits until a director confirms it.")
        if sys.stdout.isatty():
            click.echo(f"If no mail can be sent from here, hand this address over in person:\n  {invited.address}")


@user.command("invite")
@click.argument("code")
def user_invite(code: str) -> None:
    """Invite somebody anew who lost password, telephone and recovery codes, where no two colleagues can do it."""
    from mexile.access.account.actions import invite_again
    from mexile.access.account.queries import get_colleague

    with open_app().app_context():
        try:
            with writing():
                address = invite_again(user_id=get_colleague(code).id)
        except errors.NotHere:
            fail([errors.Problem("code", f"Nobody here has the code {code}.", f"Nadie tiene aquí el código {code}.")])
            return
        except errors.Conflict as wrong:
            fail([wrong.problem])
            return
        click.echo(f"{code} is invited by mail, once, within 72 hours; whoever directs is told by mail.")
        if sys.stdout.isatty():
            click.echo(f"If no mail can be sent from here, hand this address over in person:\n  {address}")


@main.group()
def audit() -> None:
    """The trail."""


@audit.command("verify")
@click.option("--line", type=int, help="A line that was kept elsewhere, as in the daily letter.")
@click.option("--seal", default="", help="The seal of that line, or its first 16 signs.")
def audit_verify(line: int | None, seal: str) -> None:
    """Check the whole trail; status 1 when a line was changed or taken out, or its end cut off."""
    with open_app().app_context():
        checked, bad = trail.verify()
        if bad is not None:
            click.echo(f"Line {bad} was changed, moved or taken out; {checked} lines before it are right.")
            sys.exit(1)
        if gone := trail.cut():
            fail([trail.cut_problem(gone)])
        if line is not None and not trail.holds(line, seal):
            click.echo(f"Line {line} is not there with that seal: the trail was cut or written anew.")
            sys.exit(1)
        seq, mac = trail.head()
        click.echo(f"{checked} lines, all right. Last line {seq}, seal {mac}.")


@audit.command("restored")
@click.confirmation_option(prompt="Did somebody put an old copy of the database back, on purpose?")
def audit_restored() -> None:
    """Take the trail as it stands for right, after an old copy of the database was put back."""
    with open_app().app_context():
        with writing():
            trail.accept()
        click.echo("The trail goes on from here. Its new line says that lines are missing.")


@main.group()
def keys() -> None:
    """The keyring."""


@keys.command("lost")
@click.confirmation_option(prompt="What these keys sealed will never be read again. Give them up?")
def keys_lost() -> None:
    """Give up the keys that this keyring doesn't have: only when no copy of it has them either."""
    try:
        app = create_app(with_lost_keys=True)
    except errors.Invalid as wrong:
        fail(wrong.problems)
        return
    with app.app_context():
        ring, used = keyring.current(), belonging.used_keys()
        if used and (not ring.path.exists() or ring.is_empty()):
            fail([belonging.EMPTY])
        lost = ring.unopened(used)
        ring.give_up(lost)
        with writing():
            trail.record("keys.lost", count=len(lost))
        click.echo(f"{len(lost)} keys are given up.")


def _ask_stripe() -> None:
    """Look whether all is set up at Stripe, and keep what is found for what follows."""
    from mexile.gifts import stripe_api
    from mexile.gifts.stripe import setup

    app = open_app()
    with app.app_context():
        if not configuration.config().stripe_key:
            fail(["There is no key of Stripe: set STRIPE_KEY_FILE."])
        try:
            setup.note(configuration.config().home)
        except (stripe_api.StripeSilent, stripe_api.StripeRefused) as silent:
            fail([f"Stripe can't be asked now ({silent}). Try again in a minute."])


@main.command()
@click.option("--stripe", "asks_stripe", is_flag=True, help="Ask Stripe too; nothing is changed there.")
def doctor(asks_stripe: bool) -> None:
    """Say what is wrong and how to mend it; status 1 when something is."""
    from mexile.doctor import look

    if asks_stripe:
        _ask_stripe()
    findings = look(create_app)
    for problem in findings.problems:
        click.echo(f"{problem.place}: {problem.en}")
    for note in findings.notes:
        click.echo(f"Note. {note.place}: {note.en}")
    for seen in findings.seen:
        click.echo(f"Good. {seen.place}: {seen.en}")
    click.echo("All well." if not findings.problems else f"{len(findings.problems)} to mend.")
    sys.exit(1 if findings.problems else 0)


for _house in ("sheets", "members", "deadlines", "backup", "reports", "demo"):
    if importlib.util.find_spec(f"mexile.{_house}.command"):
        _module = importlib.import_module(f"mexile.{_house}.command")
        for _command in [_module.command, *getattr(_module, "more", ())]:
            main.add_command(_command)
