"""Stage: find the records that mean the same entity."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import polars as pl

from crmclean.core.language import Language
from crmclean.matching.blocking import Plan
from crmclean.matching.engine import VETO, Matched, Thresholds, match, plan
from crmclean.matching.explanation import reasons
from crmclean.matching.subjects import cells_of
from crmclean.table import Normalised, Verdict

PAIRS_SCHEMA: Mapping[str, Any] = {
    "row_a": pl.UInt32,
    "row_b": pl.UInt32,
    "record_id_a": pl.String,
    "record_id_b": pl.String,
    "probability": pl.Float64,  # 0..1, four digits
    "band": pl.String,  # auto | review | veto
    "relation": pl.String,
    "reasons": pl.String,
}
DUPLICATES_SCHEMA: Mapping[str, Any] = {
    "cluster_id": pl.String,
    "row": pl.UInt32,
    "record_id": pl.String,
    "is_primary": pl.Boolean,
    "probability": pl.Float64,  # of the record's best pair inside the cluster
}
_DIGITS = 4  # of a probability
_ID_CHARS = 12  # of a cluster id: 2^48 of them, a collision among a million clusters has 1 chance in 500


@dataclass(frozen=True, slots=True)
class Duplicates:
    """What the stage found.

    Attributes:
        pairs: ``PAIRS_SCHEMA``, sorted by row.
        clusters: ``DUPLICATES_SCHEMA``, sorted by the first row of the cluster, then row.
        matched: all that stands behind it.
    """

    pairs: pl.DataFrame
    clusters: pl.DataFrame
    matched: Matched


def match_records(
    cleaned: Normalised, *, entity: str = "auto", thresholds: Thresholds | None = None, language: Language = "en"
) -> Duplicates:
    """Find duplicates among the records of a cleaned table.

    Args:
        cleaned: judged for a report (``CleanOptions.for_report``).
        entity: what every record is; ``auto``: each is what it names.
        thresholds: of the bands.
        language: of the reasons.
    """
    matched = match(cells_of(cleaned), entity, thresholds)
    ids = _record_ids(cleaned)
    return Duplicates(_pairs(matched, ids, language), _clusters(cleaned, matched, ids), matched)


def plan_matching(cleaned: Normalised, *, entity: str = "auto") -> Plan:
    """What matching would compare, without comparing it."""
    return plan(cells_of(cleaned), entity)


def _record_ids(cleaned: Normalised) -> pl.Series:
    """The record id of every record; null where the file has none."""
    n_rows = cleaned.table.frame.height
    column = next((c.name for c in cleaned.columns if c.field == "record_id"), None)
    return pl.repeat(None, n_rows, dtype=pl.String, eager=True) if column is None else cleaned.table.frame[column]


def _pairs(matched: Matched, ids: pl.Series, language: Language) -> pl.DataFrame:
    pairs = matched.pairs
    said = reasons(pairs, matched.lines, language)
    return (
        pairs.with_columns(
            row_a=pl.col("a") + 1,
            row_b=pl.col("b") + 1,
            record_id_a=ids.gather(pairs["a"]),
            record_id_b=ids.gather(pairs["b"]),
            probability=pl.col("probability").round(_DIGITS),
            reasons=said,
        )
        .sort("row_a", "row_b")
        .select(pl.col(name).cast(kind) for name, kind in PAIRS_SCHEMA.items())
    )


def _clusters(cleaned: Normalised, matched: Matched, ids: pl.Series) -> pl.DataFrame:
    records = (
        pl.DataFrame({"entity": matched.entity_of, "record_id": ids, "filled": _n_valid(cleaned)})
        .with_row_index("at")
        .filter(pl.len().over("entity") > 1)
    )
    named = records.group_by("entity", maintain_order=True).agg(
        name=pl.coalesce(pl.col("record_id").min(), pl.col("at").min().cast(pl.String)),
        primary=pl.col("at").sort_by("filled", "at", descending=[True, False]).first(),
    )
    # Where record ids repeat, two clusters may have the same smallest one.
    at_row = pl.when(pl.col("name").is_duplicated()).then(pl.format("{} {}", "name", "entity")).otherwise("name")
    names = named.select(at_row).to_series()
    named = named.with_columns(cluster_id=pl.Series([_cluster_id(name) for name in names], dtype=pl.String))
    best = _best_inside(matched)
    return (
        records.join(named, on="entity", how="left", maintain_order="left")
        .join(best, on="at", how="left", maintain_order="left")
        .sort("entity", "at")
        .select(
            cluster_id="cluster_id",
            row=pl.col("at") + 1,
            record_id="record_id",
            is_primary=pl.col("at") == pl.col("primary"),
            probability=pl.col("probability").round(_DIGITS),
        )
        .select(pl.col(name).cast(kind) for name, kind in DUPLICATES_SCHEMA.items())
    )


def _cluster_id(name: str) -> str:
    """From the smallest record id: the same as long as that record stays, whatever the order of the rows."""
    return "c" + hashlib.sha256(name.encode()).hexdigest()[:_ID_CHARS]


def _best_inside(matched: Matched) -> pl.DataFrame:
    """Per record its best pair inside its cluster: ``at``, ``probability``."""
    inside = matched.pairs.filter(
        (matched.entity_of.gather(matched.pairs["a"]) == matched.entity_of.gather(matched.pairs["b"]))
        & (pl.col("band") != VETO)
    )
    both = [inside.select(at=side, probability="probability") for side in ("a", "b")]
    return pl.concat(both).group_by("at", maintain_order=True).agg(pl.col("probability").max())


def _n_valid(cleaned: Normalised) -> pl.Series:
    """Per record in how many columns something valid stands: the fullest record of a cluster leads it."""
    valid = [(judged.verdict == int(Verdict.VALID)).cast(pl.UInt32) for judged in cleaned.judged.values()]
    return (
        pl.select(pl.sum_horizontal(valid)).to_series()
        if valid
        else pl.zeros(cleaned.table.frame.height, pl.UInt32, eager=True)
    )
