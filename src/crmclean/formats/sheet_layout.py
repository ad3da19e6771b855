"""What a sheet's layout keeps so that its writer can give the same table back: places, types, and what is no record.

The layout is JSON: ``sheet``, ``date1904``, ``header_row`` (1-based; 0 = none), ``first_record_row`` (1-based),
``first_column`` (0-based), ``n_records``, ``labels`` (null = no cell), ``label_kinds``, ``kinds`` (``[type, number
format]``), ``rounded`` (numbers as stored by the shorter text of their cells), ``columns`` (a run-length list
``[[kind, count], …]`` each), ``blank_rows`` (1-based ranges) and ``aside``: ``[1-based row, is a reject, [[0-based
column, text, kind], …]]``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any

import polars as pl

from crmclean.formats.sheet_process import Sheet


def runs_of(kinds: pl.Series) -> list[list[int]]:
    """A column's kinds as ``[[kind, how many], …]``."""
    if kinds.is_empty():
        return []
    coded = kinds.rle().struct.unnest()
    return [[kind, count] for kind, count in zip(coded["value"].to_list(), coded["len"].to_list(), strict=True)]


def unrolled(runs: Sequence[Sequence[int]]) -> list[int]:
    """The kinds of a column, one a record."""
    return [kind for kind, count in runs for _ in range(count)]


def ranges_of(rows: Sequence[int]) -> list[list[int]]:
    """Ascending numbers as ``[[first, last], …]``.

    >>> ranges_of([3, 4, 5, 9])
    [[3, 5], [9, 9]]
    """
    if not rows:
        return []
    breaks = [index for index, (one, two) in enumerate(pairwise(rows), 1) if two != one + 1]
    edges = [0, *breaks, len(rows)]
    return [[rows[first], rows[last - 1]] for first, last in pairwise(edges)]


def cells_of(sheet: Sheet, index: int) -> list[list[Any]]:
    """The cells of one row of the box as ``[[0-based sheet column, text, kind], …]``."""
    return [
        [sheet.first_column + column, text, kind]
        for column, (text, kind) in enumerate(zip(sheet.texts.row(index), sheet.kinds.row(index), strict=True))
        if text is not None
    ]


def record_rows(layout: Mapping[str, Any]) -> list[int]:
    """The 1-based sheet row of each record of the original."""
    taken = {row for first, last in layout["blank_rows"] for row in range(first, last + 1)}
    taken.update(row for row, _, _ in layout["aside"])
    rows: list[int] = []
    row = layout["first_record_row"]
    while len(rows) < layout["n_records"]:
        if row not in taken:
            rows.append(row)
        row += 1
    return rows
