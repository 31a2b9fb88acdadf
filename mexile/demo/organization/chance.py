"""Chance that repeats itself: numbers drawn from a seed and words, never from the machine.

Only `random()` of the standard generator is used, whose values are promised to stay the
same; every other drawing is made of it here. Where the shares must come out right they are
not drawn at all but dealt (`deal`): a largest-remainder split, then shuffled.
"""

from __future__ import annotations

import hashlib
import math
import random
from bisect import bisect
from collections.abc import Mapping, Sequence
from itertools import accumulate
from statistics import NormalDist
from typing import TypeVar

T = TypeVar("T")

_BELL = NormalDist()


class Chance:
    """A source of numbers named by its seed and the words of what it is for."""

    def __init__(self, seed: int, *words: object):
        text = "|".join(str(word) for word in (seed, *words))
        self.random = random.Random(int.from_bytes(hashlib.sha256(text.encode()).digest())).random  # noqa: S311

    def below(self, count: int) -> int:
        """A whole number from 0 to `count` - 1."""
        return int(self.random() * count)

    def between(self, least: int, most: int) -> int:
        """A whole number from `least` to `most`, both included."""
        return least + self.below(most - least + 1)

    def happens(self, share: float) -> bool:
        return self.random() < share

    def one(self, things: Sequence[T]) -> T:
        return things[self.below(len(things))]

    def weighted(self, shares: Mapping[T, float]) -> T:
        """One of the keys, by its weight."""
        return self.by_weight(list(shares), list(accumulate(shares.values())))

    def by_weight(self, things: Sequence[T], running: Sequence[float]) -> T:
        """One thing, by running totals of the weights (made once for many drawings)."""
        return things[min(bisect(running, self.random() * running[-1]), len(things) - 1)]

    def shuffled(self, things: Sequence[T]) -> list[T]:
        mixed = list(things)
        for last in range(len(mixed) - 1, 0, -1):
            other = self.below(last + 1)
            mixed[last], mixed[other] = mixed[other], mixed[last]
        return mixed

    def some(self, things: Sequence[T], count: int) -> list[T]:
        """`count` different things, or all of them if there are fewer."""
        return self.shuffled(things)[:count]

    def bell(self, mean: float, spread: float) -> float:
        return mean + spread * _BELL.inv_cdf(min(max(self.random(), 1e-9), 1 - 1e-9))

    def skewed(self, median: float, sigma: float) -> float:
        """Lognormal: most below twice the median, a few far above."""
        return median * math.exp(self.bell(0, sigma))

    def eager(self) -> float:
        """How much more than others somebody comes: a long tail around 1."""
        return -math.log(1 - self.random())

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
