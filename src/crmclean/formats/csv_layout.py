"""How a delimited text file quotes its cells, so that it can be written back byte for byte.

Under a strict grammar a raw cell is its text, or its text between quote marks with the marks inside doubled. A raw
cell is therefore known from its value and one bit: quoted or not. That bit follows a habit of the column nearly
always; the few cells that break the habit are listed.

``Table.layout`` of the delimited formats has these keys (all JSON values):

======================  ==============================================================================================
``encoding``            Python codec name without a byte order mark in it (``utf-8``, ``cp1252``, ``utf-16-le``)
``bom``                 whether a byte order mark stands in front
``delimiter``           between the cells
``quote``               the quote mark; empty for a dialect that knows none
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

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import polars as pl

from crmclean.core.errors import OutputError
from crmclean.core.language import Text

# A row and either the positions of its irregular cells or its raw text.
Irregular = list[list[Any]]

# When a cell is quoted though it need not be. "spaced" is PHP's fputcsv (SuiteCRM, vtiger and other PHP systems): it
# also quotes blanks, tabs and its escape character (php-src, ext/standard/file.c, php_fputcsv).
HABITS: Mapping[str, Callable[[pl.Expr], pl.Expr]] = {
    "minimal": lambda _: pl.lit(False),
    "nonempty": lambda cell: cell != "",
    "always": lambda _: pl.lit(True),
    "spaced": lambda cell: cell.str.contains(r"[ \t\\]"),
}
_SAYS: Mapping[str, Callable[[str], bool]] = {
    "minimal": lambda _: False,
    "nonempty": lambda cell: cell != "",
    "always": lambda _: True,
    "spaced": lambda cell: " " in cell or "\t" in cell or "\\" in cell,
}
_SAMPLE = 2_000  # records; enough to see the majority of each column
# Cells rendered at once. Larger pieces gain nothing and miss the processor's cache (measured: 20,000 rows x 27
# columns take a third of the time of 70,000 rows at a time).
_CELLS_AT_ONCE = 500_000


def row_slices(n_rows: int, n_columns: int) -> Iterator[tuple[int, int]]:
    """``(offset, length)`` of the pieces a frame is worked on in, so that memory stays bounded."""
    step = max(1, _CELLS_AT_ONCE // max(1, n_columns))
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
    """

    delimiter: str
    quote: str
    habits: tuple[str, ...]
    irregular: Mapping[int, tuple[int, ...] | str]

    @classmethod
    def of(cls, layout: Mapping[str, Any]) -> Quoting:
        """The quoting a ``Table.layout`` describes."""
        irregular = {
            entry[0] - 1: entry[1] if isinstance(entry[1], str) else tuple(entry[1:]) for entry in layout["irregular"]
        }
        return cls(layout["delimiter"], layout["quote"], tuple(layout["habits"]), irregular)

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
        return Quoting(self.delimiter, self.quote, self.habits, kept)

    def is_quoted(self, cell: str, column: int) -> bool:
        """Whether the habit puts this cell between quote marks. The scalar twin of ``_quoted``."""
        needed = any(mark in cell for mark in (self.quote, self.delimiter, "\r", "\n"))
        alone = len(self.habits) == 1 and not cell
        return needed or alone or _SAYS[self.habits[column]](cell)

    def _quoted(self, column: int) -> pl.Expr:
        """Whether the habit puts the cells of this column between quote marks."""
        cell = pl.nth(column)
        said = cell.str.contains_any([self.quote, self.delimiter, "\r", "\n"]) | HABITS[self.habits[column]](cell)
        # An empty record of one column would be a blank line, which is no record.
        return said | (cell == "") if len(self.habits) == 1 else said

    def _between_marks(self, column: int) -> pl.Expr:
        mark = self.quote
        return pl.lit(mark) + pl.nth(column).str.replace_all(mark, mark * 2, literal=True) + pl.lit(mark)


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
    # A record without any special character beside the delimiters between its cells needs no closer look.
    special = plain.str.contains(r"[\r\n]")
    if quoting.quote:
        special |= plain.str.contains(quoting.quote, literal=True)
    special |= plain.str.count_matches(quoting.delimiter, literal=True) != frame.width - 1
    if frame.width == 1:
        special |= plain == ""
    if not quoting.quote:
        _refuse_unquotable(frame, quoting, special, first_row)
        return plain
    broken = {row - first_row: quoting.irregular[row] for row in _within(quoting.irregular, first_row, frame.height)}
    if broken:
        special = special.scatter(list(broken), True)
    records = plain if set(quoting.habits) == {"minimal"} else _render_by_habit(frame, quoting)
    rows = special.arg_true()
    if len(rows):
        records = records.scatter(rows, _render_carefully(frame[rows], quoting, rows, broken))
    return records


