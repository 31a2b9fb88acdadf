"""What an invited person does: the address out of the mail, the button, the telephone, the password."""

import json
import re

from sqlalchemy import select

from mexile.access import second_factor
from mexile.access.account.models import UserAccount
from mexile.access.invitation.actions import render_invitation
from mexile.ground import clock
from mexile.ground.db import db
from mexile.ground.queue import Job

NEW = "four lamps behind the well"


def mailed_address(make, email):
    """The path of the newest invitation mailed to this address."""

    def look():
        jobs = db.session.scalars(
            select(Job.body).where(Job.kind == "mail", Job.key.startswith("access.invitation:")).order_by(Job.id.desc())
        )
        letters = [render_invitation(json.loads(body)["body"]) for body in jobs]
        letter = next(letter for letter in letters if letter and letter.to == email)
        return re.search(r"https?://[^/\s]+(/\S+)", letter.text)[1]

    return make.read(look)


def now_code(seed):
    return second_factor.code_at(seed, int(clock.now().timestamp()) // second_factor.STEP)


def begin(browser, path):
    """Press the button; the hidden word of the seed and the seed."""
    page = browser.post(path, data={}).text
    word = re.search(r'name="seed"[^>]*value="([^"]+)"', page)[1]
    return word, word.partition("-")[0]


def arrive(app, make, email, *, password=NEW, path=None, **more):
    """Accept the invitation; returns the answer with the recovery codes, and the seed."""
    browser = app.test_client().carry(app, None, None)
    path = path or mailed_address(make, email)
    word, seed = begin(browser, path)
    answer = browser.post(
        path,
        data={"seed": word, "password": password, "again": password, "code": now_code(seed), "email": email, **more},
    )
    return answer, seed


def come_in(app, email, seed, *, password=NEW, **more):
    """The answer of the door, and the browser."""
    browser = app.test_client().carry(app, None, None)
    answer = browser.post("/sign-in", data={"email": email, "password": password, "code": now_code(seed), **more})
    if answer.status_code == 302:
        cookie = next(part for part in answer.headers.getlist("Set-Cookie") if part.startswith("mx="))
        browser.carry(app, cookie.partition("=")[2].partition(";")[0], None)
    return answer, browser


def account(make, email):
    return make.read(lambda: db.session.scalar(select(UserAccount).where(UserAccount.email == email)))
