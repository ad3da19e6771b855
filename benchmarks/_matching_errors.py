"""What a matcher got wrong in the exports with known duplicates, sorted by the trap it fell into."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import polars as pl

from benchmarks._matching_run import Found
from crmclean.measures.agreement import Truth

STRANGERS = "strangers"


def by_kind(clusters: pl.Series, truth: Truth, kinds: pl.Series) -> dict[str, dict[str, int]]:
    """Pairs that are wrong after clustering.

    Args:
        clusters: n_rows.
        truth: entities named ``G000123-2``, the second one of a neighbourhood of look-alikes.
        kinds: n_rows, of ``benchmarks.duplicates.entities.KINDS``.

    Returns:
        ``false``: merged pairs of two entities, by the kinds of both when they are of one neighbourhood, and as
        ``strangers`` otherwise; ``missed``: pairs of one entity that were left apart, by its kind.
    """
    return {
        "false": _counted(_false(clusters, truth, kinds)),
        "missed": _counted(_missed(clusters, truth, kinds)),
    }


def examples(
    clusters: pl.Series, truth: Truth, kinds: pl.Series, records: pl.DataFrame, found: Found, n: int
) -> dict[str, dict[str, list[Any]]]:
    """Of the most frequent kinds of errors ``n`` pairs each, with the records and what was said of them."""
    shown: dict[str, dict[str, list[Any]]] = {}
    for name, pairs in (("false", _false(clusters, truth, kinds)), ("missed", _missed(clusters, truth, kinds))):
        for kind in list(_counted(pairs))[:6]:
            some = pairs.filter(pl.col("kind") == kind).sort("a", "b").head(n)
            shown.setdefault(name, {})[kind] = [_example(row, records, found) for row in some.iter_rows(named=True)]
    return shown


def _example(pair: dict[str, Any], records: pl.DataFrame, found: Found) -> dict[str, Any]:
    said = found.matched.pairs.filter((pl.col("a") == pair["a"]) & (pl.col("b") == pair["b"]))
    lines: Sequence[str] = list(found.matched.lines)
    balance = (
        {name: (said[name].item(), round(said[f"{name}.bits"].item(), 1)) for name in lines if said[name].item()}
        if said.height
        else "not compared, or copies of records that were"
    )
    facts = said.select("probability", "band", "relation").row(0) if said.height else ()
    return {"records": [records.row(pair["a"]), records.row(pair["b"])], "said": facts, "balance": balance}


def _false(clusters: pl.Series, truth: Truth, kinds: pl.Series) -> pl.DataFrame:
    rows = pl.DataFrame({"cluster": clusters, "entity": truth.entity, "kind": kinds}).with_row_index("row")
    some = rows.filter(pl.len().over("cluster") > 1)
    pairs = some.join(some, on="cluster", suffix="_b", maintain_order="left").filter(
        (pl.col("row") < pl.col("row_b")) & (pl.col("entity") != pl.col("entity_b"))
    )
    is_near = pl.col("entity").str.split("-").list.first() == pl.col("entity_b").str.split("-").list.first()
    both = pl.concat_list("kind", "kind_b").list.sort().list.unique(maintain_order=True).list.join(" + ")
    return pairs.select(a="row", b="row_b", kind=pl.when(is_near).then(both).otherwise(pl.lit(STRANGERS)))


def _missed(clusters: pl.Series, truth: Truth, kinds: pl.Series) -> pl.DataFrame:
    pairs = truth.true_pairs()
    apart = pairs.filter(clusters.gather(pairs["a"]) != clusters.gather(pairs["b"]))
    return apart.with_columns(kind=kinds.gather(apart["a"]))


def _counted(pairs: pl.DataFrame) -> dict[str, int]:
    found = pairs.group_by("kind").len().sort(["len", "kind"], descending=[True, False])
    return dict(found.iter_rows())
