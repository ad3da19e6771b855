"""The table of a run without some of its records."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from typing import Any, BinaryIO, cast

import polars as pl

from crmclean.core.field import Strength
from crmclean.core.registry import FIELDS, WRITERS
from crmclean.erasing.gone import Gone
from crmclean.erasing.rejects import rejects_holding
from crmclean.finished_run import RunFiles, Version
from crmclean.formats.csv_layout import in_encoding
from crmclean.formats.gaps import gaps_of, layout_without
from crmclean.formats.headers import unique_names
from crmclean.formats.layout_rows import with_columns
from crmclean.formats.packing import HashingSink, packed
from crmclean.table import Table

_TELLING = 5  # signs: a shorter value says nothing about anybody


@dataclass(frozen=True, slots=True)
class Without:
    """A table, and the same without some records.

    Attributes:
        table: as the run read it.
        left: as it would have read the export without them.
        kept: ``UInt32``: rows (from 0) that stay.
        gone: what goes.
        rejected: lines that were no records and go as well.
        values: what only the records that go say, and no other as part of a cell: texts of five signs and more.
    """

    table: Table
    left: Table
    kept: pl.Series
    gone: Gone
    rejected: tuple[str, ...]
    values: frozenset[str]


def without_records(run: RunFiles, table: Table, version: Version, id_column: str, ids: Collection[str]) -> Without:
    """Take the records of some ids out of the table of a run.

    Args:
        run: see ``find_run``.
        table: as it was read.
        version: that table, and what was written of it.
        id_column: holds the record ids.
        ids: without blanks around.
    """
    frame = table.frame
    cells = frame[id_column].str.strip_chars()
    goes = cells.is_in(list(ids)).fill_null(value=False)
    rows = goes.arg_true()
    written = version.written if version.written.height == frame.height else frame
    mine, others = [
        pl.concat([part.filter(mask) for part in (frame, written.select(frame.columns))], how="vertical")
        for mask in (goes, ~goes)
    ]
    identifying = _texts(mine.select(_identifying(run)))
    added = written.columns[frame.width :]  # by the run
    said = _texts(mine) | _texts(written.filter(goes).select(added))
    values = _said_by_nobody(written.filter(~goes).select(added), _said_by_nobody(others, said))
    at = frame.columns.index(id_column)
    lost = rejects_holding(table.rejects, table.layout, ids, at, identifying - _texts(others))
    stay = sorted(set(range(len(table.rejects))).difference(lost))
    gaps = gaps_of(table, rows.to_list(), lost)
    kept = (~goes).arg_true().cast(pl.UInt32)
    raw_ids = frozenset({*ids, *frame[id_column].filter(goes).to_list()})
    lines = gaps.moved_all(table.lines.gather(kept)).cast(table.lines.dtype)
    left = replace(
        table,
        frame=frame.filter(~goes),
        lines=lines,
        rejects=tuple(replace(table.rejects[place], line=gaps.moved(table.rejects[place].line)) for place in stay),
        layout=layout_without(table.layout, kept, stay, gaps),
    )
    gone = Gone(raw_ids, rows.cast(pl.Int64) + 1, gaps)
    return Without(table, left, kept, gone, tuple(table.rejects[place].raw for place in lost), frozenset(values))


def write_records(left: Table, frame: pl.DataFrame, added: Sequence[str], encoding: str, sink: BinaryIO) -> None:
    """Write records in the layout of their table, with columns that a run added behind.

    Args:
        left: the table.
        frame: n_rows x (n_columns + n_added).
        added: labels of those columns.
        encoding: where it differs from the table's; else empty.
        sink: where the bytes go.
    """
    layout = in_encoding(left.layout, encoding) if encoding else left.layout
    if added:
        layout = with_columns(layout, added, frame.height)
    names = tuple(frame.columns)
    blank = pl.lit(None if left.file.format != "csv" else "", pl.String)
    base = left.frame.with_columns(blank.alias(name) for name in names[len(left.names) :])
    labels = (*left.labels, *added)
    wide = replace(left, frame=base, names=names, labels=labels, layout=layout)
    with packed(sink, left.file.compression) as file:
        WRITERS[_format_of(left)].write(wide, frame, file)


def facts_of(left: Table) -> dict[str, Any]:
    """What a manifest says of the input: its size and hashes, as ``undo`` gives it."""
    file = _Counting()
    with packed(cast("BinaryIO", file), left.file.compression) as sink:
        content = HashingSink(sink)
        WRITERS[_format_of(left)].restore(left, left.frame, cast("BinaryIO", content))
    return {"size_bytes": file.size, "sha256": file.hexdigest(), "content_sha256": content.hexdigest()}


class _Counting(HashingSink):
    """A sink that knows how much was written."""

    size = 0

    def write(self, data: bytes) -> int:
        self.size += len(data)
        return super().write(data)


def added_labels(run: RunFiles, n_columns: int) -> list[str]:
    """Labels of the columns that a run wrote behind those of its export."""
    added = [str(column["label"]) for column in run.manifest.get("added_columns", [])]
    if added or run.manifest.get("merge", {}).get("mode") != "link":
        return added
    from crmclean.merging.files import LINK_LABELS

    names = [column["name"] for column in run.manifest["columns"]]
    return list(unique_names([*names, *LINK_LABELS])[n_columns:])


def _format_of(table: Table) -> str:
    from crmclean.formats.manifest import written_format

    return written_format(table.file.format)


def _identifying(run: RunFiles) -> list[str]:
    """Columns whose values belong to one person or company."""
    fields = {column["name"]: column["field"] for column in run.manifest["columns"]}
    telling = {"email", "phone", "mobile", "fax"}
    return [
        name
        for name, field in fields.items()
        if field in telling
        or (field in FIELDS and field != "record_id" and FIELDS[field].strength is Strength.IDENTIFYING)
    ]


def _said_by_nobody(frame: pl.DataFrame, values: set[str]) -> set[str]:
    """Those that stand in no cell, not even as a part of it."""
    left = sorted(values)
    for name in frame.columns:
        if not left:
            break
        cells = frame[name].drop_nulls().unique(maintain_order=True)
        met = set(cells.str.extract_many(left, overlapping=True).explode().drop_nulls().to_list())
        left = [value for value in left if value not in met]
    return set(left)


def _texts(frame: pl.DataFrame) -> set[str]:
    found: set[str] = set()
    for name in frame.columns:
        texts = frame[name].drop_nulls().unique()
        found.update(texts.filter(texts.str.len_chars() >= _TELLING).to_list())
    return found
