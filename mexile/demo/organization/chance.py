"""Chance that repeats itself: numbers drawn from a seed and words, never from the machine.

Where the shares must come out right they are not drawn at all but dealt (`deal`): a largest-remainder split,
then shuffled.
"""

import math
import random
from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar

T = TypeVar("T")


class Chance(random.Random):
    """A source of numbers named by a text: the seed and the words of what it is for."""

    def happens(self, share: float) -> bool:
        return self.random() < share

    def weighted(self, shares: Mapping[T, float]) -> T:
        """One of the keys, by its weight."""
        return self.choices(list(shares), list(shares.values()))[0]

    def columns(self, drawn: Mapping[str, Any]) -> dict[str, Any]:
        """A value for each column: of a list any, of a mapping one by its share, of a fraction whether it happens;
        a text stands as it is."""
        ways: dict[type, Callable[[Any], Any]] = {list: self.choice, dict: self.weighted, float: self.happens}
        return {name: ways.get(type(how), lambda text: text)(how) for name, how in drawn.items()}

    def shuffled(self, things: Sequence[T]) -> list[T]:
        return self.sample(things, len(things))

    def some(self, things: Sequence[T], count: int) -> list[T]:
        """`count` different things, or all of them if there are fewer."""
        return self.shuffled(things)[:count]

    def deal(self, shares: Mapping[T, float], count: int) -> list[T]:
        """`count` keys in their shares to the nearest whole, in mixed order."""
        numbers = split(count, list(shares.values()))
        return self.shuffled([key for key, n in zip(shares, numbers, strict=True) for _ in range(n)])


def split(count: int, weights: Sequence[float]) -> list[int]:
    """`count` in whole parts by `weights`, largest remainder first; the parts sum to `count`."""
    total = math.fsum(weights)
    exact = [count * weight / total for weight in weights]
    parts = [int(value) for value in exact]
    order = sorted(range(len(parts)), key=lambda n: (parts[n] - exact[n], n))
    for n in order[: count - sum(parts)]:
        parts[n] += 1
    return parts
