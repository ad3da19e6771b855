"""The cells of one sheet, gathered column by column, with limits against sheets that lie about their size."""

from __future__ import annotations

from array import array
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import polars as pl

from crmclean.formats.number_formats import rounded_text, shown_number

MAX_ROWS = 1_048_576
MAX_COLUMNS = 16_384
MAX_CELLS = 50_000_000  # rows x columns of the box around all real cells
MAX_CELL_CHARS = 16 * 1024**2
MAX_ROUNDED = 100_000  # numbers whose digits behind the fifteenth are remembered; others are shown in full
MAX_LISTED = 1_000  # findings of one code and column kept with their place; beyond it they are only counted

TEXT_KIND = ("text", "")


class SheetError(Exception):
    """The sheet can't be read; the parent makes the message of it.

    Args:
        code: ``format-error``, ``limit-exceeded``, ``password-protected``, ``sheet-ambiguous``, ….
        en: detail in English, without any content of a cell.
        de: the same in German.
        is_limit: whether it ends with the exit code of safety limits.
    """

    def __init__(self, code: str, en: str, de: str, *, is_limit: bool = False) -> None:
        super().__init__(en)
        self.code, self.en, self.de, self.is_limit = code, en, de, is_limit


def too_large(en: str, de: str) -> SheetError:
    """A safety limit."""
    return SheetError("limit-exceeded", en, de, is_limit=True)


class Kind(NamedTuple):
    """What a cell is, besides its text.

    Attributes:
        type: ``text``, ``number``, ``rounded`` (a number shown with 15 digits that has more), ``bool``, ``error`` or
            ``unfilled`` (a formula without a value).
        format: number format code of a number, else empty.
    """

    type: str
    format: str


@dataclass(slots=True)
class _Column:
    rows: array[int] = field(default_factory=lambda: array("I"))
    kinds: array[int] = field(default_factory=lambda: array("H"))
    texts: list[str] = field(default_factory=list)
    blocks: list[pl.DataFrame] = field(default_factory=list)  # row UInt32, text String, kind UInt16
    last: int = -1

    def flush(self) -> None:
        """Move single cells out of Python's memory."""
        if self.texts:
            rows, kinds = pl.Series(self.rows, dtype=pl.UInt32), pl.Series(self.kinds, dtype=pl.UInt16)
            texts = pl.Series(self.texts, dtype=pl.String)
            self.blocks.append(pl.DataFrame({"row": rows, "text": texts, "kind": kinds}))
            self.rows, self.kinds, self.texts = array("I"), array("H"), []


