"""The arrivals' target of a sheet: a row becomes a party, or changes the one of the same row of the same file."""

import secrets
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import delete, func, insert, select, update

from mexile.access.viewer import Viewer
from mexile.arrivals.models import ArrivalParty
from mexile.arrivals.rules import ARRIVALS, PARTY, party_values
from mexile.ground.both import Both
from mexile.ground.db import db
from mexile.ground.errors import Conflict
from mexile.sheets.batch.models import ImportBatch, seal_json
from mexile.sheets.batch.rules import CHANGED
from mexile.sheets.commit.actions import keep_before
from mexile.sheets.reading.rules import ReadRow
from mexile.sheets.target.rules import TakenBack, Target, offer
from mexile.sheets.verdict.rules import CREATE, ERROR, SAME, UPDATE, Judgement, Progress


def judge_parties(viewer: Viewer, judgement: Judgement, file_id: int | None, today: date, progress: Progress) -> None:
    """A party is the same only where it is the same row of the same file: nothing else in it identifies."""
    known = {}
    if file_id is not None:
        columns = [getattr(ArrivalParty, name) for name in PARTY]
        rows = db.session.execute(
            select(ArrivalParty.row_number, ArrivalParty.id, *columns).where(ArrivalParty.file_id == file_id)
        )
        known = {row.row_number: row for row in rows}
    for row in judgement.reading.rows:
        known_row = known.get(row.number)
        if row.problems:
            judgement.judge(row, ERROR, row.problems)
        elif known_row is None:
            judgement.judge(row, CREATE)
        elif tuple(party_values(row).values()) == tuple(known_row[2:]):
            judgement.judge(row, SAME)
        else:
            judgement.judge(row, UPDATE, target=known_row.id)


class SealedParties(NamedTuple):
    """Rows to insert, and changes by the id of what they change."""

    parties: list[dict[str, Any]]
    changes: dict[int, dict[str, Any]]


def seal_parties(batch: ImportBatch, rows: list[ReadRow], changes: list[tuple[ReadRow, Any]]) -> SealedParties:
    return SealedParties([_party(batch, row) for row in rows], {id: _changed(row) for row, id in changes})


def _party(batch: ImportBatch, row: ReadRow) -> dict[str, Any]:
    rid = secrets.token_bytes(16)
    sealed = seal_json(batch, "arrival_party", "said_enc", rid, row.said) if row.said else None
    return {"rid": rid, "row_number": row.number, "said_enc": sealed, **party_values(row)}


def _changed(row: ReadRow) -> dict[str, Any]:
    """What a row says now; words that were kept because nobody understood them go when all is understood."""
    return party_values(row) | ({} if row.said else {"said_enc": None})


def write_parties(batch: ImportBatch, sealed: SealedParties, by: int | None, at: datetime, assigns: bool) -> None:
    taken = set(db.session.scalars(select(ArrivalParty.row_number).where(ArrivalParty.file_id == batch.file_id)))
    if any(party["row_number"] in taken for party in sealed.parties):
        raise Conflict(CHANGED)
    if sealed.parties:
        ids = {"batch_id": batch.id, "file_id": batch.file_id}
        db.session.execute(insert(ArrivalParty), [{**party, **ids} for party in sealed.parties])
    if sealed.changes:
        _change_parties(batch, sealed.changes)


def _change_parties(batch: ImportBatch, changes: dict[int, dict[str, Any]]) -> None:
    names = (*PARTY, "said_enc")
    columns = [getattr(ArrivalParty, name) for name in names]
    parties = db.session.execute(select(ArrivalParty.id, *columns).where(ArrivalParty.file_id == batch.file_id)).all()
    before = [(row.id, 0, dict(zip(names, row[1:], strict=True))) for row in parties if row.id in changes]
    keep_before(batch, "arrivals", before)
    for understood in (True, False):
        rows = [{"id": id, **values} for id, values in changes.items() if ("said_enc" in values) is understood]
        if rows:
            db.session.execute(update(ArrivalParty), rows)


def remove_parties(batch: ImportBatch) -> TakenBack:
    of_batch = ArrivalParty.batch_id == batch.id
    count = db.session.scalar(select(func.count()).select_from(ArrivalParty).where(of_batch)) or 0
    db.session.execute(delete(ArrivalParty).where(of_batch))
    return TakenBack(count)


offer(
    Target(
        name="arrivals",
        fields=ARRIVALS,
        title=Both("Arrivals", "Llegadas"),
        row=Both(
            "a party that arrived at a shelter, without names",
            "un grupo que llegó a un albergue, sin nombres",
        ),
        page="arrivals.arrivals",
        seen=Both("See the arrivals", "Ver las llegadas"),
        table=ArrivalParty,
        judge=judge_parties,
        seal=seal_parties,
        write=write_parties,
        remove=remove_parties,
        counted=Both("people in these parties", "personas en estos grupos"),
    )
)
