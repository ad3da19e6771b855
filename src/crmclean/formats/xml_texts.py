"""Character data of XML in whole columns: entities, line ends and the escapes of OOXML, each distinct text once."""

from __future__ import annotations

import io

import polars as pl

from crmclean.formats.safe_xml import Attributes, parse, unescaped
from crmclean.formats.sheet_grid import SheetError

# What a parser has to look at: references, line ends other than a line feed, and what no text may hold.
_SPECIAL = r"[&<\r\x00-\x08\x0B\x0C\x0E-\x1F\x{FFFE}\x{FFFF}]|\]\]>"
_BLANKS = " \t\r\n"


class UnusualError(Exception):
    """Spelt in a way the whole-column passes don't know; a parser has to read it."""


def decoded(raw: pl.Series) -> pl.Series:
    """Texts as XML means them.

    Args:
        raw: String, what stands between two tags; null stays null.

    Raises:
        UnusualError: an element, an undefined entity or a forbidden sign is in it.
    """
    special = raw.str.contains(_SPECIAL).fill_null(value=False)
    if not special.any():
        return raw
    distinct = raw.filter(special).unique(maintain_order=True)
    return _replaced(raw, special, distinct, _parsed(distinct.to_list()))


def unescaped_column(texts: pl.Series) -> pl.Series:
    """``safe_xml.unescaped`` for a column."""
    escaped = texts.str.contains("_x", literal=True).fill_null(value=False)
    if not escaped.any():
        return texts
    distinct = texts.filter(escaped).unique(maintain_order=True)
    return _replaced(texts, escaped, distinct, [unescaped(text) for text in distinct])


def stripped_column(texts: pl.Series) -> pl.Series:
    """``safe_xml.stripped`` for a column."""
    return texts.str.strip_chars(_BLANKS)


def assigned(column: pl.Series, mask: pl.Series, values: pl.Series | str | int) -> pl.Series:
    """The column with other values where ``mask`` is true.

    Args:
        column: any type.
        mask: Boolean without nulls, same length.
        values: one for each true place in order, or one for all.
    """
    if not isinstance(values, pl.Series):
        return pl.Series([values], dtype=column.dtype).new_from_index(0, len(column)).zip_with(mask, column)
    if len(values) in {0, len(column)}:
        return values if len(values) else column
    # At false places the number is that of the value before, or of none at the start: it is not looked at.
    place = (mask.cast(pl.UInt32).cum_sum().cast(pl.Int64) - 1).clip(0)
    return values.gather(place).zip_with(mask, column)


def split(texts: pl.Series, mark: str, parts: int) -> list[pl.Series]:
    """Each text cut at the first marks into this many columns; null where there are fewer."""
    return texts.to_frame("x").select(pl.col("x").str.splitn(mark, parts))["x"].struct.unnest().get_columns()


def compact(texts: pl.Series) -> pl.Series:
    """The same texts in memory of their own: a slice keeps all alive that it was cut from."""
    return texts + ""


def _replaced(texts: pl.Series, mask: pl.Series, old: pl.Series, new: list[str]) -> pl.Series:
    changed = texts.filter(mask).replace_strict(old, pl.Series(new, dtype=pl.String), return_dtype=pl.String)
    return assigned(texts, mask, changed)


def _parsed(raw: list[str]) -> list[str]:
    """The texts by a real parser, all in one document."""
    if any("<" in text for text in raw):
        raise UnusualError
    found: list[str] = []
    pieces: list[str] = []

    def end(element: str) -> None:
        if element == "t":
            found.append("".join(pieces))
            pieces.clear()

    def start(_: str, __: Attributes) -> None:
        pieces.clear()

    document = f"<x><t>{'</t><t>'.join(raw)}</t></x>".encode()
    try:
        parse(io.BytesIO(document), start, end, pieces.append)
    except SheetError:
        raise UnusualError from None
    return found
