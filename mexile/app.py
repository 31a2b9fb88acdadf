"""`create_app`: wires houses, headers and errors. Imported by wsgi.py, cli.py and tests."""

from __future__ import annotations

import importlib
import logging
import pkgutil
from collections.abc import Iterable
from pathlib import Path
from types import ModuleType
from typing import Any
from urllib.parse import urlsplit

from flask import Blueprint, Flask
from werkzeug.middleware.proxy_fix import ProxyFix

from mexile import config as configuration
from mexile import error_pages
from mexile.access import passwords, policy
from mexile.access.front import blueprint as public
from mexile.access.gate import Gate
from mexile.access.policy import PolicyLine
from mexile.access.viewer import Viewer
from mexile.config import Config
from mexile.ground import belonging, errors, hook, keyring, mail
from mexile.ground import db as ground
from mexile.ground.db import db
from mexile.home.doors import DOORS, THUMB
from mexile.home.parts import PARTS
from mexile.web import addresses, assets, filters, headers, i18n, page
from mexile.web.sent import FIELDS, FORM, Sent

log = logging.getLogger("mexile")

ROOT = Path(__file__).parent.parent
HOUSES = (
    "access",
    "sheets",
    "members",
    "arrivals",
    "cases",
    "deadlines",
    "documents",
    "custody",
    "inquiries",
    "services",
    "media",
    "accompaniment",
    "donors",
    "gifts",
    "grants",
    "reports",
    "home",
    "doctor",
)
UPLOAD = 16 * 1024 * 1024
_LOST_SERVER = {
    "connect_timeout": 5,
    "keepalives_idle": 30,
    "keepalives_interval": 10,
    "keepalives_count": 3,
    "tcp_user_timeout": 30_000,
}


def create_app(
    settings: Config | None = None,
    *,
    more: Iterable[ModuleType] = (),
    lines: dict[str, dict[str, PolicyLine]] | None = None,
    with_lost_keys: bool = False,
) -> Flask:
    """The application. `more` are modules with a `blueprint` that only the command line
    mounts (the demo), `lines` their part of the policy table; `with_lost_keys`: also beside a keyring
    that isn't the database's, for the command that gives lost keys up.

    Raises Invalid when the configuration is unsafe, RuntimeError when a route and the
    policy table differ.
    """
    settings = settings or configuration.read()
    app = Flask(
        "mexile",
        root_path=str(ROOT / "mexile"),
        static_folder=str(ROOT / "mexile" / "static"),
        template_folder=str(ROOT / "templates"),
    )
    addresses.arrange(app)
    attach(app, settings)
    _arrange(app, settings)
    table = {**policy.POLICY, **(lines or {})}
    gate = Gate(table, is_https=settings.is_https)
    gate.arrange(app)
    headers.arrange(app, settings.is_https)
    assets.arrange(app)
    i18n.arrange(app)
    filters.arrange(app)
    page.arrange(app, lambda viewer, endpoint: _may(table, viewer, endpoint), PARTS, DOORS, THUMB)
    app.register_blueprint(public)
    for house in HOUSES:
        app.register_blueprint(_blueprint_of(house))
    for module in more:
        app.register_blueprint(module.blueprint)
    if unanswered := hook.empty_hooks():
        raise RuntimeError("no house answers: " + ", ".join(unanswered))
    error_pages.arrange(app)
    wrong = policy.disagreements(routes_of(app), table)
    if wrong:
        raise RuntimeError("the policy table and the routes differ:\n" + "\n".join(wrong))
    with app.app_context():
        if (foreign := belonging.start_problems()) and not with_lost_keys:
            raise errors.Invalid(foreign)
    return app


def attach(app: Flask, settings: Config) -> None:
    """Give `app` the keys and the database of `settings`, and the whole process their configuration."""
    configuration.use(settings)
    _keys(settings)
    app.config["MEXILE"] = settings
    _database(app, settings)


def routes_of(app: Flask) -> dict[str, set[str]]:
    """endpoint -> methods, without those that HTTP answers by itself."""
    methods_of: dict[str, set[str]] = {}
    for rule in app.url_map.iter_rules():
        methods = (rule.methods or set()) - {"HEAD", "OPTIONS"}
        methods_of.setdefault(rule.endpoint, set()).update(methods)
    return methods_of


def _may(table: dict[str, dict[str, PolicyLine]], viewer: Viewer, endpoint: str) -> bool:
    rule = table.get(endpoint, {}).get("GET")
    return rule is not None and not viewer.roles.isdisjoint(rule.roles)


def _blueprint_of(house: str) -> Blueprint:
    """The pages of a house. All its modules are imported: what they register (tables, pages, acts, daily work)
    stands before the first request."""
    package = importlib.import_module(f"mexile.{house}")
    for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
        importlib.import_module(module.name)
    return importlib.import_module(f"{package.__name__}.blueprint").blueprint


def _keys(settings: Config) -> None:
    problems = keyring.problems_of(settings.keys)
    if problems:
        raise errors.Invalid(problems)
    ring = keyring.Keyring(settings.keys, keyring.read_key_file(settings.keys))
    if ring.path.exists():
        ring.make()
    ring.guard = belonging.guard
    keyring.use(ring)
    if settings.weak_passwords and not settings.production:
        passwords.weaken()
    else:
        passwords.strengthen()
    mail.use(
        mail.Server(
            settings.smtp_host,
            settings.smtp_port,
            settings.smtp_user,
            settings.smtp_password,
            settings.smtp_starttls,
            settings.smtp_tls,
            settings.smtp_ca_file,
        )
    )


def _arrange(app: Flask, settings: Config) -> None:
    app.config.update(
        SECRET_KEY=keyring.index_key("flask").hex(),
        SESSION_COOKIE_NAME="mx-note",
        SESSION_COOKIE_SECURE=settings.is_https,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        MAX_CONTENT_LENGTH=UPLOAD,
        MAX_FORM_MEMORY_SIZE=FORM,
        MAX_FORM_PARTS=FIELDS,
        TRUSTED_HOSTS=_hosts(settings),
        SEND_FILE_MAX_AGE_DEFAULT=3600,
    )
    app.request_class = Sent
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
    if settings.proxies:
        hops = settings.proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops, x_host=hops)  # type: ignore[method-assign]  # as Flask tells to


def _hosts(settings: Config) -> list[str]:
    """The names under which this program may be asked for."""
    own = urlsplit(settings.base_url).hostname or ""
    return [own] if settings.is_https else [own, "127.0.0.1", "localhost"]


def _database(app: Flask, settings: Config) -> None:
    settings.home.mkdir(parents=True, exist_ok=True, mode=0o700)
    app.config["SQLALCHEMY_DATABASE_URI"] = settings.database_url
    # An error's text must never carry what was being written.
    options: dict[str, Any] = {"hide_parameters": True, "pool_size": 8, "max_overflow": 56, "pool_timeout": 5}
    if not settings.is_sqlite:
        # A server that was restarted, or that silently went away, is found out before it is used.
        options |= {"pool_pre_ping": True, "connect_args": _LOST_SERVER}
    app.config["SQLALCHEMY_ENGINE_OPTIONS"] = options
    db.init_app(app)
    with app.app_context():
        lock = settings.home / "write.lock" if settings.is_sqlite else None
        ground.arrange(db.engine, lock)
