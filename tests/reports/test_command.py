"""`mexile report`: a file for scripts, with an exit status that they can trust."""

from __future__ import annotations

import stat
from datetime import date
from types import SimpleNamespace

import pytest
from click.testing import CliRunner
from openpyxl import load_workbook

from mexile.reports.command import command
from mexile.reports.models import ReportEdition


@pytest.fixture
def report(app):
    def called(*words):
        return CliRunner().invoke(command, list(words), obj=SimpleNamespace(create_app=lambda: app))

    return called


DAYS = ("--from", "2026-01-01", "--to", "2026-06-30")


@pytest.mark.once
def test_a_file_is_written_for_its_owner_and_stands_in_the_register(make, report, tmp_path):
    make.act(make.member(), type_code="food", on=date(2026, 2, 2))
    out = tmp_path / "report.xlsx"
    done = report("run", "foundation-semiannual", *DAYS, "--audience", "internal", "--out", str(out), "--lang", "es")
    assert done.exit_code == 0, done.output
    assert "acompañamos a 1 persona" in done.output
    assert stat.S_IMODE(out.stat().st_mode) == 0o600
    assert load_workbook(out).sheetnames[0] == "Portada"
    with make.app.app_context():
        kept = ReportEdition.__table__
        from mexile.ground.db import db

        row = db.session.execute(kept.select()).one()
        assert (row.audience, row.language, row.by_user_id) == ("internal", "es", None)


@pytest.mark.once
def test_what_cannot_be_says_why_and_ends_with_one(report, tmp_path):
    out = ("--out", str(tmp_path / "x.xlsx"))
    missing = report("run", "nothing", *DAYS, "--audience", "release", *out)
    assert missing.exit_code == 1 and "foundation-semiannual" in missing.output
    turned = report("run", "advocacy", "--from", "2026-06-30", "--to", "2026-01-01", "--audience", "release", *out)
    assert turned.exit_code == 1 and "before the first one" in turned.output
    nowhere = report("run", "advocacy", *DAYS, "--audience", "release", "--out", str(tmp_path / "no" / "x.xlsx"))
    assert nowhere.exit_code == 1 and "can't be written" in nowhere.output
    assert report("run", "advocacy", *DAYS, "--audience", "both", *out).exit_code == 2
    assert (
        report("run", "advocacy", "--from", "1/2/2026", "--to", "2026-01-01", "--audience", "release", *out).exit_code
        == 2
    )
    assert report("list").output.split()[0] == "advocacy"
