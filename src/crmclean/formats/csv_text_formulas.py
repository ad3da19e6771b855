"""Cells written as ``="01067"``, so that spreadsheets keep leading zeros: unwrapped to judge, wrapped again to write.

Only a formula that is one text without quote marks and line ends in it is unwrapped; nothing else that begins with
``=`` is touched. Which cells were wrapped is kept in the layout, one entry for each column that has any::

    [column from 0, kind, row, ...]

The kind says what is usual in the column: ``filled`` (every cell that is not empty), ``all``, or ``none``; the rows,
from 1, are those that differ. A cell that changes keeps its wrapper.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

import polars as pl

Wrapped = list[list[Any]]

_OPENING, _CLOSING = '="', '"'
_WRAPPER = r'\A="([^"\r\n]*)"\z'
_LEAST = len(_OPENING) + len(_CLOSING)


def may_have_wrapped(utf8: bytes) -> bool:
    """Whether a text can hold such a cell at all: a glance that spares nearly every file the search."""
    return _OPENING.encode() in utf8


def bare_label(label: str) -> str:
    """A label without its wrapper.

    >>> bare_label('="PLZ"'), bare_label('="a"&"b"'), bare_label("PLZ")
    ('PLZ', '="a"&"b"', 'PLZ')
    """
    return re.sub(_WRAPPER.replace(r"\z", r"\Z"), r"\1", label)


def find_wrapped(frame: pl.DataFrame) -> Wrapped:
    """Which cells of a table as it stands in the file are wrapped; empty where none is.

    Args:
        frame: n_rows x n_columns, all ``String``, wrappers included.
    """
    found: Wrapped = []
    for place, column in enumerate(frame.get_columns()):
        if not column.str.starts_with(_OPENING).any():
            continue
        is_wrapped = column.str.contains(_WRAPPER)
        if not is_wrapped.any():
            continue
        odd = {"filled": ~is_wrapped & (column != ""), "all": ~is_wrapped, "none": is_wrapped}
        if (column == _OPENING + _CLOSING).any():  # in a column of "filled" they were empty cells without a wrapper
            del odd["filled"]
        kind = min(odd, key=lambda name: int(odd[name].sum()))
        found.append([place, kind, *(odd[kind].arg_true() + 1).to_list()])
    return found


def n_wrapped(frame: pl.DataFrame, wrapped: Sequence[Sequence[Any]]) -> int:
    """How many cells are wrapped, of an unwrapped table."""
    n_cells = 0
    for place, kind, *rows in wrapped:
        usual = {"filled": frame.height - int((frame.to_series(place) == "").sum()), "all": frame.height, "none": 0}
        n_cells += abs(usual[kind] - len(rows))
    return n_cells


def unwrap(frame: pl.DataFrame, wrapped: Sequence[Sequence[Any]]) -> pl.DataFrame:
    """The cells without the wrappers that the layout knows of.

    Args:
        frame: n_rows x n_columns as they stand in the file, all ``String``.
        wrapped: as ``find_wrapped`` gives it.
    """
    columns = []
    for place, kind, *rows in wrapped:
        column = frame.to_series(place)
        cell = pl.col(column.name)
        # The twin of ``wrap``: whatever stands between the outer wrapper, even a text that looks wrapped itself.
        inner = cell.str.slice(len(_OPENING), cell.str.len_chars() - _LEAST)
        has_wrapper = _has_wrapper(cell) & pl.lit(_said(kind, rows, 0, frame.height))
        columns.append(pl.when(has_wrapper).then(inner).otherwise(cell).alias(column.name))
    return frame.with_columns(columns)


def wrap(frame: pl.DataFrame, wrapped: Sequence[Sequence[Any]], first_row: int = 0) -> pl.DataFrame:
    """The cells as they are to stand in the file.

    A new text with quote marks in it would make another formula: it is written without a wrapper.

    Args:
        frame: k x n_columns, all ``String``; null is an empty cell.
        wrapped: as ``find_wrapped`` gives it.
        first_row: 0-based row of the table at which ``frame`` starts.
    """
    columns = []
    for place, kind, *rows in wrapped:
        name = frame.columns[place]
        cell = pl.col(name).fill_null("")
        is_wrapped = pl.lit(_said(kind, rows, first_row, frame.height))
        is_wrapped &= ~cell.str.contains(_CLOSING, literal=True) | _has_wrapper(cell)
        if kind == "filled":
            is_wrapped &= cell != ""
        marked = pl.concat_str(pl.lit(_OPENING), cell, pl.lit(_CLOSING))
        columns.append(pl.when(is_wrapped).then(marked).otherwise(cell).alias(name))
    return frame.with_columns(columns)


def _has_wrapper(cell: pl.Expr) -> pl.Expr:
    return cell.str.starts_with(_OPENING) & cell.str.ends_with(_CLOSING) & (cell.str.len_chars() >= _LEAST)


def _said(kind: str, rows: Sequence[int], first_row: int, length: int) -> pl.Series:
    """``Boolean``: which rows of a piece the layout calls wrapped."""
    is_usual = kind != "none"
    said = pl.repeat(is_usual, length, dtype=pl.Boolean, eager=True)
    odd = [row - 1 - first_row for row in rows if first_row < row <= first_row + length]
    return said.scatter(odd, not is_usual) if odd else said
