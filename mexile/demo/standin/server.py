"""Starts the stand-in on loopback, in a thread of its own, and ends it again."""

import ipaddress
import threading
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import stripe
from werkzeug.serving import BaseWSGIServer, WSGIRequestHandler, make_server

from mexile.demo.standin import account
from mexile.demo.standin.events import Postman
from mexile.demo.standin.views import create_standin
from mexile.demo.standin.world import World


class _Quiet(WSGIRequestHandler):
    """Logs nothing: requests carry names and e-mail addresses."""

    def log(self, *ignored: object) -> None:
        pass


@dataclass
class Standin:
    """A running stand-in."""

    world: World
    postman: Postman | None
    server: BaseWSGIServer

    @property
    def address(self) -> str:
        return self.world.address

    def stop(self) -> None:
        """End the server; what it remembers stays in its file, if it has one."""
        self.server.shutdown()
        self.server.server_close()


def start(
    *,
    port: int = 0,
    path: Path | None = None,
    webhook: str | None = None,
    secret: str = "whsec_standin",  # noqa: S107 - a secret of nothing; no money moves here
) -> Standin:
    """Listen on 127.0.0.1 (port 0: any free one) and post events to ``webhook``, which must be loopback too."""
    if webhook and not _is_loopback(webhook):
        raise ValueError("the stand-in speaks to loopback only")
    world = World(path=path)
    server = make_server("127.0.0.1", port, create_standin(world), threaded=True, request_handler=_Quiet)
    world.address = f"http://127.0.0.1:{server.port}"
    postman = Postman(world, webhook, secret) if webhook else None
    if postman and webhook not in [row["url"] for row in world.all("webhook_endpoint")]:
        account.endpoint(world, {"url": webhook, "enabled_events": ["*"], "api_version": stripe.api_version})
    if postman:
        world.on_change.append(postman)
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True, name="stripe-standin").start()
    return Standin(world, postman, server)


def _is_loopback(address: str) -> bool:
    host = urlsplit(address).hostname or ""
    return host == "localhost" or (host.replace(".", "").isdigit() and ipaddress.ip_address(host).is_loopback)
