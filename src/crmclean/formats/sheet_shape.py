"""Where the table lies on a sheet: title lines above, header, records, blank rows, and what stands below."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

from crmclean.core.text import fold
from crmclean.formats import csv_header
from crmclean.formats.csv_sample import SampleRecord
from crmclean.plugins import ReadOptions

SEARCH_ROWS = 50  # filled rows among which the header is looked for
# First words of rows that sum up what stands above them.
_TOTALS = frozenset(
    "summe gesamt gesamtsumme zwischensumme total totals sum subtotal somme totale anzahl count ergebnis "
    "gesamtergebnis average mittelwert".split()
)

Cells = Sequence[str | None]


@dataclass(frozen=True, slots=True)
class Header:
    """The header row found.

    Attributes:
        index: 0-based row of the box; -1 = there is none.
        is_guessed: nothing speaks against it, but nothing for it either.
        continued: rows below it that belong to the header.
    """

    index: int
    is_guessed: bool
    continued: tuple[int, ...] = ()


def find_header(texts: pl.DataFrame, kinds: pl.DataFrame, known: frozenset[str]) -> Header:
    """The most likely header row, looked for as in a text file: known names first, else the shape of the rows.

    Args:
        texts: the box around all cells; null = no cell.
        kinds: 0 for text cells, else another number; same shape. A row of labels holds no number.
        known: folded header names.
    """
    rows = [(index, row) for index, row in enumerate(texts.head(20 * SEARCH_ROWS).iter_rows()) if _filled(row)]
    rows = rows[:SEARCH_ROWS]
    if not rows:
        return Header(-1, is_guessed=False)
    # Columns that only a title reaches into are no part of the table.
    used = [place for place in range(texts.width) if len(rows) < 3 or sum(bool(row[place]) for _, row in rows) > 1]
    used = used or list(range(texts.width))
    sample = [SampleRecord(index, index + 1, tuple(row[place] or "" for place in used)) for index, row in rows]
    found = csv_header.find_header(sample, ReadOptions(known_headers=known), least=1)
    if found.certainty in {"none", "mismatch"} or found.index < 0:
        return Header(-1, is_guessed=False)
    index = sample[found.index].line
    is_known = found.certainty == "known"
    if not is_known and any(kind for kind, cell in zip(kinds.row(index), texts.row(index), strict=True) if cell):
        return Header(-1, is_guessed=False)
    below = tuple(sample[place].line for place in found.continued)
    return Header(index, is_guessed=found.certainty == "guessed", continued=below)


def _filled(row: Cells) -> int:
    return sum(1 for cell in row if cell and cell.strip())


@dataclass(frozen=True, slots=True)
class Parts:
    """Which rows of the box are what; 0-based, ascending.

    Attributes:
        records: the data.
        blanks: rows below the header without any content.
        rejects: the others, with the code that says why.
    """

    records: list[int]
    blanks: list[int]
    rejects: list[tuple[int, str]]


def parts_of(texts: pl.DataFrame, header: Header) -> Parts:
    """Tell the rows below the header apart.

    A footer is, at the very end, a row that begins with a word like "Summe" or one that stands behind a blank row
    and fills at most a third of the columns. Anything else is a record.
    """
    offset = header.index + 1
    body = texts.slice(offset)
    filled = body.select(
        pl.sum_horizontal(pl.all().fill_null("").str.strip_chars().ne("").cast(pl.UInt32)).alias("filled")
    )["filled"]
    blank = {row + offset for row in (filled == 0).arg_true().to_list()}
    codes = {row + offset: "suspect-footer" for row in _footers(body, filled, {row - offset for row in blank})}
    if header.index >= 0:
        codes |= {row + offset: "repeated-header" for row in _repeats(texts, header.index)}
    codes |= dict.fromkeys(header.continued, "multi-line-header")
    records = [row for row in range(offset, texts.height) if row not in blank and row not in codes]
    return Parts(records, sorted(blank), sorted(codes.items()))


def _repeats(texts: pl.DataFrame, header: int) -> set[int]:
    labels = texts.row(header)
    if sum(bool(label) for label in labels) < 2:
        return set()
    same = pl.all_horizontal(
        pl.col(name).eq_missing(pl.lit(label, dtype=pl.String))
        for name, label in zip(texts.columns, labels, strict=True)
    )
    return set(texts.slice(header + 1).select(same.alias("same"))["same"].arg_true().to_list())


def _footers(body: pl.DataFrame, filled: pl.Series, blank: set[int]) -> set[int]:
    width = body.width
    found: set[int] = set()
    pending: list[int] = []
    # From the end upwards, a handful of rows: everything below a blank row that is narrow, or a total.
    for row in range(body.height - 1, max(body.height - 20, 0), -1):
        if row in blank:
            found.update(pending)
            pending = []
            continue
        cells = [cell for cell in body.row(row) if cell and cell.strip()]
        if filled[row] < width and _is_total(cells[0]):
            found.add(row)
        elif width > 2 and filled[row] * 3 <= width:
            pending.append(row)
        else:
            break
    return found


def _is_total(cell: str) -> bool:
    words = fold(cell).split()
    return bool(words) and words[0] in _TOTALS and len(words) <= 3
