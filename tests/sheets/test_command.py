"""`mexile import`: a summary in words, and an exit status that scripts can trust."""

from types import SimpleNamespace

import pytest
from click.testing import CliRunner
from sqlalchemy import func, select

from mexile.arrivals.models import ArrivalParty
from mexile.ground.db import db
from mexile.members.person.models import Member
from mexile.sheets.batch.models import ImportBatch
from mexile.sheets.command import command
from tests.makers.sheets import ARRIVALS, sheet

PEOPLE = 'name = "x"\ninto = "members"\n[columns]\nalias = "alias"\nconsented_on = "yes"\nname = "name"\n'


@pytest.fixture
def run(app, tmp_path):
    def called(content, *words, mapping=ARRIVALS):
        (tmp_path / "door.csv").write_bytes(content)
        (tmp_path / "door.toml").write_text(mapping)
        program = SimpleNamespace(create_app=lambda: app)
        files = [str(tmp_path / "door.csv"), "--mapping", str(tmp_path / "door.toml")]
        return CliRunner().invoke(command, [*files, *words], obj=program)

    return called


def counted(app, table):
    with app.app_context():
        return db.session.scalar(select(func.count()).select_from(table))


def test_a_dry_run_writes_nothing(app, run):
    done = run(sheet(None), "--dry-run")
    assert done.exit_code == 0 and "1 rows into arrivals, 3 people." in done.output
    assert counted(app, ImportBatch) == counted(app, ArrivalParty) == 0


def test_rows_with_errors_stop_it_unless_they_are_left_out(app, run):
    content = sheet(None, ("2026-03-10", "3", "Cuba"), ("31/02/2026", "1", "Cuba"))
    done = run(content)
    assert done.exit_code == 1
    assert "Row 3: day:" in done.output and "1 rows have errors; nothing was written" in done.output
    assert counted(app, ArrivalParty) == 0
    done = run(content, "--leave-out")
    assert done.exit_code == 0 and "Imported as I-0001: 1 created, 0 updated, 1 left out." in done.output


def test_days_of_two_readings_stop_it(app, run):
    done = run(sheet(None, ("3/4/2026", "3", "Cuba")))
    assert done.exit_code == 1 and "is the day or the month first?" in done.output
    assert counted(app, ArrivalParty) == 0


@pytest.mark.parametrize(
    ("content", "mapping", "word"),
    [
        (b"", ARRIVALS, "The file is empty"),
        (b"a,b\n1,2\n", ARRIVALS, "The sheet has no column “people”"),
        (b"a,b\n1,2\n", "x", "not TOML"),
    ],
)
def test_what_is_wrong_is_said_with_status_1(run, content, mapping, word):
    done = run(content, mapping=mapping)
    assert done.exit_code == 1 and word in done.output


def test_members_need_somebody_who_answers_for_them(app, run, make):
    content = sheet(None, ("Luna", "2026-01-05", "Ana Reyes"), heading=("alias", "yes", "name"))
    assert "Say who of the staff answers" in run(content, mapping=PEOPLE).output
    assert "Nobody of the staff is U-99" in run(content, "--by", "U-99", mapping=PEOPLE).output
    person = make.user(role="attorney")
    done = run(content, "--by", person.code, mapping=PEOPLE)
    assert done.exit_code == 0, done.output
    assert counted(app, Member) == 1
