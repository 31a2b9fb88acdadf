"""Several at once: one form sent five times in the same moment, and eight people who save together."""

from concurrent.futures import ThreadPoolExecutor

from sqlalchemy import func, select

from mexile.ground import trail
from mexile.ground.db import db
from mexile.services.service.models import Service


def count(app):
    with app.app_context():
        return db.session.scalar(select(func.count()).select_from(Service))


def test_five_replays_of_one_form_at_once_log_one_service(app, house, client_as):
    clients = [client_as(user=house.lucia) for _ in range(5)]

    def post(client):
        data = {"line": "ana ice", "back": "/today", "form_token": "a-form-token-of-the-tests"}
        return client.post("/services/log", data=data)

    with ThreadPoolExecutor(5) as threads:
        answers = list(threads.map(post, clients))
    assert {answer.status_code for answer in answers} == {302}
    assert {answer.location for answer in answers} == {"/today?logged=S-00001"}
    assert count(app) == 1


def test_eight_people_saving_together_lose_nothing_and_the_trail_stays_whole(app, house, make, client_as):
    clients = []
    for _ in range(8):
        user = make.user(role="caseworker")
        make.assign(house.ana, user)
        clients.append(client_as(user=user))

    def post(client):
        return [client.post("/services/log", data={"line": "ana ice", "again": "yes"}).status_code for _ in range(4)]

    with ThreadPoolExecutor(8) as threads:
        answers = [status for found in threads.map(post, clients) for status in found]
    assert answers == [302] * 32
    assert count(app) == 32
    with app.app_context():
        _, wrong = trail.verify()
    assert wrong is None
