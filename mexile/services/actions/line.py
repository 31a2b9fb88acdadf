"""Log what a line says; where it is what came of an open date, close that date with it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from mexile.access.viewer import Viewer
from mexile.cases.actions.events import open_event, record_outcome
from mexile.services.actions.log import Logged, log_service
from mexile.services.queries.open_date import open_date_of
from mexile.services.rules.act import Act


def log_line(*, viewer: Viewer, act: Act, today: date) -> Logged:
    """The act, and the outcome of the one open date of its kind and day with somebody of its people.
    One encounter counts once: its date doesn't stand to be closed afterwards. `reopen_event` undoes both."""
    code = open_date_of(viewer, act)
    if code is None:
        return log_service(viewer=viewer, act=act, today=today)
    event = open_event(viewer, code)
    logged = log_service(
        viewer=viewer, act=replace(act, event_id=event.id, mode=act.mode or event.mode), today=today
    )
    record_outcome(viewer=viewer, event=event, outcome="done")
    return logged
