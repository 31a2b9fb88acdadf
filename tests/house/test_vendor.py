"""The front-end files: exactly those that were checked, and htmx configured in its own words."""

import hashlib
import json
import re
from pathlib import Path

from mexile import config as _config

MEXILE = Path(_config.__file__).parent
ROOT = MEXILE.parent
VENDOR = MEXILE / "static" / "vendor"


def _expected() -> dict[str, str]:
    lines = (ROOT / ".ci" / "vendor.sha256").read_text().splitlines()
    return {name: digest for digest, name in (line.split() for line in lines)}


def test_every_front_end_file_is_the_one_that_was_checked() -> None:
    found = {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest()
        for path in VENDOR.iterdir()
        if not path.name.startswith(".")
    }
    assert found == _expected()


def test_every_front_end_file_that_is_asked_for_exists() -> None:
    asked = set()
    for path in [
        *MEXILE.rglob("*.css"),
        *MEXILE.rglob("*.js"),
        *MEXILE.rglob("*.py"),
        *(ROOT / "templates").rglob("*.html"),
    ]:
        if VENDOR not in path.parents:
            asked |= set(re.findall(r"vendor/([\w.\-]+\.(?:js|woff2|ttf))", path.read_text()))
    assert asked - set(_expected()) == set()


def test_every_name_in_our_htmx_configuration_exists_in_the_pinned_file() -> None:
    htmx = (VENDOR / "htmx.min.js").read_text()
    for path in (ROOT / "templates").rglob("*.html"):
        for content in re.findall(r"""name="htmx-config"\s+content='([^']*)'""", path.read_text()):
            assert [name for name in json.loads(content) if name not in htmx] == []
