"""Small counts of people, which could point at somebody and are not shown."""

LEAST = 5
"""The least count shown, unless a page or an edition has its own: the custom of most foundations and states."""


def is_small(count: int, least: int = LEAST) -> bool:
    """Whether a count is below `least` and not empty."""
    return 0 < count < least
