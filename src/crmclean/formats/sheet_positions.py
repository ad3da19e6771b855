"""Names of cells and columns, and back."""

from __future__ import annotations

from crmclean.core.text import column_letters
from crmclean.formats.sheet_grid import SheetError


def column_index(letters: str) -> int:
    """0-based column of ``A``, ``XFD``, ….

    >>> column_index("A"), column_index("XFD")
    (0, 16383)

    Raises:
        SheetError: not a column.
    """
    number = 0
    if not letters.isascii() or not letters.isalpha() or len(letters) > 3:
        raise SheetError("format-error", "a cell lies outside of the sheet", "eine Zelle liegt außerhalb des Blatts")
    for sign in letters.upper():
        number = number * 26 + ord(sign) - 64
    return number - 1


def cell_name(row: int, column: int) -> str:
    """``B3`` for the 0-based position (2, 1)."""
    return f"{column_letters(column)}{row + 1}"
