"""Clusters of small tables for tests of merging."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import polars as pl
from tests.tables import Columns, cleaned

from crmclean.config.model import MergeSection
from crmclean.matching.duplicates import DUPLICATES_SCHEMA
from crmclean.merging.policy import MergePolicy
from crmclean.stages.merge import Merged, merge_records
from crmclean.table import Normalised


def clusters_of(table: Normalised, groups: Sequence[Sequence[int]]) -> pl.DataFrame:
    """Clusters of rows (from 1), the first of each surviving."""
    ids = next((column.name for column in table.columns if column.field == "record_id"), None)
    rows = [
        (f"c{number}", row, None if ids is None else table.table.frame[row - 1, ids], at == 0, 0.99)
        for number, group in enumerate(groups)
        for at, row in enumerate(group)
    ]
    return pl.DataFrame(rows, schema=dict(DUPLICATES_SCHEMA), orient="row")


def merged(
    columns: Columns,
    groups: Sequence[Sequence[int]] | None = None,
    *,
    rules: Mapping[str, str] | None = None,
    source_column: str = "",
    sources: str = "",
    pairs: pl.DataFrame | None = None,
    decisions: pl.DataFrame | None = None,
) -> Merged:
    """Columns as for ``tables.cleaned``, merged; all rows are one cluster unless other groups are given."""
    table = cleaned(columns, country="DE")
    every = groups if groups is not None else [list(range(1, table.table.frame.height + 1))]
    section = MergeSection(source_column=source_column, sources=sources, fields=rules or {})
    policy = MergePolicy.of(section, table.columns)
    return merge_records(table, table.table.frame, clusters_of(table, every), pairs, decisions, policy)


def golden(columns: Columns, **options: object) -> dict[str, str]:
    """The golden record of one cluster."""
    frame = merged(columns, **options).golden  # type: ignore[arg-type]
    assert frame.height == 1
    return frame.row(0, named=True)
