"""How often a Checkout page may be opened: real donors never notice, card testers do.

A page is opened only by a form that somebody looked at (three seconds to two hours), so many times a network and so
many on the whole site. What is counted is an HMAC of the network; no address is kept.
"""

from mexile.access import rate
from mexile.ground.db import writing

LIMITS = (("give.minute", 60, 5), ("give.day", 86_400, 40))
SITE = ("give.site", 600, 100)
LINKS = (("give.link", 600, 5),)


def may_begin(address: str) -> bool:
    """Whether this network, and the site as a whole, may open one more Checkout page now."""
    network = rate.network(address)
    with writing():
        counts = [rate.count(what, network, seconds) <= most for what, seconds, most in LIMITS]
        what, seconds, most = SITE
        counts.append(rate.count(what, "site", seconds) <= most)
    return all(counts)


def may_ask_for_link(address: str, index: bytes) -> bool:
    """Whether one more link may be asked for: by this network, and for this mail address."""
    with writing():
        counts = [
            rate.count(what, who, seconds) <= most
            for what, seconds, most in LINKS
            for who in (rate.network(address), index.hex())
        ]
    return all(counts)
