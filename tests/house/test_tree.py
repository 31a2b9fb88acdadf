"""What may lie in the tree: no machine's paths, no package host, nothing made or fetched."""

import ast
import re
import subprocess
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
OWN = "tests/house/test_tree.py"
LOCKS = ("requirements.lock", "requirements-test.lock", ".ci/installer.lock", ".ci/npm.lock")
ADDRESS = re.compile(r"\w://")
INDEX = re.compile(
    r"--(extra-)?index-url|--find-links|\b(registry|index-url|extra-index-url)\s*=|\w://[^\s\"'>)]*/(simple|registry|dists)(/|\b)"
)
"""What an address of packages looks like, wherever it is."""
MACHINE = re.compile(r"(?<![\w.])/(root|work|home/\w+|tmp/build|opt/pypi\w*)/")
TEXT = {"", ".css", ".html", ".ini", ".js", ".json", ".lock", ".md", ".po", ".py", ".sha256", ".svg", ".toml", ".txt"}
TOP = {
    *("mexile", "migrations", "templates", "reports", "tests", "wsgi.py", "pyproject.toml", "README.md"),
    *("Makefile", "requirements.lock", "requirements-test.lock", "package.json", "package-lock.json"),
    *("CHANGELOG.md", "CONTRIBUTING.md", "LICENSE", "SECURITY.md", ".ci", ".gitignore"),
}


@cache
def tracked() -> list[str]:
    listed = subprocess.run(
        ["git", "-c", "safe.directory=*", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return [name for name in listed.stdout.split("\0") if name and (ROOT / name).is_file()]


def _lines(pattern: re.Pattern[str]) -> list[str]:
    found = []
    for name in tracked():
        if name == OWN or Path(name).suffix not in TEXT:
            continue
        for number, line in enumerate((ROOT / name).read_text().splitlines(), 1):
            if pattern.search(line):
                found.append(f"{name}:{number}: {line.strip()[:100]}")
    return found


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_names_no_address(lock: str) -> None:
    assert not ADDRESS.search((ROOT / lock).read_text())


def test_no_index_of_packages_is_named() -> None:
    assert _lines(INDEX) == []


def test_no_path_of_one_machine_is_named() -> None:
    assert _lines(MACHINE) == []


def test_the_top_level_holds_what_it_should() -> None:
    assert {name.partition("/")[0] for name in tracked()} <= TOP


def test_nothing_made_or_fetched_is_committed() -> None:
    made = re.compile(r"\.(mo|pyc|db|woff2|ttf|pdf|sqlite3?|so|zip)$|^mexile/static/vendor/|^node_modules/|^instance/")
    assert [name for name in tracked() if made.search(name)] == []


@pytest.mark.parametrize("word", ["util", "utils", "helper", "helpers", "manager", "misc", "common"])
def test_no_room_is_called_by_a_word_that_says_nothing(word: str) -> None:
    assert [name for name in tracked() if word in re.split(r"[/_.\-]", name)] == []


@pytest.mark.parametrize("lock", LOCKS)
def test_every_locked_package_has_its_hashes(lock: str) -> None:
    text = (ROOT / lock).read_text()
    packages = re.split(r"\n(?=\S)", text.strip())
    assert packages and all("==" in package and "--hash=sha256:" in package for package in packages)


def test_the_front_end_lock_names_no_address_to_download_from() -> None:
    text = (ROOT / "package-lock.json").read_text()
    assert "resolved" not in text
    assert text.count('"integrity"') == text.count('"node_modules/')


@pytest.mark.parametrize("folder", ["", "mexile", "migrations", "reports", "templates", "tests"])
def test_a_folder_says_what_it_is(folder: str) -> None:
    assert len((ROOT / folder / "README.md").read_text()) > 200


def test_every_template_that_is_named_is_there() -> None:
    named = {
        (node.value, str(path.relative_to(ROOT)))
        for path in (ROOT / "mexile").rglob("*.py")
        if path.parent.name != "standin"  # whose pages lie in a folder of their own
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and re.fullmatch(r"[a-z_/]+\.html", node.value)
    }
    named |= {
        (name, str(path.relative_to(ROOT)))
        for path in (ROOT / "templates").rglob("*.html")
        for name in re.findall(r"""["']([a-z_]+/[a-z_/]+\.html)["']""", path.read_text("utf-8"))
    }
    assert len(named) > 200
    assert sorted(name for name in named if not (ROOT / "templates" / name[0]).is_file()) == []


def test_the_map_names_every_house_and_room() -> None:
    rows = dict(re.findall(r"^\| `([a-z_]+)/` \|(.*)\|$", (ROOT / "mexile" / "README.md").read_text("utf-8"), re.M))
    rooms = [path.parent.relative_to(ROOT / "mexile").parts for path in (ROOT / "mexile").rglob("__init__.py")]
    assert {house for house, *_ in filter(None, rooms)} <= rows.keys()
    missing = [
        f"{house}/{rest[0]}" for house, *rest in filter(None, rooms) if rest and f"`{rest[0]}`" not in rows[house]
    ]
    assert sorted(set(missing)) == []
