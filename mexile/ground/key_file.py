"""The key file: the key-encryption keys (KEK), numbered, and the index root, from which the keys
of the blind index, the trail and the sessions derive; 32 random bytes each, mode 0400.

`{"keks": {"1": "64 hexadecimal digits"}, "index_root": "64 hexadecimal digits"}`
"""

from __future__ import annotations

import json
import os
import re
import secrets
import stat
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDFExpand

from mexile.ground.errors import Problem

KEY_FILE = "key"
_KEY = re.compile(r"[0-9a-f]{64}")
_NUMBER = re.compile(r"[1-9][0-9]{0,8}")


@lru_cache(maxsize=64)
def derive(root: bytes, purpose: str) -> bytes:
    """A 32-byte subkey of `root` for one purpose (HKDF-Expand, SHA-256)."""
    return HKDFExpand(algorithm=SHA256(), length=32, info=f"mexile/{purpose}/v1".encode()).derive(root)


@dataclass(frozen=True)
class KeyFile:
    """What the key file holds. `check` is four bytes that the keyring repeats."""

    keks: dict[int, bytes]
    index_root: bytes

    @property
    def newest(self) -> int:
        return max(self.keks)

    @property
    def check(self) -> bytes:
        return derive(self.index_root, "check")[:4]


def make_key_file(folder: Path) -> None:
    """Write a new key file. Refuses to replace one: that would lose everything."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    body = {"keks": {"1": secrets.token_hex(32)}, "index_root": secrets.token_hex(32)}
    handle = os.open(folder / KEY_FILE, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o400)
    with os.fdopen(handle, "w") as file:
        json.dump(body, file)
        file.flush()
        os.fsync(file.fileno())


def read_key_file(folder: Path) -> KeyFile:
    """The keys of the file. Raises ValueError when it has another shape, OSError when it can't be read."""
    try:
        body = json.loads((folder / KEY_FILE).read_text())
    except RecursionError:
        raise ValueError("not a key file") from None
    keks = body.get("keks") if isinstance(body, dict) else None
    if not isinstance(keks, dict) or not keks or not all(_NUMBER.fullmatch(number) for number in keks):
        raise ValueError("not a key file")
    return KeyFile({int(number): _key(key) for number, key in keks.items()}, _key(body.get("index_root")))


def _key(text: Any) -> bytes:
    if not isinstance(text, str) or not _KEY.fullmatch(text):
        raise ValueError("not a key")
    return bytes.fromhex(text)


def file_problems(folder: Path) -> list[Problem]:
    """Why the key file in `folder` can't be used, in words; empty when it can."""
    path = folder / KEY_FILE
    if not path.exists():
        return [
            Problem(
                "MEXILE_KEYS",
                f"There is no key file at {path}. Put the file back from its safe copy; "
                "only a new installation makes one, with 'mexile init'.",
                f"No hay archivo de claves en {path}. Reponga el archivo desde su copia segura; "
                "solo una instalación nueva crea uno, con 'mexile init'.",
            )
        ]
    if stat.S_IMODE(path.stat().st_mode) & 0o077:
        return [
            Problem(
                "MEXILE_KEYS",
                f"Other people of this machine can read {path}. Run: chmod 400 {path}",
                f"Otras personas de este equipo pueden leer {path}. Ejecute: chmod 400 {path}",
            )
        ]
    try:
        read_key_file(folder)
    except OSError as error:
        return [
            Problem(
                "MEXILE_KEYS",
                f"{path} can't be read ({error.strerror}). It has to be a file of the user that runs mexile.",
                f"No se puede leer {path} ({error.strerror}). Debe ser un archivo del usuario que ejecuta mexile.",
            )
        ]
    except ValueError:
        return [
            Problem(
                "MEXILE_KEYS",
                f"{path} is damaged or is no key file of mexile. Put it back from its safe copy.",
                f"{path} está dañado o no es un archivo de claves de mexile. Repóngalo desde su copia segura.",
            )
        ]
    return []


def not_this_ring(path: Path) -> Problem:
    """The key file at `path` opens nothing of the keyring beside it."""
    return Problem(
        "MEXILE_KEYS",
        f"{path} is not the key of the keyring beside it. Put the right key file back; nothing was changed.",
        f"{path} no es la clave del llavero que está a su lado. Reponga el archivo correcto; no se cambió nada.",
    )


GONE = Problem(
    "MEXILE_KEYS",
    "The keyring isn't in its place any more. Nothing was saved. Put the newest copy of keyring.db back.",
    "El llavero ya no está en su lugar. No se guardó nada. Reponga la copia más reciente de keyring.db.",
)
