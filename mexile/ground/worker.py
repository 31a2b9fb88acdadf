"""The worker: does the jobs of the queue, a thread for each lane, and goes its rounds between them."""

from __future__ import annotations

import logging
import math
import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from threading import Thread
from typing import Any

from mexile.ground import seal, trail
from mexile.ground.db import db
from mexile.ground.queue import LANES, ROUNDS, work_one

log = logging.getLogger("mexile.queue")


def work(context: Callable[[], AbstractContextManager[Any]], stop: Callable[[], bool], pause: float = 0.5) -> None:
    """The worker's life: work, go its rounds, rest, until `stop()`. Each lane is worked in a thread of its own, and
    each thread in a `context` (the app's) of its own."""
    lanes = [Thread(target=_work_lane, args=(context, lane, stop, pause), daemon=True) for lane in set(LANES.values())]
    for thread in lanes:
        thread.start()
    with context():
        _work_main_lane(stop, pause)
    for thread in lanes:
        thread.join(timeout=2)


def _work_main_lane(stop: Callable[[], bool], pause: float) -> None:
    gone: dict[int, float] = {}
    while not stop():
        for number, (seconds, function) in enumerate(ROUNDS):
            if time.monotonic() - gone.get(number, -math.inf) >= seconds:
                gone[number] = time.monotonic()
                _go_round(function)
        if not _work_one_safely(""):
            time.sleep(pause)


def _work_lane(
    context: Callable[[], AbstractContextManager[Any]], lane: str, stop: Callable[[], bool], pause: float
) -> None:
    with context():
        while not stop():
            if not _work_one_safely(lane):
                time.sleep(pause)


def _work_one_safely(lane: str) -> bool:
    """As `work_one`; a database that doesn't answer is told, and the worker rests and asks again. What it was at
    is taken up again after its lease."""
    try:
        return work_one(lane)
    except Exception as error:  # noqa: BLE001 - the worker must outlive whatever it was
        log.warning("the queue can't be worked on: %s", type(error).__name__)
        return False
    finally:
        db.session.remove()


def _go_round(function: Callable[[], object]) -> None:
    """One round; what goes wrong in it is told and tried again with the next."""
    trail.actor.set(trail.Actor())
    seal.begin_reads(shows_marks=False)
    try:
        function()
    except Exception as error:  # noqa: BLE001 - the worker's other work must go on
        log.warning("the round %s failed: %s", function.__name__, type(error).__name__)
    finally:
        db.session.remove()
