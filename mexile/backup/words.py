"""What the terminal says where a backup can't be made, taken or put back."""

from __future__ import annotations

from pathlib import Path

from mexile.ground.errors import Problem


def no_room(path: Path) -> Problem:
    return Problem(
        str(path),
        "There is no room left on the disk. Nothing half was left behind. Make room, then try again.",
        "Ya no hay espacio en el disco. No quedó nada a medias. Haga espacio e intente otra vez.",
    )


def no_writing(path: Path, why: str | None) -> Problem:
    return Problem(
        str(path),
        f"It can't be written ({why}). Nothing half was left behind.",
        f"No se puede escribir ({why}). No quedó nada a medias.",
    )


def is_there(path: Path) -> Problem:
    return Problem(
        str(path),
        "There is something of this name already, and a backup replaces nothing. Give another name.",
        "Ya hay algo con ese nombre, y un respaldo no reemplaza nada. Dé otro nombre.",
    )


def no_reading(path: Path, why: str | None) -> Problem:
    return Problem(str(path), f"It can't be read ({why}).", f"No se puede leer ({why}).")


def no_backup(path: Path) -> Problem:
    return Problem(
        str(path),
        "This is no backup of mexile. Nothing was changed.",
        "Esto no es un respaldo de mexile. No se cambió nada.",
    )


def damaged(path: Path, at: int, size: int) -> Problem:
    return Problem(
        str(path),
        f"This backup is cut off, damaged or was changed: it can't be opened from byte {at:,} of {size:,} on. "
        "Nothing was changed here. Take another copy of it, or an older backup.",
        f"Este respaldo está cortado, dañado o fue cambiado: no se puede abrir desde el byte {at:,} de {size:,}. "
        "Aquí no se cambió nada. Tome otra copia, o un respaldo anterior.",
    )


def another_key(path: Path) -> Problem:
    return Problem(
        str(path),
        "This backup was made under another key file. Put the key file of that installation into MEXILE_KEYS, with its "
        "newest keyring; nothing was changed.",
        "Este respaldo se hizo con otro archivo de claves. Ponga en MEXILE_KEYS el de aquella instalación, con su llavero "
        "más reciente; no se cambió nada.",
    )


def newer(path: Path, theirs: str, ours: str) -> Problem:
    return Problem(
        str(path),
        f"This backup was made by another version of mexile: its tables are at {theirs}, this version knows those up to "
        f"{ours}. Install the version that made it, or a newer one; nothing was changed.",
        f"Este respaldo lo hizo otra versión de mexile: sus tablas están en {theirs}; esta versión conoce hasta {ours}. "
        "Instale la versión que lo hizo, o una más nueva; no se cambió nada.",
    )


def another_database(path: Path, theirs: str) -> Problem:
    return Problem(
        "MEXILE_DATABASE",
        f"{path} is a backup of {theirs}, and MEXILE_DATABASE names another kind of database. Nothing was changed.",
        f"{path} es un respaldo de {theirs}, y MEXILE_DATABASE indica otro tipo de base. No se cambió nada.",
    )


def not_whole(path: Path, what_en: str, what_es: str) -> Problem:
    return Problem(
        str(path),
        f"The backup opens, but {what_en}. Nothing was changed here.",
        f"El respaldo se abre, pero {what_es}. Aquí no se cambió nada.",
    )


def program_failed(program: str, words: str) -> Problem:
    return Problem(
        "MEXILE_DATABASE",
        f"{program} did not work: {words}. Nothing half was left behind.",
        f"{program} no funcionó: {words}. No quedó nada a medias.",
    )


def no_program(version: int) -> Problem:
    return Problem(
        "MEXILE_POSTGRESQL",
        f"There is no pg_dump on this machine for PostgreSQL {version}, so no backup can be made. Install "
        f"postgresql-client-{version}, or say with MEXILE_POSTGRESQL in which folder it lies.",
        f"En este equipo no hay pg_dump para PostgreSQL {version}: no se puede hacer ningún respaldo. Instale "
        f"postgresql-client-{version}, o diga con MEXILE_POSTGRESQL en qué carpeta está.",
    )


def no_scratch(user: str) -> Problem:
    return Problem(
        "MEXILE_DATABASE",
        f"A backup is tried out in a database of its own, which this user may not make. Allow it: ALTER ROLE {user} CREATEDB",
        f"Un respaldo se prueba en una base aparte, y este usuario no puede crearla. Permítalo: ALTER ROLE {user} CREATEDB",
    )
