"""Judges: what is published of one, with its source."""


def test_what_is_said_of_a_judge_needs_its_source(app, make, client_as):
    client = client_as("caseworker")
    said = {"name": "Juzgador A", "administration": "obama", "appointed_on": "2011-02-03"}
    assert client.post("/judges/new", data=said).status_code == 422
    assert client.post("/judges/new", data={**said, "source": "example.org"}).status_code == 302
    assert "Obama" in client.get("/judges").text
