"""The web server: gunicorn in one process with threads, as SQLite wants it."""

from __future__ import annotations

import signal
from typing import Any

from flask import Flask
from gunicorn.app.base import BaseApplication


class _Server(BaseApplication):
    def __init__(self, app: Flask, options: dict[str, Any]):
        self._app, self._options = app, options
        super().__init__()

    def load_config(self) -> None:
        for name, value in self._options.items():
            self.cfg.set(name, value)

    def load(self) -> Flask:
        return self._app


def _deaf_to_the_terminal(worker: Any) -> None:
    """Ctrl-C reaches every process of the terminal. The master hears it and ends the
    worker; a threaded worker that is told twice never ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def run(app: Flask, host: str, port: int, threads: int) -> None:
    """Serve until told to stop."""
    options = {
        "bind": f"{host}:{port}",
        "workers": 1,
        "threads": threads,
        "worker_class": "gthread",
        "accesslog": None,
        "loglevel": "warning",
        "keepalive": 5,
        "control_socket_disable": True,
        "post_worker_init": _deaf_to_the_terminal,
    }
    _Server(app, options).run()
