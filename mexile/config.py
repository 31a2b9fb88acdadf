"""The configuration: environment and files become one frozen `Config`.

Every problem is reported at once, in words. In production mexile refuses to start
when something is unsafe; on one's own machine it warns of nothing and runs.
"""

from __future__ import annotations

import json
import os
import ssl
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from urllib.parse import urlsplit

from sqlalchemy import make_url

from mexile.ground.errors import Invalid, Problem

STRIPE = "https://api.stripe.com"
LOOPBACK = {"127.0.0.1", "::1", "localhost"}
TEST_KEYS = ("sk_test_", "rk_test_")
STANDIN = "standin/settings.json"
"""What `mexile standin` writes in the home while it runs: its address and its webhook secret."""


@dataclass(frozen=True)
class Config:
    """What this process runs with. Paths are absolute; the address has no final slash."""

    home: Path
    keys: Path
    database_url: str
    base_url: str
    production: bool = False
    demo_key: str = ""
    debug: bool = False
    stripe_key: str = ""
    stripe_base: str = STRIPE
    stripe_webhook_secret: str = ""
    stripe_fee_permille: int = 29
    stripe_fee_cents: int = 30
    smtp_host: str = "127.0.0.1"
    smtp_port: int = 25
    smtp_user: str = ""
    smtp_password: str = ""
    smtp_starttls: bool = False
    smtp_tls: bool = False
    smtp_ca_file: str = ""
    proxies: int = 0
    weak_passwords: bool = False
    backup_folder: str = ""
    backup_command: str = ""
    backup_keep: int = 30
    keyring_folder: str = ""
    keyring_command: str = ""
    postgresql_programs: str = ""

    @property
    def is_sqlite(self) -> bool:
        return self.database_url.startswith("sqlite")

    @property
    def is_https(self) -> bool:
        return self.base_url.startswith("https://")

    @property
    def takes_test_cards(self) -> bool:
        """Stripe's test mode, or the stand-in: a gift looks paid and no money moves."""
        return self.stripe_key.startswith(TEST_KEYS)

    @property
    def host(self) -> str:
        return urlsplit(self.base_url).netloc


def read(environ: Mapping[str, str] = os.environ, *, is_new: bool = False) -> Config:
    """The configuration of `environ`. Raises Invalid with every problem at once. `is_new`: the key file is about
    to be made, so that it isn't missing."""
    settings, problems = look(environ, is_new=is_new)
    if problems:
        raise Invalid(problems)
    return settings


def look(environ: Mapping[str, str] = os.environ, *, is_new: bool = False) -> tuple[Config, list[Problem]]:
    """The configuration of `environ` as it is, and everything that is unsafe in it."""
    home = Path(environ.get("MEXILE_HOME", "instance")).resolve()
    keys = Path(environ.get("MEXILE_KEYS", str(home / "keys"))).resolve()
    problems: list[Problem] = []
    settings = Config(
        home=home,
        keys=keys,
        database_url=_database(environ.get("MEXILE_DATABASE", ""), home),
        base_url=environ.get("MEXILE_URL", "http://127.0.0.1:8080").rstrip("/"),
        production=_flag(environ, "MEXILE_PRODUCTION", problems),
        demo_key=environ.get("MEXILE_DEMO_KEY", ""),
        debug=_flag(environ, "FLASK_DEBUG", problems),
        stripe_key=_secret(environ, "STRIPE_KEY", problems),
        stripe_base=environ.get("STRIPE_BASE", STRIPE).rstrip("/"),
        stripe_webhook_secret=_secret(environ, "STRIPE_WEBHOOK_SECRET", problems),
        stripe_fee_permille=min(_number(environ, "STRIPE_FEE_PERMILLE", 29, problems), 200),
        stripe_fee_cents=_number(environ, "STRIPE_FEE_CENTS", 30, problems),
        smtp_host=environ.get("SMTP_HOST", "127.0.0.1"),
        smtp_port=_number(environ, "SMTP_PORT", 25, problems),
        smtp_user=environ.get("SMTP_USER", ""),
        smtp_password=_secret(environ, "SMTP_PASSWORD", problems),
        smtp_starttls=_flag(environ, "SMTP_STARTTLS", problems),
        smtp_tls=_flag(environ, "SMTP_TLS", problems),
        smtp_ca_file=environ.get("SMTP_CA_FILE", ""),
        proxies=_number(environ, "MEXILE_PROXIES", 0, problems),
        backup_folder=environ.get("MEXILE_BACKUP", ""),
        backup_command=environ.get("MEXILE_BACKUP_COMMAND", ""),
        backup_keep=_number(environ, "MEXILE_BACKUP_KEEP", 30, problems),
        keyring_folder=environ.get("MEXILE_KEYRING_BACKUP", ""),
        keyring_command=environ.get("MEXILE_KEYRING_BACKUP_COMMAND", ""),
        postgresql_programs=environ.get("MEXILE_POSTGRESQL", ""),
    )
    return settings, problems + problems_of(settings, is_new=is_new)


