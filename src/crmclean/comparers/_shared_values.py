"""Comparing by equality alone: of facets with one value a record, and with several."""

from __future__ import annotations

import polars as pl

from crmclean.evidence import Compared, Subjects


def compare_equal(
    subjects: Subjects, facet: str, left: pl.Series, right: pl.Series, *, rarest: float, n_levels: int
) -> Compared:
    """Level 1 where the values are equal, the last level where they differ.

    Args:
        subjects: the records.
        facet: name of a facet with one value a record.
        left: rows, n.
        right: rows, n.
        rarest: see ``Subjects.chance``.
        n_levels: number of the line's last level.
    """
    values = subjects.facets[facet]
    same = (values.gather(left) == values.gather(right)).alias("same")
    pairs = pl.DataFrame([same, subjects.chance(facet, rarest, left, right).alias("chance")])
    level = pl.when(pl.col("same").is_null()).then(0).when("same").then(1).otherwise(n_levels).cast(pl.UInt8)
    found = pairs.select(level=level, chance=pl.when("same").then("chance").otherwise(1.0))
    return Compared(found["level"], found["chance"])


def compare_values(
    subjects: Subjects, facet: str, left: pl.Series, right: pl.Series, *, rarest: float, n_levels: int
) -> Compared:
    """Level 1 where a value is shared, the last level where both sides have values and none is.

    Args:
        subjects: the records.
        facet: name of a facet with several values a record.
        left: rows, n.
        right: rows, n.
        rarest: see ``Subjects.chance_of_value``.
        n_levels: number of the line's last level.

    Returns:
        The chance is that of the rarest shared value.
    """
    lists = subjects.facets[facet]
    pairs = pl.DataFrame([lists.gather(left).alias("a"), lists.gather(right).alias("b")])
    a, b = pl.col("a").list, pl.col("b").list
    shared = a.set_intersection("b").list.max()
    level = pl.when(shared.is_not_null()).then(1).when((a.len() > 0) & (b.len() > 0)).then(n_levels).otherwise(0)
    found = pairs.select(rarest=shared, level=level.cast(pl.UInt8))
    return Compared(found["level"], subjects.chance_of_value(facet, rarest, found["rarest"], left, right))
