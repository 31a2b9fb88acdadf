"""Keys of one letter can be switched off, by each person for herself."""


def test_the_keys_are_switched_off_and_on_again(client_as):
    lucia = client_as("caseworker")
    assert 'data-keys="off"' not in lucia.get("/account").text
    assert lucia.post("/account/shortcuts", data={"on": "no"}).location == "/account#shortcuts"
    assert 'data-keys="off"' in lucia.get("/services").text and "switched off" in lucia.get("/services/log").text
    assert "Switch single letters on" in lucia.get("/account").text
    lucia.post("/account/shortcuts", data={"on": "yes"})
    assert 'data-keys="off"' not in lucia.get("/account").text