def problems_of(settings: Config, *, is_new: bool = False) -> list[Problem]:
    """What is unsafe in `settings`, all at once."""
    from mexile.ground import keyring

    problems = _stripe_problems(settings) + _mail_problems(settings)
    if settings.production:
        problems += _production_problems(settings)
        if not is_new or (settings.keys / keyring.KEY_FILE).exists():
            problems += keyring.problems_of(settings.keys)
    return problems


def _stripe_problems(settings: Config) -> list[Problem]:
    if settings.stripe_base == STRIPE:
        return []
    problems = []
    if urlsplit(settings.stripe_base).hostname not in LOOPBACK:
        problems.append(
            Problem(
                "STRIPE_BASE",
                f"This is neither {STRIPE} nor this machine. Card data would go to a stranger: remove it.",
                f"No es {STRIPE} ni este equipo. Los datos irían a un extraño: quítelo.",
            )
        )
    if settings.stripe_key.startswith(("sk_live_", "rk_live_")):
        problems.append(
            Problem(
                "STRIPE_BASE",
                "A live Stripe key must not be sent to another address than Stripe's. Remove STRIPE_BASE.",
                "Una clave real de Stripe no debe ir a otra dirección. Quite STRIPE_BASE.",
            )
        )
    return problems


def _mail_problems(settings: Config) -> list[Problem]:
    problems = []
    if settings.smtp_user and not (settings.smtp_tls or settings.smtp_starttls):
        problems.append(
            Problem(
                "SMTP_STARTTLS",
                "The password of the mail server would be sent in clear. Set SMTP_STARTTLS=1, or SMTP_TLS=1 for port 465.",
                "La contraseña del servidor de correo se enviaría sin cifrar. Ponga SMTP_STARTTLS=1, o SMTP_TLS=1 para el puerto 465.",
            )
        )
    if settings.smtp_ca_file and not _is_ca_file(settings.smtp_ca_file):
        problems.append(
            Problem(
                "SMTP_CA_FILE",
                f"{settings.smtp_ca_file} holds no certificates that can be read (PEM).",
                f"{settings.smtp_ca_file} no contiene certificados que se puedan leer (PEM).",
            )
        )
    return problems


def _is_ca_file(path: str) -> bool:
    try:
        ssl.create_default_context(cafile=path)
    except (OSError, ValueError):
        return False
    return True


def _is_verified(database_url: str) -> bool:
    """Whether the PostgreSQL server has to prove who it is, or is this machine itself."""
    url = make_url(database_url)
    hosts = [host for host in (url.host, url.query.get("host")) if host]
    is_here = all(isinstance(host, str) and (host in LOOPBACK or host.startswith("/")) for host in hosts)
    return is_here or url.query.get("sslmode") == "verify-full"


