"""What is wrong with the settings and with the files they name, before anything is opened."""

from __future__ import annotations

import os
import shutil
import stat
from collections.abc import Iterator
from pathlib import Path

from mexile.config import LOOPBACK, STRIPE, TEST_KEYS, Config
from mexile.ground import keyring
from mexile.ground.errors import Problem

LEAST_FREE = 500 * 1024 * 1024
LEAST_SHARE = 0.05
SECRETS = ("STRIPE_KEY", "STRIPE_WEBHOOK_SECRET", "SMTP_PASSWORD")
KEYS = ("sk_live_", "rk_live_", *TEST_KEYS)


def settings_problems(settings: Config) -> list[Problem]:
    """Settings that are there and make no sense together."""
    problems = [*_stripe(settings), *_mail(settings)]
    if settings.production and settings.is_https and not settings.proxies:
        problems.append(
            Problem(
                "MEXILE_PROXIES",
                "mexile itself speaks plain http, so a proxy stands before it; without MEXILE_PROXIES=1 everybody "
                "seems to come from the proxy's address and shares one limit. Set it to the number of proxies.",
                "mexile habla http simple, así que hay un proxy delante; sin MEXILE_PROXIES=1 todos parecen venir de la "
                "dirección del proxy y comparten un límite. Indique cuántos proxies hay.",
            )
        )
    return problems


def _stripe(settings: Config) -> Iterator[Problem]:
    if settings.stripe_base != STRIPE and not settings.production:
        return  # a stand-in on this machine
    key, secret = settings.stripe_key, settings.stripe_webhook_secret
    if key and not key.startswith(KEYS):
        yield Problem(
            "STRIPE_KEY",
            "This is no secret key of Stripe: it begins with sk_live_ or rk_live_. Copy it from Stripe's page of API keys.",
            "No es una clave secreta de Stripe: empieza con sk_live_ o rk_live_. Cópiela de la página de claves de Stripe.",
        )
    if settings.production and key.startswith(TEST_KEYS):
        yield Problem(
            "STRIPE_KEY",
            "This is a test key: gifts would look paid and no money would come. Put the live key there.",
            "Es una clave de prueba: los donativos parecerían pagados y no llegaría dinero. Ponga la clave real.",
        )
    if key and not secret:
        yield Problem(
            "STRIPE_WEBHOOK_SECRET",
            "There is no webhook secret, so no payment is ever confirmed and no receipt sent. Copy the signing secret "
            f"(whsec_...) of the webhook {settings.base_url}/stripe/events from Stripe.",
            "No hay secreto de webhook: ningún pago se confirma y no sale ningún recibo. Copie de Stripe el secreto "
            f"(whsec_...) del webhook {settings.base_url}/stripe/events.",
        )
    if secret and not secret.startswith("whsec_"):
        yield Problem(
            "STRIPE_WEBHOOK_SECRET",
            "This is no signing secret of Stripe: it begins with whsec_. Every event would be refused.",
            "No es un secreto de firma de Stripe: empieza con whsec_. Todo evento sería rechazado.",
        )
    if secret and not key:
        yield Problem(
            "STRIPE_KEY",
            "There is a webhook secret but no key: nobody can give. Set STRIPE_KEY_FILE.",
            "Hay secreto de webhook pero no clave: nadie puede donar. Indique STRIPE_KEY_FILE.",
        )


def _mail(settings: Config) -> Iterator[Problem]:
    """A password in clear is refused by `config.py`; letters are said here."""
    is_sealed = settings.smtp_starttls or settings.smtp_tls or settings.smtp_host in LOOPBACK
    if settings.production and not is_sealed and not settings.smtp_user:
        yield Problem(
            "SMTP_STARTTLS",
            f"Letters go to {settings.smtp_host} in clear. Set SMTP_STARTTLS=1, or SMTP_TLS=1 for port 465.",
            f"Los correos van a {settings.smtp_host} sin cifrar. Ponga SMTP_STARTTLS=1, o SMTP_TLS=1 para el puerto 465.",
        )


# ---- files ------------------------------------------------------------------------------


def file_problems(settings: Config) -> list[Problem]:
    """Rights, owners and room of what lies on the disk."""
    private = [settings.home, settings.keys, settings.keys / keyring.KEY_FILE, settings.keys / keyring.KEYRING]
    secrets = [Path(given) for name in SECRETS if (given := os.environ.get(f"{name}_FILE"))]
    # Secrets are handed over by others (a secret store, the service manager), with a group that may read them.
    masks = [*((path, 0o077) for path in private), *((path, 0o007) for path in secrets)]
    problems = [_open_to_others(path) for path, mask in masks if path.exists() and path.stat().st_mode & mask]
    for path in [*private, settings.home / "mexile.db"]:
        if path.exists() and path.stat().st_uid != _owner(settings):
            problems.append(_of_somebody_else(path, settings))
    places = {path.stat().st_dev: path for path in (settings.keys, settings.home) if path.exists()}
    return problems + [problem for path in places.values() for problem in _room(path)]


def _owner(settings: Config) -> int:
    """Whose the files must be: of whoever runs this, or, looked at by root, of the owner of the home."""
    return os.geteuid() or (settings.home.stat().st_uid if settings.home.exists() else 0)


def _open_to_others(path: Path) -> Problem:
    mode = 700 if path.is_dir() else 400 if path.name != keyring.KEYRING else 600
    return Problem(
        str(path),
        f"Other people of this machine may open it ({stat.S_IMODE(path.stat().st_mode):o}). Run: chmod {mode} {path}",
        f"Otras personas de este equipo lo pueden abrir ({stat.S_IMODE(path.stat().st_mode):o}). Ejecute: chmod {mode} {path}",
    )


def _of_somebody_else(path: Path, settings: Config) -> Problem:
    owner = _owner(settings)
    return Problem(
        str(path),
        f"It belongs to user {path.stat().st_uid}, but mexile runs as user {owner}. Run: chown -R {owner} {path}",
        f"Pertenece al usuario {path.stat().st_uid}, pero mexile funciona como usuario {owner}. Ejecute: chown -R {owner} {path}",
    )


def _room(path: Path) -> Iterator[Problem]:
    disk = shutil.disk_usage(path)
    if disk.free < LEAST_FREE or disk.free < disk.total * LEAST_SHARE and disk.free < 10 * LEAST_FREE:
        yield Problem(
            "disk",
            f"Only {disk.free // 2**20} MB are free where {path} lies. Make room before it is full.",
            f"Solo quedan {disk.free // 2**20} MB libres donde está {path}. Haga espacio antes de que se llene.",
        )


def notes(settings: Config) -> list[Problem]:
    if settings.production:
        return []
    return [
        Problem(
            "MEXILE_PRODUCTION",
            "This is not production: unsafe settings are not refused. With real people set MEXILE_PRODUCTION=1.",
            "Esto no es producción: no se rechaza lo inseguro. Con personas reales ponga MEXILE_PRODUCTION=1.",
        )
    ]
