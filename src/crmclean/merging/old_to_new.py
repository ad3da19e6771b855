"""The map from the ids that go to the ids that stay, and on whose word."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import polars as pl

MERGE_MAP_SCHEMA: Mapping[str, Any] = {
    "object": pl.String,
    "winner_id": pl.String,
    "loser_id": pl.String,
    "cluster_id": pl.String,
    "rule": pl.String,  # auto: matching was sure; decision: a person said so; given: neither, the cluster was edited
    "probability": pl.Float64,
    "decided_by": pl.String,
    "decided_at": pl.String,
}
APPLIED = "applied"  # of the statuses of a decision the only one that has an effect
AUTO, DECISION, GIVEN = "auto", "decision", "given"


def merge_map(
    members: pl.DataFrame, pairs: pl.DataFrame | None, same: pl.DataFrame | None, as_of: date
) -> pl.DataFrame:
    """One row a record that is merged into another: ``MERGE_MAP_SCHEMA``, by cluster, then row.

    A person's word counts for a record where it joins it with the surviving one, or where nothing else joins it.

    Args:
        members: ``cluster``, ``at``, ``is_primary``, ``cluster_id``, ``probability``, ``id``, ``object``; sorted.
        pairs: ``PAIRS_SCHEMA`` of the matching, or ``None`` where nobody knows them: then all were sure.
        same: ``a``, ``b`` (rows from 0), ``decided_by``, ``decided_at`` of pairs that a person called the same.
        as_of: the day of what was decided without a person.
    """
    winners = members.filter("is_primary").select("cluster", winner="at", winner_id="id")
    losers = members.filter(~pl.col("is_primary")).join(winners, on="cluster", how="left", maintain_order="left")
    sure = None if pairs is None else _both_ways(_inside(pairs_at(pairs), members)).select("at").unique()
    word = _both_ways(_inside(_empty() if same is None else same, members))
    direct = _first(losers.join(word, left_on=["at", "winner"], right_on=["at", "other"], how="inner"))
    indirect = _first(losers.join(word, on="at", how="inner"))
    is_sure = pl.lit(value=True) if sure is None else pl.col("at").is_in(sure["at"].implode())
    joined = losers.with_columns(is_sure=is_sure)
    for name, found in (("direct", direct), ("indirect", indirect)):
        joined = joined.join(
            found.rename({"decided_by": f"by_{name}", "decided_at": f"at_{name}"}), on="at", how="left",
            maintain_order="left",
        )  # fmt: skip
    has_direct, has_indirect = pl.col("by_direct").is_not_null(), pl.col("by_indirect").is_not_null()
    is_decided = has_direct | (has_indirect & ~pl.col("is_sure"))
    rule = pl.when(is_decided).then(pl.lit(DECISION)).when("is_sure").then(pl.lit(AUTO)).otherwise(pl.lit(GIVEN))
    day = pl.lit(as_of.isoformat())
    automatic = pl.when("is_sure").then(pl.lit(AUTO)).otherwise(pl.lit(GIVEN))
    return joined.select(
        object="object",
        winner_id="winner_id",
        loser_id="id",
        cluster_id="cluster_id",
        rule=rule,
        probability="probability",
        decided_by=pl.when(is_decided).then(pl.coalesce("by_direct", "by_indirect")).otherwise(automatic),
        decided_at=pl.when(is_decided).then(pl.coalesce("at_direct", "at_indirect")).otherwise(day),
    ).select(pl.col(name).cast(kind) for name, kind in MERGE_MAP_SCHEMA.items())  # fmt: skip


def pairs_at(pairs: pl.DataFrame) -> pl.DataFrame:
    """The pairs matching was sure of, as ``a``, ``b`` (rows from 0)."""
    sure = pairs.filter(pl.col("band") == AUTO)
    return sure.select(a=pl.col("row_a").cast(pl.UInt32) - 1, b=pl.col("row_b").cast(pl.UInt32) - 1)


def answered(decisions: pl.DataFrame | None, answer: str) -> pl.DataFrame:
    """Pairs with this answer: ``a``, ``b`` (rows from 0), ``decided_by``, ``decided_at``."""
    if decisions is None or not decisions.height:
        return _empty()
    said = decisions.filter(pl.col("answer") == answer)
    if "status" in said.columns:
        said = said.filter(pl.col("status") == APPLIED)
    return said.select(
        a=(pl.col("row_a").cast(pl.Int64, strict=False) - 1).cast(pl.UInt32, strict=False),
        b=(pl.col("row_b").cast(pl.Int64, strict=False) - 1).cast(pl.UInt32, strict=False),
        decided_by=pl.col("decided_by").cast(pl.String),
        decided_at=pl.col("decided_at").cast(pl.String),
    ).drop_nulls(["a", "b"])


def inside_clusters(pairs: pl.DataFrame, members: pl.DataFrame) -> pl.DataFrame:
    """Pairs of which both records stand in one cluster, with ``cluster``."""
    return _inside(pairs, members)


def _empty() -> pl.DataFrame:
    return pl.DataFrame(schema={"a": pl.UInt32, "b": pl.UInt32, "decided_by": pl.String, "decided_at": pl.String})


def _inside(pairs: pl.DataFrame, members: pl.DataFrame) -> pl.DataFrame:
    of = members.select("at", "cluster")
    first = pairs.join(of, left_on="a", right_on="at", how="inner", maintain_order="left")
    both = first.join(of, left_on="b", right_on="at", how="inner", suffix="_b", maintain_order="left")
    return both.filter(pl.col("cluster") == pl.col("cluster_b")).drop("cluster_b")


def _both_ways(pairs: pl.DataFrame) -> pl.DataFrame:
    rest = [name for name in pairs.columns if name not in ("a", "b", "cluster")]
    there = pairs.select(pl.col("a").alias("at"), pl.col("b").alias("other"), *rest)
    back = pairs.select(pl.col("b").alias("at"), pl.col("a").alias("other"), *rest)
    return pl.concat([there, back])


def _first(found: pl.DataFrame) -> pl.DataFrame:
    """The first word by time about each record."""
    return (
        found.sort("at", "decided_at", "decided_by", nulls_last=True)
        .unique("at", keep="first", maintain_order=True)
        .select("at", "decided_by", "decided_at")
    )
