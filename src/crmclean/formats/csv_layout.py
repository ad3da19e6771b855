"""How a delimited text file quotes its cells, so that it can be written back byte for byte.

Under a strict grammar a raw cell is its text, or its text between quote marks with the marks inside doubled. A raw
cell is therefore known from its value and one bit: quoted or not. That bit follows a habit of the column nearly
always; the few cells that break the habit are listed.

``Table.layout`` of the delimited formats has these keys (all JSON values):

======================  ==============================================================================================
``encoding``            Python codec name without a byte order mark in it (``utf-8``, ``cp1252``, ``utf-16-le``)
``bom``                 whether a byte order mark stands in front
``mark``                optional: bytes in front, in hex, that are a mark of another encoding
``delimiter``           between the cells
``quote``               the quote mark; empty for a dialect that knows none
``line_end``            the dominant one; used where nothing else is listed
``final_line_end``      whether the last line of the file ends in a line end
``has_header``          whether a header record stands above the records
``preamble``            raw lines above the header, each with its line end
``header``              raw header record with its line end
``blank_lines``         ``[[physical line, raw text with its line end], ...]``
``line_ends``           ``[[row, line end], ...]``: records that do not end in ``line_end``
``reject_line_ends``    optional: ``[[position in Table.rejects from 0, line end], ...]``, likewise for rejects
``habits``              one a column, see ``HABITS``
``irregular``           ``[[row, column from 0, ...], ...]``: cells that break the habit of their column; or
                        ``[row, raw record]`` where even that does not give the record back
======================  ==============================================================================================

Rows count from 1. A raw record is without its line end everywhere.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from itertools import islice
from typing import Any

import polars as pl

from crmclean.formats.csv_quoting import HABITS, Quoting, render, row_slices, rows_at_once

# A row and either the positions of its irregular cells or its raw text.
Irregular = list[list[Any]]

_SAMPLE = 500  # records; enough to see the majority of each column
# Steps of the golden ratio visit a table evenly without falling into step with anything periodic in it.
_GOLDEN = 0.6180339887498949


def in_encoding(layout: Mapping[str, Any], encoding: str) -> dict[str, Any]:
    """The layout for a file in another encoding.

    Args:
        layout: of a delimited file; layouts without an encoding come back as they are.
        encoding: Python codec name; ``utf-8-sig``, ``utf-16`` and ``utf-32`` ask for a byte order mark.
    """
    if "encoding" not in layout:
        return dict(layout)
    bare = encoding.lower().replace("_", "-")
    marked = {"utf-8-sig": "utf-8", "utf-16": "utf-16-le", "utf-32": "utf-32-le"}
    kept = {key: value for key, value in layout.items() if key != "mark"}
    return {**kept, "encoding": marked.get(bare, encoding), "bom": bare in marked}


def read_back(data: bytes, layout: Mapping[str, Any], names: Sequence[str]) -> pl.DataFrame | None:
    """The cells of a file this program wrote, from its first to its last byte by the grammar alone.

    A reader has to doubt what it reads; a file whose hash says that it is ours leaves nothing to doubt.

    Args:
        data: the file, not compressed.
        layout: it was written in.
        names: of the columns.

    Returns:
        n_rows x n_columns; ``None`` if it does not follow the layout.
    """
    head = "".join((*layout["preamble"], layout["header"]))
    try:
        mark = bytes.fromhex(layout.get("mark", ""))
        text = data[len(mark) :].decode(layout["encoding"]).removeprefix("\ufeff" if layout["bom"] else "")
    except UnicodeDecodeError:
        return None
    if not text.startswith(head):
        return None
    lines = io.StringIO(text[len(head) :], newline="")
    if layout["quote"]:
        records = csv.reader(lines, delimiter=layout["delimiter"], quotechar=layout["quote"])
    else:
        records = csv.reader(lines, delimiter=layout["delimiter"], quotechar=None, quoting=csv.QUOTE_NONE)
    schema = dict.fromkeys(names, pl.String)
    pieces = [pl.DataFrame(schema=schema)]
    limit = csv.field_size_limit(len(text) + 1)
    try:
        while rows := list(islice(records, rows_at_once(len(names)))):
            if any(len(row) != len(names) for row in rows):
                return None
            pieces.append(pl.DataFrame(rows, schema=schema, orient="row"))
    except csv.Error:
        return None
    finally:
        csv.field_size_limit(limit)
    return pl.concat(pieces)


def find_habits(raw_records: pl.Series, frame: pl.DataFrame, delimiter: str, quote: str) -> tuple[list[str], Irregular]:
    """The quoting habit of each column, and every cell that breaks it.

    Args:
        raw_records: ``String``, n_rows: each record exactly as the file has it, without its line end.
        frame: n_rows x n_columns, the cells read from them.
        delimiter: between the cells.
        quote: the quote mark; empty when the dialect has none.

    Returns:
        ``layout["habits"]`` and ``layout["irregular"]``: with them ``render`` gives ``raw_records`` back exactly.
    """
    habits = ["minimal"] * frame.width
    if not frame.width or not quote:
        return habits, []
    marked = raw_records.str.contains(quote, literal=True)
    if marked.any():
        habits = _majority(raw_records, frame, Quoting(delimiter, quote, tuple(habits), {}))
    rows: pl.Series | None = None
    if frame.width > 1 and set(habits) == {"minimal"}:
        # A record without a quote mark is its cells and the delimiters between them: nothing can be irregular in it.
        rows = marked.arg_true()
        raw_records, frame = raw_records.gather(rows), frame[rows]
    quoting = Quoting(delimiter, quote, tuple(habits), {})
    irregular: Irregular = []
    for offset, length in row_slices(frame.height, frame.width):
        raw, piece = raw_records.slice(offset, length), frame.slice(offset, length)
        for at in (render(piece, quoting) != raw).arg_true():
            row = offset + at if rows is None else rows[offset + at]
            irregular.append([row + 1, *_broken_by(raw[at], piece.row(at), quoting)])
    return habits, irregular


def _broken_by(text: str, cells: Sequence[str], quoting: Quoting) -> list[Any]:
    """The positions of the cells that break the habit, or the raw record where the cells do not give it back."""
    marks = _marks(text, cells, quoting)
    if marks is None:
        return [text]
    return [i for i, cell in enumerate(cells) if marks[i] != quoting.is_quoted(cell, i)]


def _majority(raw_records: pl.Series, frame: pl.DataFrame, quoting: Quoting) -> list[str]:
    """The habit that explains most cells of a sample, column by column; the file's own breaks ties."""
    rows = sorted({int(i * _GOLDEN % 1 * frame.height) for i in range(min(_SAMPLE, frame.height))})
    explained = {name: [0] * frame.width for name in HABITS}
    alternatives = {name: Quoting(quoting.delimiter, quoting.quote, (name,) * frame.width, {}) for name in HABITS}
    for cells, text in zip(frame[rows].iter_rows(), raw_records.gather(rows), strict=True):
        marks = _marks(text, cells, quoting)
        if marks is None:
            continue
        for name, alternative in alternatives.items():
            for column, cell in enumerate(cells):
                explained[name][column] += marks[column] == alternative.is_quoted(cell, column)
    order = sorted(HABITS, key=lambda name: -sum(explained[name]))  # stable: "minimal" first among equals
    return [max(order, key=lambda name: explained[name][column]) for column in range(frame.width)]


def _marks(text: str, cells: Sequence[str], quoting: Quoting) -> list[bool] | None:
    """Which cells of a raw record stand between quote marks; ``None`` if the cells do not give the record."""
    mark, delimiter, at = quoting.quote, quoting.delimiter, 0
    marks = []
    for cell in cells:
        marked = f"{mark}{cell.replace(mark, mark * 2)}{mark}" if text.startswith(mark, at) else ""
        end = at + len(marked)
        if not (marked and text.startswith(marked, at) and (end == len(text) or text.startswith(delimiter, end))):
            marked, end = "", at + len(cell)
            if not (text.startswith(cell, at) and (end == len(text) or text.startswith(delimiter, end))):
                return None
        marks.append(bool(marked))
        at = end + len(delimiter)
    return marks if at == len(text) + len(delimiter) else None
