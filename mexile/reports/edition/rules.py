"""The numbers of an edition as text, and which of them differ from others."""

from __future__ import annotations

import json
from typing import Any

from mexile.reports.numbers import Numbers


def canonical(numbers: Numbers) -> str:
    """Every number of an edition as JSON, equal for equal numbers: null is one that is withheld."""
    said = {
        "report": numbers.definition.name,
        "grant": numbers.grant,
        "from": numbers.from_on.isoformat(),
        "to": numbers.to_on.isoformat(),
        "figures": {figure.spec.name: figure.value for figure in numbers.figures},
        "tables": {
            table.spec.name: {"total": table.total, "rows": {row.code: row.values for row in table.rows}}
            for table in numbers.tables
        },
    }
    return json.dumps(said, sort_keys=True, separators=(",", ":"))


def places(numbers: str) -> dict[tuple[str, ...], int | None]:
    """Each number of a canonical text by its place: ("figures", name), ("tables", name, row, column)."""
    said: dict[str, Any] = json.loads(numbers)
    found: dict[tuple[str, ...], int | None] = {("figures", name): value for name, value in said["figures"].items()}
    for name, table in said["tables"].items():
        for code, values in {**table["rows"], "total": table["total"]}.items():
            found |= {("tables", name, code, str(column)): value for column, value in enumerate(values)}
    return found


def changed(sent: str, exact: str) -> list[tuple[str, ...]]:
    """The places of what was said in `sent` and is another number in `exact`. What was withheld was not said; a row
    that is gone is zero now."""
    now = places(exact)
    return [place for place, value in places(sent).items() if value is not None and (now.get(place) or 0) != value]
