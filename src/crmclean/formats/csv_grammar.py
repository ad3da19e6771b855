"""The grammar of a well-formed record, for polars' linear engine (whole columns) and for ``re`` (single records).

A cell is quoted as a whole, with quote marks inside doubled, or holds neither delimiter, quote mark nor line end.
Anything else is no record: a loader that reads it nevertheless has guessed.

Four unusual ways of writing are read by turning them into that one first (``in_plain``): delimiters of several
characters, quote marks inside cells behind a backslash, blanks between a delimiter and the quote mark behind it, and
texts written as formulas (``="01067"``) beside quoted cells.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import overload

import polars as pl

from crmclean.formats.csv_plain import (
    ESCAPED,
    UNIT,
    formulas_in_plain,
    formulas_in_plain_text,
    in_plain_series,
    in_plain_text,
    put_back,
)

MAX_COUNTED = 1000  # cells; above it the counted pattern nears polars' limit for compiled patterns (10 MiB)


@dataclass(frozen=True, slots=True)
class Dialect:
    """How cells are told apart.

    Attributes:
        delimiter: between cells; nearly always one character.
        quote: the quote mark; empty where there is none.
        escape: what stands before a quote mark inside a quoted cell (a backslash); empty where marks are doubled.
        is_padded: whether blanks may stand between a delimiter and the quote mark behind it.
        has_formulas: whether cells may be ``="text"`` without quote marks around; excludes the other two.
    """

    delimiter: str
    quote: str
    escape: str = ""
    is_padded: bool = False
    has_formulas: bool = False

    @property
    def is_plain(self) -> bool:
        """One delimiter character, doubled quote marks, no padding or formulas: what every loader understands."""
        return len(self.delimiter) == 1 and not (self.escape or self.is_padded or self.has_formulas)

    @property
    def sign(self) -> str:
        """The one character between the cells of a text ``in_plain``."""
        return self.delimiter if len(self.delimiter) == 1 else UNIT


@overload
def in_plain(text: str, dialect: Dialect) -> str: ...
@overload
def in_plain(text: pl.Series, dialect: Dialect) -> pl.Series: ...
def in_plain(text: str | pl.Series, dialect: Dialect) -> str | pl.Series:
    """A text (or a column of records) written with ``dialect.sign`` and without escapes and padding."""
    if dialect.is_plain:
        return text
    if dialect.has_formulas:
        if isinstance(text, str):
            return formulas_in_plain_text(text, dialect.sign)
        return formulas_in_plain(text, dialect.sign)
    delimiter, quote, escape, is_padded = dialect.delimiter, dialect.quote, dialect.escape, dialect.is_padded
    if isinstance(text, str):
        return in_plain_text(text, delimiter, quote, escape, is_padded=is_padded)
    return in_plain_series(text, delimiter, quote, escape, is_padded=is_padded)


def _cell(dialect: Dialect) -> str:
    """The pattern of a cell in a text that is ``in_plain``."""
    delimiter = re.escape(dialect.sign)
    if not dialect.quote:
        return _bare(dialect, rf"{delimiter}\r\n")
    quote = re.escape(dialect.quote)
    bare = _bare(dialect, rf"{delimiter}{quote}\r\n")
    if dialect.escape:
        return rf"(?:{quote}[^{quote}]*{quote}|{bare})"
    if dialect.has_formulas:
        formula = rf"={ESCAPED}[^{ESCAPED}{delimiter}{quote}\r\n]*{ESCAPED}"
        inside = rf"[^{quote}{ESCAPED}]*"  # where a stand-in got inside, nobody knows what the record is
        return rf"(?:{quote}{inside}(?:{quote}{quote}{inside})*{quote}|{formula}|{bare})"
    return rf"(?:{quote}[^{quote}]*(?:{quote}{quote}[^{quote}]*)*{quote}|{bare})"


def _bare(dialect: Dialect, without: str) -> str:
    """A cell without quote marks. Next to ``||`` it may not end with ``|``: nobody knew where the cell ends."""
    if dialect.escape or dialect.has_formulas:
        without += ESCAPED
    if len(dialect.delimiter) > 1 and len(set(dialect.delimiter)) == 1:
        inner = re.escape(dialect.delimiter[0])
        return rf"(?:[^{inner}{without}]+(?:{inner}[^{inner}{without}]+)*)?"
    return rf"[^{without}]*"


def is_record(text: pl.Series, dialect: Dialect, n_cells: int) -> pl.Series:
    """``Boolean``: which texts are a well-formed record of exactly ``n_cells`` cells."""
    cell, delimiter, text = _cell(dialect), re.escape(dialect.sign), in_plain(text, dialect)
    if n_cells <= MAX_COUNTED:
        return text.str.contains(rf"\A{cell}(?:{delimiter}{cell}){{{n_cells - 1}}}\z")
    well_formed = text.str.contains(rf"\A{cell}(?:{delimiter}{cell})*\z")
    return well_formed & (count_delimiters(text, dialect) == n_cells - 1)


def count_delimiters(plain: pl.Series, dialect: Dialect) -> pl.Series:
    """``UInt32``: delimiters outside complete quoted parts of texts that are ``in_plain``."""
    if dialect.quote:
        quote = re.escape(dialect.quote)
        plain = plain.str.replace_all(rf"{quote}[^{quote}]*{quote}", "")
    return plain.str.count_matches(dialect.sign, literal=True)


def count_marks(text: pl.Series, dialect: Dialect) -> pl.Series:
    """``UInt32``: quote marks that open or close a cell, or are half of a doubled one."""
    if dialect.escape:
        text = text.str.replace_all(dialect.escape + dialect.quote, "", literal=True)
    return text.str.count_matches(dialect.quote, literal=True)


def n_marks(text: str, dialect: Dialect) -> int:
    """As ``count_marks``, of one text; 0 in a dialect without a quote mark."""
    if not dialect.quote:
        return 0
    escaped = text.count(dialect.escape + dialect.quote) if dialect.escape else 0
    return text.count(dialect.quote) - escaped


@cache
def _tokens(dialect: Dialect) -> re.Pattern[str]:
    return re.compile(f"({_cell(dialect)})({re.escape(dialect.sign)}|\\Z)")


def split_raw(record: str, dialect: Dialect) -> list[str] | None:
    """The cells of one record as they stand ``in_plain``, quote marks included; ``None`` if it is not well-formed.

    >>> split_raw("a;'b;''c''';", Dialect(";", "'"))
    ['a', "'b;''c'''", '']
    """
    tokens = _tokens(dialect)
    record = in_plain(record, dialect)
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
    r"""The values of one record; ``None`` if it is not well-formed.

    >>> split_record("a;'b;''c''';", Dialect(";", "'"))
    ['a', "b;'c'", '']
    >>> split_record(r'"a \"b\""||c', Dialect("||", '"', "\\"))
    ['a "b"', 'c']
    """
    cells = split_raw(record, dialect)
    if cells is None or not dialect.quote:
        return cells if cells is None else _values(cells, dialect)
    quote = dialect.quote
    return _values([c[1:-1].replace(quote * 2, quote) if c.startswith(quote) else c for c in cells], dialect)


def _values(cells: list[str], dialect: Dialect) -> list[str]:
    return cells if dialect.is_plain else [put_back(cell, dialect.delimiter, dialect.quote) for cell in cells]


def split_damaged(line: str, dialect: Dialect) -> list[str]:
    """The values of one physical line, a quote mark that opens no complete cell taken for text.

    >>> split_damaged('"a;b;"c;d"', Dialect(";", '"'))
    ['"a', 'b', 'c;d']
    """
    delimiter, quote = re.escape(dialect.sign), re.escape(dialect.quote)
    whole = rf"{quote}[^{quote}]*(?:{quote}{quote}[^{quote}]*)*{quote}(?={delimiter}|\Z)" if quote else r"(?!)"
    cells = [
        match[0]
        for match in re.finditer(rf"(?:(?<={delimiter})|\A)(?:{whole}|[^{delimiter}]*)", in_plain(line, dialect))
    ]
    is_quoted = re.compile(rf"{quote}(?:[^{quote}]|{quote}{quote})*{quote}").fullmatch if quote else lambda _: None
    mark = dialect.quote
    return _values([c[1:-1].replace(mark * 2, mark) if is_quoted(c) else c for c in cells], dialect)


def literal_cells(line: str, dialect: Dialect) -> int:
    """Cells of a physical line that is a part of a record, were its unpaired quote mark plain text."""
    line = in_plain(line, dialect)
    if dialect.quote:
        quote, delimiter = re.escape(dialect.quote), re.escape(dialect.sign)
        whole = rf"(?:(?<={delimiter})|\A){quote}[^{quote}]*(?:{quote}{quote}[^{quote}]*)*{quote}(?={delimiter}|\Z)"
        line = re.sub(whole, "", line)
    return line.count(dialect.sign) + 1
