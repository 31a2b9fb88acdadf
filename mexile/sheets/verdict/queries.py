"""Judging a sheet against what is here already: nothing is written, nothing is locked."""

from datetime import date

from sqlalchemy import select

from mexile.access.viewer import Viewer
from mexile.ground.db import db
from mexile.sheets.batch.models import ImportFile
from mexile.sheets.file.rules import Sheet
from mexile.sheets.mapping.rules import Mapping
from mexile.sheets.reading.rules import read_rows
from mexile.sheets.target.rules import TARGETS
from mexile.sheets.verdict.rules import Judgement, Progress


def judge(
    viewer: Viewer, sheet: Sheet, mapping: Mapping, today: date, progress: Progress = lambda done, total: None
) -> Judgement:
    """A verdict for every row. Raises Invalid when the sheet lacks a column of the mapping."""
    judgement = Judgement(mapping.into, read_rows(sheet, mapping, today))
    file_id = db.session.scalar(select(ImportFile.id).where(ImportFile.sha256 == sheet.sha256))
    TARGETS[mapping.into].judge(viewer, judgement, file_id, today, progress)
    progress(len(sheet.rows), len(sheet.rows))
    return judgement
