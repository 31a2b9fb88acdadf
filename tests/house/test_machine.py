"""What an installer copies onto a machine: units that systemd understands, and settings that mexile knows."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from mexile import config

MACHINE = Path(config.__file__).parent / "machine"
UNITS = sorted(MACHINE.glob("*.service"))


@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.stem)
def test_systemd_understands_each_unit(unit: Path, tmp_path: Path) -> None:
    copy = tmp_path / unit.name
    copy.write_text(re.sub(r"^ExecStart=\S+", "ExecStart=/bin/true", unit.read_text(), flags=re.M))
    program = shutil.which("systemd-analyze")
    if program:
        done = subprocess.run([program, "verify", str(copy)], capture_output=True, text=True, check=False)
        assert (done.returncode, done.stderr) == (0, "")
    assert f"ExecStart=/opt/mexile/.venv/bin/mexile {unit.stem.removeprefix('mexile-')}\n" in unit.read_text()


def test_the_two_units_are_one_but_for_what_they_do() -> None:
    serve, work = (set(unit.read_text().splitlines()) for unit in UNITS)
    assert {line.partition("=")[0] for line in serve ^ work if "=" in line} == {
        "Description",
        "ExecStart",
        "ReadWritePaths",
    }


def test_every_setting_of_the_example_is_one_that_mexile_reads() -> None:
    lines = (MACHINE / "mexile.env").read_text().splitlines()[1:]
    given = dict(line.removeprefix("#").split("=", 1) for line in lines)
    read = Path(config.__file__).read_text()
    assert [name for name in given if f'"{name.removesuffix("_FILE")}"' not in read] == []
    settings, problems = config.look({name: value for name, value in given.items() if not name.endswith("_FILE")})
    assert settings.production and {problem.place for problem in problems} <= {"MEXILE_KEYS"}, problems
