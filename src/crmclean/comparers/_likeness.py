"""How alike two columns of words are; only pairs that are filled and unequal are looked at, each distinct one once."""

from __future__ import annotations

from collections.abc import Callable

import polars as pl
from rapidfuzz.distance import OSA, JaroWinkler

Measure = Callable[[str, str], float]

# Jaro-Winkler similarity, 0..1: weighs the beginning, as slips of the hand are rare there.
letters: Measure = JaroWinkler.similarity
# 1 minus the share of letters dropped, added, changed or swapped with their neighbour (0..1).
slips: Measure = OSA.normalized_similarity


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


def judged_once(left: pl.Series, right: pl.Series, judge: Callable[[pl.Series, pl.Series], pl.Series]) -> pl.Series:
    """What a function of two columns says of the pairs that are filled and unequal; null for all others.

    Args:
        left: texts, n.
        right: texts, n.
        judge: is asked about each distinct pair once; what it says of a pair depends on nothing else.
    """
    pairs = pl.DataFrame([left.alias("a"), right.alias("b")])
    distinct = pairs.filter(pl.col("a") != pl.col("b")).unique(maintain_order=True)
    said = judge(distinct["a"], distinct["b"]).alias("said")
    return pairs.join(distinct.with_columns(said), on=["a", "b"], how="left", maintain_order="left")["said"]
