"""Logging a service, end to end."""

def test_a_service_is_logged_from_a_line(make, client_as):
    make.service_types()
    user = make.user(role="caseworker")
    make.member(legal_name="Ana Reyes Luna", assigned=user)
    client = client_as(user=user)
    answer = client.post("/services/log", data={"line": "reyes ice 2h", "back": "/today"})
    assert answer.status_code == 302, answer.text
    assert "/today?logged=S-00001" in answer.location
    page = client.get(answer.location)
    print(page.text)
    assert page.status_code == 200
