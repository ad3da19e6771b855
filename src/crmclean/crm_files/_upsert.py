"""What most CRMs take: the changed records by their id, and pairs of ids."""

from __future__ import annotations

import io
from collections.abc import Collection, Sequence
from dataclasses import replace

import polars as pl

from crmclean.core.language import Text
from crmclean.core.registry import WRITERS
from crmclean.dialects import MergeBack as DialectLimits
from crmclean.dialects import dialects
from crmclean.formats.headers import unique_names
from crmclean.formats.layout_rows import of_rows
from crmclean.formats.manifest import written_format
from crmclean.formats.side_csv import write_side_csv
from crmclean.merge_back import MergeBack

NO_IDS = Text(
    "the export has no record ids: the CRM can't find these records by row numbers; export again with the id column",
    "der Export hat keine Datensatz-IDs: nach Zeilennummern findet das CRM nichts; mit ID-Spalte neu exportieren",
)


def side_bytes(frame: pl.DataFrame) -> bytes:
    """A frame as a side file: UTF-8, comma, LF."""
    sink = io.BytesIO()
    write_side_csv(frame, sink)
    return sink.getvalue()


def changed(back: MergeBack, without: Collection[str] = ()) -> pl.Series:
    """``Boolean``, n_clusters: whether the surviving record is to hold anything it did not, beside some columns."""
    names = [name for name in back.golden.columns if name not in without]
    differs = [back.before[name].fill_null("") != back.golden[name].fill_null("") for name in names]
    return pl.select(pl.any_horizontal(differs)).to_series() if differs else pl.Series([], dtype=pl.Boolean)


def updates(back: MergeBack, without: Collection[str] = ()) -> pl.DataFrame:
    """The surviving records that change, all columns but some."""
    return back.golden.filter(changed(back, without)).drop(without)


def by_id(back: MergeBack, without: Sequence[str] = ()) -> pl.DataFrame:
    """The surviving records that change, headed as the CRM calls its columns.

    Args:
        back: see ``MergeBack``.
        without: labels of columns the CRM sets itself.
    """
    left_out = {name for name, label in zip(back.table.names, back.table.labels, strict=True) if label in without}
    labels = dict(zip(back.table.names, unique_names(back.table.labels), strict=True))
    frame = updates(back, left_out)
    return frame.rename({name: labels[name] for name in frame.columns})


def limits(dialect: str) -> DialectLimits:
    """What the CRM's dialect file says of going back; the file is the one place of these numbers."""
    return dialects()[dialect].merge


def limit_of(dialect: str, otherwise: int) -> int:
    """How many records one merge takes, the surviving one included."""
    return limits(dialect).max_records or otherwise


def as_exported(back: MergeBack, frame: pl.DataFrame) -> bytes:
    """Some records in the format, delimiter and encoding of the export."""
    table = back.table
    nowhere = pl.Series([], dtype=pl.UInt32)
    empty = replace(table, frame=frame, rejects=(), layout=_plain(of_rows(table.layout, nowhere), frame.height))
    sink = io.BytesIO()
    WRITERS[written_format(table.file.format)].write(empty, frame, sink)
    return sink.getvalue()


def _plain(layout: dict[str, object], n_rows: int) -> dict[str, object]:
    """The layout with rows of plain texts."""
    if "columns" in layout:
        columns = layout["columns"]
        assert isinstance(columns, list)
        layout = {**layout, "columns": [[[0, n_rows]] for _ in columns]}
    return {**layout, "n_records": n_rows} if "n_records" in layout else layout


def groups_of(back: MergeBack, size: int) -> pl.DataFrame:
    """Losers in groups that are merged at once.

    Args:
        back: see ``MergeBack``.
        size: records in one merge, the surviving one included.

    Returns:
        ``object``, ``winner_id``, ``loser_ids`` (list of at most ``size - 1``); a surviving record may have several.
    """
    within = pl.int_range(pl.len()).over("cluster") // (size - 1)
    return (
        back.losers.with_columns(turn=within, object=back.object.gather(back.losers["cluster"]))
        .group_by("cluster", "turn", "object", "winner_id", maintain_order=True)
        .agg(loser_ids="loser_id")
    )


def spread(groups: pl.DataFrame, names: Sequence[str]) -> pl.DataFrame:
    """The list of losers as one column each."""
    got = [pl.col("loser_ids").list.get(at, null_on_oob=True).alias(name) for at, name in enumerate(names)]
    return groups.with_columns(got)


def remarks(back: MergeBack) -> tuple[Text, ...]:
    """What holds for every CRM."""
    return () if back.has_ids else (NO_IDS,)
