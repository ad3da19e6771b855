"""The layout of a table of which only some rows are left, or that has more columns: written in the same habit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import polars as pl

from crmclean.formats.json_lines import TEXT as JSON_TEXT
from crmclean.formats.sheet_layout import runs_of, unrolled

_PLAIN = 0  # a workbook's kind of a text cell


def of_rows(
    layout: Mapping[str, Any], kept: pl.Series, origins: Mapping[int, pl.Series] | None = None
) -> dict[str, Any]:
    """The layout of a table with some of the rows of another.

    Args:
        layout: of the other, of any format.
        kept: ``UInt32``: its rows (from 0) that are left, ascending.
        origins: by column (from 0) the row each cell comes from, where its type matters (workbooks, JSON) and it is
            not the cell of the kept row; n entries as ``kept``.
    """
    found = dict(layout)
    place = {row: at for at, row in enumerate(kept.to_list())} if _lists_rows(layout) else {}
    for key in ("line_ends", "irregular"):
        if key in found and "delimiter" in found:
            found[key] = [[place[row - 1] + 1, *rest] for row, *rest in found[key] if row - 1 in place]
    if "text_formulas" in found:
        found["text_formulas"] = [
            [column, kind, *(place[row - 1] + 1 for row in rows if row - 1 in place)]
            for column, kind, *rows in found["text_formulas"]
        ]
    for key in ("order", "verbatim"):
        if key in found:
            found[key] = {str(place[int(row)]): value for row, value in found[key].items() if int(row) in place}
    if "n_records" in found:
        found["n_records"] = len(kept)
    if "columns" in found:
        found["columns"] = [
            runs_of(pl.Series(unrolled(runs), dtype=pl.UInt32).gather((origins or {}).get(at, kept)))
            for at, runs in enumerate(found["columns"])
        ]
    return found


def with_columns(layout: Mapping[str, Any], labels: Sequence[str], n_rows: int) -> dict[str, Any]:
    """The layout of a table with more columns of plain texts behind its own."""
    found = dict(layout)
    if "delimiter" in found:
        found["habits"] = [*found["habits"], *("minimal" for _ in labels)]
        # A record kept as raw text lacks the new cells.
        found["irregular"] = [entry for entry in found["irregular"] if not isinstance(entry[1], str)]
        header = found["header"]
        bare = header.rstrip("\r\n")
        found["header"] = found["delimiter"].join((bare, *labels)) + header[len(bare) :] if header else header
    if "columns" in found:
        kind = JSON_TEXT if "verbatim" in found else _PLAIN
        found["labels"] = [*found["labels"], *labels]
        found["columns"] = [*found["columns"], *([[kind, n_rows]] for _ in labels)]
    if "label_kinds" in found:
        found["label_kinds"] = [*found["label_kinds"], *(_PLAIN for _ in labels)]
    return found


def _lists_rows(layout: Mapping[str, Any]) -> bool:
    keys = ("line_ends", "irregular", "text_formulas", "order", "verbatim")
    return any(layout.get(key) for key in keys)
