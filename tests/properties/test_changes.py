"""A change log tells all exactly where taking it back gives the table that was."""

from __future__ import annotations

import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from crmclean.formats.changes import put_back, tells_all

CELLS = st.none() | st.sampled_from(["", "x", "y"])
NAMES = ("a", "b")
LOG = {"row": pl.UInt32, "column": pl.Categorical, "before": pl.String, "after": pl.String}


@st.composite
def tables(draw: st.DrawFn) -> tuple[pl.DataFrame, pl.DataFrame]:
    """A table before and after, the same shape."""
    height = draw(st.integers(0, 4))
    column = st.lists(CELLS, min_size=height, max_size=height)
    before, after = (
        pl.DataFrame({name: draw(column) for name in NAMES}, schema=dict.fromkeys(NAMES, pl.String)) for _ in range(2)
    )
    return before, after


def log_of(before: pl.DataFrame, after: pl.DataFrame) -> list[tuple[int, str, str | None, str | None]]:
    return [
        (row + 1, name, old, new)
        for row, cells in enumerate(zip(before.iter_rows(), after.iter_rows(), strict=True))
        for name, old, new in zip(NAMES, *cells, strict=True)
        if old != new
    ]


@given(tables())
def test_the_whole_difference_tells_all(both: tuple[pl.DataFrame, pl.DataFrame]) -> None:
    before, after = both
    log = pl.DataFrame(log_of(before, after), schema=LOG, orient="row")
    assert tells_all(log, before, after)
    back = put_back(after, log)
    assert back is not None
    assert back.equals(before)


@given(
    both=tables(),
    wrong=st.tuples(st.integers(0, 5), st.sampled_from([*NAMES, "c"]), CELLS, CELLS),
    place=st.integers(0, 8),
    is_added=st.booleans(),
)
def test_a_wrong_line_is_noticed(
    both: tuple[pl.DataFrame, pl.DataFrame],
    wrong: tuple[int, str, str | None, str | None],
    place: int,
    *,
    is_added: bool,
) -> None:
    before, after = both
    right = log_of(before, after)
    lines = [*right[:place], wrong, *right[place if is_added else place + 1 :]]
    log = pl.DataFrame(lines, schema=LOG, orient="row")
    if tells_all(log, before, after):
        back = put_back(after, log)
        assert back is not None
        assert back.equals(before)
        assert len(lines) == len(right)
