"""What is missing until the data of this organization would outlive its disk."""

from __future__ import annotations

from mexile.backup import state
from mexile.backup.nightly import is_set_up
from mexile.config import config
from mexile.ground.errors import Problem


def missing() -> list[Problem]:
    """No place for backups was named, or none was made there yet."""
    settings = config()
    if not is_set_up(settings):
        return [NO_PLACE]
    return [] if state.known(settings.home).done else [NONE_YET]


NO_PLACE = Problem(
    "MEXILE_BACKUP",
    "Nobody said where backups go. Name a folder on another disk in MEXILE_BACKUP, and another one for the keyring's copies "
    "in MEXILE_KEYRING_BACKUP, then start mexile again.",
    "Nadie ha dicho adónde van los respaldos. Indique una carpeta de otro disco en MEXILE_BACKUP, y otra para las copias del "
    "llavero en MEXILE_KEYRING_BACKUP, y reinicie mexile.",
)
NONE_YET = Problem(
    "MEXILE_BACKUP",
    "A place for backups is named, and none was made there yet. The worker makes the first within ten minutes.",
    "Hay un lugar para los respaldos y todavía no se ha hecho ninguno. El trabajador hace el primero en diez minutos.",
)
