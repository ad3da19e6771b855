"""How alike two columns of words are; only pairs that are filled and unequal are looked at."""

from __future__ import annotations

from collections.abc import Callable

import polars as pl
from rapidfuzz.distance import OSA, JaroWinkler

Measure = Callable[[str, str], float]


def likeness(left: pl.Series, right: pl.Series, measure: Measure) -> pl.Series:
    """``Float64``, n, 0..1: 1 where equal, null where a side is null.

    A plain ``map`` over the C function takes 0.24 s a million pairs; rapidfuzz' matrix calls need numpy and then half
    a second to give the scores back as a column.
    """
    both = left.is_not_null() & right.is_not_null()
    unequal = (both & (left != right)).fill_null(value=False)
    found = pl.Series(
        list(map(measure, left.filter(unequal).to_list(), right.filter(unequal).to_list())), dtype=pl.Float64
    )
    equal = pl.select(pl.when(both).then(1.0)).to_series()
    return equal.scatter(unequal.arg_true(), found) if len(found) else equal


def letters(left: str, right: str) -> float:
    """Jaro-Winkler similarity, 0..1: weighs the beginning, as slips of the hand are rare there."""
    return JaroWinkler.similarity(left, right)


def slips(left: str, right: str) -> float:
    """1 minus the share of letters dropped, added, changed or swapped with their neighbour (0..1)."""
    return OSA.normalized_similarity(left, right)
