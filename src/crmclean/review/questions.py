"""The pairs a person is asked about, those first whose answer settles most."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import astuple, dataclass, fields
from typing import Any

import polars as pl

from crmclean.formats.state import UNSURE, Decision
from crmclean.matching.record_keys import record_keys

REVIEW, AUTO = "review", "auto"
# Pairs whose valid ids contradict each other: an answer says what they are to each other, and merges nothing.
KEPT_APART = ("successor",)
_DIGITS = 9  # of a value, so that two machines sort alike
_DECISION: Mapping[str, Any] = {field.name: pl.String for field in fields(Decision)}


@dataclass(frozen=True, slots=True)
class Side:
    """One record of a pair.

    Attributes:
        file: which of the inputs it stands in, 0-based.
        row: 1-based data record.
        record_id: its id; empty where it has none.
    """

    file: int
    row: int
    record_id: str


@dataclass(frozen=True, slots=True)
class Question:
    """Two records that may mean the same.

    Attributes:
        key_a: of one record, as decisions know it; not greater than ``key_b``.
        key_b: of the other.
        evidence: hash of what both say now.
        left: the first record of the pair as it stands in ``pairs.csv``.
        right: the second.
        probability: 0..1.
        band: ``auto``, ``review``, ``veto``.
        relation: ``duplicate``, ``successor``, ….
        reasons: what speaks for and against it.
        value: what an answer is worth, see ``worth``.
        earlier: what was decided about the pair; of other evidence than now unless it awaits approval.
    """

    key_a: str
    key_b: str
    evidence: str
    left: Side
    right: Side
    probability: float
    band: str
    relation: str
    reasons: str
    value: float
    earlier: Decision | None = None

    @property
    def is_kept_apart(self) -> bool:
        """Whether valid ids forbid a merge, whatever the answer is."""
        return self.relation in KEPT_APART

    @property
    def is_changed(self) -> bool:
        """Whether it was decided when the records said something else."""
        return self.earlier is not None and self.earlier.evidence != self.evidence


def keyed(pairs: pl.DataFrame, inputs: Sequence[str]) -> pl.DataFrame:
    """Pairs with what decisions know them by.

    Args:
        pairs: as in ``pairs.csv``, with ``file_a``/``file_b`` where there are several inputs.
        inputs: names of the inputs, in their order.

    Returns:
        ``pairs`` with ``input_a``, ``input_b`` (0-based), ``key_a``, ``key_b`` (``key_a <= key_b``) and ``evidence``
        (of both, in the order of the keys).
    """
    number = {name: at for at, name in enumerate(inputs)}
    for side in ("a", "b"):
        if f"file_{side}" in pairs.columns:
            at = pairs[f"file_{side}"].replace_strict(number, return_dtype=pl.UInt32)
        else:
            at = pl.repeat(0, pairs.height, dtype=pl.UInt32, eager=True)
        ids, said = pairs[f"record_id_{side}"].cast(pl.String), pairs[f"evidence_{side}"].cast(pl.String)
        own = record_keys(ids, said, at + 1 if len(inputs) > 1 else None)
        pairs = pairs.with_columns(at.alias(f"input_{side}"), own.alias(f"own_{side}"))
    is_ordered = (pl.col("own_a") < pl.col("own_b")) | (
        (pl.col("own_a") == pl.col("own_b")) & (pl.col("evidence_a") <= pl.col("evidence_b"))
    )
    return pairs.with_columns(
        key_a=pl.when(is_ordered).then("own_a").otherwise("own_b"),
        key_b=pl.when(is_ordered).then("own_b").otherwise("own_a"),
        evidence=pl.when(is_ordered)
        .then(pl.format("{} {}", "evidence_a", "evidence_b"))
        .otherwise(pl.format("{} {}", "evidence_b", "evidence_a")),
    ).drop("own_a", "own_b")


def with_decisions(pairs: pl.DataFrame, decisions: Iterable[Decision]) -> pl.DataFrame:
    """Keyed pairs with the last decision on each.

    Returns:
        n rows more wide by ``decided``: a struct of ``Decision``'s fields, null where nobody decided.
    """
    known = pl.DataFrame([astuple(each) for each in decisions], schema=dict(_DECISION), orient="row")
    known = known.select("key_a", "key_b", decided=pl.struct(pl.all()))
    return pairs.join(known, on=["key_a", "key_b"], how="left", maintain_order="left")


def open_pairs(pairs: pl.DataFrame, *, again: bool = False) -> pl.DataFrame:
    """The pairs nobody decided as they are now.

    Args:
        pairs: of ``with_decisions``.
        again: those too that somebody was unsure about.
    """
    decided = pl.col("decided")
    is_open = decided.is_null() | (decided.struct.field("evidence") != pl.col("evidence"))
    if again:
        is_open |= decided.struct.field("answer") == UNSURE
    return pairs.filter(is_open.fill_null(value=True))


def unapproved_pairs(pairs: pl.DataFrame, by: str) -> pl.DataFrame:
    """The pairs that others decided as they are now, and that nobody approved. To be unsure needs no approval."""
    decided = pl.col("decided").struct
    return pairs.filter(
        (decided.field("answer") != UNSURE)
        & (decided.field("evidence") == pl.col("evidence"))
        & (decided.field("approved_by") == "")
        & (decided.field("decided_by").str.to_lowercase() != by.lower())
    )


def worth(pairs: pl.DataFrame, clusters: pl.DataFrame) -> pl.DataFrame:
    """Pairs with ``value``: how much an answer is expected to settle.

    The entropy of the probability in bits (1 where it is 0.5, 0 where it is sure), times the number of records whose
    cluster hangs on it: those of both clusters, or of the one both are in already; a record in none counts as one.
    Where ids keep the records apart no cluster hangs on it, and the number is 1.

    Args:
        pairs: keyed.
        clusters: as in ``duplicates.csv``, with ``file`` where there are several inputs.
    """
    place = ["file", "row"] if "file" in clusters.columns and "file_a" in pairs.columns else ["row"]
    sized = clusters.select(*place, "cluster_id", size=pl.len().over("cluster_id"))
    for side in ("a", "b"):
        named = sized.rename({name: f"{name}_{side}" for name in (*place, "cluster_id", "size")})
        named = named.unique([f"{name}_{side}" for name in place], keep="first", maintain_order=True)
        pairs = pairs.join(named, on=[f"{name}_{side}" for name in place], how="left", maintain_order="left")
    one, other = pl.col("size_a").fill_null(1), pl.col("size_b").fill_null(1)
    is_inside = (pl.col("cluster_id_a") == pl.col("cluster_id_b")).fill_null(value=False)
    n_records = pl.when(is_inside).then(one).otherwise(one + other)
    n_records = pl.when(pl.col("relation").is_in(KEPT_APART)).then(1).otherwise(n_records)
    p = pl.col("probability").clip(1e-9, 1 - 1e-9)
    entropy = -(p * p.log(2) + (1 - p) * (1 - p).log(2))
    return pairs.with_columns(value=(entropy * n_records).round(_DIGITS)).drop(
        "size_a", "size_b", "cluster_id_a", "cluster_id_b"
    )


def questions_of(pairs: pl.DataFrame) -> list[Question]:
    """The pairs as questions, the most valuable first, else in the order of the file."""
    ordered = pairs.with_columns(pl.col("relation", "reasons").fill_null(""))
    ordered = ordered.sort("value", descending=True, maintain_order=True)
    left, right = _sides(ordered, "a"), _sides(ordered, "b")
    told = ("probability", "band", "relation", "reasons", "value")
    columns = [ordered[name].to_list() for name in ("key_a", "key_b", "evidence")]
    columns += [left, right, *(ordered[name].to_list() for name in told), _decisions(ordered["decided"])]
    return [Question(*row) for row in zip(*columns, strict=True)]


def _sides(pairs: pl.DataFrame, side: str) -> list[Side]:
    places = pairs.select(f"input_{side}", f"row_{side}", pl.col(f"record_id_{side}").fill_null(""))
    return [Side(*place) for place in places.iter_rows()]


def _decisions(decided: pl.Series) -> list[Decision | None]:
    found: list[Decision | None] = [None] * len(decided)
    for at in decided.is_not_null().arg_true().to_list():
        found[at] = Decision(**decided[at])
    return found
