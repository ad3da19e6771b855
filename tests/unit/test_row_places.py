"""Places of rows: the distinct ones, and what is known of some spread over all."""

from __future__ import annotations

import polars as pl
from hypothesis import given
from hypothesis import strategies as st
from polars.testing import assert_frame_equal

from crmclean.row_places import distinct, places, spread

_CELL = st.none() | st.sampled_from(["", "a", "b", " a", "ä"])


@given(st.lists(st.tuples(_CELL, _CELL, _CELL), max_size=30))
def test_distinct_rows_spread_over_their_places_are_the_rows_themselves(rows: list[tuple[str | None, ...]]) -> None:
    frame = pl.DataFrame(rows, schema=dict.fromkeys("abc", pl.String), orient="row")
    first, place = distinct(frame)
    once = frame.select(pl.all().gather(first))
    assert_frame_equal(once, frame.unique(maintain_order=True))
    assert_frame_equal(spread(once, place), frame)


def test_rows_without_a_place_are_null() -> None:
    known = pl.DataFrame({"a": ["x", "y"], "b": pl.Series([None, None], dtype=pl.String)})
    place = places(pl.Series([False, True, False, True]))
    assert spread(known, place).rows() == [(None, None), ("x", None), (None, None), ("y", None)]


def test_nothing_known_leaves_every_row_null() -> None:
    known = pl.DataFrame(schema={"a": pl.String, "b": pl.UInt8})
    assert_frame_equal(
        spread(known, places(pl.Series([False, False]))),
        pl.DataFrame({"a": [None, None], "b": [None, None]}, schema=known.schema),
    )
