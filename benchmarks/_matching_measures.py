"""What the benchmarks of matching measure beyond ``crmclean.measures.agreement``, and how they write it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import polars as pl

from crmclean.measures.agreement import Truth


def quality(clusters: pl.Series, truth: Truth) -> dict[str, float]:
    """Pairwise precision, recall and F1 of clusters: ``p``, ``r``, ``f1``, 0..1. Without a found pair p is 1."""
    counts = truth.counts(clusters)
    p, r = counts.precision, counts.recall
    return {"p": 1.0 if p is None else p, "r": 1.0 if r is None else r, "f1": counts.f1 or 0.0}


def contradicting_merges(clusters: pl.Series, ids: Mapping[str, pl.Series]) -> int:
    """Clusters that hold two different valid ids of one scheme (by scheme: n_rows, null for none)."""
    frame = pl.DataFrame({"cluster": clusters, **ids})
    several = frame.group_by("cluster").agg(pl.col(scheme).drop_nulls().n_unique() for scheme in ids)
    return several.filter(pl.any_horizontal(pl.lit(value=False), *(pl.col(scheme) > 1 for scheme in ids))).height


def rounded(figures: Any, digits: int = 4) -> Any:
    """The same with every float shortened, for people and for JSON."""
    if isinstance(figures, float):
        return round(figures, digits)
    if isinstance(figures, Mapping):
        return {key: rounded(value, digits) for key, value in figures.items()}
    return [rounded(value, digits) for value in figures] if isinstance(figures, list) else figures
