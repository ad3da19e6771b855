"""Golden records without what one of their records brought, and their provenance."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from crmclean.erasing.clusters import Touched
from crmclean.erasing.gone import Gone
from crmclean.merging.unmerge import kept_rows


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """Golden records without the record.

    Attributes:
        frame: one row an entity.
        rows: ``UInt32``: the rows (from 0, new numbers) they stand for.
        provenance: as it is written, all text.
        origins: by column (from 0) the row (from 0, new numbers) each cell comes from, as far as its text tells.
        n_rows: golden records that went.
        n_values: rows of the provenance that went.
        n_replaced: cells that hold what the records left agree on.
        n_emptied: cells that are empty now, because the records left say nothing, or different things.
    """

    frame: pl.DataFrame
    rows: pl.Series
    provenance: pl.DataFrame
    origins: dict[int, pl.Series]
    n_rows: int
    n_values: int
    n_replaced: int
    n_emptied: int


def rebuilt(
    golden: pl.DataFrame,
    provenance: pl.DataFrame,
    records: pl.DataFrame,
    gone: Gone,
    touched: Touched,
    *,
    id_column: str,
    has_nulls: bool,
) -> Rebuilt:
    """Take a record out of the golden ones.

    A cell stays where a record that is left says the same. Else it takes what the records left agree on, and is empty
    where they don't: which of several values survives was decided over all of them, and nothing is decided anew here.

    Args:
        golden: one row an entity, with the columns of the table.
        provenance: as read back, all text.
        records: n_rows x n_columns: the records that were merged.
        gone: what goes.
        touched: what becomes of the clusters.
        id_column: holds the record id.
        has_nulls: whether the format knows "no cell" beside an empty text.
    """
    assert gone.rows is not None
    n_rows = records.height
    old_kept = kept_rows(provenance, n_rows)
    assert old_kept is not None
    is_gone = gone.is_gone(provenance)
    told = provenance.filter(~is_gone & ~pl.col("cluster_id").is_in(list(touched.dissolved)))
    nothing = None if has_nulls else ""
    rows_of = touched.members.filter(~pl.col("is_gone")).group_by("cluster_id", maintain_order=True).agg("row")
    left_in = dict(rows_of.filter(pl.col("cluster_id").is_in(list(touched.touched))).iter_rows())
    firsts = _first_rows(touched)
    lines: list[dict[str, str | None]] = []
    place: dict[int, int] = {}  # old row (from 0) -> position behind the golden records
    n_replaced = n_emptied = 0
    for cluster in sorted(touched.touched, key=lambda name: firsts[name]):
        rows = left_in.get(cluster, [])
        if not rows:
            continue
        place[min(rows) - 1] = golden.height + len(lines)
        if cluster in touched.dissolved:
            lines.append(records.row(rows[0] - 1, named=True))
            continue
        before = golden.row(int(old_kept.search_sorted(firsts[cluster] - 1)), named=True)
        after, replaced, emptied = _record_left(before, records[[row - 1 for row in rows]], nothing)
        if before[id_column] in gone.ids:
            after[id_column] = records[id_column][touched.heirs[cluster] - 1]
        told = _kept_anew(told, cluster, before, after)
        n_replaced, n_emptied = n_replaced + replaced, n_emptied + emptied
        lines.append(after)
    numbered = gone.renumbered(told)
    kept = kept_rows(numbered, n_rows - len(gone.rows))
    assert kept is not None
    stays = pl.repeat(True, n_rows, eager=True).scatter(gone.rows - 1, False).arg_true()
    old_rows = stays.gather(kept)
    every = pl.concat([golden, pl.DataFrame(lines, schema=golden.schema)])
    at = pl.Series(
        [
            place.get(row, usual)
            for row, usual in zip(old_rows.to_list(), old_kept.search_sorted(old_rows), strict=True)
        ],
        dtype=pl.UInt32,
    )
    frame = every[at]
    return Rebuilt(
        frame=frame,
        rows=kept,
        provenance=numbered,
        origins=_origins(frame, kept, numbered),
        n_rows=golden.height - frame.height,
        n_values=provenance.height - told.height,
        n_replaced=n_replaced,
        n_emptied=n_emptied,
    )


def _first_rows(touched: Touched) -> dict[str, int]:
    """The row (from 1) at which each cluster stood."""
    grouped = touched.members.group_by("cluster_id", maintain_order=True).agg(pl.col("row").min())
    return dict(grouped.iter_rows())


def _record_left(
    before: dict[str, str | None], left: pl.DataFrame, nothing: str | None
) -> tuple[dict[str, str | None], int, int]:
    """A golden record of the records that are left; how many cells were replaced, and how many emptied."""
    said = {value for row in left.iter_rows() for value in row if value}
    after, replaced, emptied = dict(before), 0, 0
    for name, value in before.items():
        if not value or value in said:
            continue
        agreed = set(left[name].to_list()) - {None, ""}
        after[name] = agreed.pop() if len(agreed) == 1 else nothing
        replaced, emptied = (replaced + 1, emptied) if after[name] else (replaced, emptied + 1)
    return after, replaced, emptied


def _kept_anew(
    provenance: pl.DataFrame, cluster: str, before: dict[str, str | None], after: dict[str, str | None]
) -> pl.DataFrame:
    """The provenance of a cluster after some of its golden cells changed: a value is kept where it stands now."""
    for name in (name for name in before if before[name] != after[name]):
        mine = (pl.col("cluster_id") == cluster) & (
            (pl.col("kept_in") == name) | (pl.col("kept_in").is_null() & (pl.col("column") == name))
        )
        stands = pl.when(pl.col("value") == pl.lit(after[name], pl.String)).then(pl.lit(name))
        provenance = provenance.with_columns(kept_in=pl.when(mine).then(stands).otherwise("kept_in"))
    return provenance


def _origins(frame: pl.DataFrame, kept: pl.Series, provenance: pl.DataFrame) -> dict[int, pl.Series]:
    """Of each golden cell a record that says just that."""
    members = provenance.with_columns(at=pl.col("row").cast(pl.Int64) - 1)
    first = members.group_by("cluster_id", maintain_order=True).agg(first=pl.col("at").min())
    said = members.join(first, on="cluster_id", how="left", maintain_order="left")
    rows = pl.DataFrame({"first": kept.cast(pl.Int64)})
    found = {}
    for place, name in enumerate(frame.columns):
        same = said.filter(pl.col("column") == name).unique(["first", "value"], keep="first", maintain_order=True)
        met = rows.with_columns(value=frame[name]).join(
            same.select("first", "value", "at"), on=["first", "value"], how="left", maintain_order="left"
        )
        found[place] = met.select(pl.coalesce("at", "first").cast(pl.UInt32)).to_series()
    return found
