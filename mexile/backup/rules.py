"""What can't be right about where backups and copies of the keyring go."""

from __future__ import annotations

from pathlib import Path

from mexile.config import Config
from mexile.ground.errors import Problem


def settings_problems(settings: Config) -> list[Problem]:
    """The keyring's copies, which live seven days, apart from backups, which live long: else nobody could be removed."""
    problems = []
    folders = {
        "MEXILE_BACKUP": Path(settings.backup_folder),
        "MEXILE_KEYRING_BACKUP": Path(settings.keyring_folder),
    }
    for name, folder in folders.items():
        if folder != Path() and not folder.is_absolute():
            problems.append(
                Problem(name, "Give the whole path, from / on.", "Indique la ruta completa, desde / en adelante.")
            )
    backups, keyrings = folders.values()
    if keyrings != Path() and any(
        keyrings.is_relative_to(other) or other.is_relative_to(keyrings)
        for other in (backups, settings.home, settings.keys)
        if other != Path()
    ):
        problems.append(
            Problem(
                "MEXILE_KEYRING_BACKUP",
                "The keyring's copies must lie apart from the data, the keys and the backups: together they would bring "
                "back who was removed. Give a folder that is in none of them, and none of them in it.",
                "Las copias del llavero deben estar aparte de los datos, las claves y los respaldos: juntas harían volver a "
                "quien fue retirado. Indique una carpeta que no esté en ninguno de ellos, ni ellos en ella.",
            )
        )
    if settings.backup_folder and backups.is_relative_to(settings.keys):
        problems.append(
            Problem(
                "MEXILE_BACKUP",
                "The backups lie with the keys that open them. Give another folder.",
                "Los respaldos están junto a las claves que los abren. Indique otra carpeta.",
            )
        )
    if settings.backup_keep < 1:
        problems.append(Problem("MEXILE_BACKUP_KEEP", "Keep one at least.", "Conserve al menos uno."))
    return problems