@dataclass(slots=True)
class Grid:
    """Cells with their 0-based sheet positions.

    Attributes:
        kinds: the distinct kinds of cells; kind 0 is text (and "no cell" where the text is null).
        flags: ``(code, 0-based sheet row, 0-based sheet column)``, the first thousand of each code and column.
        flag_counts: how many there are, by code and column.
        facts: merged ranges, hidden rows and columns, date system; JSON-serialisable.
        rounded: numbers as stored by the text that shows fifteen of their digits.
        n_formulas: how many cells are computed, those that came to an error left out.
        shared: texts that cells refer to; kept apart, because a text a cell would not fit into memory.
    """

    kinds: dict[Kind, int] = field(default_factory=lambda: {Kind(*TEXT_KIND): 0})
    flags: list[tuple[str, int, int]] = field(default_factory=list)
    flag_counts: dict[tuple[str, int], int] = field(default_factory=dict)
    facts: dict[str, Any] = field(default_factory=dict)
    rounded: dict[str, str] = field(default_factory=dict)
    n_formulas: int = 0
    shared: pl.Series = field(default_factory=lambda: pl.Series([], dtype=pl.String))
    _columns: dict[int, _Column] = field(default_factory=dict)
    _first: int = MAX_ROWS
    _last: int = -1
    _pending: int = 0

    def kind(self, type_: str, format_: str = "") -> int:
        """The number of a kind, made on first use."""
        number = self.kinds.setdefault(Kind(type_, format_), len(self.kinds))
        if number >= 65_000:
            raise too_large("too many number formats", "zu viele Zahlenformate")
        return number

    def add(self, row: int, column: int, text: str, kind: int = 0) -> None:
        """One real cell. Rows come in ascending order; a cell given twice is an error of the file."""
        if row > self._last or row < self._first:
            self._grow(row)
        entry = self._columns.get(column) or self._new_column(column)
        if row <= entry.last:
            raise _out_of_order()
        entry.last = row
        if len(text) > MAX_CELL_CHARS:
            raise _too_long()
        entry.rows.append(row)
        entry.kinds.append(kind)
        entry.texts.append(text)
        self._pending += 1
        if self._pending >= 500_000:
            for other in self._columns.values():
                other.flush()
            self._pending = 0

    def add_block(self, cells: pl.DataFrame) -> None:
        """Many real cells at once.

        Args:
            cells: ``row`` UInt32 and ``column`` UInt16 (0-based), ``kind`` UInt16, and ``text`` String or, where it is
                null, ``ref`` UInt32, an index into ``shared``; the rows of each column ascending and below all it
                had before.
        """
        if cells.is_empty():
            return
        if (cells["text"].str.len_bytes() > MAX_CELL_CHARS).any():
            raise _too_long()
        for row in (cells["row"].min(), cells["row"].max()):
            self._grow(int(row))  # type: ignore[arg-type]
        for (column,), block in cells.partition_by("column", as_dict=True, include_key=False).items():
            entry = self._columns.get(column) or self._new_column(column)
            rows = block["row"]
            if rows[0] <= entry.last or (rows.diff(null_behavior="drop") <= 0).any():
                raise _out_of_order()
            entry.last = rows[-1]
            entry.flush()
            empty = [
                name for name in ("text", "ref") if name in block.columns and block[name].null_count() == len(rows)
            ]
            entry.blocks.append(block.drop(empty))

    def number(self, value: float, code: str, *, date1904: bool = False) -> tuple[str, int, str | None]:
        """Text, kind and finding of a number under a number format."""
        shown = shown_number(value, code, date1904=date1904)
        short = rounded_text(value, shown.text)
        stored = repr(value)
        # Two numbers may look the same: the text stands for the first, so that it can be written back.
        is_new = short is not None and short not in self.rounded and len(self.rounded) < MAX_ROUNDED
        if short is not None and (is_new or self.rounded.get(short) == stored):
            self.rounded[short] = stored
            return short, self.kind("rounded", code), shown.code
        return shown.text, self.kind("number", code), shown.code

    def _new_column(self, column: int) -> _Column:
        if not 0 <= column < MAX_COLUMNS:
            raise SheetError(
                "format-error", "a cell lies outside of the sheet", "eine Zelle liegt außerhalb des Blatts"
            )
        entry = self._columns[column] = _Column()
        self._check_box()
        return entry

    def flag(self, code: str, row: int, column: int) -> None:
        """Something a person should know about one cell."""
        place = code, column
        count = self.flag_counts.get(place, 0)
        self.flag_counts[place] = count + 1
        if count < MAX_LISTED:
            self.flags.append((code, row, column))

    def flag_block(self, found: pl.DataFrame) -> None:
        """``flag`` for many cells: ``code``, ``row`` and ``column`` in the order of the sheet, no nulls."""
        places = found.group_by("code", "column", maintain_order=True).agg(pl.len().alias("n"))
        room = {}
        for code, column, count in places.iter_rows():
            before = self.flag_counts.get((code, column), 0)
            self.flag_counts[code, column] = before + count
            room[code, column] = MAX_LISTED - before
        listed = found.filter(pl.int_range(pl.len()).over("code", "column") < MAX_LISTED)
        for code, row, column in listed.select("code", "row", "column").iter_rows():
            room[code, column] -= 1
            if room[code, column] >= 0:
                self.flags.append((code, row, column))

    def _grow(self, row: int) -> None:
        if not 0 <= row < MAX_ROWS:
            raise SheetError("format-error", "a row lies outside of the sheet", "eine Zeile liegt außerhalb des Blatts")
        self._first, self._last = min(self._first, row), max(self._last, row)
        self._check_box()

    def _check_box(self) -> None:
        if self._columns and self._last >= 0:
            width = max(self._columns) - min(self._columns) + 1
            if width * (self._last - self._first + 1) > MAX_CELLS:
                raise too_large(
                    "its cells lie so far apart that the table would have more than 50 million",
                    "ihre Zellen liegen so weit auseinander, dass die Tabelle mehr als 50 Millionen hätte",
                )

    @property
    def is_empty(self) -> bool:
        """Whether no cell holds anything."""
        return not self._columns

    @property
    def first_row(self) -> int:
        """0-based sheet row of the first cell."""
        return self._first

    @property
    def first_column(self) -> int:
        """0-based sheet column of the leftmost cell."""
        return min(self._columns)

    def frame(self) -> pl.DataFrame:
        """The box around all cells: ``t0, t1, …`` (String, null = no cell) and ``k0, k1, …`` (UInt16 kinds)."""
        return pl.concat(self.pieces(MAX_ROWS))

    def pieces(self, n_rows: int) -> Iterator[pl.DataFrame]:
        """``frame`` in pieces of so many rows; the grid is empty afterwards."""
        height = self._last - self._first + 1
        first = self.first_column
        dense: dict[str, pl.Series] = {}
        for index in range(max(self._columns) - first + 1):
            entry = self._columns.pop(first + index, None)
            for name, column in _dense(entry, self._first, height).items():
                dense[f"{name[0]}{index}"] = column
        width = max(int(name[1:]) for name in dense) + 1
        for piece in pl.DataFrame(dense).iter_slices(n_rows):
            columns: list[pl.Series] = []
            for index in range(width):
                columns += [self._texts(piece, index), piece[f"k{index}"]]
            yield pl.DataFrame(columns)

    def _texts(self, piece: pl.DataFrame, index: int) -> pl.Series:
        text, ref = f"t{index}", f"r{index}"
        if ref not in piece.columns:
            return (
                piece[text]
                if text in piece.columns
                else pl.Series(text, [None], pl.String).new_from_index(0, piece.height)
            )
        shared = self.shared.gather(piece[ref]).alias(text)
        return piece[text].zip_with(piece[ref].is_null(), shared) if text in piece.columns else shared


def _dense(entry: _Column | None, first: int, height: int) -> dict[str, pl.Series]:
    """A column's cells spread over all rows of the box: ``kind``, and ``text`` and ``ref`` where there are some."""
    if entry is None:
        return {"kind": pl.zeros(height, pl.UInt16, eager=True)}
    entry.flush()
    cells = pl.concat(entry.blocks, how="diagonal", rechunk=True)
    entry.blocks.clear()
    columns = {column.name: column for column in cells.drop("row")}
    if cells.height == height:
        return columns
    place = pl.Series([None], dtype=pl.UInt32).new_from_index(0, height)
    place = place.scatter(cells["row"] - first, pl.int_range(cells.height, dtype=pl.UInt32, eager=True))
    columns = {name: column.gather(place) for name, column in columns.items()}
    columns["kind"] = columns["kind"].fill_null(0)
    return columns


def _out_of_order() -> SheetError:
    return SheetError("format-error", "its cells are out of order", "ihre Zellen sind nicht in Reihenfolge")


def _too_long() -> SheetError:
    return too_large("a cell has more than 16 MiB", "eine Zelle hat mehr als 16 MiB")
