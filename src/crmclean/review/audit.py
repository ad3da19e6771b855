"""A random sample of pairs, and what its answers say about all of them."""

from __future__ import annotations

import math
import random
from dataclasses import dataclass

import polars as pl

Z = 1.959963984540054  # two-sided 95 % of the normal distribution


@dataclass(frozen=True, slots=True)
class Precision:
    """What a sample says about the share of pairs that are the same.

    Attributes:
        n_same: pairs answered ``same``.
        n_different: pairs answered ``different``.
        n_unsure: pairs nobody could tell; they count for neither.
        low: lower end of the interval that holds the true share in 95 of 100 samples, 0..1 (Wilson 1927).
        high: upper end.
    """

    n_same: int
    n_different: int
    n_unsure: int
    low: float
    high: float

    @property
    def share(self) -> float | None:
        """Pairs that are the same among those decided, 0..1; ``None`` while nothing is decided."""
        n = self.n_same + self.n_different
        return self.n_same / n if n else None


def wilson(n_yes: int, n: int) -> tuple[float, float]:
    """The 95 % score interval of a share (E. B. Wilson, JASA 22, 1927); (0, 1) without any answer.

    >>> [round(end, 4) for end in wilson(50, 50)], [round(end, 4) for end in wilson(0, 0)]
    ([0.9287, 1.0], [0.0, 1.0])
    """
    if not n:
        return 0.0, 1.0
    share, z2 = n_yes / n, Z * Z
    middle = (share + z2 / (2 * n)) / (1 + z2 / n)
    half = Z / (1 + z2 / n) * math.sqrt(share * (1 - share) / n + z2 / (4 * n * n))
    return max(0.0, middle - half), min(1.0, middle + half)


def precision(answers: list[str]) -> Precision:
    """What the answers of a sample say."""
    n_same, n_different = answers.count("same"), answers.count("different")
    return Precision(n_same, n_different, answers.count("unsure"), *wilson(n_same, n_same + n_different))


def drawn(pairs: pl.DataFrame, n: int, seed: int) -> pl.DataFrame:
    """A random sample without replacement, in random order.

    Args:
        pairs: with ``key_a``, ``key_b``, ``evidence``; their order does not matter.
        n: how many; all if there are fewer.
        seed: the same seed draws the same pairs.
    """
    ordered = pairs.sort("key_a", "key_b", "evidence", maintain_order=True)
    chosen = random.Random(seed).sample(range(ordered.height), min(n, ordered.height))  # noqa: S311 - no secret
    return ordered[chosen]
