"""What else goes when a person is erased: what other houses keep of them outside the database.

The key is destroyed first, which makes all of it unreadable; these functions then take it off the disk.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

WHEN_ERASED: list[Callable[[Sequence[int]], None]] = []


def when_erased(function: Callable[[Sequence[int]], None]) -> Callable[[Sequence[int]], None]:
    """Register a function(member ids) for what this house keeps in files."""
    WHEN_ERASED.append(function)
    return function


def tell_erased(member_ids: Sequence[int]) -> None:
    """After the erasure was committed, outside any transaction. May be called again for the same people."""
    for function in WHEN_ERASED:
        function(member_ids)
