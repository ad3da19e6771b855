"""Tables with cells written as ``="text"``: read without the wrapper, written with it, undone byte for byte."""

from __future__ import annotations

import io
from dataclasses import dataclass

import polars as pl
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from crmclean.core.errors import CrmCleanError, OutputError
from crmclean.formats.csv_layout import read_back
from crmclean.formats.csv_text_formulas import find_wrapped, n_wrapped, unwrap, wrap
from crmclean.plugins import ReadOptions
from crmclean.readers.csv import READER
from crmclean.table import FileFacts, Table
from crmclean.writers.csv import WRITER

ALPHABET = list("ab01 =;,'ä+")
ANY = st.text(st.sampled_from([*ALPHABET, '"', "\n"]), max_size=6)
INNER = st.text(st.sampled_from(ALPHABET), max_size=6)
NEW = st.sampled_from(["", "neu", "0815", 'a"b', '="x"', '="', '="x', '="="x""', "x;y", "z\n", ';=";', '\n="\n'])


@dataclass(frozen=True)
class Made:
    """Raw records, and the cells that stand in them with and without wrappers."""

    records: list[str]
    inside: list[list[str]]

    @property
    def data(self) -> bytes:
        head = ";".join(f"Spalte {chr(65 + i)}" for i in range(len(self.inside[0])))
        return "\n".join([head, *self.records, ""]).encode()


@st.composite
def tables(draw: st.DrawFn) -> Made:
    """Cells with a wrapper, bare or quoted, beside cells without one, in any mixture."""
    width = draw(st.integers(2, 4))
    habits = draw(st.lists(st.sampled_from(["bare", "quoted", "dice"]), min_size=width, max_size=width))
    likes = draw(st.lists(st.sampled_from(["wrapped", "never", "filled", "dice"]), min_size=width, max_size=width))
    records, inside = [], []
    for _ in range(draw(st.integers(1, 6))):
        raw, values = [], []
        for habit, like in zip(habits, likes, strict=True):
            wraps = {"wrapped": True, "never": False, "filled": True, "dice": draw(st.booleans())}[like]
            value = draw(INNER if wraps else ANY)
            wraps = wraps and (value != "" or like != "filled")
            cell = f'="{value}"' if wraps else value
            is_bare = wraps and ";" not in value and habit != "quoted" and (habit == "bare" or draw(st.booleans()))
            must = not is_bare and bool(set(cell) & set('";\n'))
            quotes = must or (not is_bare and habit == "quoted")
            raw.append('"' + cell.replace('"', '""') + '"' if quotes else cell)
            values.append(value)
        records.append(";".join(raw))
        inside.append(values)
    return Made(records, inside)


def read(made: Made) -> Table | None:
    facts = FileFacts("x.csv", "csv", "", len(made.data), "", {})
    try:
        return READER.read(made.data, facts, ReadOptions(delimiter=";", header_row=1))
    except CrmCleanError:
        return None


def columns(rows: list[list[str]]) -> pl.DataFrame:
    return pl.DataFrame({f"c{i}": list(cells) for i, cells in enumerate(zip(*rows, strict=True))})


@given(st.lists(st.lists(st.one_of(ANY, INNER.map(lambda text: f'="{text}"')), min_size=2, max_size=2), min_size=1))
def test_what_is_unwrapped_is_wrapped_again(rows: list[list[str]]) -> None:
    written = columns(rows)
    kept = find_wrapped(written)
    inside = unwrap(written, kept)
    n_exact = sum(
        cell[:2] == '="' and cell[-1] == '"' and not set(cell[2:-1]) & {'"', "\n"}
        for row in rows
        for cell in row
        if len(cell) > 2
    )
    assert n_wrapped(inside, kept) == n_exact
    assert wrap(inside, kept).equals(written)
    pieces = [wrap(inside.slice(at, 2), kept, at) for at in range(0, inside.height, 2)]
    assert pl.concat(pieces).equals(written)


@given(st.lists(st.tuples(st.one_of(ANY, INNER.map(lambda text: f'="{text}"')), NEW), min_size=1))
def test_changed_cells_are_unwrapped_as_they_were_meant(cells: list[tuple[str, str]]) -> None:
    kept = find_wrapped(columns([[old] for old, _ in cells]))
    new = columns([[text] for _, text in cells])
    assert unwrap(wrap(new, kept), kept).equals(new)


@settings(max_examples=200, deadline=None)
@given(tables())
def test_read_right_or_said_and_always_restored(made: Made) -> None:
    table = read(made)
    if table is None:
        return
    sink = io.BytesIO()
    WRITER.restore(table, table.frame, sink)
    assert sink.getvalue() == made.data
    facts = FileFacts("x.csv", "csv", "", len(made.data), "", {})
    again = READER.read(made.data, facts, ReadOptions(layout=table.layout))
    if not table.rejects and not table.layout["blank_lines"]:
        assert again.frame.equals(table.frame)
        # A cell that was ``="x"`` without being meant so can't be told from one that was.
        meant = [cell for row in made.inside for cell in row if not cell.startswith('="')]
        assert set(meant) <= {cell for row in table.frame.iter_rows() for cell in row}


@settings(max_examples=200, deadline=None)
@given(tables(), st.data())
def test_changed_cells_keep_their_wrapper_and_the_others_their_bytes(made: Made, data: st.DataObject) -> None:
    table = read(made)
    assume(table is not None and table.frame.height > 0)
    assert table is not None
    rows = [[data.draw(st.one_of(st.just(cell), NEW)) for cell in row] for row in table.frame.iter_rows()]
    frame = pl.DataFrame(rows, schema=table.frame.schema, orient="row")
    sink = io.BytesIO()
    try:
        WRITER.write(table, frame, sink)
    except OutputError:  # the table knows no quote mark, or a text would read like a formula
        return
    again = read_back(sink.getvalue(), table.layout, table.names)
    assert again is not None
    assert again.rows() == frame.rows()
