"""Writes delimited text back the way it was read: delimiter, quoting habit, encoding, byte order mark, line ends.

Cells nobody touched come out with the bytes they had. See ``formats.csv_layout`` for what is remembered of a file.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

import polars as pl

from crmclean.core.errors import OutputError
from crmclean.core.language import Text
from crmclean.core.text import column_letters
from crmclean.formats.csv_bulk import render_bulk
from crmclean.formats.csv_quoting import Quoting, render, row_slices, rows_within
from crmclean.formats.csv_text_formulas import wrap
from crmclean.formats.source import shown_path
from crmclean.plugins import Writer
from crmclean.table import Table

_LINE_END = re.compile(r"\r\n|\r|\n")


@dataclass(frozen=True, slots=True)
class _Extra:
    """A line of the file that is no record.

    Attributes:
        line: physical line at which it stands.
        text: without its line end, text or raw bytes; with it where ``end`` is ``None``.
        end: its line end.
    """

    line: int
    text: str | bytes
    end: str | None


@dataclass(frozen=True, slots=True)
class _Run:
    """Records of consecutive rows.

    Attributes:
        utf8: each with its line end, but for the last.
        end: the line end of the last.
        first_row: 0-based row of the table at which they start.
        cells: they were made of.
    """

    utf8: memoryview
    end: str
    first_row: int
    cells: pl.DataFrame


class _Output:
    """Encodes lines. The last line end is held back until it is known whether the file has one."""

    def __init__(self, table: Table, sink: BinaryIO) -> None:
        layout = table.layout
        self._table = table
        self._sink = sink
        # A codec that puts a mark in front by itself would do so for every piece.
        name = {"utf-8-sig": "utf-8", "utf-16": "utf-16-le", "utf-32": "utf-32-le"}.get(
            codecs.lookup(layout["encoding"]).name, layout["encoding"]
        )
        self._is_utf8 = codecs.lookup(name).name == "utf-8"
        self._encode = codecs.getincrementalencoder(name)("strict").encode
        self._end = ""
        if layout["bom"]:
            sink.write(self._encode("\ufeff"))
        sink.write(bytes.fromhex(layout.get("mark", "")))

    def put(self, text: str | bytes, end: str | None) -> None:
        """One line; ``end`` is ``None`` when the text brings its own."""
        try:
            self._sink.write(self._encode(self._end + ("" if isinstance(text, bytes) else text)))
        except UnicodeEncodeError:
            raise self._unencodable(self._table.frame.clear(), 0) from None
        if isinstance(text, bytes):
            self._sink.write(text)
        self._end = end or ""

    def records(self, run: _Run) -> None:
        """Records of consecutive rows."""
        self._sink.write(self._encode(self._end))
        if self._is_utf8:
            self._sink.write(run.utf8)
        else:
            try:
                self._sink.write(self._encode(str(run.utf8, "utf-8")))
            except UnicodeEncodeError:
                raise self._unencodable(run.cells, run.first_row) from None
        self._end = run.end

    def finish(self, has_line_end: bool) -> None:
        """End the file."""
        self._sink.write(self._encode(self._end if has_line_end else "", True))

    def _unencodable(self, cells: pl.DataFrame, first_row: int) -> OutputError:
        encoding = self._table.layout["encoding"]
        place = Text("a line above the records", "eine Zeile über den Datensätzen")
        hint = Text("write UTF-8 with --output-encoding utf-8", "mit --output-encoding utf-8 schreiben")
        for row, column in _misfits(cells, encoding):
            name = shown_path(self._table.names[column])
            letters = column_letters(column)
            place = Text(
                f'row {first_row + row + 1}, column {letters} "{name}"',
                f"Datensatz {first_row + row + 1}, Spalte {letters} „{name}“",
            )
            hint = Text(
                f'{hint.en}, or leave the column alone with --map "{name}=text"',
                f'{hint.de} oder die Spalte mit --map "{name}=text" unverändert lassen',
            )
            break
        return OutputError(
            Text(
                f"{place.en}: the text to write has a character that {encoding} lacks",
                f"{place.de}: Der neue Text hat ein Zeichen, das es in {encoding} nicht gibt",
            ),
            code="unencodable-character",
            hint=hint,
        )


def _misfits(cells: pl.DataFrame, encoding: str) -> Iterator[tuple[int, int]]:
    """Row and column of each cell the encoding has no bytes for."""
    for row, values in enumerate(cells.iter_rows()):
        for column, value in enumerate(values):
            if not _fits(value or "", encoding):
                yield row, column


def _fits(value: str, encoding: str) -> bool:
    try:
        value.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True


def write(table: Table, frame: pl.DataFrame, sink: BinaryIO) -> None:
    """The cleaned file: preamble, header and records, in the layout of the file that was read.

    Args:
        table: as read.
        frame: n_rows x n_columns of text to write.
        sink: where the bytes go; nothing is read back from it.

    Raises:
        OutputError: ``unencodable-character``, ``unquotable-cell``.
    """
    output = _Output(table, sink)
    for text in _head(table):
        output.put(text, None)
    for _, run in _body(table, frame, []):
        output.records(run)
    output.finish(table.layout["final_line_end"] or not frame.height)


def restore(table: Table, frame: pl.DataFrame, sink: BinaryIO) -> None:
    """The original file: as ``write``, with rejects and blank lines back in their places.

    Raises:
        OutputError: as ``write``.
    """
    output = _Output(table, sink)
    extras = _extras(table)
    line = 1
    for text in _head(table):
        while extras and extras[0].line == line:
            extra = extras.pop(0)
            output.put(extra.text, extra.end)
            line += 1
        output.put(text, None)
        line += len(_LINE_END.findall(text))
    for before, run in _body(table, frame, extras):
        for extra in before:
            output.put(extra.text, extra.end)
        output.records(run)
    last = table.lines[-1] if frame.height else 0
    for extra in extras:
        if extra.line > last:
            output.put(extra.text, extra.end)
    output.finish(table.layout["final_line_end"])


def _head(table: Table) -> list[str]:
    return [text for text in (*table.layout["preamble"], table.layout["header"]) if text]


def _extras(table: Table) -> list[_Extra]:
    """Rejects and blank lines in the order of the file."""
    layout = table.layout
    ends = dict(layout.get("reject_line_ends", ()))
    extras = [
        _Extra(
            reject.line, reject.raw if reject.raw_bytes is None else reject.raw_bytes, ends.get(i, layout["line_end"])
        )
        for i, reject in enumerate(table.rejects)
    ]
    extras += [_Extra(line, text, None) for line, text in layout["blank_lines"]]
    return sorted(extras, key=lambda extra: extra.line)


def _body(table: Table, frame: pl.DataFrame, extras: list[_Extra]) -> Iterator[tuple[list[_Extra], _Run]]:
    """Runs of records, each with the lines that stand right before it."""
    layout = table.layout
    quoting = Quoting.of(layout).for_changed(table.frame, frame)
    formulas = layout.get("text_formulas", ())
    other_ends = {row - 1: end for row, end in layout["line_ends"]}
    before: dict[int, list[_Extra]] = {}
    for extra, row in zip(extras, _rows_behind(table.lines, extras), strict=True):
        before.setdefault(row, []).append(extra)
    cuts = sorted(row for row in before if row < frame.height)
    for offset, length in row_slices(*frame.shape):
        piece = frame.slice(offset, length)
        if formulas:
            piece = wrap(piece, formulas, offset)
        ends = _ends(layout["line_end"], other_ends, offset, length)
        inside = [row for row in cuts if offset < row < offset + length]
        run = None if inside else _run_in_bulk(piece, quoting, ends, offset)
        runs = [run] if run else _runs(piece, quoting, ends, offset, inside)
        for run in runs:
            yield before.get(run.first_row, []), run


def _run_in_bulk(piece: pl.DataFrame, quoting: Quoting, ends: pl.Series | str, offset: int) -> _Run | None:
    """A whole piece where nothing in it is out of the ordinary."""
    if not isinstance(ends, str) or rows_within(quoting.irregular, offset, piece.height):
        return None
    records = render_bulk(piece, quoting, ends)
    return _Run(records[: -len(ends)], ends, offset, piece) if records else None


def _runs(piece: pl.DataFrame, quoting: Quoting, ends: pl.Series | str, offset: int, cuts: list[int]) -> Iterator[_Run]:
    """A piece cut before some of its rows, record by record."""
    records = render(piece, quoting, offset)
    for first, after in zip([offset, *cuts], [*cuts, offset + piece.height], strict=True):
        at, n = first - offset, after - first
        if isinstance(ends, str):
            text, last = records.slice(at, n).str.join(ends), ends
        else:
            some = ends.slice(at, n)
            text, last = (records.slice(at, n) + pl.concat([some[:-1], pl.Series([""])])).str.join(""), some[-1]
        yield _Run(memoryview(text.cast(pl.Binary).item()), last, first, piece.slice(at, n))


def _rows_behind(lines: pl.Series, extras: list[_Extra]) -> list[int]:
    """For each extra line the 0-based row that follows it."""
    if not extras:
        return []
    found: list[int] = lines.search_sorted(pl.Series([extra.line for extra in extras], dtype=lines.dtype)).to_list()
    return found


def _ends(usual: str, others: dict[int, str], offset: int, length: int) -> pl.Series | str:
    """The line ends of a piece; one text when they are all the usual one."""
    rows = rows_within(others, offset, length)
    if not rows:
        return usual
    ends = pl.Series([usual]).new_from_index(0, length)
    return ends.scatter([row - offset for row in rows], [others[row] for row in rows])


WRITER = Writer(name="csv", suffix=".csv", write=write, restore=restore)
