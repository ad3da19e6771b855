"""The quoting of a delimited text file as one bit a cell, and records rendered by it, whole columns at a time."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

import polars as pl

from crmclean.core.errors import OutputError
from crmclean.core.language import Text
from crmclean.formats.source import shown_path

# When a cell is quoted though it need not be. "spaced" is PHP's fputcsv (SuiteCRM, vtiger and other PHP systems): it
# also quotes blanks, tabs and its escape character (php-src, ext/standard/file.c, php_fputcsv). "empty" is what tools
# do that tell an empty text from no value (PostgreSQL's COPY, polars).
HABITS: Mapping[str, Callable[[pl.Expr], pl.Expr]] = {
    "minimal": lambda _: pl.lit(False),
    "nonempty": lambda cell: cell != "",
    "always": lambda _: pl.lit(True),
    "empty": lambda cell: cell == "",
    "spaced": lambda cell: cell.str.contains(r"[ \t\\]"),
}
_SAYS: Mapping[str, Callable[[str], bool]] = {
    "minimal": lambda _: False,
    "nonempty": lambda cell: cell != "",
    "always": lambda _: True,
    "empty": lambda cell: not cell,
    "spaced": lambda cell: " " in cell or "\t" in cell or "\\" in cell,
}
# Cells rendered at once. Larger pieces gain nothing and miss the processor's cache (measured: 20,000 rows x 27
# columns take a third of the time of 70,000 rows at a time).
_CELLS_AT_ONCE = 500_000


def rows_at_once(n_columns: int) -> int:
    """How many rows of a table of this width make one piece."""
    return max(1, _CELLS_AT_ONCE // max(1, n_columns))


def row_slices(n_rows: int, n_columns: int) -> Iterator[tuple[int, int]]:
    """``(offset, length)`` of the pieces a frame is worked on in, so that memory stays bounded."""
    step = rows_at_once(n_columns)
    for offset in range(0, n_rows, step):
        yield offset, min(step, n_rows - offset)


@dataclass(frozen=True, slots=True)
class Quoting:
    """When cells are quoted.

    Attributes:
        delimiter: between cells.
        quote: one character; empty when the dialect has none.
        habits: one of ``HABITS`` a column.
        irregular: 0-based row to the 0-based columns that break the habit, or to the raw record.
        escape: what stands before quote marks inside quoted cells; empty where they are doubled.
        pad: what stands between a delimiter and an opening quote mark.
        formulas: the columns, from 0, in which ``="text"`` stands without quote marks around.
    """

    delimiter: str
    quote: str
    habits: tuple[str, ...]
    irregular: Mapping[int, tuple[int, ...] | str]
    escape: str = ""
    pad: str = ""
    formulas: tuple[int, ...] = ()

    @classmethod
    def of(cls, layout: Mapping[str, Any]) -> Quoting:
        """The quoting a ``Table.layout`` describes."""
        irregular = {
            entry[0] - 1: entry[1] if isinstance(entry[1], str) else tuple(entry[1:]) for entry in layout["irregular"]
        }
        unusual = layout.get("escape", ""), layout.get("pad", ""), tuple(layout.get("bare_formulas", ()))
        return cls(layout["delimiter"], layout["quote"], tuple(layout["habits"]), irregular, *unusual)

    def for_changed(self, before: pl.DataFrame, after: pl.DataFrame) -> Quoting:
        """The same without the irregular cells whose text has changed: new text follows the habit."""
        rows_of: dict[int, list[int]] = {}
        for row, entry in self.irregular.items():
            for column in range(before.width) if isinstance(entry, str) else entry:
                rows_of.setdefault(column, []).append(row)
        changed: dict[int, set[int]] = {}
        for column, rows in rows_of.items():
            old, new = before.to_series(column).gather(rows), after.to_series(column).gather(rows)
            for at in old.ne_missing(new).arg_true():
                changed.setdefault(rows[at], set()).add(column)
        if not changed:
            return self
        kept: dict[int, tuple[int, ...] | str] = {}
        for row, entry in self.irregular.items():
            if row not in changed:
                kept[row] = entry
            elif not isinstance(entry, str):
                kept[row] = tuple(column for column in entry if column not in changed[row])
        return replace(self, irregular=kept)

    @property
    def forcing(self) -> list[str]:
        """What makes quote marks necessary. Of a longer delimiter every sign: next to it ``|`` and ``||`` melt."""
        signs = [self.delimiter] if len(self.delimiter) == 1 else sorted(set(self.delimiter) - {" "})
        return [*([self.quote] if self.quote else []), *signs, "\r", "\n"]

    @property
    def formula(self) -> str:
        """The pattern of a whole cell that needs no quote marks though it holds two."""
        return rf'="[^"\r\n{re.escape(self.delimiter)}]*"'

    @property
    def empty_formula(self) -> str:
        """The pattern of what looks like an empty formula between quote marks, which double the mark in it."""
        ends = rf"[\r\n{re.escape(self.delimiter)}]"
        return f'{ends}="{ends}'

    def opening(self, column: int) -> str:
        """What stands in front of a quoted cell of this column."""
        return (self.pad if column else "") + self.quote

    def inside(self, cell: str) -> str:
        """A value as it stands between quote marks."""
        return cell.replace(self.quote, (self.escape or self.quote) + self.quote)

    def is_quoted(self, cell: str, column: int) -> bool:
        """Whether the habit puts this cell between quote marks. The scalar twin of ``_quoted``."""
        if column in self.formulas and re.fullmatch(self.formula, cell):
            return False
        needed = any(mark in cell for mark in self.forcing)
        alone = len(self.habits) == 1 and not cell
        return needed or alone or _SAYS[self.habits[column]](cell)


def _quoted(quoting: Quoting, column: int) -> pl.Expr:
    """Whether the habit puts the cells of this column between quote marks."""
    cell = pl.nth(column)
    said = cell.str.contains_any(quoting.forcing) | HABITS[quoting.habits[column]](cell)
    if column in quoting.formulas:
        said &= ~cell.str.contains(rf"\A{quoting.formula}\z")
    # An empty record of one column would be a blank line, which is no record.
    return said | (cell == "") if len(quoting.habits) == 1 else said


def _cell(quoting: Quoting, column: int, quoted: pl.Expr) -> pl.Expr:
    cell, quote = pl.nth(column), quoting.quote
    inside = cell.str.replace_all(quote, quoting.inside(quote), literal=True)
    marked = pl.concat_str(pl.lit(quoting.opening(column)), inside, pl.lit(quote))
    return pl.when(quoted).then(marked).otherwise(cell)


@lru_cache(maxsize=8)
def _careful_cells(
    delimiter: str, quote: str, habits: tuple[str, ...], escape: str, pad: str, formulas: tuple[int, ...]
) -> tuple[pl.Expr, ...]:
    """One expression a column; built once, not for each piece of a table."""
    quoting = Quoting(delimiter, quote, habits, {}, escape, pad, formulas)
    return tuple(_cell(quoting, column, _quoted(quoting, column)) for column in range(len(habits)))


def render(frame: pl.DataFrame, quoting: Quoting, first_row: int = 0) -> pl.Series:
    """The records of a piece of the table as text.

    Args:
        frame: k x n_columns, all ``String``; null is written as an empty cell.
        quoting: of the whole table.
        first_row: 0-based row of the table at which ``frame`` starts.

    Returns:
        ``String``, k entries, without line ends.

    Raises:
        OutputError: ``unquotable-cell`` when a cell needs quotes in a dialect that has none.
    """
    if frame.null_count().sum_horizontal().item():
        frame = frame.with_columns(pl.all().fill_null(""))
    plain = frame.select(pl.concat_str(pl.all(), separator=quoting.delimiter)).to_series()
    special = _special(plain, quoting)
    if not quoting.quote or quoting.escape or quoting.formulas:
        _refuse_unquotable(frame, quoting, special & _maybe_unquotable(plain, quoting), first_row)
    if not quoting.quote:
        return plain
    broken = {
        row - first_row: quoting.irregular[row] for row in rows_within(quoting.irregular, first_row, frame.height)
    }
    if broken:
        special = special.scatter(list(broken), True)
    records = plain if set(quoting.habits) == {"minimal"} else _render_by_habit(frame, quoting)
    rows = special.arg_true()
    if len(rows):
        records = records.scatter(rows, _render_carefully(frame[rows], quoting, rows, broken))
    return records


def _special(plain: pl.Series, quoting: Quoting) -> pl.Series:
    """Which records need a closer look: any special character beside the delimiters between the cells."""
    special = pl.repeat(False, plain.len(), eager=True)
    if quoting.quote:
        special = plain.str.contains(quoting.quote, literal=True)
    if quoting.escape:
        special |= plain.str.contains(quoting.escape, literal=True)
    if set(quoting.habits) == {"always"}:
        return special  # between marks only marks are special
    special |= plain.str.contains(r"[\r\n]")
    special |= plain.str.count_matches(quoting.delimiter, literal=True) != len(quoting.habits) - 1
    if len(quoting.delimiter) > 1:
        special |= plain.str.replace_all(quoting.delimiter, "", literal=True).str.contains_any(quoting.forcing)
    return special | (plain == "") if len(quoting.habits) == 1 else special


def rows_within(listed: Mapping[int, Any], first: int, length: int) -> list[int]:
    """Those of some listed rows that lie in a piece, without walking all of them for each piece of a large table."""
    if len(listed) < length:
        return [row for row in listed if first <= row < first + length]
    return [row for row in range(first, first + length) if row in listed]


def _render_by_habit(frame: pl.DataFrame, quoting: Quoting) -> pl.Series:
    """Records whose cells hold nothing special: the habit decides alone, nothing is doubled."""
    mark, habits = quoting.quote, set(quoting.habits)
    if (habits == {"always"} or (habits == {"nonempty"} and not quoting.pad)) and frame.width > 1:
        # The marks ride on the separator: twice as fast as a text operation for each column.
        wide = pl.concat_str(pl.all(), separator=mark + quoting.delimiter + quoting.opening(1))
        records = frame.select(pl.concat_str(pl.lit(mark), wide, pl.lit(mark))).to_series()
        # No cell holds a mark here, so two of them in a row are an empty cell.
        return records if habits == {"always"} else records.str.replace_all(mark * 2, "", literal=True)
    parts: list[pl.Expr] = []
    between = ""
    for column, habit in enumerate(quoting.habits):
        cell = pl.nth(column)
        always = habit == "always"
        if habit not in ("always", "minimal"):
            marked = pl.concat_str(pl.lit(quoting.opening(column)), cell, pl.lit(mark))
            cell = pl.when(HABITS[habit](cell)).then(marked).otherwise(cell)
        parts += [pl.lit(between + quoting.opening(column) * always), cell]
        between = mark * always + quoting.delimiter
    parts.append(pl.lit(between.removesuffix(quoting.delimiter)))
    return frame.select(pl.concat_str(parts)).to_series()


def _render_carefully(
    frame: pl.DataFrame, quoting: Quoting, rows: pl.Series, broken: Mapping[int, tuple[int, ...] | str]
) -> pl.Series:
    """Records with special characters or irregular cells. ``rows``: their positions in the piece."""
    rows_of: dict[int, list[int]] = {}
    for row, entry in broken.items():
        if not isinstance(entry, str):
            for column in entry:
                rows_of.setdefault(column, []).append(row)
    unusual = quoting.escape, quoting.pad, quoting.formulas
    cells = list(_careful_cells(quoting.delimiter, quoting.quote, quoting.habits, *unusual))
    for column, wrong in rows_of.items():
        cells[column] = _cell(quoting, column, _quoted(quoting, column) ^ pl.lit(rows.is_in(wrong)))
    records = frame.select(pl.concat_str(cells, separator=quoting.delimiter)).to_series()
    raw = {row: entry for row, entry in broken.items() if isinstance(entry, str)}
    if raw:
        at = {row: position for position, row in enumerate(rows)}
        records = records.scatter([at[row] for row in raw], list(raw.values()))
    return records


def _maybe_unquotable(plain: pl.Series, quoting: Quoting) -> pl.Series:
    """Which records are worth looking at cell by cell."""
    if quoting.escape:
        return plain.str.contains(quoting.escape, literal=True)
    if quoting.quote:
        return plain.str.contains(quoting.empty_formula)
    return pl.repeat(True, plain.len(), eager=True)


def _refuse_unquotable(frame: pl.DataFrame, quoting: Quoting, special: pl.Series, first_row: int) -> None:
    """Refuse the first cell that would fall apart: in a dialect without quote marks, or behind an escape."""
    for row in special.arg_true():
        for column, cell in enumerate(frame.row(row)):
            if quoting.escape:
                is_unsafe = cell.endswith(quoting.escape) or quoting.escape + quoting.quote in cell
                is_unsafe = is_unsafe and quoting.is_quoted(cell, column)
            elif quoting.quote:  # inside quote marks this would read like the end of a cell and an empty formula
                is_unsafe = re.search(quoting.empty_formula, cell) is not None
            else:
                is_unsafe = (cell + quoting.delimiter).find(quoting.delimiter) < len(cell)
                is_unsafe = is_unsafe or "\r" in cell or "\n" in cell or (frame.width == 1 and not cell)
            if is_unsafe:
                name = shown_path(frame.columns[column])
                raise OutputError(
                    Text(
                        f'row {first_row + row + 1}, column "{name}": the new value needs quote marks, '
                        "which this file's dialect does not have",
                        f"Datensatz {first_row + row + 1}, Spalte „{name}“: Der neue Wert braucht "
                        "Anführungszeichen, die es in dieser Datei nicht gibt",
                    ),
                    code="unquotable-cell",
                    hint=Text(
                        f'leave the column alone with --map "{name}=text"',
                        f'die Spalte mit --map "{name}=text" unverändert lassen',
                    ),
                )
