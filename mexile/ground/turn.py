"""Whose turn it is to write: one writer at a time, first come first served, over threads and processes; and
nobody waits without end."""

from __future__ import annotations

import fcntl
import os
import threading
import time
from collections import deque
from contextvars import ContextVar
from pathlib import Path
from typing import Any

from mexile.ground.errors import Busy

patience: ContextVar[float] = ContextVar("patience", default=60.0)
"""Seconds that one waits for the turn to write. A web request is given less: somebody looks at the screen."""
MOST_WAITING = 10
"""So many of a process wait that long; one who comes after them waits a second, so that threads are left for those
who only read."""


class WriterQueue:
    """The writers of one process, one after the other in the order in which they came. Raises Busy for one whose
    turn doesn't come in time."""

    def __init__(self) -> None:
        self._guard = threading.Lock()
        self._turns: deque[threading.Lock] = deque()

    def enter(self, until: float) -> threading.Lock:
        """Wait for one's turn; returns it, to be given to `leave`."""
        turn = threading.Lock()
        turn.acquire()
        with self._guard:
            if len(self._turns) >= MOST_WAITING:
                until = min(until, time.monotonic() + 1)
            self._turns.append(turn)
            if self._turns[0] is turn:
                turn.release()
        if not turn.acquire(timeout=max(0.0, until - time.monotonic())):
            self.leave(turn)
            raise Busy("the turn to write did not come in time")
        return turn

    def leave(self, turn: threading.Lock) -> None:
        with self._guard:
            was_first = self._turns[0] is turn
            self._turns.remove(turn)
            if was_first and self._turns:
                self._turns[0].release()


class FairLock:
    """One writer at a time over all processes: a lock on a file, for which the first of each line waits."""

    def __init__(self, path: Path):
        self.path = path

    def acquire(self, until: float) -> int:
        handle = os.open(self.path, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            pause = 0.0005
            while not self._try(handle):
                if time.monotonic() > until:
                    raise Busy("another process writes")
                time.sleep(pause)
                pause = min(pause * 1.5, 0.01)
        except BaseException:
            os.close(handle)
            raise
        return handle

    @staticmethod
    def _try(handle: int) -> bool:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    @staticmethod
    def release(handle: int) -> None:
        os.close(handle)


def take_turn(kept: dict[str, Any], line: WriterQueue, lock: FairLock | None = None) -> float:
    """Wait for the turn to write, and keep in ``kept`` how it is given back; returns until when one may wait for
    anything else. Raises Busy."""
    until = time.monotonic() + patience.get()
    turn = line.enter(until)
    leaving = kept["turn"] = [lambda: line.leave(turn)]
    if lock:
        handle = lock.acquire(until)
        leaving.insert(0, lambda: lock.release(handle))
    return until
