"""The golden records, and where every value of the merged records went."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import polars as pl

from crmclean.merging.lists import listed
from crmclean.merging.members import Members
from crmclean.merging.survival import Survivor, survivors
from crmclean.merging.units import Unit
from crmclean.table import Column

PROVENANCE_SCHEMA: Mapping[str, Any] = {
    "cluster_id": pl.String,
    "row": pl.UInt32,
    "record_id": pl.String,
    "column": pl.String,  # null for a record in which nothing stands at all
    "field": pl.String,
    "value": pl.String,
    "kept_in": pl.String,  # the column of the golden record that holds this value; null: it is kept here alone
    "rule": pl.String,  # what decided which value of the column survived
}


@dataclass(frozen=True, slots=True)
class Golden:
    """What became of the clusters.

    Attributes:
        cells: n_clusters x n_columns: the golden records.
        sources: per column of the table the row (``UInt32``, from 0) each golden cell comes from.
        survivors: by column name.
    """

    cells: pl.DataFrame
    sources: Mapping[str, pl.Series]
    survivors: Mapping[str, Survivor]


def golden_of(members: Members, units: Sequence[Unit], columns: Sequence[Column]) -> Golden:
    """The golden record of every cluster."""
    found: dict[str, Survivor] = {}
    for unit in units:
        parts = listed(members, unit) if unit.is_list and len(unit.columns) > 1 else survivors(members, unit)
        found |= {each.name: each for each in parts}
    at = members.rows["at"]
    return Golden(
        cells=pl.DataFrame([found[column.name].text.alias(column.name) for column in columns]),
        sources={column.name: at.gather(found[column.name].member) for column in columns},
        survivors=found,
    )


def merged_frame(frame: pl.DataFrame, members: Members, golden: Golden) -> tuple[pl.DataFrame, pl.Series]:
    """The table with one row an entity, at the place of its first record.

    Args:
        frame: n_rows x n_columns, the cells of all records.
        members: of the clusters.
        golden: of the same.

    Returns:
        The table, and the rows (``UInt32``, from 0) of ``frame`` that its rows stand for.
    """
    rows = members.rows
    if not rows.height:
        return frame, pl.int_range(frame.height, dtype=pl.UInt32, eager=True)
    first = rows["at"].filter(rows["cluster"].is_first_distinct())
    stays = pl.repeat(True, frame.height, eager=True).scatter(rows["at"], False).scatter(first, True)
    kept = stays.arg_true().cast(pl.UInt32)
    columns = [frame[name].scatter(first, golden.cells[name]) for name in frame.columns]
    return pl.DataFrame(columns).filter(stays), kept


def provenance_of(
    members: Members, golden: Golden, columns: Sequence[Column], ids: pl.DataFrame, *, nulls: bool
) -> pl.DataFrame:
    """Every value of every merged record, and where it stands now: ``PROVENANCE_SCHEMA``, by cluster, row, column.

    Args:
        members: of the clusters.
        golden: of the same.
        columns: of the table.
        ids: ``cluster_id`` and ``record_id`` of each member.
        nulls: whether the format knows "no cell" beside an empty text; then empty texts are values, too.
    """
    names = [column.name for column in columns]
    parts = [_said(members, golden, column, place, nulls=nulls) for place, column in enumerate(columns)]
    silent = pl.int_range(members.rows.height, dtype=pl.UInt32, eager=True)
    every = pl.concat(parts) if parts else _said_nothing(silent.clear())
    silent = silent.filter(~silent.is_in(every["m"].implode()))
    every = pl.concat([every, _said_nothing(silent)]).sort("m", "place")
    fields = pl.Series([column.field for column in columns], dtype=pl.String)
    labels = pl.Series(names, dtype=pl.String)
    kept = labels.gather(every["kept"])
    return pl.DataFrame(
        {
            "cluster_id": ids["cluster_id"].gather(every["m"]),
            "row": members.rows["at"].gather(every["m"]) + 1,
            "record_id": ids["record_id"].gather(every["m"]),
            "column": labels.gather(every["place"]),
            "field": fields.gather(every["place"]),
            "value": every["value"],
            "kept_in": kept,
            "rule": every["rule"],
        },
        schema=dict(PROVENANCE_SCHEMA),
    )


def _said_nothing(m: pl.Series) -> pl.DataFrame:
    """Rows for records in which no cell holds anything."""
    return pl.DataFrame({"m": m}).with_columns(
        place=pl.lit(None, pl.UInt32), value=pl.lit(None, pl.String), kept=pl.lit(None, pl.UInt32),
        rule=pl.lit(None, pl.String),
    )  # fmt: skip


def _said(members: Members, golden: Golden, column: Column, place: int, *, nulls: bool) -> pl.DataFrame:
    """The values of one column: ``m``, ``place`` of the column, ``value``, ``kept`` (place of the column), ``rule``."""
    name, survivor = column.name, golden.survivors[column.name]
    cluster = members.rows["cluster"]
    places = {each: position for position, each in enumerate(members.cells.columns)}
    text = members.cells[name]
    if survivor.keeps_all:
        same = (text == survivor.text.gather(cluster)).fill_null(value=False)
        stands = [(place, members.has_something(name) | same)]
    else:
        stands = [(places[each], _stands_in(members, golden, name, each)) for each in (name, *survivor.others)]
    kept = pl.coalesce(*(pl.when(pl.lit(hit)).then(pl.lit(at, pl.UInt32)) for at, hit in stands))
    rows = pl.DataFrame({"value": text}).with_row_index("m").with_columns(
        place=pl.lit(place, pl.UInt32), kept=kept, rule=survivor.decided.gather(cluster)
    )  # fmt: skip
    is_said = pl.col("value").is_not_null() if nulls else pl.col("value").fill_null("") != ""
    return rows.filter(is_said).select("m", "place", "value", "kept", "rule")


def _stands_in(members: Members, golden: Golden, name: str, other: str) -> pl.Series:
    """Whether the value of each member's cell stands in a column of its golden record, in this or another spelling."""
    cluster, survivor = members.rows["cluster"], golden.survivors[other]
    text = (members.cells[name] == survivor.text.gather(cluster)).fill_null(value=False)
    # The text may stem from another column of the list: its meaning is that column's key at the member it comes from.
    key = pl.select(
        pl.coalesce(
            *(
                pl.when(members.cells[each].gather(survivor.member) == survivor.text).then(
                    members.keys[each].gather(survivor.member)
                )
                for each in (other, *survivor.others)
            )
        )
    ).to_series()
    return text | (members.keys[name] == key.gather(cluster)).fill_null(value=False)
