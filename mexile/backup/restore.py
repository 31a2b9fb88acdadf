"""The way back: a backup is laid out beside the installation, opened there as the program would open it, and looked at as a
whole. Only what stood that is put in the place of the database; papers that are newer than the backup stay.

Who was removed since the backup was made stays removed: the key is not in the backup, and the newest keyring says so.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, replace
from pathlib import Path

from flask import Flask
from sqlalchemy import create_engine, select, text
from sqlalchemy.pool import NullPool

from mexile.backup import archive, copying, postgresql, sqlite, words
from mexile.backup.actions import keep, laid
from mexile.backup.archive import DATABASE, PAPERS, Contents, Head
from mexile.backup.rows import count
from mexile.config import Config
from mexile.documents.actions import FOLDER
from mexile.documents.models import Document
from mexile.ground import belonging, clock, files, keyring, running, schema, seal, trail
from mexile.ground.db import db, writing
from mexile.ground.errors import Invalid, KeyErased, KeyGone, Problem, Tampered

CreateApp = Callable[..., Flask]
BEFORE = "before-restore-"


@dataclass(frozen=True)
class Checked:
    """A backup that opened and is whole. `papers` opened; `erased` keys belong to people who were removed since, and stay
    gone; `unopened` keys are lost."""

    head: Head
    contents: Contents
    papers: int
    erased: int
    unopened: int


def verify(create_app: CreateApp, settings: Config, path: Path) -> Checked:
    """Try a backup out without touching the installation. Raises Invalid with what is wrong, in words."""
    with _tried(create_app, settings, path) as (checked, _folder, _place):
        return checked


def restore(create_app: CreateApp, settings: Config, path: Path) -> tuple[Checked, Path | None]:
    """Put a backup in the place of what is here. Nothing else may run. Returns what was found, and where what stood here
    before is kept. Raises Invalid, and then all is as it was."""
    with _tried(create_app, settings, path) as (checked, folder, place):
        try:
            aside = _put_back(settings, folder, place)
        except OSError as error:
            raise Invalid(words.no_writing(Path(error.filename or path), error.strerror)) from None
    app = create_app(settings)
    with app.app_context():
        schema.upgrade(db.engine)
        with writing():
            trail.accept()
        let_go()
    (settings.home / running.UPGRADE).unlink(missing_ok=True)
    return checked, aside


def put_back_unchecked(settings: Config, path: Path) -> None:
    """Put back a backup that was made a moment ago, by an upgrade that didn't end well."""
    with laid(copying.disk_of(settings)) as folder:
        archive.read(path, keyring.current().keys, folder)
        if settings.is_sqlite:
            sqlite.put_back(folder / DATABASE, copying.file_of(settings), folder / "aside")
        else:
            postgresql.Place(settings.database_url, settings.postgresql_programs).put_back(folder / DATABASE)


@contextmanager
def _tried(
    create_app: CreateApp, settings: Config, path: Path
) -> Iterator[tuple[Checked, Path, postgresql.Place | None]]:
    """The backup laid out in a folder and looked at, with the database's server where it has one."""
    if problems := keyring.problems_of(settings.keys):
        raise Invalid(problems)
    keys = keyring.read_key_file(settings.keys)
    head = archive.read_head(path)
    _refuse_strange(settings, path, head, keys)
    place = None if settings.is_sqlite else postgresql.Place(settings.database_url, settings.postgresql_programs)
    with laid(copying.disk_of(settings)) as folder:
        try:
            contents = archive.read(path, keys, folder)
        except OSError as error:
            raise Invalid(
                words.no_room(folder) if error.errno == 28 else words.no_reading(path, error.strerror)
            ) from None
        (folder / PAPERS).mkdir(exist_ok=True)
        with place.scratch() if place else nullcontext() as scratch:
            if scratch:
                scratch.put_back(folder / DATABASE)
            url = scratch.url.render_as_string(hide_password=False) if scratch else f"sqlite:///{folder / DATABASE}"
            checked = _check(create_app, replace(settings, home=folder, database_url=url), path, head, contents)
        yield checked, folder, place