def _production_problems(settings: Config) -> list[Problem]:
    problems = []
    if settings.demo_key:
        problems.append(
            Problem(
                "MEXILE_DEMO_KEY",
                "The demo can't run in production: it would let anybody in. Remove MEXILE_DEMO_KEY.",
                "El recorrido no puede funcionar en producción: dejaría entrar a cualquiera. Quite MEXILE_DEMO_KEY.",
            )
        )
    if settings.debug:
        problems.append(
            Problem(
                "FLASK_DEBUG",
                "Debug pages show everything to everybody. Remove FLASK_DEBUG.",
                "Las páginas de depuración muestran todo a todos. Quite FLASK_DEBUG.",
            )
        )
    if not settings.is_https:
        problems.append(
            Problem(
                "MEXILE_URL",
                "Plain http can be read on the way. Give the https address people open.",
                "El http simple se puede leer en el camino. Indique la dirección https que se abre.",
            )
        )
    if not settings.is_sqlite and not _is_verified(settings.database_url):
        problems.append(
            Problem(
                "MEXILE_DATABASE",
                "The database server on another machine isn't asked who it is. Add ?sslmode=verify-full "
                "(and &sslrootcert=... for a certificate of your own) to the address.",
                "No se comprueba quién es el servidor de la base de datos en otro equipo. Agregue ?sslmode=verify-full "
                "(y &sslrootcert=... para un certificado propio) a la dirección.",
            )
        )
    if settings.keys.is_relative_to(settings.home):
        problems.append(
            Problem(
                "MEXILE_KEYS",
                "The keys lie inside MEXILE_HOME, so a copy of the data would carry them. Move them outside.",
                "Las claves están dentro de MEXILE_HOME y una copia de los datos las llevaría. Póngalas fuera.",
            )
        )
    return problems


def _database(url: str, home: Path) -> str:
    if not url:
        return f"sqlite:///{home / 'mexile.db'}"
    for plain in ("postgres://", "postgresql://"):
        if url.startswith(plain):
            return "postgresql+psycopg://" + url.removeprefix(plain)
    return url


def _flag(environ: Mapping[str, str], name: str, problems: list[Problem]) -> bool:
    text = environ.get(name, "0").lower()
    if text not in ("0", "1", "", "true", "false", "yes", "no"):
        problems.append(Problem(name, "Write 1 or 0.", "Escriba 1 o 0."))
    return text in ("1", "true", "yes")


def _number(environ: Mapping[str, str], name: str, default: int, problems: list[Problem]) -> int:
    text = environ.get(name, str(default))
    if not text.isdigit():
        problems.append(Problem(name, "Write a whole number.", "Escriba un número entero."))
        return default
    return int(text)


def _secret(environ: Mapping[str, str], name: str, problems: list[Problem]) -> str:
    """A secret from `NAME`, or better from the file that `NAME_FILE` names."""
    path = environ.get(f"{name}_FILE")
    if not path:
        return environ.get(name, "")
    try:
        return Path(path).read_text().strip()
    except OSError:
        problems.append(
            Problem(
                f"{name}_FILE",
                f"The file {path} can't be read.",
                f"No se puede leer el archivo {path}.",
            )
        )
        return ""


_current: Config | None = None


def use(settings: Config) -> None:
    """Make `settings` the configuration of this process."""
    global _current
    _current = settings


def config() -> Config:
    if _current is None:
        raise LookupError("no configuration is in use yet")
    return with_standin(_current)


def with_standin(settings: Config) -> Config:
    """The same, beside the stand-in for Stripe while one runs: only where no key is set, and never in production."""
    if settings.production or settings.stripe_key or settings.stripe_base != STRIPE:
        return settings
    try:
        said = json.loads((settings.home / STANDIN).read_text())
        base, secret = str(said["base"]), str(said["secret"])
    except (OSError, ValueError, KeyError, TypeError):
        return settings
    beside = replace(settings, stripe_key="sk_test_standin", stripe_base=base, stripe_webhook_secret=secret)
    return settings if _stripe_problems(beside) else beside
