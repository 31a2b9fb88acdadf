"""What the tests ask of the machine, tried with a PATH of our own: which browser counts, and what is said when none does."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

CI = Path(__file__).parents[2] / ".ci"
TOOLS = ("bash", "env", "dirname", "grep", "id", "cat", "mktemp", "rm")
WORKS, SNAP = "#!/bin/bash\necho 'Chromium 1'\n", "#!/bin/bash\necho 'requires the chromium snap' >&2\nexit 1\n"


@pytest.fixture
def machine(tmp_path: Path) -> Path:
    """A folder for PATH with the shell's own tools, a spreadsheet, and UTF-8."""
    found = tmp_path / "bin"
    found.mkdir()
    for tool in TOOLS:
        (found / tool).symlink_to(shutil.which(tool) or f"/bin/{tool}")
    put(found, "soffice", "#!/bin/bash\n")
    put(found, "locale", "#!/bin/bash\necho C.utf8\n")
    put(found, "id", "#!/bin/bash\necho 1000\n")
    return found


def put(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.unlink(missing_ok=True)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    path.chmod(0o755)
    return path


def ask(script: str, machine: Path, **more: str) -> subprocess.CompletedProcess[str]:
    surroundings = {"PATH": str(machine), "HOME": str(machine.parent), **more}
    return subprocess.run([str(CI / script)], env=surroundings, capture_output=True, text=True, check=False)


@pytest.mark.parametrize("name", ["chromium", "chromium-browser", "google-chrome"])
def test_any_of_the_browsers_counts(machine: Path, name: str) -> None:
    path = put(machine, name, WORKS)
    assert ask("browser", machine).stdout.strip() == str(path)
    assert ask("system", machine).returncode == 0


def test_a_door_to_a_snap_is_no_browser_and_the_next_one_counts(machine: Path) -> None:
    put(machine, "chromium", SNAP)
    assert ask("browser", machine).returncode == 1
    path = put(machine, "chromium-browser", WORKS)
    assert ask("browser", machine).stdout.strip() == str(path)


def test_the_shell_that_playwright_keeps_counts_where_there_is_no_package(machine: Path) -> None:
    put(machine, "chromium", SNAP)
    kept = machine.parent / ".cache" / "ms-playwright" / "chromium_headless_shell-1200"
    path = put(kept / "chrome-linux", "headless_shell", WORKS)
    assert ask("browser", machine).stdout.strip() == str(path)
    assert ask("system", machine).returncode == 0
    assert ask("browser", machine, PLAYWRIGHT_BROWSERS_PATH=str(machine)).returncode == 1


def test_what_is_missing_is_named_in_one_line_with_the_way_to_it(machine: Path, tmp_path: Path) -> None:
    debian, ubuntu = tmp_path / "debian", tmp_path / "ubuntu"
    debian.write_text("ID=debian\n")
    ubuntu.write_text("NAME=Ubuntu\nID=ubuntu\n")
    told = {}
    for system in (debian, ubuntu):
        answer = ask("system", machine, OS_RELEASE=str(system))
        assert answer.returncode == 1
        told[system.name] = answer.stderr
        assert len(answer.stderr.splitlines()) == 1 and "chromium" in answer.stderr
        assert "make test SOME=1" in answer.stderr
    assert "apt-get" in told["debian"] and "playwright install" in told["ubuntu"]
    assert ask("system", machine, SOME="1").returncode == 0


def test_on_ubuntu_no_package_is_asked_for_a_browser(machine: Path, tmp_path: Path) -> None:
    ubuntu = tmp_path / "ubuntu"
    ubuntu.write_text("ID=ubuntu\n")
    put(machine, "id", "#!/bin/bash\necho 0\n")
    put(machine, "apt-get", f'#!/bin/bash\necho "$@" >> {tmp_path}/asked\n')
    (machine / "soffice").unlink()
    assert ask("system", machine, OS_RELEASE=str(ubuntu)).returncode == 1
    asked = (tmp_path / "asked").read_text()
    assert "libreoffice-calc-nogui" in asked and "chromium" not in asked


def test_the_scripts_are_programs() -> None:
    assert all(os.access(CI / name, os.X_OK) for name in ("browser", "system", "run"))
