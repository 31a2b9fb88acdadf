"""The processes that the demo starts, and that all end with it."""

from __future__ import annotations

import ctypes
import os
import signal
import sys
import time
import traceback
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field

GRACE = 5.0
_DIE_WITH_PARENT = 1


@dataclass
class Children:
    """Forked processes by name."""

    living: dict[int, str] = field(default_factory=dict)

    def begin(self, name: str, work: Callable[[], None]) -> int:
        """Run `work` in a process of its own."""
        sys.stdout.flush()
        sys.stderr.flush()
        parent = os.getpid()
        pid = os.fork()
        if pid == 0:
            _live(work, parent)
        with suppress(OSError):
            os.setpgid(pid, pid)
        self.living[pid] = name
        return pid

    def ended(self) -> str | None:
        """The name of one that ended by itself, if any did."""
        for pid in list(self.living):
            if os.waitpid(pid, os.WNOHANG)[0]:
                return self.living.pop(pid)
        return None

    def end(self) -> None:
        """End all: kindly, and after five seconds for certain."""
        for pid in self.living:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGTERM)
        limit = time.monotonic() + GRACE
        while self.living and time.monotonic() < limit:
            if self.ended() is None:
                time.sleep(0.02)
        for pid in self.living:
            with suppress(ProcessLookupError, ChildProcessError):
                os.killpg(pid, signal.SIGKILL)
                os.waitpid(pid, 0)
        self.living.clear()


def _live(work: Callable[[], None], parent: int) -> None:
    """In the new process: do the work and leave without the parent's own ending."""
    status = 1
    try:
        # A group of its own: Ctrl-C of the terminal reaches the parent alone, which then tells each child once.
        os.setpgrp()
        _end_with(parent)
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, signal.SIG_DFL)
        work()
        status = 0
    except SystemExit as asked:
        status = asked.code if isinstance(asked.code, int) else int(asked.code is not None)
    except KeyboardInterrupt:
        status = 0
    except BaseException:  # noqa: BLE001 - said, and then the process is over
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        os._exit(status)


def _end_with(parent: int) -> None:
    """On Linux, a process whose parent dies without a word is told to end too."""
    with suppress(OSError, AttributeError):
        ctypes.CDLL(None).prctl(_DIE_WITH_PARENT, signal.SIGTERM)
    if os.getppid() != parent:
        os._exit(0)
