"""Judgements on some of a column's rows, put back into its order."""

from __future__ import annotations

from collections.abc import Iterable

import polars as pl

from crmclean.row_places import spread

JUDGED = {"row": pl.UInt32, **dict.fromkeys(("canonical", "written", "code", "suggestion"), pl.String)}


def over_all(parts: Iterable[pl.DataFrame], height: int) -> pl.DataFrame:
    """What an accelerator returns, see ``table.Accelerator``.

    Args:
        parts: frames with the columns ``JUDGED`` (others are ignored), each row at most once in all of them.
        height: rows of the column; those in no part are not handled.

    Returns:
        ``handled``, ``canonical``, ``written``, ``code`` and ``suggestion``; ``height`` rows.
    """
    judged = pl.concat([pl.DataFrame(schema=JUDGED), *(part.select(JUDGED.keys()) for part in parts if part.height)])
    place = pl.Series([None], dtype=pl.UInt32).new_from_index(0, height)
    place = place.scatter(judged["row"], pl.arange(0, judged.height, eager=True, dtype=pl.UInt32))
    handled = place.is_not_null().alias("handled")
    return pl.DataFrame([handled]).hstack(spread(judged.drop("row"), place))
