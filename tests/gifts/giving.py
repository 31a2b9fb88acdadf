"""Short words for giving in tests: fill in the form as a donor does."""

import re
from datetime import timedelta

from mexile.gifts.give import ticket as tickets
from mexile.gifts.give.actions import ticket_key
from mexile.ground import clock


def form(*, ticket=None, seconds=60, **values):
    """What a donor sends: $50 once, in good time, unless said otherwise."""
    ticket = ticket or tickets.new_form_ticket(ticket_key(), clock.now() - timedelta(seconds=seconds))
    filled = {
        "every": "once",
        "amount": "5000",
        "other": "",
        "fund": "general",
        "name": "Ana Ejemplo",
        "email": "ana@example.org",
        "form_token": ticket,
    }
    return filled | values


def give(client, lang="en", **values):
    """Send the form; answers the response."""
    return client.post(f"/give?lang={lang}", data=form(**values))


def text_of(answer):
    """The words of a page, tags taken out."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.get_data(as_text=True)))
