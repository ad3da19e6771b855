"""How right clusters and probabilities are, against a known truth."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import polars as pl

BINS = (0.01, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.99, 0.999)


@dataclass(frozen=True, slots=True)
class Truth:
    """What is known about the records of a set.

    Attributes:
        entity: n_rows: equal where two records are one entity; never null.
        side: ``Boolean``, n_rows: which of two files a record is of, so that only pairs across count; ``None``: all.
        is_partial: only some duplicates are known: what else is found may be right.
    """

    entity: pl.Series
    side: pl.Series | None = None
    is_partial: bool = False

    def n_pairs(self) -> int:
        """Pairs of records that are one entity."""
        return _n_pairs([self.entity], self.side)

    def across(self, pairs: pl.DataFrame) -> pl.DataFrame:
        """Those of the pairs ``a``, ``b`` (rows) that count."""
        if self.side is None:
            return pairs
        return pairs.filter(self.side.gather(pairs["a"]) != self.side.gather(pairs["b"]))

    def labelled(self, pairs: pl.DataFrame) -> pl.DataFrame:
        """The pairs that count, with ``right``: whether both are one entity."""
        across = self.across(pairs)
        return across.with_columns(right=self.entity.gather(across["a"]) == self.entity.gather(across["b"]))

    def true_pairs(self) -> pl.DataFrame:
        """All pairs that are one entity: ``a`` < ``b``, ``UInt32`` rows."""
        rows = pl.DataFrame({"entity": self.entity}).with_row_index("a")
        joined = rows.join(rows.rename({"a": "b"}), on="entity", maintain_order="left").filter(
            pl.col("a") < pl.col("b")
        )
        return self.across(joined.select("a", "b"))


def quality(clusters: pl.Series, truth: Truth) -> dict[str, float]:
    """Pairwise precision, recall and F1 of clusters: ``p``, ``r``, ``f1``, 0..1. Without a found pair p is 1."""
    found = _n_pairs([clusters], truth.side)
    right = _n_pairs([clusters, truth.entity], truth.side)
    wanted = truth.n_pairs()
    p, r = right / found if found else 1.0, right / wanted if wanted else 1.0
    return {"p": p, "r": r, "f1": 2 * p * r / (p + r) if p + r else 0.0}


def b_cubed(clusters: pl.Series, truth: Truth) -> float:
    """B³ F1, 0..1: precision and recall averaged over records instead of pairs."""
    frame = pl.DataFrame({"found": clusters, "truth": truth.entity}).select(
        both=pl.len().over("found", "truth"), found=pl.len().over("found"), truth=pl.len().over("truth")
    )
    shares = frame.select(p=(pl.col("both") / pl.col("found")).mean(), r=(pl.col("both") / pl.col("truth")).mean())
    p, r = shares.row(0)
    return float(2 * p * r / (p + r))


def by_band(pairs: pl.DataFrame) -> dict[str, dict[str, float]]:
    """Of each band how many pairs it holds (``n``) and how many of them are right (``p``, 0..1)."""
    bands = pairs.drop_nulls("band").group_by("band").agg(n=pl.len(), p=pl.col("right").mean()).sort("band")
    return {row["band"]: {"n": row["n"], "p": row["p"]} for row in bands.iter_rows(named=True)}


def reliability(pairs: pl.DataFrame) -> list[dict[str, float]]:
    """What pairs of a probability are worth: per bin ``n``, the mean of what was said and the share that is right."""
    number = pl.sum_horizontal(pl.col("probability") >= edge for edge in BINS)
    bins = pairs.group_by(number.alias("bin")).agg(
        n=pl.len(), said=pl.col("probability").mean(), right=pl.col("right").mean()
    )
    return [dict(row) for row in bins.sort("said").select("n", "said", "right").iter_rows(named=True)]


def calibration_error(curve: Sequence[Mapping[str, float]]) -> float:
    """Of the bins of ``reliability`` the mean distance of said and right, weighted by pairs. 0 is perfect.

    The lowest bin is left out: it holds nearly all pairs and would hide every error.
    """
    told = [each for each in curve if each["said"] >= BINS[0]]
    n = sum(each["n"] for each in told)
    return sum(each["n"] * abs(each["said"] - each["right"]) for each in told) / n if n else 0.0


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


def _n_pairs(labels: list[pl.Series], side: pl.Series | None) -> int:
    sides = pl.repeat(None, len(labels[0]), dtype=pl.Boolean, eager=True) if side is None else side
    frame = pl.DataFrame([label.alias(f"{at}") for at, label in enumerate(labels)]).with_columns(side=sides)
    counted = frame.group_by([f"{at}" for at in range(len(labels))]).agg(
        n=pl.len().cast(pl.Int64), left=pl.col("side").sum().cast(pl.Int64)
    )
    pairs = pl.col("n") * (pl.col("n") - 1) // 2 if side is None else pl.col("left") * (pl.col("n") - pl.col("left"))
    return int(counted.select(pairs.sum()).item())