def _within(irregular: Mapping[int, Any], first: int, length: int) -> list[int]:
    """The irregular rows of one piece, without walking all of them for each piece of a large table."""
    if len(irregular) < length:
        return [row for row in irregular if first <= row < first + length]
    return [row for row in range(first, first + length) if row in irregular]


def _render_by_habit(frame: pl.DataFrame, quoting: Quoting) -> pl.Series:
    """Records whose cells hold nothing special: the habit decides alone, nothing is doubled."""
    mark = quoting.quote
    cells = []
    for column, habit in enumerate(quoting.habits):
        cell = pl.nth(column)
        if habit == "always":
            cell = pl.format(f"{mark}{{}}{mark}", cell)
        elif habit != "minimal":
            cell = pl.when(HABITS[habit](cell)).then(pl.format(f"{mark}{{}}{mark}", cell)).otherwise(cell)
        cells.append(cell)
    return frame.select(pl.concat_str(cells, separator=quoting.delimiter)).to_series()


def _render_carefully(
    frame: pl.DataFrame, quoting: Quoting, rows: pl.Series, broken: Mapping[int, tuple[int, ...] | str]
) -> pl.Series:
    """Records with special characters or irregular cells. ``rows``: their positions in the piece."""
    rows_of: dict[int, list[int]] = {}
    for row, entry in broken.items():
        if not isinstance(entry, str):
            for column in entry:
                rows_of.setdefault(column, []).append(row)
    cells = []
    for column in range(frame.width):
        quoted = quoting._quoted(column)
        if column in rows_of:
            quoted = quoted ^ pl.lit(rows.is_in(rows_of[column]))
        cells.append(pl.when(quoted).then(quoting._between_marks(column)).otherwise(pl.nth(column)))
    records = frame.select(pl.concat_str(cells, separator=quoting.delimiter)).to_series()
    raw = {row: entry for row, entry in broken.items() if isinstance(entry, str)}
    if raw:
        at = {row: position for position, row in enumerate(rows)}
        records = records.scatter([at[row] for row in raw], list(raw.values()))
    return records


def _refuse_unquotable(frame: pl.DataFrame, quoting: Quoting, special: pl.Series, first_row: int) -> None:
    """Refuse the first cell that would fall apart in a dialect without quote marks."""
    for row in special.arg_true():
        for column, cell in enumerate(frame.row(row)):
            if any(mark in cell for mark in (quoting.delimiter, "\r", "\n")) or (frame.width == 1 and not cell):
                name = frame.columns[column]
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


def find_habits(raw_records: pl.Series, frame: pl.DataFrame, delimiter: str, quote: str) -> tuple[list[str], Irregular]:
    """The quoting habit of each column, and every cell that breaks it.

    Args:
        raw_records: ``String``, n_rows: each record exactly as the file has it, without its line end.
        frame: n_rows x n_columns, the cells read from them.
        delimiter: between the cells.
        quote: the quote mark; empty when the dialect has none.

    Returns:
        ``layout["habits"]`` and ``layout["irregular"]``: with them ``render`` gives ``raw_records`` back exactly.
    """
    habits = ["minimal"] * frame.width
    if not frame.width or not quote:
        return habits, []
    if raw_records.str.contains(quote, literal=True).any():
        habits = _majority(raw_records, frame, Quoting(delimiter, quote, tuple(habits), {}))
    quoting = Quoting(delimiter, quote, tuple(habits), {})
    irregular: Irregular = []
    for offset, length in row_slices(frame.height, frame.width):
        raw, piece = raw_records.slice(offset, length), frame.slice(offset, length)
        for row in (render(piece, quoting) != raw).arg_true():
            cells, text = piece.row(row), raw[row]
            marks = _marks(text, cells, quoting)
            if marks is None:
                irregular.append([offset + row + 1, text])
                continue
            wrong = [i for i, cell in enumerate(cells) if marks[i] != quoting.is_quoted(cell, i)]
            irregular.append([offset + row + 1, *wrong])
    return habits, irregular


def _majority(raw_records: pl.Series, frame: pl.DataFrame, quoting: Quoting) -> list[str]:
    """The habit that explains most cells of a sample, column by column; the file's own breaks ties."""
    rows = sorted({i * frame.height // _SAMPLE for i in range(min(_SAMPLE, frame.height) and _SAMPLE)})
    explained = {name: [0] * frame.width for name in HABITS}
    alternatives = {name: Quoting(quoting.delimiter, quoting.quote, (name,) * frame.width, {}) for name in HABITS}
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
    for cell in cells:
        quoted = f"{mark}{cell.replace(mark, mark * 2)}{mark}"
        for raw in (quoted, cell):
            end = at + len(raw)
            if text.startswith(raw, at) and (end == len(text) or text.startswith(delimiter, end)):
                marks.append(raw is quoted)
                at = end + len(delimiter)
                break
        else:
            return None
    return marks if at == len(text) + len(delimiter) else None
