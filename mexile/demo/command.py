"""`mexile demo`: makes everything, starts everything on loopback, says one address, and on
Ctrl-C ends everything it started."""

import gc
import shutil
import signal
import sys
import time
from contextlib import ExitStack
from dataclasses import replace
from datetime import date
from pathlib import Path

import click
from flask import Flask

from mexile import config as configuration
from mexile.access.policy import DEMO
from mexile.config import Config
from mexile.demo import credentials, mails, ports, walk
from mexile.demo.children import Children
from mexile.demo.fill import Filled, Real, fill, standing
from mexile.demo.place import Place, copy_database
from mexile.demo.standin import command as beside
from mexile.demo.standin import server
from mexile.demo.standin.world import World
from mexile.ground import anchor, belonging, clock, errors, keyring, schema, worker
from mexile.ground.db import db
from mexile.web.program import Program

WEB, STANDIN, MAIL = 8080, 8081, 8025
WEBHOOK = "gifts.stripe_events"
THREADS = 16
ZONE = "America/Denver"
NOT_OURS = errors.Problem(
    "MEXILE_HOME",
    "A real organization lives in this home; the demo doesn't touch it. "
    "Give the demo a home of its own: MEXILE_HOME=somewhere mexile demo",
    "En esta carpeta vive una organización real; el recorrido no la toca. "
    "Dele otra carpeta: MEXILE_HOME=otra mexile demo",
)
DATABASE = "mexile.db"
more = (beside.standin,)
"""The other commands of this house."""


@click.command("demo")
@click.option("--port", default=WEB, show_default=True, help="Where the web server listens, if it is free.")
@click.pass_obj
def command(program: Program, port: int) -> None:
    """Show mexile on an invented organization: one address, ended by Ctrl-C."""
    held = ports.Held()
    try:
        settings = arrange(configuration.read(), port, held)
        app = prepare(program, settings)
    except errors.Invalid as wrong:
        for problem in wrong.problems:
            click.echo(str(problem), err=True)
        sys.exit(1)
    held.release()
    sys.exit(run(program, app, settings))


# ---- what it runs with ----------------------------------------------------------


def arrange(given: Config, port: int, held: ports.Held) -> Config:
    """The configuration of the demo: all on loopback, its own key. Raises Invalid in production."""

    def place_for(wanted: int, what: str) -> int:
        port = held.take(wanted)
        if port != wanted:
            click.echo(f"Port {wanted} is taken, so {what} uses {port}.")
        return port

    settings = replace(given, demo_key="asked for")
    if problems := configuration.problems_of(settings):
        raise errors.Invalid(problems)
    key = credentials.key_in(given.keys)
    web, standin = place_for(port, "the demo"), place_for(STANDIN, "the Stripe stand-in")
    return replace(
        settings,
        database_url=f"sqlite:///{given.home / DATABASE}",
        base_url=f"http://{ports.HOST}:{web}",
        demo_key=key,
        debug=False,
        stripe_key="sk_test_standin",
        stripe_base=f"http://{ports.HOST}:{standin}",
        stripe_webhook_secret=f"whsec_{key[:32]}",
        smtp_host=ports.HOST,
        smtp_port=place_for(MAIL, "the mail catcher"),
        smtp_user="",
        smtp_password="",
        smtp_starttls=False,
        smtp_tls=False,
        smtp_ca_file="",
        proxies=0,
        weak_passwords=True,
    )


def _port(address: str) -> int:
    return int(address.rpartition(":")[2])


# ---- the organization ---------------------------------------------------------------


def prepare(program: Program, settings: Config) -> Flask:
    """The app over a database in which the organization of today stands, or the one somebody worked in."""
    place = Place(settings.home)
    place.make()
    today = clock.today(ZONE)
    app, filled = _open(program, settings)
    if filled is not None and filled.day != today and not filled.is_touched:
        click.echo(f"Nobody worked in the organization of {filled.day}; it is laid again for today.")
        _forget(settings, place)
        app, filled = _open(program, settings)
    if filled is None:
        _fill(app, settings, place, today)
    elif filled.day != today:
        click.echo(f"The organization is that of {filled.day}, kept because somebody worked in it.")
    if not place.first_standin.exists():
        _keep_first(settings, place)
    place.say(day=(filled.day if filled else today).isoformat(), is_kept=bool(filled and filled.day != today))
    return app


def _open(program: Program, settings: Config) -> tuple[Flask, Filled | None]:
    """The app with its database at today's shape, and what stands in it."""
    if not (settings.keys / keyring.KEY_FILE).exists() and not (settings.home / DATABASE).exists():
        keyring.make_key_file(settings.keys)
    app = program.create_app(settings, more=[walk], lines=DEMO)
    with app.app_context():
        if not schema.is_current(db.engine):
            schema.upgrade(db.engine)
        try:
            return app, standing()
        except Real:
            raise errors.Invalid(NOT_OURS) from None
        finally:
            _let_go()


