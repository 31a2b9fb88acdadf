"""What is wrong with this installation, in words, and how to mend it."""

from __future__ import annotations

import shutil

from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from mexile import config as configuration
from mexile.app import create_app
from mexile.config import Config
from mexile.ground import belonging, errors, queue, schema, trail
from mexile.ground.db import db
from mexile.ground.errors import Problem
from mexile.ground.organisation import Organisation

LEAST_FREE = 500 * 1024 * 1024


def examine() -> list[Problem]:
    """Everything found, the gravest first; empty when all is well."""
    try:
        settings = configuration.read()
        app = create_app(settings)
    except errors.Invalid as wrong:
        return wrong.problems
    with app.app_context():
        try:
            return _database(settings) + _disk(settings)
        except SQLAlchemyError as error:
            return [
                Problem(
                    "database",
                    f"The database doesn't answer ({type(error).__name__}). Check MEXILE_DATABASE, "
                    "that the server runs, and that the disk isn't full.",
                    f"La base de datos no responde ({type(error).__name__}). Revise MEXILE_DATABASE, "
                    "que el servidor esté encendido y que el disco no esté lleno.",
                )
            ]


def _database(settings: Config) -> list[Problem]:
    standing, newest = schema.standing(db.engine), schema.newest()
    if standing != newest:
        return [
            Problem(
                "database",
                f"The tables are at {standing or 'nothing'}, this version needs {newest}. Run: mexile upgrade",
                f"Las tablas están en {standing or 'nada'}, esta versión necesita {newest}. Ejecute: mexile upgrade",
            )
        ]
    found = []
    if db.session.get(Organisation, 1) is None:
        found.append(
            Problem("organisation", "There is no organisation yet. Run: mexile init", "Aún no hay organización. Ejecute: mexile init")
        )
    checked, bad = trail.verify()
    if bad is not None:
        found.append(
            Problem(
                "trail",
                f"Line {bad} of the trail was changed or taken out. Stop, keep a copy of the disk, tell the director.",
                f"La línea {bad} del registro fue cambiada o quitada. Deténgase, guarde copia del disco, avise a la dirección.",
            )
        )
    if gone := trail.cut():
        found.append(trail.cut_problem(gone))
    if (unopened := belonging.unopened()) > 0:
        found.append(belonging.cannot_open(unopened))
    if (dead := queue.dead()) > 0:
        found.append(
            Problem("queue", f"{dead} could not be sent. See that the mail server answers.", f"{dead} no se pudieron enviar. Revise que el servidor de correo responda.")
        )
    if (shut := queue.troubles().get("StripeShut", 0)) > 0:
        found.append(
            Problem(
                "STRIPE_KEY",
                f"Stripe refuses the key, or it is another account's. {shut} messages about gifts wait. "
                "Set the right key and start the worker again; nothing is lost.",
                f"Stripe rechaza la clave, o es de otra cuenta. {shut} avisos sobre donativos esperan. "
                "Ponga la clave correcta y reinicie el trabajador; nada se pierde.",
            )
        )
    if settings.is_sqlite:
        answer = db.session.execute(text("PRAGMA quick_check")).scalar()
        if answer != "ok":
            found.append(
                Problem("database", "The database file is damaged. Restore the last backup.", "El archivo de la base está dañado. Restaure el último respaldo.")
            )
    return found


def _disk(settings: Config) -> list[Problem]:
    free = shutil.disk_usage(settings.home).free
    if free >= LEAST_FREE:
        return []
    return [
        Problem(
            "disk",
            f"Only {free // 2**20} MB are free where {settings.home} lies. Make room before it is full.",
            f"Solo quedan {free // 2**20} MB libres donde está {settings.home}. Haga espacio antes de que se llene.",
        )
    ]
