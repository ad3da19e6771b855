"""The files of a merge: golden or linked records, provenance, the id map, findings, rejects, and what a CRM takes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import polars as pl

from crmclean.core.registry import WRITERS
from crmclean.formats.headers import unique_names
from crmclean.formats.layout_rows import of_rows, with_columns
from crmclean.formats.manifest import written_format
from crmclean.formats.outputs import OutputSet
from crmclean.formats.packing import packed
from crmclean.table import Table

GOLDEN, LINKED = "golden", "linked"
PROVENANCE, MERGE_MAP = "golden_provenance.csv", "merge_map.csv"
# What a linked record says of itself; plain letters, because some imports allow nothing else in a header.
LINK_LABELS = ("crmclean_cluster_id", "crmclean_role", "crmclean_duplicate_of")
SURVIVES, DUPLICATE = "primary", "duplicate"


def file_name(stem: str, table: Table) -> str:
    """``golden.csv``, ``golden.xlsx``, ``golden.csv.gz``: in the format of the export."""
    packing = f".{table.file.compression}" if table.file.compression else ""
    return f"{stem}{WRITERS[written_format(table.file.format)].suffix}{packing}"


def golden_table(table: Table, rows: pl.Series, origins: Mapping[int, pl.Series] | None = None) -> Table:
    """The table as it would have been with these rows alone, in the layout of the whole."""
    return replace(
        table,
        frame=_only(table.frame, rows),
        lines=table.lines.gather(rows),
        rejects=(),
        layout=of_rows(table.layout, rows, origins),
    )


def _only(frame: pl.DataFrame, rows: pl.Series) -> pl.DataFrame:
    """Some rows in their order: by a mask, which is faster than by their numbers where most are left."""
    if len(rows) == frame.height:
        return frame
    return frame.filter(pl.repeat(False, frame.height, eager=True).scatter(rows, True))


def linked_table(table: Table) -> Table:
    """The table with the columns of a link behind its own, still empty."""
    blank = None if table.file.format != "csv" else ""
    names = unique_names([*table.names, *LINK_LABELS])
    labels = names[len(table.names) :]
    frame = table.frame.with_columns(pl.lit(blank, pl.String).alias(name) for name in labels)
    layout = with_columns(table.layout, labels, frame.height)
    return replace(table, frame=frame, labels=(*table.labels, *labels), names=names, layout=layout)


def linked_frame(linked: Table, frame: pl.DataFrame, members: pl.DataFrame) -> pl.DataFrame:
    """All records with what each of a cluster is, and whose duplicate.

    Args:
        linked: of ``linked_table``.
        frame: n_rows x n_columns: the cells of all records.
        members: ``cluster``, ``at``, ``is_primary``, ``cluster_id``, ``id``; sorted.
    """
    winners = members.filter("is_primary").select("cluster", winner="id")
    rows = members.join(winners, on="cluster", how="left", maintain_order="left")
    role = pl.when("is_primary").then(pl.lit(SURVIVES)).otherwise(pl.lit(DUPLICATE))
    blank = linked.frame.to_series(-1)[:0].dtype
    nothing = None if linked.file.format != "csv" else ""
    of = pl.when(~pl.col("is_primary")).then("winner").otherwise(pl.lit(nothing, blank))
    said = rows.select("cluster_id", role.alias("role"), of.alias("of"))
    names = linked.names[len(frame.columns) :]
    added = [linked.frame[name].scatter(rows["at"], said.to_series(place)) for place, name in enumerate(names)]
    return frame.with_columns(added)


def stage_table(key: str, table: Table, frame: pl.DataFrame, outputs: OutputSet) -> None:
    """Write a table in its own format, packed as its export was."""
    with outputs.open(key) as sink, packed(sink, table.file.compression) as file:
        WRITERS[written_format(table.file.format)].write(table, frame, file)


def origins_of(
    table: Table, rows: pl.Series, first: pl.Series, sources: Mapping[str, pl.Series]
) -> dict[int, pl.Series]:
    """For each column the row its golden cells come from, where a layout keeps types of cells; empty elsewhere.

    Args:
        table: as read.
        rows: the rows that are left.
        first: of each cluster the row it stands at.
        sources: by column name the rows the golden cells of the clusters come from.
    """
    if "columns" not in table.layout or not len(first):
        return {}
    at = rows.search_sorted(first)
    return {place: rows.scatter(at, sources[name]) for place, name in enumerate(table.names)}


def manifest_of_merge(mode: str, n_clusters: int, n_members: int, n_golden: int) -> dict[str, Any]:
    """What the manifest says of a merge."""
    return {"mode": mode, "clusters": n_clusters, "records": n_members, "golden": n_golden}