def _refuse_strange(settings: Config, path: Path, head: Head, keys: keyring.KeyFile) -> None:
    if head.check != keys.check.hex():
        raise Invalid(words.another_key(path))
    if head.kind != copying.kind_of(settings):
        raise Invalid(words.another_database(path, head.kind))
    if not schema.knows(head.revision):
        raise Invalid(words.newer(path, head.revision, schema.newest()))


def _check(create_app: CreateApp, laid_out: Config, path: Path, head: Head, contents: Contents) -> Checked:
    """Look at everything in a backup that is laid out; it is brought to this version's tables meanwhile."""
    problems: list[Problem] = []
    if laid_out.is_sqlite and not sqlite.is_whole(laid_out.home / DATABASE):
        raise Invalid(words.not_whole(path, "its database is damaged", "su base de datos está dañada"))
    engine = create_engine(laid_out.database_url, poolclass=NullPool)
    with engine.connect() as connection:
        there = count(connection)
    if (there.rows, there.line, there.seal) != (contents.rows, contents.line, contents.seal):
        raise Invalid(words.not_whole(path, "rows are missing in it", "le faltan filas"))
    app = create_app(laid_out)
    with app.app_context(), seal.silent():
        try:
            schema.upgrade(db.engine)
            lines, bad = trail.verify()
            if bad is not None or lines < contents.line:
                problems.append(
                    words.not_whole(
                        path,
                        f"line {bad or lines + 1} of its trail was changed or taken out",
                        f"la línea {bad or lines + 1} de su registro fue cambiada o quitada",
                    )
                )
            opened, gone = _papers(laid_out.home / PAPERS)
            if gone:
                problems.append(
                    words.not_whole(
                        path,
                        f"{gone} of its papers are missing or damaged",
                        f"{gone} documentos faltan o están dañados",
                    )
                )
            used, ring = belonging.used_keys(), keyring.current()
            erased = sum(ring.state(key) == keyring.ERASED for key in used)
            unopened = len(ring.unopened(used))
        finally:
            let_go()
    if problems:
        raise Invalid(problems)
    return Checked(head, contents, opened, erased, unopened)


def _papers(folder: Path) -> tuple[int, int]:
    """How many papers open, and how many are missing or damaged. Those of removed people are neither."""
    opened = gone = 0
    for document in db.session.scalars(select(Document)):
        try:
            sealed = (folder / document.rid.hex()).read_bytes()
            seal.unseal_file("document", "file", document.rid, document.key_id, sealed)
            opened += 1
        except (OSError, Tampered):
            gone += keyring.current().state(document.key_id) != keyring.ERASED
        except KeyErased:
            continue
        except KeyGone:
            gone += 1
    db.session.rollback()
    return opened, gone


def _put_back(settings: Config, folder: Path, place: postgresql.Place | None) -> Path | None:
    """Papers first, then the database in one step: no row is ever without its paper."""
    stamp = clock.now().strftime("%Y%m%dT%H%M%SZ")
    aside: Path | None = settings.home / f"{BEFORE}{stamp}"
    if place is None:
        path = copying.file_of(settings)
        aside = path.with_name(f"{BEFORE}{stamp}")
        _lay_papers(folder / PAPERS, settings.home / FOLDER)
        sqlite.put_back(folder / DATABASE, path, aside)
        return aside
    with place.engine.connect() as connection:
        is_filled = bool(count(connection).rows)
    if is_filled and aside:
        keyring.use(keyring.Keyring(settings.keys, keyring.read_key_file(settings.keys)))
        aside = aside.with_suffix(".backup")
        keep(settings, aside)
    _lay_papers(folder / PAPERS, settings.home / FOLDER)
    place.put_back(folder / DATABASE)
    return aside if is_filled else None


def _lay_papers(source: Path, target: Path) -> None:
    """Each paper that isn't there, or lies there damaged. Those that are newer than the backup stay."""
    target.mkdir(parents=True, exist_ok=True, mode=0o700)
    for path in source.iterdir():
        lying = target / path.name
        if not lying.exists() or lying.read_bytes() != path.read_bytes():
            files.write(lying, path.read_bytes())


def let_go() -> None:
    """Close this app's connections, so that its database can be put elsewhere."""
    db.session.remove()
    if db.engine.dialect.name == "sqlite":
        with db.engine.connect() as connection:
            connection.execute(text("PRAGMA wal_checkpoint(TRUNCATE)"))
    db.engine.dispose()
    keyring.current().close()
