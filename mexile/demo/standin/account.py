"""What is set up at Stripe: the account, and the addresses that are told of events."""

from mexile.demo.standin.shapes import complete
from mexile.demo.standin.wire import only
from mexile.demo.standin.world import Body, World


def of(world: World) -> Body:
    """The account that the key belongs to."""
    about = {"charges_enabled": True, "payouts_enabled": True, "country": "US", "default_currency": "usd"}
    return complete({"id": "acct_standin", "object": "account", **about, "type": "standard"})


def endpoint(world: World, given: Body) -> Body:
    """An address that is told of events; what is really told goes to the one address the stand-in was started with."""
    only(given, ("url", "enabled_events", "api_version", "description"), "keep for an endpoint")
    return world.new("we", "webhook_endpoint", **given)
