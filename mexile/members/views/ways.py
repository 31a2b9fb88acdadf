"""The ways to a person as pages show them: opened with their rules, or only what may be done now."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from mexile.ground.phone import shown_phone
from mexile.members.queries.contact import Reached, Ways
from mexile.members.rules.contact import KIND_OF, Answer, when
from mexile.web.i18n import lang


@dataclass(frozen=True)
class ShownWay:
    """A way as the page shows it. ``href`` is there only while it may be used; ``id`` where it has rules of its own."""

    kind: str
    value: str
    through: str | None
    code_name: str | None
    note: str | None
    when: str
    answers: Sequence[tuple[str, Answer]]
    href: str | None
    id: int | None


def shown_ways(ways: Ways) -> list[ShownWay]:
    """Every way, opened. A link to call or to write stands only where that is allowed at this moment."""
    return [_shown(ways, one) for one in ways.all]


def _shown(ways: Ways, one: Reached) -> ShownWay:
    answers = [(channel, ways.of(one, channel)) for channel, kind in KIND_OF.items() if kind == one.way.kind]
    value, row = one.value or "", one.row
    is_mail = one.way.kind == "email"
    link = {"phone": "tel:", "email": "mailto:"}.get(one.way.kind)
    return ShownWay(
        one.way.kind,
        value if is_mail else shown_phone(value),
        row.through if row else None,
        row.code_name if row else None,
        row.note if row else None,
        when(one.way, lang()),
        answers,
        link + value if link and value and answers[0][1].allowed else None,
        row.id if row else None,
    )


def first_answers(ways: Ways) -> list[tuple[str, Answer]]:
    """For each way whether it may be used now, and nothing that is sealed."""
    first = {kind: channel for channel, kind in reversed(KIND_OF.items())}
    return [(first[one.way.kind], ways.of(one, first[one.way.kind])) for one in ways.all]
