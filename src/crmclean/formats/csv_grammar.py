"""The grammar of a well-formed record, for polars' linear engine (whole columns) and for ``re`` (single records).

A cell is quoted as a whole, with quote marks inside doubled, or holds neither delimiter, quote mark nor line end.
Anything else is no record: a loader that reads it nevertheless has guessed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

import polars as pl

MAX_COUNTED = 1000  # cells; above it the counted pattern nears polars' limit for compiled patterns (10 MiB)


@dataclass(frozen=True, slots=True)
class Dialect:
    """How cells are told apart: one delimiter character, and one quote mark or none (empty)."""

    delimiter: str
    quote: str


def _cell(dialect: Dialect) -> str:
    delimiter = re.escape(dialect.delimiter)
    if not dialect.quote:
        return rf"[^{delimiter}\r\n]*"
    quote = re.escape(dialect.quote)
    return rf"(?:{quote}[^{quote}]*(?:{quote}{quote}[^{quote}]*)*{quote}|[^{delimiter}{quote}\r\n]*)"


def is_record(text: pl.Series, dialect: Dialect, n_cells: int) -> pl.Series:
    """``Boolean``: which texts are a well-formed record of exactly ``n_cells`` cells."""
    cell, delimiter = _cell(dialect), re.escape(dialect.delimiter)
    if n_cells <= MAX_COUNTED:
        return text.str.contains(rf"\A{cell}(?:{delimiter}{cell}){{{n_cells - 1}}}\z")
    well_formed = text.str.contains(rf"\A{cell}(?:{delimiter}{cell})*\z")
    return well_formed & (count_delimiters(text, dialect) == n_cells - 1)


def count_delimiters(text: pl.Series, dialect: Dialect) -> pl.Series:
    """``UInt32``: delimiters outside complete quoted parts."""
    if dialect.quote:
        quote = re.escape(dialect.quote)
        text = text.str.replace_all(rf"{quote}[^{quote}]*{quote}", "")
    return text.str.count_matches(dialect.delimiter, literal=True)


@cache
def _tokens(dialect: Dialect) -> re.Pattern[str]:
    return re.compile(f"({_cell(dialect)})({re.escape(dialect.delimiter)}|\\Z)")


def split_raw(record: str, dialect: Dialect) -> list[str] | None:
    """The cells of one record as they stand, quote marks included; ``None`` if it is not well-formed.

    >>> split_raw("a;'b;''c''';", Dialect(";", "'"))
    ['a', "'b;''c'''", '']
    """
    tokens = _tokens(dialect)
    cells = []
    place = 0
    while True:
        match = tokens.match(record, place)
        if match is None:
            return None
        cells.append(match.group(1))
        place = match.end()
        if not match.group(2):
            return cells


def split_record(record: str, dialect: Dialect) -> list[str] | None:
    """The values of one record; ``None`` if it is not well-formed.

    >>> split_record("a;'b;''c''';", Dialect(";", "'"))
    ['a', "b;'c'", '']
    """
    cells = split_raw(record, dialect)
    if cells is None or not dialect.quote:
        return cells
    quote = dialect.quote
    return [c[1:-1].replace(quote * 2, quote) if c.startswith(quote) else c for c in cells]


def literal_cells(line: str, dialect: Dialect) -> int:
    """Cells of a physical line that is a part of a record, were its unpaired quote mark plain text."""
    if dialect.quote:
        quote, delimiter = re.escape(dialect.quote), re.escape(dialect.delimiter)
        whole = rf"(?:(?<={delimiter})|\A){quote}[^{quote}]*(?:{quote}{quote}[^{quote}]*)*{quote}(?={delimiter}|\Z)"
        line = re.sub(whole, "", line)
    return line.count(dialect.delimiter) + 1
