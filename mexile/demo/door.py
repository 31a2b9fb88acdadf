"""What one of the seven types at a door: filled in, so that a visitor can walk on.

The forms are the real ones, with all they check; only their empty fields are filled in, on
pages of somebody of the walk: the lock after fifteen idle minutes, and the password before
an export.
"""

import ipaddress

from flask import Response, g, request
from sqlalchemy import select, update

from mexile.access import second_factor
from mexile.access.account.models import UserAccount
from mexile.config import config
from mexile.demo import credentials
from mexile.demo.organization.staff import Worker, walkers
from mexile.ground import clock
from mexile.ground.db import db, writing

DOORS = ("access.unlock", "access.confirm")


def is_open() -> bool:
    """Whether who asks sits at this machine, and the demo's key stands in the configuration."""
    try:
        near = ipaddress.ip_address(request.remote_addr or "").is_loopback
    except ValueError:
        near = False
    return near and bool(config().demo_key) and not config().production


def code_of(worker: Worker, seed: str) -> str:
    """A code that is right for at least half a minute: one that was not used yet, where there is one."""
    step = int(clock.now().timestamp()) // second_factor.STEP
    last = db.session.scalar(select(UserAccount.totp_last).where(UserAccount.email == worker.email)) or 0
    return second_factor.code_at(seed, step if step > last else step + 1)


def let_again(worker: Worker) -> None:
    """Let the later code of the moment count again, so that nobody waits who comes in a third time within a minute.
    Only here, where the key of the demo makes any code anyway."""
    step = int(clock.now().timestamp()) // second_factor.STEP
    mine = update(UserAccount).where(UserAccount.email == worker.email, UserAccount.totp_last > step)
    with writing():
        db.session.execute(mine.values(totp_last=step))


def before_a_code() -> None:
    """What is typed at a door of somebody of the walk counts, though the code was used."""
    if request.method == "POST" and (worker := _at_a_door()):
        let_again(worker)


def fill_in(response: Response) -> Response:
    """Fill in the password, and the code where it is asked for, on the pages that ask again."""
    if response.mimetype != "text/html" or not (worker := _at_a_door()):
        return response
    given = credentials.of(config().demo_key, worker.word)
    page = response.get_data(as_text=True)
    page = page.replace('name="password"', f'name="password" value="{given.password}"', 1)
    if 'name="code"' in page:
        page = page.replace('name="code"', f'name="code" value="{code_of(worker, given.seed)}"', 1)
    response.set_data(page)
    return response


def _at_a_door() -> Worker | None:
    """Who of the walk stands at the lock or at the question before an export, at this machine."""
    if request.endpoint not in DOORS or g.get("viewer") is None or not is_open():
        return None
    return next((worker for worker in walkers() if worker.code == g.viewer.code), None)
