"""Differences as others may read them: values masked, records named by keyed hash."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import polars as pl

from crmclean.core.churn import Churn
from crmclean.core.hidden import FEWEST, suppressed
from crmclean.core.masking import masked
from crmclean.differences import Differences

_IDS = ("record_id", "record_id_old", "record_id_new")


def private_differences(diff: Differences, reference: Callable[[str], str]) -> Differences:
    """The same differences without a value.

    Args:
        diff: what changed.
        reference: the name of a record by its id, see ``core.privacy.references``.
    """
    return replace(
        diff,
        added=_named(diff.added, reference),
        removed=_named(diff.removed, reference),
        cells=_masked(_named(diff.cells, reference)),
        ids=_named(diff.ids, reference),
        pairs=_named(diff.pairs, reference),
        events=tuple(replace(event, value=None) for event in diff.events),
        churn=diff.churn and _few_hidden(diff.churn),
    )


def _few_hidden(churn: Churn) -> Churn:
    """Fewer than five people are not told."""
    kept, lost, unknown = suppressed((churn.kept, churn.lost, churn.unknown))
    moves = tuple(move for move in churn.moves if move.n >= FEWEST)
    return replace(churn, kept=kept, lost=lost, unknown=unknown, new=suppressed((churn.new,))[0], moves=moves)


def _named(frame: pl.DataFrame, reference: Callable[[str], str]) -> pl.DataFrame:
    return frame.with_columns(
        _replaced(frame[name], reference) for name in _IDS if name in frame.columns and frame[name].count()
    )


def _replaced(column: pl.Series, by: Callable[[str], str]) -> pl.Series:
    """A column with other texts for its own, each different one made once; empty cells stay."""
    filled = column.unique().drop_nulls().sort()
    return column.replace_strict(filled, [by(each) if each.strip() else "" for each in filled], default=None)


def _masked(cells: pl.DataFrame) -> pl.DataFrame:
    """Every value masked as what its field is."""
    if cells.is_empty():
        return cells
    parts = cells.with_row_index("at").partition_by("field", maintain_order=True)
    hidden = []
    for part in parts:
        field = part["field"][0]
        hidden.append(
            part.with_columns(
                _replaced(part[name], lambda value, field=field: masked(value, field))  # type: ignore[misc]
                for name in ("before", "after")
                if part[name].count()
            )
        )
    return pl.concat(hidden).sort("at").drop("at")
