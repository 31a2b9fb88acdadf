"""LibreOffice as a reader: opens a workbook, recalculates every formula, writes it again."""

from __future__ import annotations

import subprocess
from io import BytesIO
from pathlib import Path

from openpyxl import load_workbook


def recalculated(soffice: str, body: bytes, folder: Path) -> dict[str, dict[str, object]]:
    """sheet -> cell -> value, as LibreOffice has them after it has counted everything itself.

    The cached values are taken out first, so that nothing but its own counting is left.
    """
    import re
    import zipfile

    bare = folder / "bare.xlsx"
    with zipfile.ZipFile(BytesIO(body)) as before, zipfile.ZipFile(bare, "w") as after:
        for name in before.namelist():
            part = before.read(name)
            if name.startswith("xl/worksheets/"):
                part = re.sub(rb"(</f>)<v>[^<]*</v>", rb"\1", part)
            after.writestr(name, part)
    out = folder / "out"
    subprocess.run(
        [
            soffice, "--headless", f"-env:UserInstallation=file://{folder}/profile",
            "--convert-to", "xlsx", "--outdir", str(out), str(bare),
        ],
        check=True, capture_output=True, timeout=180,
    )  # fmt: skip
    return values((out / "bare.xlsx").read_bytes())


def values(body: bytes) -> dict[str, dict[str, object]]:
    """The values that a file keeps, cached ones for formulas."""
    book = load_workbook(BytesIO(body), data_only=True)
    return {
        sheet.title: {
            cell.coordinate: cell.value for row in sheet.iter_rows() for cell in row if cell.value is not None
        }
        for sheet in book
    }
