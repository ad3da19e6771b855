"""Clusters that lose a record: who leads them now, and which are none any more."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from crmclean.erasing.gone import Gone, without

MEMBERS = {"cluster_id": pl.String, "row": pl.Int64, "record_id": pl.String}


@dataclass(frozen=True, slots=True)
class Touched:
    """What becomes of the clusters.

    Attributes:
        members: all members of all clusters: ``cluster_id``, ``row`` (old, from 1), ``name`` and ``new_name`` (the
            record's id, or its number where it has none), ``is_gone``.
        dissolved: ids of clusters with one record left, or none.
        touched: ids of clusters that lose a record, the dissolved ones included.
        heirs: of clusters that go on: the row (old, from 1) of the record that leads if the leading one goes.
    """

    members: pl.DataFrame
    dissolved: frozenset[str]
    touched: frozenset[str]
    heirs: dict[str, int]

    def name_of(self, row: int, *, is_new: bool = True) -> str:
        """How the id map calls a member."""
        found = self.members.filter(pl.col("row") == row)
        return str(found["new_name" if is_new else "name"][0])


def touched_by(gone: Gone, members: pl.DataFrame, fullness: pl.Series) -> Touched:
    """What becomes of clusters.

    Args:
        gone: what goes; with row numbers.
        members: ``MEMBERS``.
        fullness: cells of each record with something in them, n_rows.
    """
    named = members.with_columns(
        is_gone=gone.is_gone(members), filled=fullness.gather(members["row"] - 1), number=gone.number(members["row"])
    )
    has_id = pl.col("record_id").fill_null("").str.strip_chars() != ""
    named = named.with_columns(
        name=pl.when(has_id).then("record_id").otherwise(pl.col("row").cast(pl.String)),
        new_name=pl.when(has_id).then("record_id").otherwise(pl.col("number").cast(pl.String)),
    )
    touched = named.filter("is_gone")["cluster_id"].unique(maintain_order=True)
    left = named.filter(~pl.col("is_gone") & pl.col("cluster_id").is_in(touched.implode()))
    heirs = {
        cluster: row
        for cluster, row, n in left.sort("filled", "row", descending=[True, False])
        .group_by("cluster_id", maintain_order=True)
        .agg(pl.col("row").first(), n=pl.len())
        .iter_rows()
        if n > 1
    }
    dissolved = frozenset(touched.to_list()) - frozenset(heirs)
    return Touched(
        named.select("cluster_id", "row", "name", "new_name", "is_gone"),
        dissolved,
        frozenset(touched.to_list()),
        heirs,
    )


def duplicates_without(frame: pl.DataFrame, gone: Gone, fullness: pl.Series | None) -> tuple[pl.DataFrame, int]:
    """The rows of ``duplicates.csv`` without the record, and how many went; a cluster of one record is none.

    Args:
        frame: as read back, all text.
        gone: what goes.
        fullness: as for ``touched_by``; ``None``: of the records left the first leads.
    """
    goes = gone.is_gone(frame)
    left = frame.filter(~goes)
    alone = pl.len().over("cluster_id") == 1
    kept = left.filter(~alone)
    rows = kept["row"].cast(pl.Int64)
    filled = pl.repeat(0, kept.height, eager=True) if fullness is None else fullness.gather(rows - 1).cast(pl.Int64)
    ranked = kept.with_columns(filled=filled).with_row_index("at")
    first = pl.col("at").sort_by("filled", "at", descending=[True, False]).first().over("cluster_id")
    leads = pl.col("is_primary") == "true"
    ranked = ranked.with_columns(
        is_primary=pl.when(leads.any().over("cluster_id")).then(leads).otherwise(pl.col("at") == first)
    )
    told = ranked.with_columns(pl.col("is_primary").cast(pl.String)).drop("filled", "at")
    return gone.renumbered(told.select(frame.columns)), frame.height - kept.height


def merge_map_without(frame: pl.DataFrame, gone: Gone, touched: Touched) -> tuple[pl.DataFrame, int]:
    """The rows of ``merge_map.csv`` without the record, and how many went."""
    named = touched.members.unique(["cluster_id", "name"], keep="first", maintain_order=True)
    heirs = pl.DataFrame(
        [(cluster, touched.name_of(row, is_new=False), touched.name_of(row)) for cluster, row in touched.heirs.items()],
        schema={"cluster_id": pl.String, "heir": pl.String, "new_heir": pl.String},
        orient="row",
    )
    names = named.select("cluster_id", "name", "new_name", "is_gone")
    joined = (
        frame.join(names, left_on=["cluster_id", "loser_id"], right_on=["cluster_id", "name"], how="left",
                   maintain_order="left")
        .rename({"new_name": "new_loser", "is_gone": "loses"})
        .join(names, left_on=["cluster_id", "winner_id"], right_on=["cluster_id", "name"], how="left",
              maintain_order="left")
        .join(heirs, on="cluster_id", how="left", maintain_order="left")
    )  # fmt: skip
    orphaned = pl.col("is_gone").fill_null(value=False)
    goes = (
        pl.col("loses").fill_null(value=False)
        | pl.col("cluster_id").is_in(list(touched.dissolved))
        | (orphaned & (pl.col("loser_id") == pl.col("heir")))
    )
    left = joined.filter(~goes).with_columns(
        winner_id=pl.when(orphaned).then("new_heir").otherwise(pl.coalesce("new_name", "winner_id")),
        loser_id=pl.coalesce("new_loser", "loser_id"),
    )
    return without(left.select(frame.columns), gone)[0], frame.height - left.height


def linked_without(
    frame: pl.DataFrame, gone: Gone, touched: Touched, kept: pl.Series, *, has_nulls: bool
) -> pl.DataFrame:
    """The linked records without those that go.

    Args:
        frame: n_rows x (n_columns + 3), the last three as ``merging.files.LINK_LABELS``.
        gone: what goes.
        touched: what becomes of the clusters.
        kept: ``UInt32``: rows (from 0) that stay.
        has_nulls: whether the format knows "no cell" beside an empty text.
    """
    cluster, role, of = frame.columns[-3:]
    nothing = pl.lit(None if has_nulls else "", pl.String)
    heirs = {name: row for name, row in touched.heirs.items() if _is_orphaned(frame, role, name, cluster, gone)}
    leading = {name: touched.name_of(row) for name, row in heirs.items()}
    number = pl.int_range(1, pl.len() + 1)
    is_over = pl.col(cluster).is_in(list(touched.dissolved))
    is_heir = number.is_in(list(heirs.values()))
    new_of = pl.col(cluster).replace_strict(leading, default=None, return_dtype=pl.String)
    renamed = _renamed(touched)
    return frame.with_columns(
        pl.when(is_over).then(nothing).otherwise(cluster).alias(cluster),
        pl.when(is_over).then(nothing).when(is_heir).then(pl.lit("primary")).otherwise(role).alias(role),
        pl.when(is_over | is_heir)
        .then(nothing)
        .when(new_of.is_not_null())
        .then(new_of)
        .otherwise(pl.col(of).replace(renamed) if renamed else pl.col(of))
        .alias(of),
    )[kept]


def _is_orphaned(frame: pl.DataFrame, role: str, name: str, cluster: str, gone: Gone) -> bool:
    assert gone.rows is not None
    leads = frame[gone.rows - 1].filter((pl.col(cluster) == name) & (pl.col(role) == "primary"))
    return leads.height > 0


def _renamed(touched: Touched) -> dict[str, str]:
    """Numbers that stand for ids and are other numbers now."""
    moved = touched.members.filter(~pl.col("is_gone") & (pl.col("name") != pl.col("new_name")))
    return dict(moved.select("name", "new_name").iter_rows())
