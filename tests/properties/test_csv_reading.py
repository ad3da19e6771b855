"""Nothing is lost, nothing is invented, nothing crashes: the reader of text tables over generated files."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

from hypothesis import example, given, settings
from hypothesis import strategies as st

from crmclean.core.errors import CrmCleanError
from crmclean.plugins import ReadOptions
from crmclean.readers.csv import READER
from crmclean.table import FileFacts, Table
from crmclean.writers.csv import WRITER

CELLS = st.text(alphabet=st.sampled_from(list("ab1 ;,\"'\n\r\täß€\u2028\x0b")), max_size=6)
FRAGMENTS = st.sampled_from(
    ["a;b;c", "1;2;3", '"x";"y;";z', '"m\nn";o;p', '"open;b;c', 'd";e;f', "", " ", "a;b", "a;b;c;d", 'x "y" z;1;2']
)
ENDS = st.sampled_from(["\n", "\r\n", "\n", "\r"])


def read(data: bytes, options: ReadOptions) -> Table:
    return READER.read(data, FileFacts("x.csv", "csv", "", len(data), "", {}), options)


def restored(table: Table) -> bytes:
    """The file put together again from everything the reader reports."""
    sink = io.BytesIO()
    WRITER.restore(table, table.frame, sink)
    return sink.getvalue()


def read_or_refuse(data: bytes, options: ReadOptions) -> Table | None:
    try:
        return read(data, options)
    except CrmCleanError:
        return None


@settings(max_examples=200, deadline=None)
@given(st.lists(st.tuples(FRAGMENTS, ENDS), min_size=1, max_size=14))
@example([('"open;b;c', "\n"), ("a;b;c", "\n"), ('d";e;f', "\n")])
def test_every_line_is_somewhere(pieces: list[tuple[str, str]]) -> None:
    text = "Firma;Ort;PLZ\n" + "".join(fragment + end for fragment, end in pieces)
    table = read_or_refuse(text.encode(), ReadOptions(known_headers=frozenset({"firma", "ort", "plz"})))
    if table is None:  # the records agree on another number of cells
        return
    assert restored(table) == text.encode()
    assert table.frame.height == table.lines.len()


@settings(max_examples=200, deadline=None)
@given(
    st.integers(1, 4).flatmap(lambda n: st.lists(st.lists(CELLS, min_size=n, max_size=n), min_size=1, max_size=8)),
    st.sampled_from([";", ",", "\t", "|"]),
    st.sampled_from(["\n", "\r\n"]),
    st.sampled_from([csv.QUOTE_ALL, csv.QUOTE_MINIMAL]),
)
def test_agrees_with_the_csv_module_on_what_it_writes(
    rows: list[list[str]], delimiter: str, end: str, quoting: int
) -> None:
    sink = io.StringIO()
    writer = csv.writer(sink, delimiter=delimiter, lineterminator=end, quoting=quoting)  # type: ignore[arg-type]
    writer.writerow([f"c{i}" for i in range(len(rows[0]))])
    for row in rows:
        writer.writerow(row)
    data = sink.getvalue().encode()
    table = read_or_refuse(data, ReadOptions(delimiter=delimiter, header_row=1))
    if table is None:
        return
    assert restored(table) == data
    if table.rejects:  # a cell of several lines that each look like a record
        return
    expected = list(csv.reader(io.StringIO(sink.getvalue(), newline=""), delimiter=delimiter, strict=True))[1:]
    assert _filled(table.frame.rows()) == _filled(expected)


def _filled(rows: Iterable[Sequence[str]]) -> list[list[str]]:
    """Without blank lines, which the csv module reads as records of one cell."""
    return [list(row) for row in rows if any(cell.strip() for cell in row)]


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=300))
@example(b"\xff\xfe\x00")
@example(b'"')
@example(b"sep=;")
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    table = read_or_refuse(data, ReadOptions())
    if table is not None:
        assert table.frame.width == len(table.names)
        assert restored(table) == data


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet=st.sampled_from(list('a1;,"\n\r\x00ä')), max_size=60))
def test_any_text_is_read_or_refused(text: str) -> None:
    for options in (ReadOptions(), ReadOptions(has_header=False), ReadOptions(delimiter=";", header_row=1)):
        table = read_or_refuse(text.encode(), options)
        if table is not None:
            assert table.frame.height == table.lines.len()
            assert restored(table) == text.encode()
