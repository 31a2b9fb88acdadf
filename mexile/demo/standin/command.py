"""`mexile standin`: our stand-in for Stripe beside a mexile that is being tried out. It ends by Ctrl-C."""

import json
import secrets
import signal
import threading
from urllib.parse import urlsplit

import click

from mexile import config as configuration
from mexile.config import LOOPBACK, STANDIN, Config
from mexile.demo import ports
from mexile.demo.standin import server
from mexile.ground.errors import Invalid, Problem
from mexile.ground.terminal import fail

WEBHOOK = "/stripe/events"


@click.command()
@click.option("--port", default=8081, show_default=True, help="Where it listens, if that is free.")
def standin(port: int) -> None:
    """Stand in for Stripe on this machine, to try gifts out: no money moves. Ended by Ctrl-C.

    A mexile that runs with the same MEXILE_HOME and without a key of Stripe finds it by itself. Refused in production.
    """
    try:
        settings = configuration.read()
    except Invalid as wrong:
        fail(wrong.problems)
    if refused := refusals(settings):
        fail(refused)
    path, held = settings.home / STANDIN, ports.Held()
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    free, secret = held.take(port), f"whsec_{secrets.token_hex(16)}"
    held.release()
    running = server.start(
        port=free, path=path.parent / "account.json", webhook=settings.base_url + WEBHOOK, secret=secret
    )
    ended = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda _number, _frame: ended.set())
    try:
        path.touch(mode=0o600)
        path.write_text(json.dumps({"base": running.address, "secret": secret}))
        click.echo(f"The stand-in for Stripe runs beside {settings.base_url}: no money moves. Ctrl-C ends it.")
        ended.wait()
    finally:
        path.unlink(missing_ok=True)
        running.stop()


def refusals(settings: Config) -> list[Problem]:
    """Why there must be no stand-in here."""
    if settings.production:
        return [
            Problem(
                "MEXILE_PRODUCTION",
                "No stand-in in production: gifts would look paid and no money would come.",
                "En producción no hay sustituto: los donativos parecerían pagados y no llegaría dinero.",
            )
        ]
    if settings.stripe_key:
        return [
            Problem(
                "STRIPE_KEY",
                "A key of Stripe is set, so Stripe itself is asked. Remove STRIPE_KEY_FILE to try gifts out without it.",
                "Hay una clave de Stripe, así que se pregunta a Stripe. Quite STRIPE_KEY_FILE para probar sin ella.",
            )
        ]
    if urlsplit(settings.base_url).hostname not in LOOPBACK:
        return [
            Problem(
                "MEXILE_URL",
                f"{settings.base_url} is not this machine, and the stand-in speaks to this machine alone.",
                f"{settings.base_url} no es este equipo, y el sustituto solo habla con este equipo.",
            )
        ]
    return []
