"""Papers beside the event or the consent that they show: within rights, once, and taken away again."""

import pytest
from sqlalchemy import func, select

from mexile.documents.models import DocumentLink
from mexile.ground.db import db
from mexile.ground.trail import TrailRow


@pytest.fixture
def lucia(client_as):
    return client_as("caseworker")


def _count(app):
    with app.app_context():
        return db.session.scalar(select(func.count()).select_from(DocumentLink))


def test_a_notice_stands_with_its_hearing_once_and_is_taken_away(app, make, lucia):
    ana = make.member(assigned=lucia.user)
    event, paper = make.event(people=[ana]), make.document(member=ana)
    url = f"/events/{event.code}"
    assert "Papers that show it" in lucia.get(url).text
    for _ in range(2):
        assert lucia.post(f"{url}/documents", data={"document": paper.code}).status_code == 302
    assert _count(app) == 1 and f"/documents/{paper.code}/unlinking" in lucia.get(url).text
    with app.app_context():
        link = db.session.scalars(select(DocumentLink)).one()
        assert link.member_id == ana.id and link.event_id == event.id
        assert "document.link" in set(db.session.scalars(select(TrailRow.act)))
    gone = lucia.post(f"/documents/{paper.code}/unlinking", data={"link": link.id, "event": event.code})
    assert gone.status_code == 302 and _count(app) == 0
    assert lucia.get(f"/documents/{paper.code}").status_code == 200


@pytest.mark.parametrize("language", ["en", "es"])
def test_a_signed_form_stands_with_its_consent(app, make, client_as, language):
    client = client_as(user=make.user(role="attorney", language=language))
    ana = make.member()
    consent, paper = make.consent_in_full(ana), make.document(member=ana)
    data = {"consent": consent.id, "document": paper.code}
    assert client.post(f"/members/{ana.code}/consents/documents", data=data).status_code == 302
    page = client.get(f"/members/{ana.code}/consents").text
    assert {"en": "Papers that show a consent", "es": "Documentos que demuestran"}[language] in page
    assert f"/documents/{paper.code}/unlinking" in page and _count(app) == 1


def test_nobody_elses_paper_can_be_put_there(app, make, lucia):
    ana, other = make.member(assigned=lucia.user), make.member(assigned=lucia.user)
    hidden = make.member()
    event, consent = make.event(people=[ana]), make.consent_in_full(ana)
    for paper in (make.document(member=other), make.document(member=hidden)):
        assert lucia.post(f"/events/{event.code}/documents", data={"document": paper.code}).status_code == 404
        data = {"consent": consent.id, "document": paper.code}
        assert lucia.post(f"/members/{ana.code}/consents/documents", data=data).status_code == 404
        assert paper.code not in lucia.get(f"/events/{event.code}").text
    theirs = make.consent_in_full(other)
    data = {"consent": theirs.id, "document": make.document(member=ana).code}
    assert lucia.post(f"/members/{ana.code}/consents/documents", data=data).status_code == 404
    assert lucia.post(f"/events/{event.code}/documents", data={}).status_code == 302
    assert _count(app) == 0


def test_a_volunteer_sees_no_papers_beside_the_event(make, client_as):
    beto = client_as("volunteer")
    ana = make.member(assigned=beto.user)
    event, paper = make.event(people=[ana]), make.document(member=ana)
    page = beto.get(f"/events/{event.code}")
    assert paper.code not in page.text
    assert beto.post(f"/events/{event.code}/documents", data={"document": paper.code}).status_code == 404
