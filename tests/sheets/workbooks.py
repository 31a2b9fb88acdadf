"""Workbooks for the tests: good ones, and ones with a part too many."""

import io
import zipfile

import openpyxl


def book(*rows, epoch=None, tabs=()):
    made = openpyxl.Workbook()
    if epoch:
        made.epoch = epoch
    for row in rows:
        made.active.append(row)
    for name in tabs:
        made.create_sheet(name).append(["other"])
    file = io.BytesIO()
    made.save(file)
    return file.getvalue()


def with_part(content, name, body):
    """The same workbook with one more (or another) part."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.infolist():
            if part.filename != name:
                new.writestr(part, old.read(part))
        new.writestr(name, body)
    return file.getvalue()
