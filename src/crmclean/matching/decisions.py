"""From what people decided about records to pairs of rows, and back to what became of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import polars as pl

from crmclean.formats.state import DIFFERENT, SAME, UNSURE, Decision
from crmclean.matching.decided import Decided
from crmclean.matching.engine import Matched

DECISIONS_SCHEMA: Mapping[str, Any] = {
    "answer": pl.String,  # same | different | unsure
    "decided_by": pl.String,
    "decided_at": pl.String,
    "approved_by": pl.String,
    "approved_at": pl.String,
    "comment": pl.String,
    "status": pl.String,
}
# What became of a decision. Only the first has an effect.
APPLIED = "applied"
CHANGED = "changed"  # one of the records says something else now: it is asked again
UNDECIDED = "unsure"
UNAPPROVED = "unapproved"  # four eyes are asked for, and only two have seen it
VETOED = "vetoed"  # said to be the same, but their ids contradict
OVERRULED = "overruled"  # said to be the same, but another decision or an id keeps their clusters apart


@dataclass(frozen=True, slots=True)
class Memory:
    """What is known from earlier runs.

    Attributes:
        decisions: that hold, see ``State.decisions``.
        clusters: record key to cluster id.
        pairs: keys of the pairs that were listed, the smaller first.
        four_eyes: whether a decision counts only when a second person has approved it.
        tells_news: whether what was not there last time is marked.
    """

    decisions: Sequence[Decision] = ()
    clusters: Mapping[str, str] = field(default_factory=dict)
    pairs: frozenset[tuple[str, str]] = frozenset()
    four_eyes: bool = False
    tells_news: bool = True


def known_pairs(
    memory: Memory, keys: pl.Series, evidence: Callable[[pl.Series], pl.Series]
) -> tuple[Decided, pl.DataFrame]:
    """The decisions about the records of a run.

    Args:
        memory: of the runs before.
        keys: of all records.
        evidence: of rows.

    Returns:
        What is to be applied; and every decision on two records that are there: ``a``, ``b`` (rows) and
        ``DECISIONS_SCHEMA``. Where keys repeat, the records that say what was seen then are meant.
    """
    given = pl.DataFrame(
        [[getattr(one, name) for name in Decision.__dataclass_fields__] for one in memory.decisions],
        schema=dict.fromkeys(Decision.__dataclass_fields__, pl.String),
        orient="row",
    ).with_row_index("number")
    wanted = pl.concat([given["key_a"], given["key_b"]]).unique()
    rows = pl.DataFrame({"row": pl.arange(len(keys), eager=True, dtype=pl.UInt32), "key": keys})
    rows = rows.filter(pl.col("key").is_in(wanted.implode()))
    rows = rows.with_columns(said=evidence(rows["row"]))
    pairs = (
        given.join(rows, left_on="key_a", right_on="key", maintain_order="left")
        .join(rows, left_on="key_b", right_on="key", suffix="_b", maintain_order="left")
        .filter(pl.col("row") != pl.col("row_b"))
        .with_columns(
            a=pl.min_horizontal("row", "row_b"),
            b=pl.max_horizontal("row", "row_b"),
            holds=pl.format("{} {}", "said", "said_b") == pl.col("evidence"),
        )
    )
    # Of several records with one key those that say what was seen are meant, else the first.
    pairs = (
        pairs.sort("number", "holds", "a", "b", descending=[False, True, False, False], maintain_order=True)
        .filter(pl.col("holds") | ~pl.col("holds").any().over("number"))
        .unique(["number", "a", "b"], keep="first", maintain_order=True)
    )
    pairs = pairs.filter(pl.col("holds") | (pl.int_range(pl.len()).over("number") == 0))
    approved = (pl.col("approved_by") != "") & (pl.col("approved_by") != pl.col("decided_by"))
    status = (
        pl.when(~pl.col("holds"))
        .then(pl.lit(CHANGED))
        .when(pl.col("answer") == UNSURE)
        .then(pl.lit(UNDECIDED))
        .when(~approved & memory.four_eyes)
        .then(pl.lit(UNAPPROVED))
        .otherwise(pl.lit(APPLIED))
    )
    told = pairs.with_columns(status=status).select("a", "b", *DECISIONS_SCHEMA)
    applied = told.filter(pl.col("status") == APPLIED).unique(["a", "b"], keep="last", maintain_order=True)
    return Decided(*(applied.filter(pl.col("answer") == answer).select("a", "b") for answer in (SAME, DIFFERENT))), told


def status_of(known: pl.DataFrame, matched: Matched) -> pl.DataFrame:
    """The decisions with what became of them."""
    together = matched.entity_of.gather(known["a"]) == matched.entity_of.gather(known["b"])
    vetoed = matched.pairs.filter("vetoed").select("a", "b", vetoed=pl.lit(value=True))
    lost = (pl.col("status") == APPLIED) & (pl.col("answer") == SAME) & ~together
    status = (
        pl.when(lost & pl.col("vetoed").fill_null(value=False))
        .then(pl.lit(VETOED))
        .when(lost)
        .then(pl.lit(OVERRULED))
        .otherwise("status")
    )
    joined = known.join(vetoed, on=["a", "b"], how="left", maintain_order="left")
    return joined.with_columns(status=status).drop("vetoed")
