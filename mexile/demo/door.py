"""What one of the seven types at a door: filled in, so that a visitor can walk on.

The forms are the real ones, with all they check; only their empty fields are filled in, on
pages of somebody of the walk: the lock after fifteen idle minutes, and the password before
an export.
"""

import ipaddress

from flask import Response, g, request
from sqlalchemy import select

from mexile.access import second_factor
from mexile.access.account.models import UserAccount
from mexile.config import config
from mexile.demo import credentials
from mexile.demo.organization.staff import Worker, walkers
from mexile.ground import clock
from mexile.ground.db import db

DOORS = ("access.unlock", "access.confirm")


def is_open() -> bool:
    """Whether who asks sits at this machine, and the demo's key stands in the configuration."""
    try:
        near = ipaddress.ip_address(request.remote_addr or "").is_loopback
    except ValueError:
        near = False
    return near and bool(config().demo_key) and not config().production


def next_code(worker: Worker, seed: str) -> tuple[str, int]:
    """A code that was not used yet, good for at least half a minute; else the seconds until one is."""
    last = db.session.scalar(select(UserAccount.totp_last).where(UserAccount.email == worker.email)) or 0
    now = clock.now().timestamp()
    step = int(now) // second_factor.STEP
    for counter in (step, step + 1):
        if counter > last:
            return second_factor.code_at(seed, counter), 0
    return "", int((last - step) * second_factor.STEP + second_factor.STEP - now % second_factor.STEP)


def fill_in(response: Response) -> Response:
    """Fill in the password, and the code where it is asked for, on the pages that ask again."""
    if request.endpoint not in DOORS or response.mimetype != "text/html" or g.get("viewer") is None:
        return response
    worker = next((worker for worker in walkers() if worker.code == g.viewer.code), None)
    if worker is None or not is_open():
        return response
    given = credentials.of(config().demo_key, worker.word)
    page = response.get_data(as_text=True)
    page = page.replace('name="password"', f'name="password" value="{given.password}"', 1)
    if 'name="code"' in page:
        page = page.replace('name="code"', f'name="code" value="{next_code(worker, given.seed)[0]}"', 1)
    response.set_data(page)
    return response
