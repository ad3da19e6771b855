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
``escape``              optional: stands before a quote mark inside a quoted cell, which else is doubled
``pad``                 optional: blanks between a delimiter and an opening quote mark
``text_formulas``       optional: which cells are written as ``="text"``, see ``csv_text_formulas``
``bare_formulas``       optional: columns, from 0, in which such cells have no quote marks around, beside quoted cells
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
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import islice
from typing import Any

import polars as pl

from crmclean.formats.csv_bulk import render_bulk
from crmclean.formats.csv_grammar import Dialect, in_plain
from crmclean.formats.csv_plain import put_back_all
from crmclean.formats.csv_quoting import HABITS, Quoting, render, row_slices, rows_at_once
from crmclean.formats.csv_text_formulas import unwrap

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
    dialect = dialect_of(layout)
    lines = io.StringIO(in_plain(text[len(head) :], dialect), newline="")
    if dialect.quote:
        records = csv.reader(lines, delimiter=dialect.sign, quotechar=dialect.quote)
    else:
        records = csv.reader(lines, delimiter=dialect.sign, quotechar=None, quoting=csv.QUOTE_NONE)
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
    frame = pl.concat(pieces)
    frame = frame if dialect.is_plain else put_back_all(frame, dialect.delimiter, dialect.quote)
    return unwrap(frame, layout.get("text_formulas", ()))


def dialect_of(layout: Mapping[str, Any]) -> Dialect:
    """How the cells of a file with this layout are told apart."""
    unusual = layout.get("escape", ""), bool(layout.get("pad")), "bare_formulas" in layout
    return Dialect(layout["delimiter"], layout["quote"], *unusual)


def find_pad(raw_records: pl.Series, dialect: Dialect) -> str:
    """The blanks that usually stand before an opening quote mark; empty in a dialect without padding."""
    if not dialect.is_padded:
        return ""
    blanks = raw_records.head(_SAMPLE).str.extract(f"{re.escape(dialect.delimiter)}( +){re.escape(dialect.quote)}")
    counted = blanks.drop_nulls().value_counts(sort=True, name="n").sort("n", descending=True, maintain_order=True)
    return str(counted.item(0, 0)) if counted.height else " "


def find_habits(
    raw_records: pl.Series,
    frame: pl.DataFrame,
    delimiter: str,
    quote: str,
    escape: str = "",
    pad: str = "",
    formulas: Sequence[int] = (),
) -> tuple[list[str], Irregular]:
    """The quoting habit of each column, and every cell that breaks it.

    Args:
        raw_records: ``String``, n_rows: each record exactly as the file has it, without its line end.
        frame: n_rows x n_columns, the cells read from them.
        delimiter: between the cells.
        quote: the quote mark; empty when the dialect has none.
        escape: stands before quote marks inside quoted cells; empty where they are doubled.
        pad: stands between a delimiter and an opening quote mark.
        formulas: columns in which ``="text"`` needs no quote marks around.

    Returns:
        ``layout["habits"]`` and ``layout["irregular"]``: with them ``render`` gives ``raw_records`` back exactly.
    """
    habits = ["minimal"] * frame.width
    if not frame.width or not quote:
        return habits, []
    quoting = Quoting(delimiter, quote, tuple(habits), {}, escape, pad, tuple(formulas))
    marked = raw_records.str.contains(quote, literal=True)
    if next(_breaking(raw_records, frame, marked, quoting), None) is None:
        return habits, []
    if marked.any():
        habits = _majority(raw_records, frame, quoting)
        quoting = replace(quoting, habits=tuple(habits))
    breaking = _breaking(raw_records, frame, marked, quoting)
    return habits, [[row + 1, *_broken_by(text, cells, quoting)] for row, text, cells in breaking]


def _breaking(
    raw_records: pl.Series, frame: pl.DataFrame, marked: pl.Series, quoting: Quoting
) -> Iterator[tuple[int, str, tuple[str, ...]]]:
    """Row (from 0), text and cells of each record that the habits do not give. ``marked``: it holds a quote mark."""
    # A record without a quote mark is its cells and the delimiters between them: nothing can be irregular in it.
    is_bare = frame.width > 1 and len(quoting.delimiter) == 1 and set(quoting.habits) == {"minimal"}
    for offset, length in row_slices(frame.height, frame.width):
        raw, piece = raw_records.slice(offset, length), frame.slice(offset, length)
        looked_at = marked.slice(offset, length)
        if is_bare:
            raw, piece = raw.filter(looked_at), piece.filter(looked_at)
        if _is_regular(raw, piece, quoting):
            continue
        rows = looked_at.arg_true() if is_bare else range(length)
        for at in (render(piece, quoting) != raw).arg_true():
            yield offset + rows[at], raw[at], piece.row(at)


def _is_regular(raw_records: pl.Series, frame: pl.DataFrame, quoting: Quoting) -> bool:
    """Whether no cell of a piece breaks the habit, as far as that can be seen at a glance."""
    rendered = render_bulk(frame, quoting, "\n")
    # Well-formed records: joined texts are the same only where each record is.
    return rendered is not None and (raw_records.str.join("\n").item() + "\n").encode() == rendered


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
    alternatives = {name: replace(quoting, habits=(name,) * frame.width) for name in HABITS}
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
    for column, cell in enumerate(cells):
        opening = quoting.opening(column)
        marked = f"{opening}{quoting.inside(cell)}{mark}" if text.startswith(opening, at) else ""
        end = at + len(marked)
        if not (marked and text.startswith(marked, at) and (end == len(text) or text.startswith(delimiter, end))):
            marked, end = "", at + len(cell)
            if not (text.startswith(cell, at) and (end == len(text) or text.startswith(delimiter, end))):
                return None
        marks.append(bool(marked))
        at = end + len(delimiter)
    return marks if at == len(text) + len(delimiter) else None
