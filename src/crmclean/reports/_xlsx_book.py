"""A workbook of text and numbers that runs nothing: what looks like a formula is text, and stays text when edited."""

from __future__ import annotations

import datetime
import io
import re
from collections.abc import Sequence
from typing import Any

import xlsxwriter

from crmclean.core.ratio import Ratio

MAX_TEXT = 1_000  # signs of a cell; the whole value is in findings.csv
_MAX_SHEET_NAME = 31  # Excel's limit
_FIXED_DAY = datetime.datetime(2000, 1, 1)  # noqa: DTZ001 - no output holds the wall clock
_FORBIDDEN = re.compile(r"[\[\]:*?/\\\x00-\x1f]")
_STARTS_FORMULA = ("=", "+", "-", "@")
_RESERVED = frozenset({"history"})  # Excel keeps the name for itself

Cell = str | int | float | Ratio | None


def text_of(value: str) -> str:
    """A text any cell can hold: control and bidi characters as visible codes, of bounded length."""
    cut = value if len(value) <= MAX_TEXT else value[: MAX_TEXT - 1] + "…"
    if cut.isprintable():
        return cut
    return "".join(c if c.isprintable() else f"\\u{ord(c):04x}" for c in cut)


class Book:
    """One workbook in the making; sheets are filled from top to bottom, one after the other."""

    def __init__(self, title: str) -> None:
        self._buffer = io.BytesIO()
        options = {
            "in_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
        }
        self._book = xlsxwriter.Workbook(self._buffer, options)
        self._book.set_properties({"title": text_of(title), "created": _FIXED_DAY})
        self._names: set[str] = set()
        self._formats: dict[tuple[tuple[str, Any], ...], Any] = {}

    def format(self, **how: Any) -> Any:
        """A cell format; equal ones are kept once."""
        key = tuple(sorted(how.items()))
        if key not in self._formats:
            self._formats[key] = self._book.add_format({"valign": "top", **how})
        return self._formats[key]

    def name_for(self, wanted: str) -> str:
        """A name for a sheet: allowed, and not taken, whatever the letter case."""
        bare = _FORBIDDEN.sub("-", wanted).strip("' ")[:_MAX_SHEET_NAME] or "-"
        name, n = bare, 1
        while name.casefold() in self._names | _RESERVED:
            n += 1
            name = f"{bare[: _MAX_SHEET_NAME - len(f' {n}')]} {n}"
        self._names.add(name.casefold())
        return name

    def sheet(self, name: str) -> Sheet:
        """An empty sheet; its name comes from ``name_for``."""
        return Sheet(self, self._book.add_worksheet(name))

    def close(self) -> bytes:
        """The finished workbook."""
        self._book.close()
        return self._buffer.getvalue()


class Sheet:
    """One sheet; ``row`` is where the next line goes, 0-based."""

    def __init__(self, book: Book, sheet: Any) -> None:
        self._book, self._sheet = book, sheet
        self._quoted = book.format(quote_prefix=True)
        self.row = 0

    def line(self, cells: Sequence[Cell], **how: Any) -> None:
        """One line of cells; ``how`` is their format."""
        for column, cell in enumerate(cells):
            self._cell(column, cell, how)
        self.row += 1

    def _cell(self, column: int, cell: Cell, how: dict[str, Any]) -> None:
        if cell is None or cell == "":
            return
        if isinstance(cell, Ratio):
            if cell.of:
                self._sheet.write_number(
                    self.row, column, cell.n / cell.of, self._book.format(num_format="0.0 %", **how)
                )
        elif isinstance(cell, str):
            shown = text_of(cell)
            # A cell that is edited is read anew: the mark of a text keeps it one.
            quoted = {"quote_prefix": True} if shown.startswith(_STARTS_FORMULA) else {}
            self._sheet.write_string(self.row, column, shown, self._book.format(**how, **quoted))
        else:
            self._sheet.write_number(self.row, column, cell, self._book.format(**how))

    def plain(self, cells: Sequence[str | int | None]) -> None:
        """One of many lines without a format of its own."""
        for column, cell in enumerate(cells):
            if isinstance(cell, str):
                shown = text_of(cell)
                quoted = self._quoted if shown.startswith(_STARTS_FORMULA) else None
                self._sheet.write_string(self.row, column, shown, quoted)
            elif cell is not None:
                self._sheet.write_number(self.row, column, cell)
        self.row += 1

    def link(self, column: int, target: str, text: str) -> None:
        """A link in the line that comes next; ``target`` is ``internal:…`` or ``external:…``."""
        style = self._book.format(font_color="#0563C1", underline=1)
        self._sheet.write_url(self.row, column, target, style, text_of(text))

    def widths(self, *signs: float) -> None:
        """How wide the columns are, in signs."""
        for column, width in enumerate(signs):
            self._sheet.set_column(column, column, width)

    def freeze(self, rows: int) -> None:
        """Keep the first rows in sight."""
        self._sheet.freeze_panes(rows, 0)

    def filter(self, last_row: int, last_column: int) -> None:
        """Filters in the first line, over the lines down to ``last_row``."""
        self._sheet.autofilter(0, 0, last_row, last_column)

    def for_print(self, header: str = "") -> None:
        """Landscape, as wide as a page, its first line on every page."""
        self._sheet.set_landscape()
        self._sheet.set_paper(9)  # A4
        self._sheet.fit_to_pages(1, 0)
        if header:
            self._sheet.repeat_rows(0)
