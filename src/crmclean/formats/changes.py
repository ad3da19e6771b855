"""Taking a change log back, and checking that it can be, a whole column at a time."""

from __future__ import annotations

import polars as pl


def put_back(frame: pl.DataFrame, changes: pl.DataFrame) -> pl.DataFrame | None:
    """The table before its changes.

    Args:
        frame: n_rows x n_columns of text, after the changes.
        changes: ``row`` (any integer type, from 1), ``column``, ``before``, ``after``; one row a changed cell.

    Returns:
        The same shape with every ``before`` in its place; ``None`` if a change does not fit the frame: no such cell,
        another text there than ``after``, or two changes of one cell.
    """
    columns = []
    for (name,), part in changes.partition_by("column", as_dict=True, maintain_order=True).items():
        if name not in frame.columns:
            return None
        rows = part["row"].cast(pl.Int64) - 1
        is_out = rows.is_empty() or rows.null_count() or rows.min() < 0 or rows.max() >= frame.height  # type: ignore[operator]
        if is_out or rows.n_unique() != rows.len():
            return None
        column = frame[name]
        # A sheet does not keep an empty text and no cell apart.
        if (column.gather(rows).fill_null("") != part["after"].fill_null("")).any():
            return None
        columns.append(column.scatter(rows, part["before"]))
    return frame.with_columns(columns)


def tells_all(changes: pl.DataFrame, before: pl.DataFrame, after: pl.DataFrame) -> bool:
    """Whether a change log is the whole difference between two tables and nothing else.

    Where it is, ``put_back(after, changes)`` is ``before``, which need not be built to know it.

    Args:
        changes: as for ``put_back``, the rows of each column in ascending order.
        before: n_rows x n_columns of text.
        after: the same shape and names.
    """
    log = changes.select("row", "column", "before", "after")
    parts = log.partition_by("column", as_dict=True, maintain_order=True)
    for name in before.columns:
        old, new = before[name], after[name]
        rows = old.ne_missing(new).arg_true()
        part = parts.pop((name,), log.clear())
        if not (rows + 1).equals(part["row"]) or not old.gather(rows).equals(part["before"]):
            return False
        # A sheet does not keep an empty text and no cell apart.
        if not new.gather(rows).fill_null("").equals(part["after"].fill_null("")):
            return False
    return not parts
