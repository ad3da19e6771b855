"""polars' own writer, wherever it is asked, gives the bytes that the renderer gives record by record."""

from __future__ import annotations

import polars as pl
from hypothesis import example, given
from hypothesis import strategies as st

from crmclean.formats.csv_bulk import render_bulk
from crmclean.formats.csv_quoting import HABITS, Quoting, render

CELLS = (
    st.none()
    | st.text(alphabet="aäß€1-.;,\t|\"'\\ \r\n\0\ufeff\u2028", max_size=5)
    | st.sampled_from(["", "NaN", "null", "1.5"])
)


@st.composite
def frames(draw: st.DrawFn) -> pl.DataFrame:
    width = draw(st.integers(1, 3))
    rows = draw(st.lists(st.tuples(*[CELLS] * width), max_size=5))
    return pl.DataFrame(rows, schema=[(f"c{i}", pl.String) for i in range(width)], orient="row")


@given(
    frame=frames(),
    habit=st.sampled_from(sorted(HABITS)),
    delimiter=st.sampled_from(";,\t|"),
    quote=st.sampled_from("\"'"),
    line_end=st.sampled_from(["\n", "\r\n", "\r"]),
)
@example(pl.DataFrame({"a": ["", None, "x"]}), "minimal", ";", '"', "\n")
def test_bulk_records_are_the_rendered_ones(
    frame: pl.DataFrame, habit: str, delimiter: str, quote: str, line_end: str
) -> None:
    quoting = Quoting(delimiter, quote, (habit,) * frame.width, {})
    bulk = render_bulk(frame, quoting, line_end)
    assert (bulk is None) == (habit == "spaced")
    if bulk is not None:
        expected = "".join(record + line_end for record in render(frame, quoting).to_list())
        assert str(bulk, "utf-8") == expected


def test_no_name_for_other_ways_of_quoting() -> None:
    frame = pl.DataFrame({"a": ["x"], "b": ["y"]})
    assert render_bulk(frame, Quoting(";", '"', ("minimal", "always"), {}), "\n") is None
    assert render_bulk(frame, Quoting(";", "", ("minimal", "minimal"), {}), "\n") is None
    assert render_bulk(frame, Quoting(";", '"', ("minimal", "minimal"), {}, escape="\\"), "\n") is None
    assert render_bulk(frame, Quoting(";", '"', ("minimal", "minimal"), {}, pad=" "), "\n") is None
    assert render_bulk(frame.select(), Quoting(";", '"', (), {}), "\n") is None
