"""Where the table lies on a sheet: title lines above, header, records, blank rows, and what stands below."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

from crmclean.core.text import fold

SEARCH_ROWS = 50  # filled rows among which the header is looked for
_KNOWN_ENOUGH = 2
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
        is_guessed: no known header name and no typed cells below speak for it.
    """

    index: int
    is_guessed: bool


def find_header(texts: pl.DataFrame, kinds: pl.DataFrame, known: frozenset[str]) -> Header:
    """The most likely header row.

    The row with the most known header names wins, if it has at least two; else the first row that is about as wide
    as the table and holds text alone.

    Args:
        texts: the box around all cells; null = no cell.
        kinds: 0 for text cells, else another number; same shape.
        known: folded header names.
    """
    head = texts.head(20 * SEARCH_ROWS)
    rows = [(index, row) for index, row in enumerate(head.iter_rows()) if any(row)][:SEARCH_ROWS]
    if not rows:
        return Header(-1, is_guessed=False)
    best = max(rows, key=lambda item: (_known(item[1], known), -item[0]))
    if _known(best[1], known) >= min(_KNOWN_ENOUGH, _filled(best[1])):
        return Header(best[0], is_guessed=False)
    # Half of the records are at least so wide; titles, which are few, do not count.
    width = sorted(_filled(row) for _, row in rows)[len(rows) // 2]
    for index, row in rows:
        if _filled(row) >= max(1, (width + 1) // 2) and _is_label_row(row, kinds.row(index)):
            return Header(index, is_guessed=not _has_typed_below(kinds, index))
        if _filled(row) >= width:
            break
    return Header(-1, is_guessed=False)


def _known(row: Cells, known: frozenset[str]) -> int:
    return sum(fold(cell) in known for cell in row if cell)


def _filled(row: Cells) -> int:
    return sum(1 for cell in row if cell and cell.strip())


def _is_label_row(row: Cells, kinds: Sequence[int]) -> bool:
    return not any(kind for cell, kind in zip(row, kinds, strict=True) if cell) and not any(
        cell and (_is_value(cell) or len(cell) > 255) for cell in row
    )


def _is_value(cell: str) -> bool:
    """Whether a text can hardly be a header: a number, a date, an e-mail address.

    >>> [_is_value(c) for c in ("PLZ", "01067", "max@example.org", "E-Mail 2", "2024-03-01")]
    [False, True, True, False, True]
    """
    bare = cell.strip()
    letters = sum(sign.isalpha() for sign in bare)
    return (letters == 0 and any(sign.isdigit() for sign in bare)) or ("@" in bare and "." in bare.rpartition("@")[2])


def _has_typed_below(kinds: pl.DataFrame, index: int) -> bool:
    return any(any(row) for row in kinds.slice(index + 1, SEARCH_ROWS).iter_rows())


@dataclass(frozen=True, slots=True)
class Parts:
    """Which rows of the box are what; 0-based, ascending.

    Attributes:
        records: the data.
        blanks: rows below the header without any content.
        repeated: rows that say the header again.
        footers: totals and remarks below the data.
    """

    records: list[int]
    blanks: list[int]
    repeated: list[int]
    footers: list[int]


def parts_of(texts: pl.DataFrame, header: int) -> Parts:
    """Tell the rows below the header apart.

    A footer is, at the very end, a row that begins with a word like "Summe" or one that stands behind a blank row
    and fills at most a third of the columns. Anything else is a record.
    """
    body = texts.slice(header + 1)
    filled = body.select(
        pl.sum_horizontal(pl.all().fill_null("").str.strip_chars().ne("").cast(pl.UInt32)).alias("filled")
    )["filled"]
    offset = header + 1
    blank = set((filled == 0).arg_true().to_list())
    repeated = _repeats(texts, header) if header >= 0 else set()
    footers = _footers(body, filled, blank) - repeated
    records = [row + offset for row in range(body.height) if row not in blank and row not in repeated | footers]
    return Parts(
        records,
        sorted(row + offset for row in blank),
        sorted(row + offset for row in repeated),
        sorted(row + offset for row in footers),
    )


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
