"""Where a page of a list begins."""

PAGE = 50
"""Records on a page."""


def offset(page: int, total: int, size: int = PAGE) -> int:
    """Behind how many of `total` records the page begins; the last page, where one behind that is asked for."""
    return max(0, min(page - 1, (total - 1) // size)) * size