def _fill(app: Flask, settings: Config, place: Place, today: date) -> None:
    click.echo("Laying out an invented organization ...")
    mails.forget(place.mails)
    for path in (place.standin, place.first_standin):
        path.unlink(missing_ok=True)
    with app.app_context():
        fill(today, settings.demo_key, World(path=place.standin))
        _let_go()


def _keep_first(settings: Config, place: Place) -> None:
    """A copy of everything as it was laid, for "Start again"."""
    copy_database(settings.home / DATABASE, place.first_data)
    copy_database(settings.keys / keyring.KEYRING, place.first_keys)
    shutil.copyfile(place.standin, place.first_standin)
    for path in (place.first_data, place.first_keys, place.first_standin):
        path.chmod(0o600)


def _let_go() -> None:
    """No connection of ours may be open when the processes part."""
    db.session.remove()
    db.engine.dispose()


def _forget(settings: Config, place: Place) -> None:
    for path in (settings.home / DATABASE, settings.keys / keyring.KEYRING):
        for suffix in ("", "-wal", "-shm", "-journal"):
            Path(f"{path}{suffix}").unlink(missing_ok=True)
    (settings.keys / anchor.FILE).unlink(missing_ok=True)
    shutil.rmtree(place.folder)
    place.make()


# ---- running --------------------------------------------------------------------------


def run(program: Program, app: Flask, settings: Config) -> int:
    """Start everything, wait for Ctrl-C, end everything. Returns the exit status."""
    place, children, stopping = Place(settings.home), Children(), []
    # Before the processes part: what stands in memory now they share, and none of them searches it for rubbish.
    gc.collect()
    gc.freeze()
    place.wish.unlink(missing_ok=True)
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda signal_number, _: stopping.append(signal_number))
    web = _port(settings.base_url)
    with ExitStack() as started:
        started.callback(children.end)
        children.begin("The web server", lambda: _serve(program, app, settings, web))
        children.begin("The worker", lambda: _work(app, settings))
        started.callback(mails.catch(place.mails, settings.smtp_port).stop)
        stripe = _start_standin(app, settings, place)
        started.callback(stripe.stop)
        status = _wait(children, stopping, web) or _watch(children, stopping, place, settings, stripe)
    click.echo("Ended. Nothing of it is running any more.")
    return status


def _serve(program: Program, app: Flask, settings: Config, port: int) -> None:
    _open_keys(settings)
    program.serve(app, ports.HOST, port, THREADS)


def _work(app: Flask, settings: Config) -> None:
    stopping: list[int] = []
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda signal_number, _: stopping.append(signal_number))
    _open_keys(settings)
    worker.work(app.app_context, lambda: bool(stopping))


def _open_keys(settings: Config) -> None:
    """A keyring of this process's own: a connection must not be shared over a fork."""
    ring = keyring.Keyring(settings.keys, keyring.read_key_file(settings.keys))
    ring.guard = belonging.guard
    keyring.use(ring)


def _start_standin(app: Flask, settings: Config, place: Place) -> server.Standin:
    path = next(rule.rule for rule in app.url_map.iter_rules() if rule.endpoint == WEBHOOK)
    return server.start(
        port=_port(settings.stripe_base),
        path=place.standin,
        webhook=settings.base_url + path,
        secret=settings.stripe_webhook_secret,
    )


def _wait(children: Children, stopping: list[int], port: int) -> int:
    """Until the web server answers; then say the one address."""
    while not stopping and not ports.answers(port):
        ended = children.ended()
        if ended:
            click.echo(f"{ended} could not start.", err=True)
            return 1
        time.sleep(0.05)
    if not stopping:
        click.echo(f"\n  http://{ports.HOST}:{port}/demo\n\nEverything there is invented. Ctrl-C ends it.")
    return 0


def _watch(children: Children, stopping: list[int], place: Place, settings: Config, standin: server.Standin) -> int:
    """Until somebody ends it; meanwhile puts the first organization back when the walk asks for it."""
    while not stopping:
        if place.wish.exists():
            put_back(place, settings, standin.world)
            place.wish.unlink(missing_ok=True)
        ended = children.ended()
        if ended:
            click.echo(f"{ended} ended by itself, so everything ends.", err=True)
            return 1
        time.sleep(0.1)
    return 0


def put_back(place: Place, settings: Config, world: World) -> None:
    """Everything as it was first laid: data, keys, the stand-in's account; and no mails."""
    copy_database(place.first_keys, settings.keys / keyring.KEYRING)
    copy_database(place.first_data, settings.home / DATABASE)
    (settings.keys / anchor.FILE).unlink(missing_ok=True)
    mails.forget(place.mails)
    shutil.copyfile(place.first_standin, place.standin)
    first = World(path=place.standin)
    with world.changing():
        world.objects, world.private, world.answered = first.objects, first.private, first.answered
        world.switches = first.switches
        world.unsent.clear()
