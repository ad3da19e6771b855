"""What looking for duplicates gives: the rows of its files."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import polars as pl

from crmclean.matching.engine import Matched
from crmclean.matching.records import Records

PAIRS_SCHEMA: Mapping[str, Any] = {
    "row_a": pl.UInt32,
    "row_b": pl.UInt32,
    "record_id_a": pl.String,
    "record_id_b": pl.String,
    "probability": pl.Float64,  # 0..1, four digits
    "band": pl.String,  # auto | review | veto
    "relation": pl.String,
    "reasons": pl.String,
    "evidence_a": pl.String,  # hash of what the record says, see ``matching.record_keys``
    "evidence_b": pl.String,
}
DUPLICATES_SCHEMA: Mapping[str, Any] = {
    "cluster_id": pl.String,
    "row": pl.UInt32,
    "record_id": pl.String,
    "is_primary": pl.Boolean,
    "probability": pl.Float64,  # of the record's best pair inside the cluster
}
RELATIONS_SCHEMA: Mapping[str, Any] = {
    "row_a": pl.UInt32,
    "row_b": pl.UInt32,
    "record_id_a": pl.String,
    "record_id_b": pl.String,
    "relation": pl.String,
    "probability": pl.Float64,
}
ACCOUNTS_SCHEMA: Mapping[str, Any] = {
    "row": pl.UInt32,
    "record_id": pl.String,
    "account_row": pl.UInt32,  # null for a contact whose company is not there
    "account_record_id": pl.String,
    "how": pl.String,  # parent_id | found | none
    "probability": pl.Float64,
}


@dataclass(frozen=True, slots=True)
class Duplicates:
    """What the stage found. With several exports each ``row`` column has a ``file`` column before it.

    Attributes:
        pairs: ``PAIRS_SCHEMA``, sorted by row; with a memory also ``is_new``: not listed last time.
        clusters: ``DUPLICATES_SCHEMA``, sorted by the first row of the cluster, then row; with a memory also
            ``is_new``: the record was not in this cluster last time.
        relations: ``RELATIONS_SCHEMA``: pairs that are no duplicates but belong together.
        accounts: ``ACCOUNTS_SCHEMA``: the company of each contact, and the contacts without one; empty where the
            exports hold no companies.
        decisions: ``DECISIONS_SCHEMA``: what people decided about records of these exports.
        matched: all that stands behind it.
        records: the records one below the other, see ``Records``.
        has_memory: whether earlier runs and decisions were looked at.
        next_memory: keys to remember: cluster id by record key, pairs of keys, and some of all keys.
    """

    pairs: pl.DataFrame
    clusters: pl.DataFrame
    relations: pl.DataFrame
    accounts: pl.DataFrame
    decisions: pl.DataFrame
    matched: Matched
    records: Records
    has_memory: bool = False
    next_memory: tuple[list[tuple[str, str]], list[tuple[str, str]], list[str]] = ([], [], [])

    @property
    def tells_news(self) -> bool:
        """Whether what was not there last time is marked."""
        return "is_new" in self.pairs.columns

    @property
    def n_superfluous(self) -> int:
        """Records that would go if every cluster became one record."""
        return self.clusters.height - self.clusters["cluster_id"].n_unique()
