"""The clusters somebody hands over: whether they are of this table, and in the form merging works with."""

from __future__ import annotations

import polars as pl

from crmclean.core.errors import InputError
from crmclean.core.language import Text
from crmclean.table import Normalised

CLUSTER_COLUMNS = ("cluster_id", "row", "record_id", "is_primary", "probability")
_TRUE = ("true", "wahr", "1", "yes", "ja", "x")


def record_ids(cleaned: Normalised) -> pl.Series | None:
    """The id of every record (``String``, n_rows), or ``None`` where the file has none."""
    name = next((column.name for column in cleaned.columns if column.field == "record_id"), None)
    return None if name is None else cleaned.table.frame[name]


def typed_clusters(texts: pl.DataFrame, where: str) -> pl.DataFrame:
    """Clusters read as text, as columns of their own types.

    Args:
        texts: as read from a file; of ``CLUSTER_COLUMNS`` the first two must be there.
        where: the file, for messages.

    Raises:
        InputError: ``audit-mismatch``: a column is missing, or a row is no number.
    """
    for name in CLUSTER_COLUMNS[:2]:
        if name not in texts.columns:
            raise mismatch(Text(f"the column {name} is missing", f"die Spalte {name} fehlt"), where)
    rest = [name for name in CLUSTER_COLUMNS if name not in texts.columns]
    texts = texts.with_columns(pl.lit(None, pl.String).alias(name) for name in rest).select(
        pl.col(CLUSTER_COLUMNS).cast(pl.String)
    )
    numbered = texts.with_columns(
        cluster_id=pl.col("cluster_id").str.strip_chars(),
        row=pl.col("row").str.strip_chars().cast(pl.UInt32, strict=False),
        is_primary=pl.col("is_primary").str.strip_chars().str.to_lowercase().is_in(_TRUE).fill_null(value=False),
        probability=pl.col("probability").str.replace(",", ".", literal=True).cast(pl.Float64, strict=False),
    )
    bad = numbered["row"].is_null() | (numbered["cluster_id"].fill_null("") == "")
    if bad.any():
        line = int(bad.arg_max() or 0) + 2
        raise mismatch(
            Text("no row number or no cluster id", "keine Datensatznummer oder keine Gruppen-ID"), f"{where}:{line}"
        )
    return numbered


def require_fitting(clusters: pl.DataFrame, cleaned: Normalised, where: str) -> None:
    """Refuse clusters that are not of this table.

    Args:
        clusters: typed ``CLUSTER_COLUMNS``.
        cleaned: the table.
        where: the file they come from, for messages.

    Raises:
        InputError: ``audit-mismatch``: a row that is not there, twice, or has another id; two surviving records
            in one cluster.
    """
    n_rows = cleaned.table.frame.height
    rows = clusters["row"]
    what = Text("there is no record of this number", "einen Datensatz dieser Nummer gibt es nicht")
    _require_none((rows < 1) | (rows > n_rows), what, where)
    what = Text("a record stands in two clusters, or twice", "ein Datensatz steht in zwei Gruppen oder doppelt")
    _require_none(~rows.is_first_distinct(), what, where)
    ids = record_ids(cleaned)
    if ids is not None and clusters.height:
        known = ids.gather(rows - 1).fill_null("")
        what = Text("the record of this number has another id", "der Datensatz dieser Nummer hat eine andere ID")
        said = clusters["record_id"].fill_null("")  # a row that was added by hand may leave it out
        _require_none((said != "") & (said != known), what, where)
    second = clusters.select(
        (pl.col("is_primary") & (pl.col("is_primary").cast(pl.UInt32).cum_sum().over("cluster_id") > 1)).alias("bad")
    )
    what = Text("a cluster has two surviving records", "eine Gruppe hat zwei überlebende Datensätze")
    _require_none(second["bad"], what, where)


def numbered(clusters: pl.DataFrame, completeness: pl.Series) -> pl.DataFrame:
    """The members, clusters numbered in the order of their first records.

    A cluster of one record is none. Where nobody says which record survives, the fullest does.

    Args:
        clusters: typed ``CLUSTER_COLUMNS``, fitting the table.
        completeness: how full each record of the table is, any whole number; n_rows.

    Returns:
        ``cluster`` (``UInt32``), ``at`` (``UInt32``, from 0), ``is_primary``, ``cluster_id``, ``probability``.
    """
    several = clusters.filter(pl.len().over("cluster_id") > 1).with_columns(at=(pl.col("row") - 1).cast(pl.UInt32))
    ordered = several.with_columns(first=pl.col("at").min().over("cluster_id")).sort("first", "at")
    ordered = ordered.with_columns(filled=completeness.gather(ordered["at"]))
    fullest = ordered.sort("first", "filled", "at", descending=[False, True, False]).group_by("first").agg(
        fullest=pl.col("at").first(), has_primary=pl.col("is_primary").any()
    )  # fmt: skip
    joined = ordered.join(fullest, on="first", how="left", maintain_order="left")
    return joined.select(
        cluster=(pl.col("first").rank("dense") - 1).cast(pl.UInt32),
        at="at",
        is_primary=pl.when("has_primary").then("is_primary").otherwise(pl.col("at") == pl.col("fullest")),
        cluster_id="cluster_id",
        probability="probability",
    )


def mismatch(what: Text, where: str) -> InputError:
    """``audit-mismatch``: the clusters are not those of this export."""
    return InputError(
        what,
        code="audit-mismatch",
        hint=Text("find them again: `crmclean dedupe EXPORT -o DIR`", "neu suchen: `crmclean dedupe EXPORT -o ORDNER`"),
        where=where,
    )


def _require_none(bad: pl.Series, what: Text, where: str) -> None:
    hits = bad.fill_null(value=True).arg_true()
    if len(hits):
        raise mismatch(what, f"{where}:{hits[0] + 2}")
