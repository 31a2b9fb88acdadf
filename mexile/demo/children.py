"""The processes that the demo starts, and that all end with it."""

import ctypes
import multiprocessing
import os
import signal
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from multiprocessing.process import BaseProcess

GRACE = 5.0
FORK = multiprocessing.get_context("fork")
_DIE_WITH_PARENT = 1


class Children:
    """Forked processes by name."""

    def __init__(self) -> None:
        self.living: dict[str, BaseProcess] = {}

    def begin(self, name: str, work: Callable[[], None]) -> int | None:
        """Run `work` in a process of its own."""
        sys.stdout.flush()
        sys.stderr.flush()
        self.living[name] = process = FORK.Process(target=_live, args=(work, os.getpid()), name=name)
        process.start()
        return process.pid

    def ended(self) -> str | None:
        """The name of one that ended by itself, if any did."""
        for name, process in self.living.items():
            if not process.is_alive():
                del self.living[name]
                return name
        return None

    def end(self) -> None:
        """End all: kindly, and after five seconds for certain, with all that they started."""
        for process in self.living.values():
            process.terminate()
        limit = time.monotonic() + GRACE
        for process in self.living.values():
            process.join(max(limit - time.monotonic(), 0))
            if process.is_alive() and process.pid:
                with suppress(ProcessLookupError):
                    os.killpg(process.pid, signal.SIGKILL)
                process.join()
        self.living.clear()


def _live(work: Callable[[], None], parent: int) -> None:
    """In the new process. It has a group of its own: Ctrl-C of the terminal reaches the parent alone, which then
    tells each child once. On Linux, one whose parent dies without a word is told to end too."""
    os.setpgrp()
    with suppress(OSError, AttributeError):
        ctypes.CDLL(None).prctl(_DIE_WITH_PARENT, signal.SIGTERM)
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.SIG_DFL)
    if os.getppid() == parent:
        work()
