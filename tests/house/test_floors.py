"""Who may import whom, and the style of the code: read from pyproject.toml."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


def _run(*words: str) -> str:
    done = subprocess.run([sys.executable, *words], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_no_house_knows_a_floor_above_it() -> None:
    lint = "from importlinter.cli import lint_imports_command as run; run(['--no-cache'])"
    assert "0 broken" in _run("-c", lint)


def test_the_code_keeps_the_house_style() -> None:
    _run("-m", "ruff", "check", "--quiet", "--no-cache", "--output-format", "concise", ".")


def test_every_package_says_what_its_word_means() -> None:
    silent = [
        str(path.relative_to(ROOT))
        for path in (ROOT / "mexile").rglob("*.py")
        if path.read_text().strip() and not path.read_text().lstrip().startswith(('"""', 'r"""'))
    ]
    silent += [
        str(path.relative_to(ROOT)) for path in (ROOT / "mexile").rglob("__init__.py") if not path.stat().st_size
    ]
    assert silent == []
