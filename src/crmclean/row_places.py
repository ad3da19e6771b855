"""Places of rows: which rows are alike, and how what is known of some rows comes to stand at all of them.

Moving numbers about is far cheaper than comparing, sorting or joining texts: a column of a million texts is spread in
milliseconds.
"""

from __future__ import annotations

import polars as pl


def distinct(frame: pl.DataFrame) -> tuple[pl.Series, pl.Series]:
    """Tell rows of texts apart.

    Args:
        frame: n rows of ``String`` columns; null equals null.

    Returns:
        Where each distinct row stands first, in that order, and for each of the n rows the place of its like in that
        list; both ``UInt32``.
    """
    number, *others = (_numbered(column) for column in frame.get_columns())
    for other in others:
        # Numbered anew each time: the product of two numbers of rows fits 64 bits, that of three may not.
        both = number.cast(pl.UInt64) * _count(other) + other
        number = _index_in(both.unique(maintain_order=True), both)
    first = number.arg_unique()
    return first, _index_in(number.gather(first), number)


def _numbered(texts: pl.Series) -> pl.Series:
    """A small number for each text, null included: far cheaper to compare than texts."""
    number = texts.cast(pl.Categorical(pl.Categories.random())).to_physical().cast(pl.UInt32)
    return number.fill_null(_count(number)) if number.null_count() else number


def _count(numbers: pl.Series) -> int:
    """One more than the largest."""
    largest = numbers.max()
    return largest + 1 if isinstance(largest, int) else 0


def _index_in(known: pl.Series, values: pl.Series) -> pl.Series:
    """Where in ``known``, all different, each value stands."""
    places = known.to_frame("value").with_row_index("place")
    return values.to_frame("value").join(places, on="value", how="left", maintain_order="left")["place"]


def places(where: pl.Series) -> pl.Series:
    """For each row its place among those that are true, null for the others; ``Boolean`` to ``UInt32``."""
    return pl.select(pl.when(where).then(where.cum_sum() - 1)).to_series()


def spread(known: pl.DataFrame, place: pl.Series) -> pl.DataFrame:
    """The rows of ``known`` that stand at these places, a row of null where there is none.

    Columns of nothing but null cost nothing.
    """
    known = known.rechunk()  # texts out of several chunks are gathered many times slower
    columns = [
        pl.lit(None, column.dtype).alias(column.name) if column.null_count() == len(column) else column.gather(place)
        for column in known.get_columns()
    ]
    return place.to_frame("place").with_columns(columns).drop("place")
