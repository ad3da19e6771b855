"""Raw records and their cells: the habits found in them give the records back exactly."""

from __future__ import annotations

import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from crmclean.formats.csv_layout import find_habits
from crmclean.formats.csv_quoting import HABITS, Quoting, render

CELLS = st.one_of(
    st.text(st.sampled_from("aä 1;,\t\"'\r\n\\|€"), max_size=6),
    st.text(st.characters(exclude_categories=["Cs"]), max_size=8),
    st.sampled_from(["", "Anna", "Müller"]),
)
DELIMITERS = st.sampled_from([";", ",", "\t", "|"])
QUOTES = st.sampled_from(['"', "'"])


@st.composite
def raw_tables(draw: st.DrawFn) -> tuple[list[str], list[list[str]], str, str]:
    """Records in which each cell is quoted where it must be and where the dice say so."""
    delimiter, quote = draw(DELIMITERS), draw(QUOTES)
    width = draw(st.integers(1, 4))
    rows = draw(st.lists(st.lists(CELLS, min_size=width, max_size=width), max_size=8))
    taste = draw(st.lists(st.sampled_from(["never", "always", "filled", "dice"]), min_size=width, max_size=width))
    records = []
    for cells in rows:
        raw = []
        for column, cell in enumerate(cells):
            must = any(mark in cell for mark in (delimiter, quote, "\r", "\n")) or (width == 1 and not cell)
            wants = {"never": False, "always": True, "filled": bool(cell), "dice": draw(st.booleans())}[taste[column]]
            raw.append(quote + cell.replace(quote, quote * 2) + quote if must or wants else cell)
        records.append(delimiter.join(raw))
    return records, rows, delimiter, quote


def frame_of(rows: list[list[str]], width: int) -> pl.DataFrame:
    return pl.DataFrame({f"c{i}": pl.Series([cells[i] for cells in rows], dtype=pl.String) for i in range(width)})


@given(raw_tables())
def test_render_gives_every_record_back(table: tuple[list[str], list[list[str]], str, str]) -> None:
    records, rows, delimiter, quote = table
    frame = frame_of(rows, len(rows[0]) if rows else 2)
    raw = pl.Series(records, dtype=pl.String)
    habits, irregular = find_habits(raw, frame, delimiter, quote)
    quoting = Quoting.of({"delimiter": delimiter, "quote": quote, "habits": habits, "irregular": irregular})
    assert set(habits) <= set(HABITS)
    assert render(frame, quoting).to_list() == records
    pieces = [render(frame.slice(at, 2), quoting, at).to_list() for at in range(0, frame.height, 2)]
    assert [record for piece in pieces for record in piece] == records
