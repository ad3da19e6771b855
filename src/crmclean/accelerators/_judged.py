"""Judgements on some of a column's rows, put back into its order."""

from __future__ import annotations

from collections.abc import Iterable

import polars as pl

JUDGED = {"row": pl.UInt32, **dict.fromkeys(("canonical", "written", "code", "suggestion"), pl.String)}


def spread(parts: Iterable[pl.DataFrame], height: int) -> pl.DataFrame:
    """What an accelerator returns, see ``table.Accelerator``.

    Args:
        parts: frames with the columns ``JUDGED`` (others are ignored), each row at most once in all of them.
        height: rows of the column; those in no part are not handled.

    Returns:
        ``handled``, ``canonical``, ``written``, ``code`` and ``suggestion``; ``height`` rows.
    """
    judged = pl.concat([pl.DataFrame(schema=JUDGED), *(part.select(JUDGED.keys()) for part in parts if part.height)])
    handled = pl.repeat(value=False, n=height, dtype=pl.Boolean, eager=True).alias("handled")
    handled = handled.scatter(judged["row"], True)
    every = pl.DataFrame({"row": pl.arange(0, height, eager=True, dtype=pl.UInt32), "handled": handled})
    rest = every.filter(~pl.col("handled")).select(
        "row", **{name: pl.lit(None, kind) for name, kind in JUDGED.items() if name != "row"}
    )
    # Sorting parts that are in order each is far cheaper than a join.
    return pl.concat([judged, rest]).sort("row").select(handled, "canonical", "written", "code", "suggestion")
