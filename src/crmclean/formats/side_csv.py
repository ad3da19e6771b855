"""The files beside the cleaned one: UTF-8 without byte order mark, comma, LF, always with a header.

``null`` is nothing between the commas, an empty text is ``""``: a cell that was not there and an empty one differ.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from typing import BinaryIO

import polars as pl

from crmclean.formats.csv_quoting import row_slices


def write_side_csv(frame: pl.DataFrame, sink: BinaryIO) -> None:
    """Write a frame of texts, numbers and truth values; an empty one gives the header alone."""
    frame.clear().write_csv(sink, line_terminator="\n")
    for offset, length in row_slices(*frame.shape):
        piece = io.BytesIO()  # polars writes bytes; a text would have to be encoded again
        frame.slice(offset, length).write_csv(piece, include_header=False, line_terminator="\n")
        sink.write(piece.getbuffer())


def read_side_csv(data: bytes, columns: Sequence[str]) -> pl.DataFrame | None:
    """Read it back, all as text.

    Args:
        data: the file.
        columns: what its header must say.

    Returns:
        n_rows x ``columns``; ``None`` if it is not a file of these columns.
    """
    header = ",".join(columns).encode() + b"\n"
    if not data.startswith(header):
        return None
    try:
        return pl.read_csv(io.BytesIO(data), infer_schema=False, glob=False)
    except pl.exceptions.PolarsError:
        return None


def read_raw_csv(data: bytes, columns: Sequence[str]) -> pl.DataFrame | None:
    """As ``read_side_csv``, for few rows with any character in them; null reads as an empty text."""
    try:
        rows = list(csv.reader(io.StringIO(data.decode(), newline=""), strict=True))
    except (UnicodeDecodeError, csv.Error):
        return None
    if not rows or rows[0] != list(columns) or any(len(row) != len(columns) for row in rows):
        return None
    return pl.DataFrame(rows[1:], schema=dict.fromkeys(columns, pl.String), orient="row")
