"""Unusual ways of writing delimited text, turned into the usual one and back again without loss.

A delimiter of several characters, an escaped quote mark and the marks of ``="text"`` each become one character that
the text does not hold (``has_stand_in`` must have said so), blanks before an opening quote mark are left out.
"""

from __future__ import annotations

import re
from functools import cache

import polars as pl

UNIT = "\x1f"  # stands for a delimiter of several characters; one byte, as polars wants a separator to be
ESCAPED = "\x1e"  # stands for a quote mark with its escape, or for one of a formula


def has_stand_in(utf8: bytes) -> bool:
    """Whether a text holds a character that is used to stand for others: then it can only be read the usual way."""
    return UNIT.encode() in utf8 or ESCAPED.encode() in utf8


@cache
def _padded(sign: str, quote: str) -> str:
    """A quoted cell with what stands before it. Every one is matched, so that no blank inside of one is."""
    mark = re.escape(quote)
    return rf"(\A|[\r\n{re.escape(sign)}]) *({mark}[^{mark}]*(?:{mark}{mark}[^{mark}]*)*{mark})"


def in_plain_text(text: str, delimiter: str, quote: str, escape: str, *, is_padded: bool) -> str:
    """One text with one character between cells, without escapes and padding."""
    sign = delimiter
    if escape:
        text = text.replace(escape + quote, ESCAPED)
    if len(delimiter) > 1:
        text, sign = text.replace(delimiter, UNIT), UNIT
    return re.sub(_padded(sign, quote), r"\1\2", text) if is_padded and quote else text


def in_plain_series(text: pl.Series, delimiter: str, quote: str, escape: str, *, is_padded: bool) -> pl.Series:
    """As ``in_plain_text``, for a column of texts."""
    sign = delimiter
    if escape:
        text = text.str.replace_all(escape + quote, ESCAPED, literal=True)
    if len(delimiter) > 1:
        text, sign = text.str.replace_all(delimiter, UNIT, literal=True), UNIT
    return text.str.replace_all(_padded(sign, quote), "${1}${2}") if is_padded and quote else text


def formulas_in_plain_text(text: str, sign: str) -> str:
    """As ``formulas_in_plain``, for one text."""
    inside = rf"\r\n{re.escape(sign)}"
    text = re.sub(rf'(\A|[{inside}])="([^"{inside}]+)"', rf"\1={ESCAPED}\2{ESCAPED}", text)
    return re.sub(rf'(\A|[{inside}])=""(?=\Z|[{inside}])', rf"\1={ESCAPED * 2}", text)


def formulas_in_plain(text: pl.Series, sign: str) -> pl.Series:
    """A column of records with a stand-in for both quote marks of ``="text"`` where such a cell begins.

    Inside a quoted cell marks are doubled: ``="`` with another sign behind it can't be part of one. Only of an empty
    text, ``=""``, both ends are looked at; behind each one begins the next, so every second is found at a time.
    """
    inside = rf"\r\n{re.escape(sign)}"
    text = text.str.replace_all(rf'(\A|[{inside}])="([^"{inside}]+)"', f"${{1}}={ESCAPED}${{2}}{ESCAPED}")
    if text.str.contains('=""', literal=True).any():
        for _ in range(2):
            text = text.str.replace_all(rf'(\A|[{inside}])=""(\z|[{inside}])', f"${{1}}={ESCAPED * 2}${{2}}")
    return text


def put_back(value: str, delimiter: str, quote: str) -> str:
    """The value of a cell that was read from plain text."""
    return value.replace(UNIT, delimiter).replace(ESCAPED, quote)


def put_back_all(frame: pl.DataFrame, delimiter: str, quote: str) -> pl.DataFrame:
    """As ``put_back``, for a whole table of text."""
    cells = pl.all().str.replace_all(UNIT, delimiter, literal=True)
    return frame.with_columns(cells.str.replace_all(ESCAPED, quote, literal=True))
