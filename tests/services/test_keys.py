"""The key L can be switched off, by each person for herself."""


def test_the_key_is_switched_off_and_on_again(lucia):
    assert 'data-keys="off"' not in lucia.get("/services").text
    assert lucia.post("/services/log/keys", data={"on": "no"}).status_code == 302
    assert 'data-keys="off"' in lucia.get("/services").text
    assert "Switch the key on" in lucia.get("/services/log").text
    lucia.post("/services/log/keys", data={"on": "yes"})
    assert 'data-keys="off"' not in lucia.get("/services").text
